"""A table that says what reports are: region, year, issuer. It overrides their texts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from seeds.errors import MetadataError, UnreadableFile
from seeds.readers.rows import Row, read_sheets
from seeds.readers.table import FACT_COLUMNS, find_column, find_header
from seeds.records import Report

_PATH_COLUMNS = ("path", "路径", "文件", "文件名", "报告", "file", "report")
_FACTS = ("region", "year", "issuer")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年度?)?")


class _Told(NamedTuple):
    """A row of the table; what is empty overrides nothing."""

    row: int
    region: str = ""
    year: int | None = None
    issuer: str = ""


@dataclass(slots=True)
class Metadata:
    """What a table says, by the path of a report; counts what was asked for."""

    told: dict[str, _Told]
    used: set[str] = field(default_factory=set)

    def apply(self, report: Report) -> Report:
        """Return the report with what the table says of it.

        A row of `path#n` is for one of several reports, one of `path` for all.
        """
        source = _plain(report.source)
        key = source if source in self.told else source.partition("#")[0]
        told = self.told.get(key)
        if told is None:
            return report
        self.used.add(key)
        return replace(
            report,
            region=told.region or report.region,
            year=told.year or report.year,
            issuer=told.issuer or report.issuer,
        )

    def unknown(self) -> list[str]:
        """Return the paths that no report had, with their rows."""
        return [
            f"{path} (row {told.row})"
            for path, told in self.told.items()
            if path not in self.used
        ]


def load_metadata(path: Path) -> Metadata:
    """Read a table with a column `path` (路径, 文件) and region, year, issuer.

    Args:
        path: an .xlsx or .csv file; its paths are as reports print them, relative to
            the folder that is read.

    Raises:
        MetadataError: names file, row and column.
    """
    name = path.name
    try:
        return Metadata(dict(_rows(path.read_bytes(), name)))
    except OSError as error:
        raise MetadataError(str(path), str(error.strerror)) from error
    except UnreadableFile as error:
        raise MetadataError(name, f"{error.reason} {error.detail}".strip()) from error


def _rows(data: bytes, name: str) -> Iterator[tuple[str, _Told]]:
    header, rows = find_header(next(read_sheets(data, name)), *_PATH_COLUMNS)
    at = find_column(header, _PATH_COLUMNS)
    if at is None:
        found = "、".join(cell for cell in header if cell)
        raise MetadataError(name, f"no column path (路径, 文件); found: {found}")
    places = {fact: find_column(header, FACT_COLUMNS[fact]) for fact in _FACTS}
    if not any(place is not None for place in places.values()):
        raise MetadataError(name, "none of the columns region, year, issuer")
    seen: dict[str, int] = {}
    for number, row in rows:
        key = _plain(_cell(row, at))
        if not key:
            raise MetadataError(name, "no path", number, header[at])
        if key in seen:
            said = f"{key} is in row {seen[key]} already"
            raise MetadataError(name, said, number, header[at])
        seen[key] = number
        yield key, _told(name, number, row, header, places)


def _told(
    name: str, number: int, row: Row, header: Row, places: dict[str, int | None]
) -> _Told:
    year = _cell(row, places["year"])
    match = _YEAR.fullmatch(year)
    if year and match is None:
        column = header[places["year"] or 0]
        raise MetadataError(name, f"{year[:40]!r} is no year", number, column)
    return _Told(
        number,
        _cell(row, places["region"]),
        int(match[1]) if match else None,
        _cell(row, places["issuer"]),
    )


def _cell(row: Row, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _plain(path: str) -> str:
    """Return a path as reports print it."""
    path = unicodedata.normalize("NFC", path.strip()).replace("\\", "/")
    return path.removeprefix("./")
