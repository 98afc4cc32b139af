"""Fit the second stage: one logistic regression over pairs of sentence and theme."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from annotate.gold import LabelledSentence
from model.own import other_field

Array = NDArray[np.float64]

_STRENGTH = 1.0  # inverse regularisation
_CONSTANT = 1e-6  # spread of a column that rounding alone moves
_REPORT, _AUTHORED, _OTHER = range(3)  # kinds of training sentences
# What the sentences of a kind weigh together. Authored ones outnumber those of reports,
# but only reports show how headings and neighbours really work; other fields are a small
# part of the training and nearly all of the world.
SHARES = (1.0, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Context:
    """The second stage: weights of the pair features and a bias a theme."""

    weights: Array  # (features,); 0 for features the recipe leaves out
    bias: Array  # (themes,)

    def probabilities(self, pairs: Array) -> Array:
        """Return probabilities (n, themes) of pair features (n, themes, features)."""
        return 1.0 / (1.0 + np.exp(-(pairs @ self.weights + self.bias)))


@dataclass(frozen=True, slots=True)
class Examples:
    """What the second stage learns from.

    Sentences of reports take part twice, in their place and as if they stood alone, so
    that a sentence without a report around it is judged well too.
    """

    pairs: Array  # (n, themes, features)
    apart: Array  # the same, each sentence alone
    chosen: NDArray[np.bool_]  # (n, themes)
    kinds: NDArray[np.intp]  # (n,)
    shares: tuple[float, ...] | None = SHARES  # None: every sentence weighs the same

    @property
    def real(self) -> NDArray[np.bool_]:
        """Which sentences (n,) are of real reports."""
        real: NDArray[np.bool_] = self.kinds == _REPORT
        return real


def kinds_of(lines: Sequence[LabelledSentence]) -> NDArray[np.intp]:
    """Return the kind of each sentence: of a report, authored, of another field."""
    return np.array(
        [
            _REPORT if line.origin == "report"
            else _OTHER if other_field(line)
            else _AUTHORED
            for line in lines
        ]
    )  # fmt: skip


def fit_context(examples: Examples, inside: NDArray[np.bool_]) -> Context:
    """Fit one logistic regression for all themes, with a bias a theme.

    Args:
        examples: n sentences.
        inside: which of them to learn from, shape (n,).
    """
    alone = inside & examples.real
    table = np.concatenate([examples.pairs[inside], examples.apart[alone]])
    answers = np.concatenate([examples.chosen[inside], examples.chosen[alone]])
    kinds = np.append(examples.kinds[inside], examples.kinds[alone])
    weight = _weights(kinds, examples.shares)
    sentences, themes, features = table.shape
    bias = np.broadcast_to(np.eye(themes), (sentences, themes, themes))
    flat = np.concatenate([table, bias], axis=2).reshape(-1, features + themes)
    spread = flat.std(axis=0)
    scale = np.where(spread > _CONSTANT, spread, np.inf)  # tells nothing: counts 0
    learner = LogisticRegression(C=_STRENGTH, max_iter=1000)
    learner.fit(flat / scale, answers.ravel(), np.repeat(weight, themes))
    weights = learner.coef_[0] / scale
    return Context(weights[:features], weights[features:] + learner.intercept_[0])


def _weights(kinds: NDArray[np.intp], shares: tuple[float, ...] | None) -> Array:
    """Return what each sentence weighs; the smallest weight is 1."""
    if shares is None:
        return np.ones(len(kinds))
    number = np.bincount(kinds, minlength=len(shares))
    each = np.array(shares) / np.maximum(number, 1)
    weights: Array = each[kinds] / each[number > 0].min()
    return weights
