"""One sentence at a time: the scorer's weights behind sorted keys and dictionaries.

A batch pays for its arrays once; a sentence alone is an order of magnitude faster so.
A test holds both equal.
"""

import math
from operator import add

import numpy as np
from numpy.typing import NDArray

from model.scorer import UNKNOWN, Scorer
from model.tokens import cut
from model.trie import CHARACTER_BITS, Ints, Trie

Array = NDArray[np.float64]
_PLANE = 1 << CHARACTER_BITS
_BEYOND = _PLANE - 1  # stands for characters of other planes; is no character itself
_NO_KEY = np.iinfo(np.int64).max


class SingleScorer:
    """The first stage for one folded text."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        known = np.flatnonzero(scorer.node_gram >= 0)
        keys = _packed(scorer.trie, len(scorer.node_gram))[known]
        order = np.argsort(keys)
        self._keys = np.append(keys[order], _NO_KEY)  # stands behind all keys
        self._gram = scorer.node_gram[known][order]
        terms = _spelled(scorer.trie, scorer.node_terms)
        self._short = {term: row for term, row in terms.items() if len(term) == 2}
        self._long: dict[str, list[tuple[str, int]]] = {}  # by their first three
        for term, row in terms.items():
            if len(term) > 2:
                self._long.setdefault(term[:3], []).append((term, row))
        first = len(scorer.grams.idf)  # columns of words stand behind those of grams
        self._word: list[int] = (first + scorer.word_column).tolist()
        pairs = (first + scorer.pair_column).tolist()
        self._pair: dict[int, int] = dict(
            zip(scorer.pair_keys.tolist(), pairs, strict=True)
        )
        self._idf = np.concatenate([scorer.grams.idf, scorer.words.idf])
        self._weights = np.concatenate([scorer.grams.weights, scorer.words.weights])

    def score(self, text: str) -> tuple[Array, Array]:
        """Return scores (columns,) and lexicon log counts (themes,) of a folded text."""
        met = np.array(self._met(text), dtype=np.int64)
        counts = np.log1p(np.add.reduce(self._scorer.term_themes.take(met, axis=0)))
        columns = np.concatenate([self._grams(text), self._words(text)])
        total = self._scorer.intercept + counts @ self._scorer.lexicon_weights
        if len(columns):
            total += self._product(columns)
        return total, counts

    def _product(self, columns: Ints) -> Array:
        """Return what columns add, each as often as it stands there."""
        columns.sort()
        fresh = np.empty(len(columns) + 1, dtype=bool)
        fresh[0] = fresh[-1] = True
        np.not_equal(columns[1:], columns[:-1], out=fresh[1:-1])
        edges = fresh.nonzero()[0]
        columns = columns.take(edges[:-1])
        values = self._idf.take(columns) * (1.0 + np.log(edges[1:] - edges[:-1]))
        border = int(columns.searchsorted(len(self._scorer.grams.idf)))
        for block in (values[:border], values[border:]):
            block /= max(math.sqrt(block @ block), 1e-300)
        product: Array = values @ self._weights.take(columns, axis=0)
        return product

    def _grams(self, text: str) -> Ints:
        """Return the columns of the grams of one to three characters."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        one = np.minimum(codes, _BEYOND).astype(np.int64)
        two = one[:-1] | one[1:] << CHARACTER_BITS
        three = two[:-1] | one[2:] << 2 * CHARACTER_BITS
        keys = np.concatenate([one, two, three])
        at = self._keys.searchsorted(keys)
        columns: Ints = self._gram.take(at[self._keys.take(at) == keys])
        return columns

    def _met(self, text: str) -> list[int]:
        """Return the row of every lexicon term, as often as it stands there."""
        pairs = list(map(add, text, text[1:]))
        met = [row for row in map(self._short.get, pairs) if row is not None]
        triples = map(add, pairs, text[2:])
        for start, terms in enumerate(map(self._long.get, triples)):
            if terms is not None:
                met += [row for term, row in terms if text.startswith(term, start)]
        return met

    def _words(self, text: str) -> Ints:
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
        return np.array(columns, dtype=np.int64)


def _packed(trie: Trie, nodes: int) -> Ints:
    """Return for each node its characters, 16 bits each; -1 where more than three."""
    keys, child = trie.transitions()
    parent, character = keys >> CHARACTER_BITS, keys & (_PLANE - 1)
    packed = np.full(nodes, -1)
    packed[0] = 0
    for size in range(3):
        here = (packed[parent] >= 0) & (packed[child] < 0)
        longer = character[here] << size * CHARACTER_BITS
        packed[child[here]] = packed[parent[here]] | longer
    return packed


def _spelled(trie: Trie, rows: Ints) -> dict[str, int]:
    """Return the row of each term, by its characters.

    Args:
        trie: holds the terms.
        rows: of the term that ends at each node, or -1.
    """
    keys, child = trie.transitions()
    above = dict(zip(child.tolist(), keys.tolist(), strict=True))
    terms: dict[str, int] = {}
    for end in np.flatnonzero(rows >= 0).tolist():
        term, node = "", end
        while node:
            key = above[node]
            term, node = chr(key & (_PLANE - 1)) + term, key >> CHARACTER_BITS
        terms[term] = int(rows[end])
    return terms
