"""Bootstrap intervals: top-level sections are drawn whole, with a fixed seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

DRAWS = 2000
LEVEL = 0.95
_SEED = 20260101
FIGURES = ("micro_f1", "macro_f1", "exact_match", "no_theme_kept")


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in 95 % of the draws."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How a figure changes, with the interval of the change itself."""

    change: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Figures in each draw; the same clusters give the same draws every time."""

    figures: Mapping[str, Array]  # of `FIGURES`, each (draws,)
    themes: Array  # (draws, themes) F1; NaN where a draw has no such theme
    clusters: int
    worth: float  # clusters of equal size that would say as much

    def interval(self, figure: str) -> Interval:
        """Return the interval of one of `FIGURES`."""
        return _interval(self.figures[figure])

    def theme_interval(self, column: int) -> Interval:
        """Return the interval of a theme's F1."""
        return _interval(self.themes[:, column])


def draw(chosen: Chosen, truth: Chosen, clusters: Sequence[str]) -> Drawn:
    """Return the figures of many draws of clusters.

    Args:
        chosen: decisions, shape (n, themes).
        truth: labels, shape (n, themes).
        clusters: of each sentence (n,).
    """
    names, number = np.unique(np.array(clusters), return_inverse=True)
    none = ~truth.any(axis=1)
    table = np.column_stack(
        [
            chosen & truth,
            chosen.astype(int) + truth,
            (chosen == truth).all(axis=1),
            np.ones(len(truth)),
            none & ~chosen.any(axis=1),
            none,
        ]
    ).astype(float)
    counts = np.zeros((len(names), table.shape[1]))
    np.add.at(counts, number, table)
    equal = np.full(len(names), 1 / len(names))
    times = np.random.default_rng(_SEED).multinomial(len(names), equal, size=DRAWS)
    sums = times @ counts
    themes = truth.shape[1]
    both, either = sums[:, :themes], sums[:, themes : 2 * themes]
    exact, rows, kept, without = sums[:, 2 * themes :].T
    with np.errstate(invalid="ignore"):
        f1 = 2 * both / either
        figures = {
            "micro_f1": 2 * both.sum(axis=1) / either.sum(axis=1),
            "macro_f1": np.nanmean(f1, axis=1),
            "exact_match": exact / rows,
            "no_theme_kept": kept / without,
        }
    sizes = counts[:, -3]
    worth = float(sizes.sum() ** 2 / (sizes**2).sum())
    return Drawn(figures, f1, len(names), worth)


def compare(ours: Drawn, theirs: Drawn, figure: str, change: float) -> Difference:
    """Return the paired difference: both are measured in the same draws.

    Args:
        ours: decisions that are looked at.
        theirs: decisions on the same sentences they are compared with.
        figure: one of `FIGURES`.
        change: the figure of ours less the figure of theirs, on all sentences.
    """
    spread = _interval(ours.figures[figure] - theirs.figures[figure])
    return Difference(change, spread.low, spread.high)


def _interval(values: Array) -> Interval:
    known = values[~np.isnan(values)]
    if not len(known):
        return Interval(float("nan"), float("nan"))
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
