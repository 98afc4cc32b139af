"""Which words, headings and neighbours speak for a theme.

Both stages are linear, so a theme's score falls apart into what each column adds. The
first stage's part is laid on the characters that made it; what headings and neighbours
add in the second stage is named as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from model.context import Place
from model.scorer import Reading, Scorer
from model.tokens import segment
from model.trie import Ints

Array = NDArray[np.float64]

MOST_SPANS = 3
_STRONG = 0.3  # of the strongest character: where a span begins


def shares(adds: Mapping[Place, float]) -> dict[Place, float]:
    """Return the share of each place in what speaks for a theme; they sum to 1.

    Args:
        adds: what each place adds to the logit; what speaks against it has no share.
    """
    total = sum(max(part, 0.0) for part in adds.values())
    if total <= 0:
        return {"own": 1.0}
    return {place: part / total for place, part in adds.items() if part > 0}


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Things found in some texts, and what each adds to the scores of its text."""

    rows: Ints
    starts: Ints  # in the joined texts
    ends: Ints
    worth: Array  # (pieces, columns)


def character_scores(scorer: Scorer, texts: Sequence[str]) -> list[Array]:
    """Return what each character adds to each first-stage score of its text.

    Grams, words and lexicon terms are laid on their characters in equal parts; the
    columns of a text sum to its scores less the intercept.

    Args:
        scorer: holds the weights.
        texts: folded.

    Returns:
        For each text an array of shape (characters, themes + EXTRA).
    """
    if not texts:
        return []
    reading = scorer.read(texts)
    found = [
        _grams(scorer, reading, len(texts)),
        _words(scorer, texts),
        _terms(scorer, reading),
    ]
    rows = np.concatenate([pieces.rows for pieces in found])
    order = np.argsort(rows, kind="stable")
    starts = np.concatenate([pieces.starts for pieces in found])[order]
    ends = np.concatenate([pieces.ends for pieces in found])[order]
    worth = np.concatenate([pieces.worth for pieces in found])[order]
    worth /= (ends - starts)[:, None]
    edges = np.searchsorted(rows[order], np.arange(len(texts) + 1))
    scores: list[Array] = []
    begin = 0
    for text, (first, last) in zip(texts, pairwise(edges.tolist()), strict=True):
        at = np.arange(begin, begin + len(text))[:, None]
        covered = (starts[first:last] <= at) & (at < ends[first:last])
        scores.append(covered.astype(float) @ worth[first:last])
        begin += len(text) + 1
    return scores


def _grams(scorer: Scorer, reading: Reading, total: int) -> _Pieces:
    columns = scorer.node_gram[reading.hits.node]
    known = columns >= 0
    rows, columns = reading.rows[known], columns[known]
    start, size = reading.hits.start[known], reading.hits.size[known]
    matrix = scorer.gram_matrix(reading, total)
    worth = _worth(matrix, rows, columns, scorer.grams.weights)
    return _Pieces(rows, start, start + size, worth)


def _words(scorer: Scorer, texts: Sequence[str]) -> _Pieces:
    found = scorer.read_words(texts)
    starts, ends = np.array(_places(texts), dtype=np.int64).reshape(-1, 2).T
    matrix = scorer.words.matrix(found.rows, found.columns, len(texts))
    worth = _worth(matrix, found.rows, found.columns, scorer.words.weights)
    return _Pieces(found.rows, starts[found.first], ends[found.last], worth)


def _terms(scorer: Scorer, reading: Reading) -> _Pieces:
    terms = scorer.node_terms[reading.hits.node]
    spoken = terms >= 0
    rows, terms = reading.rows[spoken], terms[spoken]
    start, size = reading.hits.start[spoken], reading.hits.size[spoken]
    counts = reading.lexicon
    share = counts / np.maximum(np.expm1(counts), 1e-300)
    worth = (scorer.term_themes[terms] * share[rows]) @ scorer.lexicon_weights
    return _Pieces(rows, start, start + size, worth)


def _worth(matrix: csr_matrix, rows: Ints, columns: Ints, weights: Array) -> Array:
    """Return what each occurrence of a column adds, all of one column the same."""
    total = matrix.shape[1]
    number = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    at = np.searchsorted(number * total + matrix.indices, rows * total + columns)
    values = matrix.data / np.bincount(at, minlength=matrix.nnz)
    worth: Array = values[at, None] * weights[columns]
    return worth


def _places(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each word and each break stand in the joined texts."""
    places: list[tuple[int, int]] = []
    begin = 0
    for text, tokens in zip(texts, segment(texts), strict=True):
        at = 0
        for token in tokens:
            at = text.index(token, at)
            places.append((begin + at, begin + at + len(token)))
            at += len(token)
        begin += len(text) + 1
        places.append((begin - 1, begin))
    return places


def strongest(adds: Array) -> list[tuple[int, int, float]]:
    """Return the spans that add most, with their share of all that speaks for it.

    Args:
        adds: what each character adds to one theme.

    Returns:
        Start, end and share (0 to 1) of at most three spans, the strongest first.
    """
    positive = np.maximum(adds, 0.0)
    if not positive.size or positive.max() <= 0:
        return []
    high = np.concatenate([[False], positive >= _STRONG * positive.max(), [False]])
    edges = np.flatnonzero(high[1:] != high[:-1]).reshape(-1, 2)
    total = positive.sum()
    spans = [(int(s), int(e), float(positive[s:e].sum() / total)) for s, e in edges]
    return sorted(spans, key=lambda span: -span[2])[:MOST_SPANS]
