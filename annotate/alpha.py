"""Krippendorff's alpha of sets of themes, with the MASI distance and an interval.

MASI (Passonneau 2006): 1 - Jaccard x monotonicity, where monotonicity is 1 for equal
sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they share nothing.
Two empty sets are equal; an empty and another one share nothing.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Themes = frozenset[str]
Array = NDArray[np.float64]

DRAWS = 2000
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval from drawing clusters with replacement."""

    low: float
    high: float
    clusters: int


def masi(one: Themes, other: Themes) -> float:
    """Return the MASI distance, 0 to 1."""
    if one == other:
        return 0.0
    both = len(one & other)
    if not both:
        return 1.0
    monotonicity = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - both / len(one | other) * monotonicity


def alpha(units: Sequence[Sequence[Themes]]) -> float | None:
    """Return Krippendorff's alpha, None where it is not defined.

    Args:
        units: for each sentence the sets it was given; fewer than two say nothing.
    """
    counts, observed, distance = _tables([units])
    return _alphas(counts, observed, distance)[0]


def alpha_interval(
    clusters: Mapping[Hashable, Sequence[Sequence[Themes]]],
) -> Interval | None:
    """Return the interval of alpha, drawing clusters of units with a fixed seed.

    Args:
        clusters: the units by what is drawn: sections, documents.

    Returns:
        None where fewer than two clusters hold something, or alpha is not defined.
    """
    held = [
        units for units in clusters.values() if any(len(unit) > 1 for unit in units)
    ]
    if len(held) < 2:
        return None
    counts, observed, distance = _tables(held)
    draw = np.random.default_rng(SEED)
    weights = draw.multinomial(len(held), np.full(len(held), 1 / len(held)), DRAWS)
    drawn = _alphas(weights @ counts, weights @ observed, distance)
    known = [value for value in drawn if value is not None]
    if not known:
        return None
    low, high = np.quantile(known, [0.025, 0.975])
    return Interval(float(low), float(high), len(held))


def _tables(
    clusters: Sequence[Sequence[Sequence[Themes]]],
) -> tuple[Array, Array, Array]:
    """Return what alpha is made of.

    Returns:
        Counts (clusters, sets) of the values in units of at least two, the sum of the
        distances inside units (clusters,), the distances between sets (sets, sets).
    """
    sets: dict[Themes, int] = {}
    rows: list[dict[int, int]] = []
    observed = np.zeros(len(clusters))
    for number, units in enumerate(clusters):
        row: dict[int, int] = {}
        for unit in units:
            if len(unit) < 2:
                continue
            for themes in unit:
                at = sets.setdefault(themes, len(sets))
                row[at] = row.get(at, 0) + 1
            apart = sum(masi(one, other) for one in unit for other in unit)
            observed[number] += apart / (len(unit) - 1)
        rows.append(row)
    counts = np.zeros((len(clusters), len(sets)))
    for number, row in enumerate(rows):
        for at, count in row.items():
            counts[number, at] = count
    distance = np.array([[masi(one, other) for other in sets] for one in sets])
    return counts, observed, distance.reshape(len(sets), len(sets))


def _alphas(counts: Array, observed: Array, distance: Array) -> list[float | None]:
    """Return alpha for each row of counts and sum of distances."""
    values = counts.sum(axis=1)
    expected = np.einsum("bi,ij,bj->b", counts, distance, counts, optimize=True)
    return [
        float(1 - inside * (n - 1) / all_pairs) if n > 1 and all_pairs > 0 else None
        for n, inside, all_pairs in zip(values, observed, expected, strict=True)
    ]
