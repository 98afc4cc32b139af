"""Near-equal sentences: cosine of their character grams, without comparing all pairs."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from model.tokens import fold_all, grams

NEAR = 0.8  # cosine from which two sentences count as near-equal
_BLOCK = 512  # rows compared at a time


def gram_rows(texts: Sequence[str]) -> csr_matrix:
    """Return counts of the grams of folded texts, each row of length 1 (or empty)."""
    known: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in fold_all(texts):
        columns.extend(known.setdefault(gram, len(known)) for gram in grams(text))
        ends.append(len(columns))
    shape = (len(texts), max(len(known), 1))
    counts = csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)
    counts.sum_duplicates()
    lengths = np.sqrt(counts.multiply(counts).sum(axis=1)).A1
    counts.data /= np.repeat(lengths, np.diff(counts.indptr))
    return counts


def near_pairs(
    texts: Sequence[str], least: float = NEAR
) -> Iterator[tuple[int, int, float]]:
    """Yield (i, j, cosine), i < j, of all pairs of at least this cosine.

    Only texts that share one of their rare grams are compared. Nothing is missed: what
    is left out of a row is shorter than `least`, so no product with it alone, and
    rows that share no rare gram have no other product.
    """
    rows = gram_rows(texts)
    rare = _rare_part(rows, least).astype(bool).astype(np.float32)
    across = rare.T.tocsr()
    for first in range(0, len(texts), _BLOCK):
        shared = (rare[first : first + _BLOCK] @ across).tocoo()
        here = shared.row + first
        later = here < shared.col
        left, right = here[later], shared.col[later]
        cosines = _products(rows, left, right)
        for i, j, cosine in zip(left, right, cosines, strict=True):
            if cosine >= least:
                yield int(i), int(j), float(cosine)


def nearest(
    texts: Sequence[str], others: Sequence[str]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return for each text the position of the nearest of the others, and its cosine.

    Raises:
        ValueError: there are no others.
    """
    rows = gram_rows([*texts, *others])
    own, across = rows[: len(texts)], rows[len(texts) :].T.tocsc()
    at = np.zeros(len(texts), dtype=np.intp)
    best = np.zeros(len(texts))
    for first in range(0, len(texts), _BLOCK):
        cosines = (own[first : first + _BLOCK] @ across).toarray()
        at[first : first + _BLOCK] = cosines.argmax(axis=1)
        best[first : first + _BLOCK] = cosines.max(axis=1)
    return at, best


def _rare_part(rows: csr_matrix, least: float) -> csr_matrix:
    """Return the rows without their commonest grams, as far as these weigh < least."""
    common = np.asarray((rows > 0).sum(axis=0)).ravel()
    order = np.lexsort((np.arange(len(common)), common))  # rarest first
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    kept = rows.copy()
    for row in range(rows.shape[0]):
        span = slice(rows.indptr[row], rows.indptr[row + 1])
        by_rank = np.argsort(-rank[rows.indices[span]])  # commonest first
        weights = np.sqrt(np.cumsum(rows.data[span][by_rank] ** 2))
        kept.data[span][by_rank[weights < least]] = 0.0
    kept.eliminate_zeros()
    return kept


def _products(
    rows: csr_matrix, left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the products of pairs of rows."""
    return np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()
