"""What the surest sentences are worth: precision as the doubt cut-off moves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

_STEPS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """Tags of the sentences that are not `uncertain`."""

    coverage: float  # share of all sentences that are not
    precision: float  # of their tags; a tag on a sentence without a theme is wrong
    margin: float  # least margin among them


def coverage_curve(margins: Array, chosen: Chosen, truth: Chosen) -> list[Point]:
    """Return twenty points from the surest 5 % to all sentences.

    Args:
        margins: (n,) from `Thresholds.margins`.
        chosen: decisions, shape (n, themes).
        truth: labels, shape (n, themes).
    """
    return [
        _point(margins, chosen, truth, _surest(margins, step / _STEPS))
        for step in range(1, _STEPS + 1)
    ]


def own_point(
    margins: Array, uncertain: Chosen, chosen: Chosen, truth: Chosen
) -> Point:
    """Return the point at the product's own `uncertain` (n,)."""
    return _point(margins, chosen, truth, np.flatnonzero(~uncertain))


def precision_at_coverage(
    margins: Array, chosen: Chosen, truth: Chosen, coverage: float = 0.8
) -> float:
    """Return the precision of the tags on the surest share of the sentences."""
    return _point(margins, chosen, truth, _surest(margins, coverage)).precision


def _surest(margins: Array, coverage: float) -> NDArray[np.intp]:
    return np.argsort(-margins, kind="stable")[: round(coverage * len(margins))]


def _point(
    margins: Array, chosen: Chosen, truth: Chosen, kept: NDArray[np.intp]
) -> Point:
    tags = max(int(chosen[kept].sum()), 1)
    return Point(
        len(kept) / max(len(margins), 1),
        float((chosen[kept] & truth[kept]).sum() / tags),
        float(margins[kept].min(initial=1.0)),
    )
