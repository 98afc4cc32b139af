"""The normalised view of a text, with a map back to the original.

Three steps that keep the length (folding of widths, traditional to simplified
characters, line ends) and one that deletes (invisible characters, page marks, line
breaks inside a sentence). What is deleted is known, so every position of the view
leads back to the original text.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.script import to_simplified

_DELETE = 0  # value in the fold table: the character goes
_TABLE_SIZE = 0x10000
_PAGE_MARK = re.compile(
    r"第 {0,2}(\d{1,3}) {0,2}页(?: {0,2}[/,共] {0,2}共? {0,2}\d{1,3} {0,2}页)?"
)
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_INNER_SPACE = re.compile(
    rf"(?<=[{_CJK},。;:!?、()“”《》]) +(?=[{_CJK}\d,。;:!?、()“”《》])"
    rf"|(?<=\d) +(?=[{_CJK}])"
)
_WRAP_END = re.compile(rf"[{_CJK}\d,、“《(]$")
_STARTS_ANEW = re.compile(
    r" *(?:第[一二三四五六七八九十]+[部篇章节]|[一二三四五六七八九十]{1,3}、"
    r"|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[、.](?!\d)|[①-⑳]|[【>])"
)


@dataclass(frozen=True, slots=True)
class View:
    """Normalised text; `offsets[i]` is where its i-th character stands in the original.

    `offsets` is None where nothing was deleted: then both positions are the same.
    """

    text: str
    offsets: NDArray[np.int64] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a non-empty span of the view covers."""
        if self.offsets is None:
            return start, end
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


def view(text: str) -> View:
    """Return the normalised view of a whole file's text."""
    folded, keep = _folded(text)
    whole = bool(keep.all())
    flat = _decode(folded if whole else np.where(keep, folded, ord(" ")))
    flat = to_simplified(flat)
    for start, end in _page_marks(flat):
        keep[start:end] = False
    for start, end in _wrapped_breaks(flat):
        keep[start:end] = False
    if whole and keep.all():
        return View(flat)
    kept = np.flatnonzero(keep)
    codes = np.frombuffer(flat.encode("utf-32-le"), np.uint32)
    return View(_decode(codes[kept]), kept)


def normalise(texts: Sequence[str]) -> list[str]:
    """Return texts that stand alone as `view` and `squeeze` would give them.

    All in one pass; a line break inside a text becomes a space.
    """
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    folded, keep = _folded(joined)
    flat = _decode(folded if keep.all() else folded[keep])
    flat = to_simplified(flat)
    if " " in flat:
        flat = _INNER_SPACE.sub("", flat)
    return [line.strip() for line in flat.split("\n")] if texts else []


def squeeze(text: str) -> str:
    """Take out the spaces inside Chinese text: `共 5 个` is `共5个`."""
    text = text.strip()
    return _INNER_SPACE.sub("", text) if " " in text else text


def kept_positions(text: str) -> list[int]:
    """Return the positions of `text` whose characters `squeeze` keeps."""
    first = len(text) - len(text.lstrip())
    gone: set[int] = set()
    stripped = text.strip()
    for match in _INNER_SPACE.finditer(stripped):
        gone.update(range(first + match.start(), first + match.end()))
    return [i for i in range(first, first + len(stripped)) if i not in gone]


def _folded(text: str) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Return the folded code points of a text, and which of them stay."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _fold_table()[np.minimum(codes, _TABLE_SIZE - 1)]
    np.copyto(folded, codes, where=codes >= _TABLE_SIZE)
    return folded, folded != _DELETE


def _decode(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")


@functools.cache
def _fold_table() -> NDArray[np.uint32]:
    """Build the table code point -> folded code point, 0 for deleted ones."""
    table = np.arange(_TABLE_SIZE, dtype=np.uint32)
    for code in range(0x80, _TABLE_SIZE):
        if 0x4E00 <= code < 0xD800:
            continue
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co"):
            table[code] = _DELETE
            continue
        same = unicodedata.normalize("NFKC", char)
        if len(same) == 1:
            table[code] = ord(same)
    table[:0x20] = _DELETE
    table[0x7F] = _DELETE
    for space in "\t\r\v\f\x85\u2028\u2029":
        table[ord(space)] = ord(" ")
    table[ord("\n")] = ord("\n")
    for mark, same in (("｡", "。"), ("﹐", ","), ("＂", '"'), ("「", "“"), ("」", "”"),
                       ("『", "“"), ("』", "”"), ("〝", "“"), ("〞", "”"),
                       ("〔", "("), ("〕", ")"), ("\ufffd", "\ufffd")):  # fmt: skip
        table[ord(mark)] = ord(same)
    table.setflags(write=False)
    return table


def _page_marks(text: str) -> list[tuple[int, int]]:
    """Find `第 2 页` that counts up through the text: a mark, not a sentence's word."""
    if "页" not in text:
        return []
    found: list[tuple[int, int]] = []
    expected = 1
    for match in _PAGE_MARK.finditer(text):
        number = int(match[1])
        if expected <= number <= expected + 1 and not _alone(text, *match.span()):
            found.append(match.span())
            expected = number + 1
    return found if len(found) > 1 else []


def _alone(text: str, start: int, end: int) -> bool:
    """Tell whether a page mark has its line for itself (chrome takes such lines)."""
    before = text.rfind("\n", 0, start)
    after = text.find("\n", end)
    line = text[before + 1 : after if after >= 0 else len(text)]
    return len(line.strip()) <= end - start + 2


def _wrapped_breaks(text: str) -> list[tuple[int, int]]:
    """Find the line breaks of a hard-wrapped text: most lines stop in mid-sentence."""
    lines = text.split("\n")
    full = [line for line in lines if len(line.strip()) > 15]
    if len(full) < 6:
        return []
    cut = [line for line in full if _WRAP_END.search(line.rstrip())]
    longest = max(len(line.rstrip()) for line in full)
    if len(cut) < 0.6 * len(full) or longest > 120:
        return []
    breaks: list[tuple[int, int]] = []
    position = 0
    for line, following in itertools.pairwise(lines):
        end = position + len(line)
        bare = line.rstrip()
        near_full = len(bare) >= 0.75 * longest
        if near_full and _WRAP_END.search(bare) and not _begins(following):
            indent = len(following) - len(following.lstrip())
            breaks.append((position + len(bare), end + 1 + indent))
        position = end + 1
    return breaks


def _begins(line: str) -> bool:
    return not line.strip() or _STARTS_ANEW.match(line) is not None
