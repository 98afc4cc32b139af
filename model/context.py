"""Stage two's view: what a sentence's own score, its words and its place say of a theme.

One row for each pair of sentence and theme; the same weights serve all themes, so five
reports suffice to learn what a heading or a neighbour is worth.
"""

import numpy as np
from numpy.typing import NDArray

from model.layout import NOBODY, Index, Layout

Array = NDArray[np.float64]

NAMES = (
    "own", "own positive", "own above the others", "lexicon", "lexicon share",
    "previous", "next", "previous lexicon", "next lexicon",
    "lead", "lead lexicon", "block", "block lexicon", "section", "section lexicon", "report",
    "heading", "heading lexicon", "upper headings", "upper headings lexicon",
    "heading, no term of its own", "heading lexicon, no term of its own",
    "section, no term of its own", "heading alone names one theme",
    "alone", "own, alone", "lexicon, alone",
)  # fmt: skip
OWN = frozenset(NAMES[:5]) | {"alone", "own, alone", "lexicon, alone"}
HEADING = frozenset(name for name in NAMES if "heading" in name)


def pair_features(
    layout: Layout, own: Array, lexicon: Array, heads: Array, head_lexicon: Array
) -> Array:
    """Return the features of every pair of sentence and theme.

    Args:
        layout: how the n sentences stand.
        own: stage-one scores of the sentences, shape (n, themes), about -1 to +1.
        lexicon: log counts of lexicon terms, shape (n, themes).
        heads: stage-one scores of `layout.headings`, shape (headings, themes).
        head_lexicon: log counts in the headings.

    Returns:
        Shape (n, themes, features), in the order of `NAMES`.
    """
    squashed = np.tanh(own)
    head = np.tanh(heads)
    quiet = (lexicon.sum(axis=1, keepdims=True) == 0) * 1.0
    total = lexicon.sum(axis=1, keepdims=True)
    alone = np.broadcast_to(layout.alone[:, None] * 1.0, own.shape)
    deep, deep_lexicon = _at(head, layout.deepest), _at(head_lexicon, layout.deepest)
    upper = _best(head, layout.upper)
    upper_lexicon = _best(head_lexicon, layout.upper)
    section = _mean(squashed, layout.section)
    only = (deep_lexicon > 0) & ((deep_lexicon > 0).sum(axis=1, keepdims=True) == 1)
    columns = [
        own,
        np.maximum(own, 0.0),
        own - _best_other(own),
        lexicon,
        lexicon / np.maximum(total, 1e-9),
        _at(squashed, layout.before),
        _at(squashed, layout.after),
        _at(lexicon, layout.before),
        _at(lexicon, layout.after),
        _at(squashed, layout.lead),
        _at(lexicon, layout.lead),
        _mean(squashed, layout.block),
        _mean(lexicon, layout.block),
        section,
        _mean(lexicon, layout.section),
        _mean(squashed, layout.report),
        deep,
        deep_lexicon,
        upper,
        upper_lexicon,
        deep * quiet,
        deep_lexicon * quiet,
        section * quiet,
        only * 1.0,
        alone,
        own * alone,
        lexicon * alone,
    ]
    return np.stack(columns, axis=2)


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


def _best_other(own: Array) -> Array:
    """Return for each theme the highest score among the other themes."""
    order = np.sort(own, axis=1)
    first, second = order[:, -1:], order[:, -2:-1]
    return np.where(own == first, second, first)


def _mean(values: Array, group: Index) -> Array:
    """Return the mean of the other rows of the same group, 0 where there are none."""
    if not len(values):
        return values
    size = np.bincount(group).astype(float)
    sums = np.stack([np.bincount(group, weights=column) for column in values.T], axis=1)
    others = (size[group] - 1)[:, None]
    return np.where(others > 0, (sums[group] - values) / np.maximum(others, 1), 0.0)
