"""Confident learning, one theme at a time: how far a model speaks against a label.

After Northcutt, Jiang and Chuang (2021): a model that did not see the sentence has to
be as sure of the other answer as it is, on average, of those that carry it.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]


def against(probabilities: Array, chosen: Chosen) -> Array:
    """Return how far (n, themes) the other answer lies above its threshold.

    The threshold of an answer is the mean probability it has where it was given; an
    answer nobody gave has the threshold 1.

    Args:
        probabilities: held-out ones, (n, themes).
        chosen: the labels, (n, themes).
    """
    has = _mean_where(probabilities, chosen)
    lacks = _mean_where(1 - probabilities, ~chosen)
    above: Array = np.where(chosen, 1 - probabilities - lacks, probabilities - has)
    return above


def wrong(probabilities: Array, chosen: Chosen) -> Chosen:
    """Return which labels (n, themes) confident learning calls wrong."""
    denied = (probabilities < 0.5) == chosen
    result: Chosen = denied & (against(probabilities, chosen) >= 0)
    return result


def _mean_where(values: Array, where: Chosen) -> Array:
    count = where.sum(axis=0)
    total = (values * where).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), 1.0)
