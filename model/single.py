"""One sentence at a time: the scorer's weights behind dictionaries.

A batch pays for its arrays once; a sentence alone is an order of magnitude faster
with dictionary look-ups. A test holds both equal.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from model.scorer import UNKNOWN, Block, Scorer
from model.tokens import cut
from model.trie import CHARACTER_BITS, Ints

Array = NDArray[np.float64]
_PLANE = 1 << CHARACTER_BITS
_BEYOND = 0  # stands for characters no term can hold


class SingleScorer:
    """The first stage for one folded text; holds no weights of its own."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        used = scorer.trie.keys >= 0
        nodes = scorer.trie.nodes[used] << CHARACTER_BITS  # ready for the next key
        self._children: dict[int, int] = dict(
            zip(scorer.trie.keys[used].tolist(), nodes.tolist(), strict=True)
        )
        self._word: list[int] = scorer.word_column.tolist()
        self._pair: dict[int, int] = dict(
            zip(scorer.pair_keys.tolist(), scorer.pair_column.tolist(), strict=True)
        )

    def score(self, text: str) -> tuple[Array, Array]:
        """Return scores (columns,) and lexicon log counts (themes,) of a folded text."""
        scorer = self._scorer
        grams, terms = self._walk(text)
        counts = np.log1p(scorer.term_themes[terms].sum(axis=0))
        total = scorer.intercept + counts @ scorer.lexicon_weights
        total += _part(scorer.grams, grams) + _part(scorer.words, self._words(text))
        return total, counts

    def _walk(self, text: str) -> tuple[Mapping[int, int], Ints]:
        """Return counts of the gram columns, and the rows of the terms met."""
        step = self._children.get
        codes = [p if p < _PLANE else _BEYOND for p in map(ord, text)]
        met: list[int] = []
        for start in range(len(codes)):
            node = 0
            for code in codes[start:]:
                here = step(node | code)
                if here is None:
                    break
                met.append(here)
                node = here
        nodes = np.array(met, dtype=np.int64) >> CHARACTER_BITS
        columns, terms = self._scorer.node_gram[nodes], self._scorer.node_terms[nodes]
        return Counter(columns[columns >= 0].tolist()), terms[terms >= 0]

    def _words(self, text: str) -> Mapping[int, int]:
        """Return counts of the columns of words and pairs."""
        total = len(self._word)
        columns: list[int] = []
        before = UNKNOWN
        for piece in cut([text]):
            if piece == " ":  # pairs reach over punctuation, as in training
                continue
            number = self._scorer.vocabulary.get(piece, UNKNOWN)
            if number >= 0:
                columns.append(self._word[number])
                if before >= 0:
                    column = self._pair.get(before * total + number)
                    if column is not None:
                        columns.append(column)
            before = number
        return Counter(columns)


def _part(block: Block, counts: Mapping[int, int]) -> Array:
    """Return what a block adds to the scores, shape (columns,)."""
    if not counts:
        return np.zeros(block.weights.shape[1])
    columns = np.fromiter(counts, dtype=np.int64, count=len(counts))
    times = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
    values = (1.0 + np.log(times)) * block.idf[columns]
    part: Array = (values / np.sqrt(values @ values)) @ block.weights[columns]
    return part
