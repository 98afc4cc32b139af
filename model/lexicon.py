"""The lexicon: terms that speak for a theme, as data (`lexicon.toml`), and its counts."""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.errors import TrainingError
from model.tokens import fold

LEXICON = Path(__file__).with_name("lexicon.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms, folded like the text they are looked for in, with their themes."""

    themes: tuple[str, ...]
    terms: dict[str, tuple[int, ...]]  # term -> columns of the themes it speaks for
    fingerprint: str

    @property
    def longest(self) -> int:
        """Length of the longest term, in characters."""
        return max(map(len, self.terms), default=0)

    def hits(self, folded: str) -> list[tuple[int, str]]:
        """Return position and term of every hit; terms may overlap."""
        found: list[tuple[int, str]] = []
        by_head = _by_head(self)
        for start in range(len(folded) - 1):
            found.extend(
                (start, term)
                for term in by_head.get(folded[start : start + 2], ())
                if folded.startswith(term, start)
            )
        return found

    def counts(self, folded: Sequence[str]) -> NDArray[np.float64]:
        """Return log(1 + hits) for each text and theme.

        Args:
            folded: n texts from `model.tokens.fold`.

        Returns:
            An array of shape (n, themes).
        """
        table = np.zeros((len(folded), len(self.themes)))
        for row, text in enumerate(folded):
            for _, term in self.hits(text):
                for column in self.terms[term]:
                    table[row, column] += 1
        return np.log1p(table)


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
def _heads(terms: tuple[str, ...]) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {}
    for term in terms:
        heads.setdefault(term[:2], []).append(term)
    return heads


def _by_head(lexicon: Lexicon) -> dict[str, list[str]]:
    return _heads(tuple(lexicon.terms))
