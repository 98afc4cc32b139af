"""PDF documents: the characters that pdfium finds, as lines with their places."""

import itertools
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from seeds.errors import Reason, UnreadableFile
from seeds.readers.lines import Line, Page, join_lines
from seeds.records import Extracted

_PASSWORD = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_SPACES = frozenset({0x20, 0xA0, 0x3000})
_NO_CHARACTER = _SPACES | {0x0, 0x2, 0xAD, 0xFFFE, 0xFFFF}
_WIDE = 0x2E80  # from here on characters are as wide as high
_COLUMN_GAP = 1.5  # widths of a character: more is a gap between cells
_SPACE_GAP = 0.4  # less is what Word adds between Chinese and Latin characters
_MAY_BE_STRANGE = 0.3  # share of characters without a meaning: fonts without a table


def extract_pdf(data: bytes, name: str) -> Extracted:
    """Return the text of a PDF, a line a paragraph.

    Raises:
        UnreadableFile: `encrypted`, `broken`, `no_text`.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in _PASSWORD
        reason: Reason = "encrypted" if locked else "broken"
        raise UnreadableFile(name, reason, str(error)) from error
    try:
        pages = [_page(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(name, "broken", str(error)) from error
    finally:
        document.close()
    text = join_lines(pages)
    if not text.strip():
        raise UnreadableFile(name, "no_text", f"{len(pages)} pages")
    if _strange(text):
        raise UnreadableFile(name, "no_text", "字体没有文字编码 (unmapped fonts)")
    return Extracted(text)


def _page(page: Any) -> Page:
    turned = page.get_rotation() // 90
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        lines = tuple(_lines(text, turned, width, height))
    finally:
        text.close()
        page.close()
    return Page(lines, width, height)


def _lines(text: Any, turned: int, width: float, height: float) -> Iterator[Line]:
    """Yield the printed lines; pdfium puts a line end where the print has one."""
    codes = [raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars())]
    first = 0
    for at, code in enumerate([*codes, 10]):
        if code in (10, 13):
            line = _line(text, codes, first, at, (turned, width, height))
            if line is not None:
                yield line
            first = at + 1


def _line(
    text: Any, codes: list[int], first: int, end: int, sheet: tuple[int, float, float]
) -> Line | None:
    visible = [at for at in range(first, end) if codes[at] not in _NO_CHARACTER]
    if not visible:
        return None

    def box(at: int) -> tuple[float, float, float, float]:
        return _upright(text.get_charbox(at, loose=True), *sheet)

    wide = next((at for at in visible if codes[at] >= _WIDE), visible[0])
    _, low, _, high = box(wide)
    said = chr(codes[visible[0]])
    for before, at in itertools.pairwise(visible):
        if at > before + 1 and any(code in _SPACES for code in codes[before + 1 : at]):
            gap = (box(at)[0] - box(before)[2]) / (high - low or 1)
            said += _gap_sign(gap, max(codes[before], codes[at]) >= _WIDE)
        said += chr(codes[at])
    whole = said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    begin, end_box = box(visible[0]), box(visible[-1])
    left, right = min(begin[0], end_box[0]), max(begin[2], end_box[2])
    return Line(whole, left, right, begin[1], high - low)


def _gap_sign(gap: float, wide: bool) -> str:
    """Return what a gap stands for: the end of a cell, a space, a look."""
    if gap > _COLUMN_GAP:
        return "\t"
    return "" if wide and gap < _SPACE_GAP else " "


def _upright(
    box: tuple[float, float, float, float], turned: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """Return a box (left, bottom, right, top) as it stands on the turned page."""
    left, bottom, right, top = box
    if turned == 1:
        return bottom, height - right, top, height - left
    if turned == 2:
        return width - right, height - top, width - left, height - bottom
    if turned == 3:
        return width - top, left, width - bottom, right
    return box


def _strange(text: str) -> bool:
    """Tell whether most characters have no meaning: the font has no table for them."""
    odd = sum(unicodedata.category(char) in ("Co", "Cn", "Cc") for char in text)
    return odd - text.count("\n") > _MAY_BE_STRANGE * len(text)
