"""Which theme is given where another is meant."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Confused:
    """A pair of themes taken for each other.

    "" says that nothing was missed, or nothing given in its place; `NOTHING` that the
    sentence has no theme at all, or got none.
    """

    missed: str
    given: str
    count: int
    example: LabelledSentence  # the one the model is surest of


def confidence(probabilities: Array, chosen: Chosen, truth: Chosen) -> Array:
    """Return how sure (n,) the model is of its worst mistake in each sentence.

    That is the probability of a theme given wrongly, or 1 less that of a missed one;
    0 where everything is right.
    """
    claimed = np.where(chosen, probabilities, 1.0 - probabilities)
    worst: Array = np.where(chosen != truth, claimed, 0.0).max(axis=1)
    return worst


def confusions(
    rows: Sequence[LabelledSentence],
    codes: Sequence[str],
    probabilities: Array,
    chosen: Chosen,
    truth: Chosen,
) -> list[Confused]:
    """Return the pairs (missed, given wrongly) of all sentences, commonest first.

    A sentence with several mistakes counts in each of its pairs.
    """
    sure = confidence(probabilities, chosen, truth)
    found: dict[tuple[str, str], list[int]] = {}
    for at in np.argsort(-sure, kind="stable"):
        missed = [codes[i] for i in np.flatnonzero(truth[at] & ~chosen[at])]
        given = [codes[i] for i in np.flatnonzero(chosen[at] & ~truth[at])]
        if missed or given:
            missed = missed or ["" if truth[at].any() else NOTHING]
            given = given or ["" if chosen[at].any() else NOTHING]
            for pair in itertools.product(missed, given):
                found.setdefault(pair, []).append(int(at))
    pairs = [Confused(*pair, len(at), rows[at[0]]) for pair, at in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.count, pair.missed, pair.given))
