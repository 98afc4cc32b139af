"""From probabilities to themes: a threshold, at most three, doubt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.codebook import MOST_THEMES

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

COVERAGE = 0.8  # share of sentences that are not `uncertain`
_GRID = np.round(np.arange(0.50, 0.61, 0.02), 2)  # lower ones give themes to anything
# Of micro-F1: within it the highest threshold wins, which keeps "no theme".
_SLACK = 0.005


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How probabilities become decisions: at or above `theme` chosen, at most three."""

    theme: float  # of a theme's probability
    doubt: float  # decisions with a smaller margin are `uncertain`

    def choose(self, probabilities: Array) -> Chosen:
        """Return the chosen themes, shape (n, themes)."""
        chosen: Chosen = probabilities >= self.theme
        if np.count_nonzero(chosen) > MOST_THEMES:
            many = np.flatnonzero(chosen.sum(axis=1) > MOST_THEMES)
            order = (-probabilities[many]).argsort(axis=1, kind="stable")
            chosen[many[:, None], order[:, MOST_THEMES:]] = False
        return chosen

    def margins(self, probabilities: Array, chosen: Chosen | None = None) -> Array:
        """Return how far (n,) the nearest theme lies from changing its side.

        Args:
            probabilities: shape (n, themes).
            chosen: what `choose` gave for them, if it is known already.
        """
        chosen = self.choose(probabilities) if chosen is None else chosen
        above = (probabilities - self.theme) / (1.0 - self.theme)
        below = np.maximum(1.0 - probabilities / self.theme, 0.0)
        margins: Array = np.where(chosen, above, below).min(axis=1)
        return margins

    def uncertain(self, probabilities: Array, chosen: Chosen | None = None) -> Chosen:
        """Return which sentences (n,) a person should look at."""
        return self.margins(probabilities, chosen) < self.doubt


def fit_thresholds(probabilities: Array, truth: Chosen) -> Thresholds:
    """Choose the threshold on held-out probabilities of real sentences.

    One for all themes, between 0.5 and 0.6: the highest whose micro-F1 is within half a
    point of the best. A theme's own threshold, even one shrunk to the common one, was
    noise with this number of sentences.

    Args:
        probabilities: shape (n, themes), held out.
        truth: shape (n, themes).
    """
    scores = np.array([micro_f1(probabilities >= cut, truth) for cut in _GRID])
    good = np.flatnonzero(scores >= scores.max() - _SLACK)
    sure = Thresholds(float(_GRID[good[-1]]), 0.0)
    doubt = float(np.quantile(sure.margins(probabilities), 1 - COVERAGE))
    return Thresholds(sure.theme, doubt)


def micro_f1(chosen: Chosen, truth: Chosen) -> float:
    """Return F1 over all pairs of sentence and theme; 1 where there is nothing."""
    both = (chosen & truth).sum()
    total = chosen.sum() + truth.sum()
    return float(2 * both / total) if total else 1.0
