"""The lexicon: terms that speak for a theme, as data (`lexicon.toml`), and their weights.

Which terms there are was written down by people; how much a term counts is learnt.
"""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from model.errors import TrainingError
from model.tokens import fold

Array = NDArray[np.float64]
LEXICON = Path(__file__).with_name("lexicon.toml")
_PRIOR = 0.7  # precision of a term that training never met
_PRIOR_SENTENCES = 3.0  # so many sentences the prior weighs


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms, folded like the text they are looked for in, with their themes."""

    themes: tuple[str, ...]
    terms: dict[str, tuple[int, ...]]  # term -> columns of the themes it speaks for
    fingerprint: str

    def hits(self, folded: Sequence[str]) -> csr_matrix:
        """Return how often each term stands in each text; terms may overlap.

        Args:
            folded: n texts from `model.tokens.fold`.

        Returns:
            A matrix of shape (n, terms).
        """
        heads = _heads(tuple(self.terms))
        rows: list[int] = []
        columns: list[int] = []
        for row, text in enumerate(folded):
            for start in range(len(text) - 1):
                for column, term in heads.get(text[start : start + 2], ()):
                    if text.startswith(term, start):
                        rows.append(row)
                        columns.append(column)
        matrix = csr_matrix(
            (np.ones(len(rows)), (rows, columns)), shape=(len(folded), len(self.terms))
        )
        matrix.sum_duplicates()
        return matrix

    def weights(self, hits: csr_matrix, chosen: NDArray[np.bool_]) -> Array:
        """Learn what a term's hit counts for its themes: its squared precision.

        Precision is the share of the sentences with the term that have the theme,
        shrunk towards 0.7.

        Args:
            hits: of the training sentences, shape (n, terms).
            chosen: their themes, shape (n, themes).

        Returns:
            Shape (terms, themes); 0 where a term does not speak for a theme.
        """
        sentences, right = _met(hits, chosen)
        return self._spoken() * _precision(sentences, right) ** 2

    def training_counts(self, hits: csr_matrix, chosen: NDArray[np.bool_]) -> Array:
        """Return log(1 + weighted hits) of the sentences the weights are learnt from.

        Each sentence's hits are weighed by all other sentences: with its own label in
        the weights, a learner would trust the lexicon more than it deserves.

        Args:
            hits: of the training sentences, shape (n, terms).
            chosen: their themes, shape (n, themes).
        """
        sentences, right = _met(hits, chosen)
        pairs = hits.tocoo()
        others = right[pairs.col] - chosen[pairs.row]
        weights = _precision(sentences[pairs.col] - 1.0, others) ** 2
        weights *= self._spoken()[pairs.col] * pairs.data[:, None]
        counts = np.zeros(chosen.shape)
        np.add.at(counts, pairs.row, weights)
        return np.log1p(counts)

    def _spoken(self) -> Array:
        """Return 1 where a term speaks for a theme, shape (terms, themes)."""
        spoken = np.zeros((len(self.terms), len(self.themes)))
        for row, columns in enumerate(self.terms.values()):
            spoken[row, list(columns)] = 1.0
        return spoken


def _met(hits: csr_matrix, chosen: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return the sentences that hold a term (terms, 1), and how many have each theme."""
    seen = (hits > 0).astype(float)
    sentences = np.asarray(seen.sum(axis=0), dtype=float).reshape(-1, 1)
    return sentences, np.asarray(seen.T @ chosen.astype(float))


def _precision(sentences: Array, right: Array) -> Array:
    precision: Array = right + _PRIOR_SENTENCES * _PRIOR
    return precision / (sentences + _PRIOR_SENTENCES)


def log_counts(hits: csr_matrix, weights: Array) -> Array:
    """Return log(1 + weighted hits) for each text and theme, shape (n, themes)."""
    counts: Array = np.log1p(hits @ weights)
    return counts


@functools.cache
def load_lexicon(themes: tuple[str, ...], path: Path = LEXICON) -> Lexicon:
    """Read the lexicon.

    Args:
        themes: theme codes, in the codebook's order.
        path: a TOML file with a list of terms a theme.

    Raises:
        TrainingError: a theme is missing or unknown.
    """
    data = path.read_bytes()
    table: dict[str, list[str]] = tomllib.loads(data.decode("utf-8"))
    if set(table) != set(themes):
        odd = sorted(set(table) ^ set(themes))
        raise TrainingError(f"{path.name}: themes differ from the codebook's: {odd}")
    terms: dict[str, list[int]] = {}
    for column, theme in enumerate(themes):
        for term in table[theme]:
            columns = terms.setdefault(fold(term), [])
            if column not in columns:
                columns.append(column)
    return Lexicon(
        themes,
        {term: tuple(columns) for term, columns in terms.items() if len(term) > 1},
        sha256(data).hexdigest()[:16],
    )


@functools.cache
def _heads(terms: tuple[str, ...]) -> dict[str, list[tuple[int, str]]]:
    """Return the terms with their columns by their first two characters."""
    heads: dict[str, list[tuple[int, str]]] = {}
    for column, term in enumerate(terms):
        heads.setdefault(term[:2], []).append((column, term))
    return heads
