"""One sentence at a time: the scorer's weights behind dictionaries.

A batch pays for its arrays once; a sentence alone is an order of magnitude faster
with dictionary look-ups. A test holds both equal.
"""

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from model.scorer import UNKNOWN, Scorer
from model.tokens import cut
from model.trie import CHARACTER_BITS, Ints

Array = NDArray[np.float64]
_PLANE = 1 << CHARACTER_BITS
_BEYOND = 0  # stands for characters no term can hold


class SingleScorer:
    """The first stage for one folded text; holds no weights of its own."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        keys, nodes = scorer.trie.transitions()
        nodes <<= CHARACTER_BITS  # ready for the next key
        self._children: dict[int, int] = dict(
            zip(keys.tolist(), nodes.tolist(), strict=True)
        )
        known = scorer.node_gram >= 0
        self._idf = np.where(known, scorer.grams.idf[scorer.node_gram], 0.0)
        self._word: list[int] = scorer.word_column.tolist()
        self._pair: dict[int, int] = dict(
            zip(scorer.pair_keys.tolist(), scorer.pair_column.tolist(), strict=True)
        )

    def score(self, text: str) -> tuple[Array, Array]:
        """Return scores (columns,) and lexicon log counts (themes,) of a folded text."""
        scorer = self._scorer
        nodes, times = _counted(self._walk(text))
        nodes >>= CHARACTER_BITS
        terms = scorer.node_terms[nodes]
        spoken = np.flatnonzero(terms >= 0)
        counts = np.log1p(times[spoken] @ scorer.term_themes[terms[spoken]])
        total = scorer.intercept + counts @ scorer.lexicon_weights
        columns = scorer.node_gram[nodes]  # -1 has an idf of 0
        total += _part(self._idf[nodes], times, scorer.grams.weights[columns])
        columns, times = _counted(self._words(text))
        words = scorer.words
        total += _part(words.idf[columns], times, words.weights[columns])
        return total, counts

    def _walk(self, text: str) -> list[int]:
        """Return the nodes met from every position, shifted left by 16 bits."""
        step = self._children.get
        codes = [p if p < _PLANE else _BEYOND for p in map(ord, text)]
        met: list[int] = []
        for start in range(len(codes)):
            node = 0
            for code in codes[start : start + self._scorer.trie.depth]:
                here = step(node | code)
                if here is None:
                    break
                met.append(here)
                node = here
        return met

    def _words(self, text: str) -> list[int]:
        """Return the columns of words and pairs."""
        total = len(self._word)
        number_of = self._scorer.vocabulary.get
        columns: list[int] = []
        before = UNKNOWN
        for piece in cut([text]):
            if piece == " ":  # pairs reach over punctuation, as in training
                continue
            number = number_of(piece, UNKNOWN)
            if number >= 0:
                columns.append(self._word[number])
                if before >= 0:
                    column = self._pair.get(before * total + number)
                    if column is not None:
                        columns.append(column)
            before = number
        return columns


def _counted(things: list[int]) -> tuple[Ints, Array]:
    """Return each thing once, and how often it stood there."""
    counts = Counter(things)
    size = len(counts)
    return (
        np.fromiter(counts, dtype=np.int64, count=size),
        np.fromiter(counts.values(), dtype=np.float64, count=size),
    )


def _part(idf: Array, times: Array, weights: Array) -> Array:
    """Return what a block adds to the scores, shape (columns,)."""
    values = (1.0 + np.log(times)) * idf
    part: Array = (values @ weights) / max(math.sqrt(values @ values), 1e-300)
    return part
