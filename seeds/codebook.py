"""The codebook: fifteen themes, general rules, confusion table, key terms.

`seeds/codebook.toml` is the only place where a theme is named; the labelling screen,
the model, the service and the tables are made from it.
"""

import functools
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from seeds.errors import CodebookError

CODEBOOK = Path(__file__).with_name("codebook.toml")
MOST_THEMES = 3  # a sentence has at most so many
NO_THEME = "无主题"  # shown to people; stored as an empty list


@dataclass(frozen=True, slots=True)
class Theme:
    """One entry of the codebook."""

    code: str  # ASCII, stable
    name: str  # Chinese
    hotkey: str
    colour: str  # #rrggbb
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    departments: tuple[str, ...]  # typical duty departments: a hint only
    key_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A general rule of labelling."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Confusion:
    """A row of the confusion table: what is written, what to choose, what not."""

    topic: str
    themes: tuple[str, ...]
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes in their order, the rules, a version and a fingerprint."""

    version: str
    title: str
    unit: str
    themes: tuple[Theme, ...]
    rules: tuple[Rule, ...]
    confusions: tuple[Confusion, ...]
    fingerprint: str  # sha256 of the file, first 16 hex digits

    @property
    def codes(self) -> tuple[str, ...]:
        """Theme codes in the codebook's order: the columns of every matrix."""
        return tuple(theme.code for theme in self.themes)

    def name(self, code: str) -> str:
        """Return the Chinese name of a theme code.

        Raises:
            KeyError: for a code that is not in the codebook.
        """
        return self._names()[code]

    def _names(self) -> dict[str, str]:
        return {theme.code: theme.name for theme in self.themes}

    def in_order(self, codes: list[str] | tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes sorted as in the codebook."""
        return tuple(code for code in self.codes if code in codes)


@functools.cache
def load_codebook(path: Path = CODEBOOK) -> Codebook:
    """Read a codebook file.

    Raises:
        CodebookError: names the file and what is wrong in it.
    """
    try:
        data = path.read_bytes()
        table = tomllib.loads(data.decode("utf-8"))
        codebook = _build(table, sha256(data).hexdigest()[:16])
    except (OSError, ValueError) as error:
        raise CodebookError(f"{path}: {error}") from error
    except (KeyError, TypeError) as error:
        raise CodebookError(f"{path}: missing or wrong entry {error}") from error
    _check(codebook, path)
    return codebook


def _build(table: dict[str, Any], fingerprint: str) -> Codebook:
    return Codebook(
        version=table["version"],
        title=table["title"],
        unit=table["unit"],
        themes=tuple(Theme(**_tuples(entry)) for entry in table["themes"]),
        rules=tuple(Rule(**entry) for entry in table["rules"]),
        confusions=tuple(Confusion(**_tuples(entry)) for entry in table["confusions"]),
        fingerprint=fingerprint,
    )


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }


def _check(codebook: Codebook, path: Path) -> None:
    for what in ("code", "name", "hotkey", "colour"):
        values = [getattr(theme, what) for theme in codebook.themes]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise CodebookError(f"{path}: {what} used twice: {', '.join(twice)}")
    for row in codebook.confusions:
        unknown = [code for code in row.themes if code not in codebook.codes]
        if unknown:
            raise CodebookError(f"{path}: unknown themes {unknown} in {row.topic!r}")
