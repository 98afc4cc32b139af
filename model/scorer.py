"""Stage one compiled: the pipeline's weights as arrays, without scikit-learn.

Equal to the pipeline to 1e-9 (a test holds that); some ten times faster.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from model.tokens import cut
from model.trie import Hits, Ints, Trie, build_trie, characters

Array = NDArray[np.float64]
NO_COLUMN = -1
UNKNOWN, _SPACE, _BREAK = -1, -2, -3  # numbers of tokens that are no known word
_MARKS = {" ": _SPACE, "\n": _BREAK}


@dataclass(frozen=True, slots=True)
class Block:
    """One TF-IDF block: inverse document frequencies and weights of its columns."""

    idf: Array  # (features,)
    weights: Array  # (features, columns), in proportion to l2-normed TF-IDF values

    def matrix(self, rows: Ints, columns: Ints, total: int) -> csr_matrix:
        """Return the l2-normed TF-IDF matrix of occurrences, shape (total, columns)."""
        order = np.argsort(rows, kind="stable")
        ends = np.zeros(total + 1, dtype=np.int32)
        np.cumsum(np.bincount(rows, minlength=total), out=ends[1:])
        matrix = csr_matrix(
            (np.ones(len(rows)), columns[order].astype(np.int32), ends),
            shape=(total, len(self.idf)),
        )
        matrix.sum_duplicates()
        data = self.idf[matrix.indices]
        often = np.flatnonzero(matrix.data > 1)
        data[often] *= 1.0 + np.log(matrix.data[often])
        row = np.repeat(np.arange(total), np.diff(matrix.indptr))
        norms = np.sqrt(np.bincount(row, weights=data**2, minlength=total))
        matrix.data = data / norms[row]
        return matrix


@dataclass(frozen=True, slots=True)
class Reading:
    """What a batch of texts holds."""

    rows: Ints  # of every hit
    hits: Hits
    lexicon: Array  # (texts, themes) log counts


class Wording(NamedTuple):
    """Known words of a batch of texts, then known pairs of words."""

    rows: Ints
    columns: Ints
    first: Ints  # which word it is, or the first of a pair; breaks are counted too
    last: Ints


@dataclass(frozen=True, slots=True)
class Scorer:
    """The compiled first stage."""

    trie: Trie
    node_gram: Ints  # (nodes,) column of a gram or -1
    node_terms: Ints  # (nodes,) row in `term_themes` or -1
    term_themes: Array  # (terms, themes) what a hit counts for a theme
    grams: Block
    words: Block
    lexicon_weights: Array  # (themes, columns), of log counts
    intercept: Array  # (columns,): the themes, then the extra targets
    vocabulary: Mapping[str, int]  # word -> its number; marks have negative ones
    word_column: Ints  # (words,) column of a word
    pair_keys: Ints  # sorted: first * words + second
    pair_column: Ints

    def read(self, texts: Sequence[str]) -> Reading:
        """Find grams and lexicon terms in folded texts."""
        points, row_of = characters(texts)
        hits = self.trie.walk(points)
        rows = row_of[hits.start]
        terms = self.node_terms[hits.node]
        spoken = terms >= 0
        met = rows[spoken], terms[spoken]
        shape = len(texts), len(self.term_themes)
        found = csr_matrix((np.ones(len(met[0])), met), shape=shape)
        return Reading(rows, hits, np.log1p(found @ self.term_themes))

    def scores(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return scores (n, columns) and lexicon log counts (n, themes) of folded texts."""
        if not texts:
            return np.zeros((0, len(self.intercept))), np.zeros(
                (0, self.term_themes.shape[1])
            )
        reading = self.read(texts)
        gram = self.gram_matrix(reading, len(texts))
        found = self.read_words(texts)
        word = self.words.matrix(found.rows, found.columns, len(texts))
        total = gram @ self.grams.weights + word @ self.words.weights
        total += reading.lexicon @ self.lexicon_weights
        return total + self.intercept, reading.lexicon

    def gram_matrix(self, reading: Reading, total: int) -> csr_matrix:
        """Return the normed TF-IDF matrix of the grams."""
        columns = self.node_gram[reading.hits.node]
        known = columns >= 0
        return self.grams.matrix(reading.rows[known], columns[known], total)

    def read_words(self, texts: Sequence[str]) -> Wording:
        """Find words and pairs of words in folded texts."""
        tokens = cut(texts)
        number = np.fromiter(
            map(self.vocabulary.get, tokens, itertools.repeat(UNKNOWN)),
            dtype=np.int64,
            count=len(tokens),
        )
        number = number[number != _SPACE]
        row = np.cumsum(number == _BREAK)
        known = number >= 0
        single = np.flatnonzero(known)
        first = np.flatnonzero(known[:-1] & known[1:])
        keys = number[first] * len(self.word_column) + number[first + 1]
        at = np.minimum(np.searchsorted(self.pair_keys, keys), len(self.pair_keys) - 1)
        found = self.pair_keys[at] == keys if len(self.pair_keys) else keys < 0
        pair = first[found]
        start = np.concatenate([single, pair])
        columns = self.word_column[number[single]], self.pair_column[at[found]]
        return Wording(
            row[start], np.concatenate(columns), start, np.append(single, pair + 1)
        )

    def known_words(self) -> list[str]:
        """Return the words in the order of their numbers."""
        return [word for word, number in self.vocabulary.items() if number >= 0]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything but the vocabulary, for `numpy.savez`."""
        return {
            "slots": self.trie.slots,
            "depth": np.array(self.trie.depth),
            "gram_idf": self.grams.idf,
            "gram_weights": self.grams.weights,
            "word_idf": self.words.idf,
            "word_weights": self.words.weights,
            **{name: getattr(self, name) for name in _PLAIN},
        }


_PLAIN = (
    "node_gram", "node_terms", "term_themes", "lexicon_weights", "intercept",
    "word_column", "pair_keys", "pair_column",
)  # fmt: skip


def from_arrays(arrays: Mapping[str, Any], vocabulary: Sequence[str]) -> Scorer:
    """Return the scorer of saved arrays.

    Raises:
        KeyError: an array is missing.
        ValueError: an array holds NaN or infinity.
    """
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ValueError(f"{name} holds NaN or infinity")
    return Scorer(
        trie=Trie(arrays["slots"], int(arrays["depth"])),
        grams=Block(arrays["gram_idf"], arrays["gram_weights"]),
        words=Block(arrays["word_idf"], arrays["word_weights"]),
        vocabulary=_numbered(vocabulary),
        **{name: arrays[name] for name in _PLAIN},
    )


def build_scorer(
    grams: tuple[Mapping[str, int], Block],
    words: tuple[Mapping[str, int], Block],
    lexicon: tuple[Mapping[str, Array], Array],
    intercept: Array,
) -> Scorer:
    """Compile a scorer.

    Args:
        grams: column of each gram, and the block.
        words: column of each word and of each pair `a b`, and the block.
        lexicon: what a term's hit counts for each theme, and the weights of log counts.
        intercept: of each column of the scores.
    """
    terms, lexicon_weights = lexicon
    trie, ends = build_trie([*grams[0], *terms])
    nodes = 1 + int(trie.transitions()[1].max(initial=0))
    node_gram = np.full(nodes, NO_COLUMN)
    node_terms = np.full(nodes, NO_COLUMN)
    for gram, column in grams[0].items():
        node_gram[ends[gram]] = column
    for row, term in enumerate(terms):
        node_terms[ends[term]] = row
    term_themes = np.array(list(terms.values()))
    single = [word for word in words[0] if " " not in word]
    vocabulary = _numbered(single)
    pairs = sorted(
        (vocabulary[a] * len(single) + vocabulary[b], column)
        for (a, b), column in (
            (pair.split(" "), column)
            for pair, column in words[0].items()
            if " " in pair
        )
    )
    return Scorer(
        trie=trie,
        node_gram=node_gram,
        node_terms=node_terms,
        term_themes=term_themes,
        grams=grams[1],
        words=words[1],
        lexicon_weights=lexicon_weights,
        intercept=intercept,
        vocabulary=vocabulary,
        word_column=np.array([words[0][word] for word in single], dtype=np.int64),
        pair_keys=np.array([key for key, _ in pairs], dtype=np.int64),
        pair_column=np.array([column for _, column in pairs], dtype=np.int64),
    )


def _numbered(words: Sequence[str]) -> dict[str, int]:
    return {word: at for at, word in enumerate(words)} | _MARKS
