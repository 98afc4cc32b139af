"""Stage two's view: what a sentence's own score, its words and its place say of a theme.

One row for each pair of sentence and theme; the same weights serve all themes, so five
reports suffice to learn what a heading or a neighbour is worth.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.layout import NOBODY, Index, Layout

Array = NDArray[np.float64]
Place = Literal["own", "before", "after", "section", "heading"]

# Every feature with the place it looks at, in the order of the columns.
FEATURES: tuple[tuple[str, Place], ...] = (
    ("own", "own"),
    ("own positive", "own"),
    ("lexicon", "own"),
    ("lexicon share", "own"),
    ("alone", "own"),
    ("own, alone", "own"),
    ("lexicon, alone", "own"),
    ("no theme", "own"),
    ("no theme, alone", "own"),
    ("other field", "own"),
    ("other field, alone", "own"),
    ("rather another field", "own"),
    ("rather another field, alone", "own"),
    ("own positive, rather another field", "own"),
    ("previous lexicon", "before"),
    ("next lexicon", "after"),
    ("block", "section"),
    ("block lexicon", "section"),
    ("section", "section"),
    ("section lexicon", "section"),
    ("section, no term of its own", "section"),
    ("report", "section"),
    ("report of another field", "section"),
    ("heading", "heading"),
    ("heading lexicon", "heading"),
    ("heading, no term of its own", "heading"),
    ("heading lexicon, no term of its own", "heading"),
    ("upper headings", "heading"),
    ("upper headings lexicon", "heading"),
)
NAMES = tuple(name for name, _ in FEATURES)
OWN = tuple(name for name, place in FEATURES if place == "own")
HEADING = tuple(name for name, place in FEATURES if place == "heading")
EXTRA = ("no theme", "other field")  # the first stage scores these beside the themes
_RATHER = 0.5  # scores of "other field" above -0.5 speak for it


def own_columns(scores: Array, lexicon: Array, alone: bool | Array) -> list[Array]:
    """Return the features of the sentences themselves: the first `len(OWN)`.

    Args:
        scores: of the first stage, shape (n, themes + EXTRA), about -1 to +1.
        lexicon: log counts of lexicon terms, shape (n, themes).
        alone: whether nothing stands around a sentence; (n, 1) where they differ.
    """
    own, none, other = _parted(scores, lexicon)
    rather = np.maximum(other + _RATHER, 0.0)
    single = np.broadcast_to(np.asarray(alone, dtype=float), own.shape)
    return [
        own,
        np.maximum(own, 0.0),
        lexicon,
        lexicon / _total(lexicon),
        single,
        own * single,
        lexicon * single,
        none,
        none * single,
        other,
        other * single,
        rather,
        rather * single,
        rather * np.maximum(own, 0.0),
    ]


@dataclass(frozen=True, slots=True)
class AloneWeights:
    """The second stage for sentences that stand alone.

    Their `own_columns` weighted and summed, with the weights of columns that are equal
    for such sentences put together; a test holds both equal.
    """

    scores: Array  # (themes + EXTRA, themes): what the scores add by themselves
    positive: float
    positive_rather: float
    lexicon: float
    share: float
    rather: float
    constant: Array  # (themes,)

    def logits(self, scores: Array, lexicon: Array) -> Array:
        """Return logits (…, themes).

        Args:
            scores: of the first stage, shape (…, themes + EXTRA).
            lexicon: log counts of lexicon terms, shape (…, themes).
        """
        own = scores[..., : lexicon.shape[-1]]
        rather = np.maximum(scores[..., -1:] + _RATHER, 0.0)
        spoken = self.lexicon + self.share / _total(lexicon)
        logits: Array = scores @ self.scores + self.constant
        logits += (self.positive + self.positive_rather * rather) * np.maximum(own, 0.0)
        logits += spoken * lexicon + self.rather * rather
        return logits


def alone_weights(weights: Array, bias: Array) -> AloneWeights:
    """Put weights together.

    Args:
        weights: of the features, in the order of `FEATURES`.
        bias: (themes,)
    """
    w = dict(zip(NAMES, weights.tolist(), strict=True))
    themes = len(bias)
    scores = np.zeros((themes + len(EXTRA), themes))
    np.fill_diagonal(scores, w["own"] + w["own, alone"])
    scores[-2] = w["no theme"] + w["no theme, alone"]
    scores[-1] = w["other field"] + w["other field, alone"]
    return AloneWeights(
        scores=scores,
        positive=w["own positive"],
        positive_rather=w["own positive, rather another field"],
        lexicon=w["lexicon"] + w["lexicon, alone"],
        share=w["lexicon share"],
        rather=w["rather another field"] + w["rather another field, alone"],
        constant=bias + w["alone"],
    )


def _parted(scores: Array, lexicon: Array) -> tuple[Array, Array, Array]:
    """Return the scores of the themes, of "no theme" and of "other field"."""
    themes = lexicon.shape[1]
    none, other = scores[:, themes : themes + 1], scores[:, themes + 1 :]
    shape = lexicon.shape
    return (
        scores[:, :themes],
        np.broadcast_to(none, shape),
        np.broadcast_to(other, shape),
    )


def columns(
    layout: Layout, scores: Array, lexicon: Array, heads: Array, head_lexicon: Array
) -> list[Array]:
    """Return the features in the order of `FEATURES`, each of shape (n, themes).

    Args:
        layout: how the n sentences stand.
        scores: of the first stage for the sentences, shape (n, themes + EXTRA).
        lexicon: log counts of lexicon terms, shape (n, themes).
        heads: scores of `layout.headings`, shape (headings, themes + EXTRA).
        head_lexicon: log counts in the headings.
    """
    own, _, other = _parted(scores, lexicon)
    squashed = np.tanh(own)
    head = np.tanh(heads[:, : own.shape[1]])
    quiet = (lexicon.sum(axis=1, keepdims=True) == 0) * 1.0
    deep, deep_lexicon = _at(head, layout.deepest), _at(head_lexicon, layout.deepest)
    section = _mean(squashed, layout.section)
    return [
        *own_columns(scores, lexicon, layout.alone[:, None].astype(float)),
        _at(lexicon, layout.before),
        _at(lexicon, layout.after),
        _mean(squashed, layout.block),
        _mean(lexicon, layout.block),
        section,
        _mean(lexicon, layout.section),
        section * quiet,
        _mean(squashed, layout.report),
        np.broadcast_to(_mean(other[:, :1], layout.report), own.shape),
        deep,
        deep_lexicon,
        deep * quiet,
        deep_lexicon * quiet,
        _best(head, layout.upper),
        _best(head_lexicon, layout.upper),
    ]


def pair_features(
    layout: Layout, scores: Array, lexicon: Array, heads: Array, head_lexicon: Array
) -> Array:
    """Return the same as one array of shape (n, themes, features)."""
    return np.stack(columns(layout, scores, lexicon, heads, head_lexicon), axis=2)


def weighted(parts: list[Array], weights: Array) -> dict[Place, Array]:
    """Return what each place adds to the logits, each of shape (n, themes).

    Args:
        parts: from `columns`, or its beginning from `own_columns`.
        weights: of the features, in the order of `FEATURES`.
    """
    sums: dict[Place, Array] = {}
    for part, weight, (_, place) in zip(parts, weights, FEATURES, strict=False):
        if place in sums:
            sums[place] += part * weight
        else:
            sums[place] = part * weight
    return sums


def _at(values: Array, index: Index) -> Array:
    """Return the rows of an index; rows of zeros where it is -1."""
    if not len(values):
        return np.zeros((len(index), values.shape[1]))
    return np.where((index == NOBODY)[:, None], 0.0, values[index])


def _best(values: Array, index: Index) -> Array:
    """Return the highest of several rows, 0 where there are none."""
    best = _at(values, index[:, 0])
    for column in range(1, index.shape[1]):
        here = _at(values, index[:, column])
        missing = (index[:, column] == NOBODY)[:, None]
        best = np.where(missing, best, np.maximum(best, here))
    return best


def _total(lexicon: Array) -> Array:
    total: Array = np.maximum(np.add.reduce(lexicon, axis=-1, keepdims=True), 1e-9)
    return total


def _mean(values: Array, group: Index) -> Array:
    """Return the mean of the other rows of the same group, 0 where there are none."""
    if not len(values):
        return values
    size = np.bincount(group).astype(float)
    sums = np.stack([np.bincount(group, weights=column) for column in values.T], axis=1)
    others = (size[group] - 1)[:, None]
    return np.where(others > 0, (sums[group] - values) / np.maximum(others, 1), 0.0)
