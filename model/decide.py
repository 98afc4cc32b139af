"""From probabilities to themes: thresholds, a floor for the best theme, doubt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.codebook import MOST_THEMES

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

SHRINK = 150.0  # positives at which a theme's own threshold counts half
COVERAGE = 0.8  # share of sentences that are not `uncertain`
_GRID = np.round(np.arange(0.20, 0.71, 0.02), 2)
_FLOORS = np.array([0.0, 0.05, 0.1])  # a higher floor gives themes to empty sentences


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How probabilities become decisions.

    A theme is chosen at or above its threshold, at most three; if none is, the most
    probable one is chosen when it lies less than `floor` below its threshold.
    """

    themes: Array  # (themes,)
    floor: float
    doubt: float  # decisions with a smaller margin are `uncertain`

    def choose(self, probabilities: Array) -> Chosen:
        """Return the chosen themes, shape (n, themes)."""
        above = probabilities - self.themes
        best = above.max(axis=1, keepdims=True)
        chosen: Chosen = above >= np.where(best >= -self.floor, np.minimum(best, 0), 1)
        many = np.flatnonzero(chosen.sum(axis=1) > MOST_THEMES)
        if len(many):
            order = (-above[many]).argsort(axis=1, kind="stable")
            chosen[many[:, None], order[:, MOST_THEMES:]] = False
        return chosen

    def margins(self, probabilities: Array, chosen: Chosen | None = None) -> Array:
        """Return how far (n,) the nearest theme lies from changing its side.

        Args:
            probabilities: shape (n, themes).
            chosen: what `choose` gave for them, if it is known already.
        """
        above = probabilities - self.themes
        chosen = self.choose(probabilities) if chosen is None else chosen
        spread = np.maximum(np.where(chosen, above, -above), 0.0)
        scale = np.where(chosen, 1.0 - self.themes, self.themes)
        margins: Array = (spread / scale).min(axis=1)
        return margins

    def uncertain(self, probabilities: Array, chosen: Chosen | None = None) -> Chosen:
        """Return which sentences (n,) a person should look at."""
        return self.margins(probabilities, chosen) < self.doubt


def fit_thresholds(probabilities: Array, truth: Chosen) -> Thresholds:
    """Choose thresholds on held-out probabilities of real sentences.

    One threshold for all themes maximises micro-F1; a theme's own best threshold moves
    it by `n / (n + 150)` for n positives. The floor then maximises micro-F1 in turn;
    among equals the lower floor wins, which keeps "no theme".

    Args:
        probabilities: shape (n, themes), held out.
        truth: shape (n, themes).
    """
    shared = _best(probabilities.ravel(), truth.ravel())
    own = np.array(
        [
            _best(p, t) if t.any() else shared
            for p, t in zip(probabilities.T, truth.T, strict=True)
        ]
    )
    positives = truth.sum(axis=0)
    weight = positives / (positives + SHRINK)
    themes = weight * own + (1 - weight) * shared
    scores = [
        micro_f1(Thresholds(themes, floor, 0.0).choose(probabilities), truth)
        for floor in _FLOORS
    ]
    floor = float(_FLOORS[int(np.argmax(np.round(scores, 3)))])
    sure = Thresholds(themes, floor, 0.0)
    doubt = float(np.quantile(sure.margins(probabilities), 1 - COVERAGE))
    return Thresholds(themes, floor, doubt)


def _best(probabilities: Array, truth: Chosen) -> float:
    scores = [micro_f1(probabilities >= cut, truth) for cut in _GRID]
    return float(_GRID[int(np.argmax(scores))])


def micro_f1(chosen: Chosen, truth: Chosen) -> float:
    """Return F1 over all pairs of sentence and theme; 1 where there is nothing."""
    both = (chosen & truth).sum()
    total = chosen.sum() + truth.sum()
    return float(2 * both / total) if total else 1.0
