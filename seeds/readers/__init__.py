"""Files of every format to text: told apart by content, parsed within limits."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from seeds.decode import decode
from seeds.errors import UnreadableFile
from seeds.readers.archive import files, open_zip, read_member
from seeds.readers.doc import convert
from seeds.readers.sandbox import LIMITS, Limits, run_limited
from seeds.readers.sniff import Kind, sniff
from seeds.records import Extracted

LARGEST = 50_000_000  # bytes of one file
_NO_COLUMN = "说明正文在哪一列: --column 列名 (name the column that holds the texts)"
_NO_TEXT_NAME = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|zip)$", re.IGNORECASE)


class Found(NamedTuple):
    """One text of a file, or why there is none."""

    source: str  # "总结.docx", "全部.zip/县区/总结.docx"
    sha256: str  # of the bytes it stands in; "" for a row of a table
    content: Extracted | UnreadableFile


def extract(
    data: bytes, name: str, column: str = "", limits: Limits = LIMITS
) -> list[Found]:
    """Return the texts of a file: one, or one for each row or member that is a text.

    Args:
        data: the file.
        name: printed, never opened.
        column: of a table, the one that holds the texts.
        limits: what each text may cost.
    """
    try:
        kind = _kind(data, name)
        if kind == "zip":
            return list(_members(data, name, column, limits))
        return _texts(kind, data, name, column, limits)
    except UnreadableFile as error:
        return [Found(name, "", error)]


def _kind(data: bytes, name: str) -> Kind:
    if len(data) > LARGEST:
        raise UnreadableFile(name, "too_large", f"more than {LARGEST} bytes")
    return sniff(data, name)


def _members(data: bytes, name: str, column: str, limits: Limits) -> Iterator[Found]:
    """Yield what each member of a zip gives; one that fails stops no other."""
    empty = True
    with open_zip(data, name) as archive:
        for member, info in files(archive):
            empty = False
            path = f"{name}/{member}"
            try:
                inner = read_member(archive, info, path)
                kind = _kind(inner, path)
                yield from _texts(kind, inner, path, column, limits)
            except UnreadableFile as error:
                yield Found(path, "", error)
    if empty:
        yield Found(name, "", UnreadableFile(name, "empty", "no file in the zip"))


def _texts(
    kind: Kind, data: bytes, path: str, column: str, limits: Limits
) -> list[Found]:
    if kind == "zip":
        raise UnreadableFile(path, "unsupported", "a zip inside a zip")
    digest = sha256(data).hexdigest()
    if kind == "text":
        return [Found(path, digest, Extracted(_decoded(data, path)))]
    if kind == "table":
        if not column:
            raise UnreadableFile(path, "unsupported", _NO_COLUMN)
        digest = ""
    if kind == "doc":
        data, kind = convert(data, path, limits), "docx"
    found = run_limited(kind, data, path, column, limits)
    return [Found(source, digest, text) for source, text in found]


def _decoded(data: bytes, path: str) -> str:
    """Decode a text; bytes that only claim to be a document are a broken one."""
    try:
        return decode(data, path)
    except UnreadableFile as error:
        if _NO_TEXT_NAME.search(path):
            said = "the bytes are not of this format"
            raise UnreadableFile(path, "broken", said) from error
        raise
