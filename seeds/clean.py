"""The normalised view of a text, with a map back to the original.

Four steps that keep the length (folding of widths, traditional to simplified
characters, line ends, quotes) and one that deletes (invisible characters, page marks,
line breaks inside a sentence). What is deleted is known, so every position of the view
leads back to the original text.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.breaks import find_breaks
from seeds.script import to_simplified

_DELETE = 0  # value in the fold table: the character goes
_TABLE_SIZE = 0x10000
_LAST_TEXT_PLANE = 0x40000  # above it: tags, variation selectors, private use
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_INNER_SPACE = re.compile(  # begins with the space: that makes the search fast
    rf" (?:(?<=[{_CJK},。;:!?、()“”《》] ) *(?=[{_CJK}\d,。;:!?、()“”《》])"
    rf"|(?<=\d ) *(?=[{_CJK}]))"
)
_SAME_QUOTES = re.compile(r'“[^“”"\n]*“|”[^“”"\n]*”|"')
_LINE_ENDS = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_QUOTE = re.compile(r'[“”"]')


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

    def originals(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return `original` of many spans at once."""
        if self.offsets is None or not spans:
            return spans
        starts, ends = np.array(spans).T
        first, last = self.offsets[starts], self.offsets[ends - 1] + 1
        return list(zip(first.tolist(), last.tolist(), strict=True))

    def position(self, original: int) -> int:
        """Return where the view goes on at a position of the original."""
        if self.offsets is None:
            return original
        return int(np.searchsorted(self.offsets, original))


def view(text: str, fixed: Iterable[int] = ()) -> View:
    """Return the normalised view of a whole file's text.

    Args:
        text: decoded or extracted text.
        fixed: positions at whose line breaks no line is joined: ends of headings.
    """
    folded, keep = _folded(text)
    whole = bool(keep.all())
    flat = _decode(folded if whole else np.where(keep, folded, ord(" ")))
    flat = to_simplified(flat)
    if _SAME_QUOTES.search(flat):
        flat = mend_quotes(flat)
    breaks = find_breaks(flat, frozenset(fixed))
    if whole and not breaks:
        return View(flat)
    for start, end in breaks:
        keep[start:end] = False
    kept = np.flatnonzero(keep)
    codes = np.frombuffer(flat.encode("utf-32-le"), np.uint32)
    return View(_decode(codes[kept]), kept)


def normalise(texts: Sequence[str]) -> list[str]:
    """Return texts that stand alone as `view` and `squeeze` would give them.

    All in one pass; a line break inside a text becomes a space.
    """
    if not texts:
        return []
    joined = "\n".join(_LINE_ENDS.sub(" ", text) for text in texts)
    folded, keep = _folded(joined)
    flat = to_simplified(_decode(folded if keep.all() else folded[keep]))
    if _SAME_QUOTES.search(flat):
        flat = mend_quotes(flat)
    if " " in flat:
        flat = _INNER_SPACE.sub("", flat)
    return [line.strip() for line in flat.split("\n")]


def mend_quotes(text: str) -> str:
    """Set quotes of a line in pairs where it uses them at random: `”某”` is `“某”`."""
    return "\n".join(map(_mend_line, text.split("\n")))


def _mend_line(line: str) -> str:
    if _SAME_QUOTES.search(line) is None or len(_QUOTE.findall(line)) % 2:
        return line
    pieces = _QUOTE.split(line)
    return pieces[0] + "".join(
        "“”"[number % 2] + piece for number, piece in enumerate(pieces[1:])
    )


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
    try:
        folded = _fold_table()[codes]
    except IndexError:  # characters beyond the table
        folded = _fold_table()[np.minimum(codes, _TABLE_SIZE - 1)]
        np.copyto(folded, codes, where=codes >= _TABLE_SIZE)
        folded[codes >= _LAST_TEXT_PLANE] = _DELETE
    if "\r" in text:
        lone = codes == ord("\r")
        lone[:-1] &= codes[1:] != ord("\n")
        folded[lone] = ord("\n")
    return folded, folded != _DELETE


def _decode(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")


@functools.cache
def _fold_table() -> NDArray[np.uint32]:
    """Build the table code point -> folded code point, 0 for deleted ones."""
    table = np.arange(_TABLE_SIZE, dtype=np.uint32)
    for code in range(0x80, _TABLE_SIZE):
        if 0x4E00 <= code < 0xD800 or 0x2460 <= code < 0x2500:  # ① is no 1
            continue
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co"):
            table[code] = _DELETE
            continue
        same = unicodedata.normalize("NFKC", char)
        if len(same) == 1:
            table[code] = ord(same)
    table[0xD800:0xE000] = _DELETE
    table[0xFE00:0xFE10] = _DELETE  # variation selectors
    table[:0x20] = _DELETE
    table[0x7F] = _DELETE
    for space in "\t\r":
        table[ord(space)] = ord(" ")
    for line_end in "\n\v\f\x85\u2028\u2029":
        table[ord(line_end)] = ord("\n")
    for mark, same in (("｡", "。"), ("﹐", ","), ("＂", '"'), ("「", "“"), ("」", "”"),
                       ("『", "“"), ("』", "”"), ("〝", "“"), ("〞", "”"),
                       ("〔", "("), ("〕", ")"), ("\ufffd", "\ufffd")):  # fmt: skip
        table[ord(mark)] = ord(same)
    table.setflags(write=False)
    return table
