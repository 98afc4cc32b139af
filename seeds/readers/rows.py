"""The rows of Excel and CSV tables as text (the only module that meets calamine)."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from seeds.decode import decode
from seeds.errors import UnreadableFile

_LARGEST_MEMBER = 64_000_000  # bytes inflated
_LARGEST_TOTAL = 200_000_000
_MOST_MEMBERS = 2_000
_MOST_CELLS = 4_000_000  # calamine holds every cell of the used rectangle
_CHUNK = 1 << 20
_LONGEST_CELL = 20_000_000  # characters, of CSV
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"""\sr=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_DELIMITERS = ",\t;"
_SNIFFED = 20  # lines looked at

Row = list[str]


class Sheet(NamedTuple):
    """A sheet; a row's number is its place in the sheet, from 1."""

    name: str
    rows: Iterator[tuple[int, Row]]


def is_workbook(data: bytes) -> bool:
    """Tell whether the bytes are an Excel file's, whatever the name says."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets of an Excel file, or the one of a CSV file, in order.

    Every cell is text: dates are ISO, whole numbers have no point. Rows without any
    text are left out.

    Raises:
        UnreadableFile: `broken`, `encrypted`, `unsupported`, `too_large`, `not_text`.
    """
    if is_workbook(data):
        yield from _excel(data, name)
    else:
        yield Sheet("", _numbered(_csv_rows(decode(data, name), name)))


def _excel(data: bytes, name: str) -> Iterator[Sheet]:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableFile(name, "encrypted")
        raise UnreadableFile(name, "unsupported", "an old .xls; save it as .xlsx")
    _check(data, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for title in book.sheet_names:
                sheet = book.get_sheet_by_name(title)
                rows = ([_text(cell) for cell in row] for row in sheet.iter_rows())
                yield Sheet(title, _numbered(rows))
    except PasswordError as error:
        raise UnreadableFile(name, "encrypted") from error
    except CalamineError as error:
        raise UnreadableFile(name, "broken", str(error)) from error


def _check(data: bytes, name: str) -> None:
    """Inflate every member once, within limits, before calamine sees the file.

    A size that a member claims is not trusted; the corners of the used rectangle are
    looked for, as two cells far apart make calamine ask for all between them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if total > _LARGEST_TOTAL or len(members) > _MOST_MEMBERS:
                raise UnreadableFile(name, "too_large", f"{total} bytes inflated")
            for member in members:
                _check_member(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise UnreadableFile(name, "broken", str(error)) from error
    except (NotImplementedError, ValueError) as error:
        raise UnreadableFile(name, "broken", str(error)) from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    if member.file_size > _LARGEST_MEMBER:
        raise UnreadableFile(name, "too_large", f"{member.file_size} bytes inflated")
    sheet = "worksheets/" in member.filename.lower()
    right = bottom = 0
    rest = b""
    with archive.open(member) as opened:
        while chunk := opened.read(_CHUNK):
            for cell in _CELL.finditer(rest + chunk) if sheet else ():
                right = max(right, _column_number(cell[1]))
                bottom = max(bottom, int(cell[2]))
            rest = chunk[-20:]
    if right * bottom > _MOST_CELLS:
        raise UnreadableFile(name, "too_large", f"{right} columns, {bottom} rows")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    try:
        yield from csv.reader(lines, delimiter=_delimiter(text))
    except csv.Error as error:
        raise UnreadableFile(name, "broken", str(error)) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that the first filled line holds most of."""
    head = text[:100_000].split("\n", _SNIFFED)[:_SNIFFED]
    first = next((line for line in head if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


def _numbered(rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(rows, 1):
        stripped = [cell.strip() for cell in row]
        if any(stripped):
            yield number, stripped
