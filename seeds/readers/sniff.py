"""What a file is, told by its bytes; the name counts only where bytes cannot tell."""

import re
from typing import Literal

from seeds.errors import UnreadableFile
from seeds.readers.archive import open_zip, zip_kind

Kind = Literal[
    "text", "html", "mhtml", "markdown", "docx", "doc", "pdf", "table", "zip"
]

_AS_DOCX = "另存为 docx 后再读 (save it as docx)"
_AS_PDF = "另存为 docx 或 pdf 后再读 (save it as docx or pdf)"
_UNPACK = "解压后再读,或改为 zip (unpack it, or make it a zip)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_HEADER = b"\xec\xa5"  # first bytes of the stream WordDocument
_WORD_ENCRYPTED = 0x01  # in the byte 11 behind them
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", _UNPACK),
    (b"\x1f\x8b\x08", _UNPACK),
    (b"\x89PNG\r\n", "图片需先识别文字 (a picture: recognise its text first)"),
    (b"\xff\xd8\xff", "图片需先识别文字 (a picture: recognise its text first)"),
    (b"II*\x00", "图片需先识别文字 (a picture: recognise its text first)"),
    (b"MM\x00*", "图片需先识别文字 (a picture: recognise its text first)"),
)
_COMMENTS = rb"(?:<!--(?:(?!-->).)*+-->\s*+)*+"
_HTML = re.compile(
    _COMMENTS + rb"(?:<\?xml[^>]*+>\s*+)?" + _COMMENTS + rb"<(?:!doctype\s+html"
    rb"|html|head|body|meta|title|div|table|center|font|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF = re.compile(rb"%PDF-[12]\.\d")  # some programs put a few bytes before it
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?mime-version:", re.I)
_TABLE_NAME = re.compile(r"\.(?:csv|tsv)$", re.IGNORECASE)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_WPS_NAME = re.compile(r"\.wpst?$", re.IGNORECASE)


def sniff(data: bytes, name: str) -> Kind:
    """Tell what kind of file this is.

    Raises:
        UnreadableFile: `unsupported` with the way out, `encrypted`, or what is wrong
            with a zip.
    """
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zip(data, name)
    if data.startswith(_OLE):
        return _ole(data, name)
    if data.startswith(b"%PDF-") or _PDF.search(data, 0, 1024):
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "doc"
    for magic, way_out in _OTHERS:
        if data.startswith(magic):
            raise UnreadableFile(name, "unsupported", way_out)
    return _text(data, name)


def _zip(data: bytes, name: str) -> Kind:
    with open_zip(data, name) as archive:
        kind = zip_kind(archive, name)
    if kind == "xlsx":
        return "table"
    if kind == "docx" or kind == "zip":
        return kind
    raise UnreadableFile(name, "unsupported", f"{kind}: {_AS_PDF}")


def _ole(data: bytes, name: str) -> Kind:
    if _has_stream(data, "EncryptedPackage"):
        raise UnreadableFile(name, "encrypted", "先去掉密码 (remove the password)")
    if _WPS_NAME.search(name):
        raise UnreadableFile(name, "unsupported", f"wps: {_AS_DOCX}")
    if _has_stream(data, "WordDocument"):
        if _word_encrypted(data):
            raise UnreadableFile(name, "encrypted", "先去掉密码 (remove the password)")
        return "doc"
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "table"
    if not _has_stream(data, "Root Entry"):
        raise UnreadableFile(name, "broken", "the list of its streams is cut off")
    raise UnreadableFile(name, "unsupported", _AS_DOCX)


def _has_stream(data: bytes, stream: str) -> bool:
    """Tell whether an OLE file lists a stream: entries stand at multiples of 128."""
    entry = stream.encode("utf-16-le") + b"\0\0"
    at = data.find(entry)
    while at >= 0 and at % 128:
        at = data.find(entry, at + 1)
    return at >= 0


def _word_encrypted(data: bytes) -> bool:
    """Tell whether the header of the Word document, at a sector's start, says so."""
    at = data.find(_WORD_HEADER, 512)
    while at >= 0 and at % 512:
        at = data.find(_WORD_HEADER, at + 1)
    return 0 <= at < len(data) - 11 and bool(data[at + 11] & _WORD_ENCRYPTED)


def _text(data: bytes, name: str) -> Kind:
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: the tags as ASCII
        head = head.replace(b"\0", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return "html"
    if _MHTML.match(head) and b"multipart/" in head.lower():
        return "mhtml"
    if head.startswith(b"<?xml"):
        raise UnreadableFile(name, "unsupported", f"xml: {_AS_DOCX}")
    if _TABLE_NAME.search(name):
        return "table"
    return "markdown" if _MARKDOWN_NAME.search(name) else "text"
