"""From the elements of a page to its lines: one block a line, as a browser shows them.

Paragraphs, list items and table rows are lines; numbers that a browser puts before the
items of an `<ol>` become text; what is hidden, drawn or filled in is left out.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from seeds.readers.dom import Node, walk, words

_LEFT_OUT = words(
    "script style noscript template head iframe object embed svg canvas audio video img"
    " select button input textarea map rp rt -comment link meta"
)
_BLOCKS = words(
    "address article aside blockquote body center caption dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main"
    " menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])"
)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")
_OWN_MARK = re.compile(
    r"\s*(?:第[一二三四五六七八九十]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳⑴-⒇])"
)
_MOST_CELL_LINES = 5  # a cell of more lines lays out the page, it is no data
_HAN = "一二三四五六七八九十"


class Line(NamedTuple):
    """A line of text; `level` is that of its heading tag, 0 for none."""

    text: str
    level: int = 0


@dataclass(slots=True)
class _List:
    """An open list; `kind` is "" where no numbers are shown."""

    kind: str = ""
    next: int = 1


@dataclass(slots=True)
class _Writer:
    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    level: int = 0
    marker: str = ""
    lists: list[_List] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    outside: list[list[Line]] = field(default_factory=list)  # lines around open cells
    verbatim: int = 0  # open `pre`

    def text(self, text: str) -> None:
        if not self.verbatim:
            self.words.append(text)
            return
        first, *more = text.split("\n")
        self.words.append(first)
        for line in more:
            self.flush()
            self.words.append(line)

    def flush(self) -> None:
        """End the line."""
        text = one_line("".join(self.words))
        self.words.clear()
        if text:
            if self.marker and not _OWN_MARK.match(text):
                text = self.marker + text
            self.marker = ""
            self.lines.append(Line(text, self.level))

    def open(self, node: Node, tag: str) -> None:
        if tag == "br" and self.level:
            self.words.append(" ")
        elif tag == "br":
            self.flush()
        elif tag in _BLOCKS:
            self._open_block(node, tag)

    def _open_block(self, node: Node, tag: str) -> None:
        self.flush()
        self.level = _HEADINGS.get(tag, self.level)
        self.verbatim += tag == "pre"
        if tag == "ol":
            self.lists.append(_numbered(node))
        elif tag in ("ul", "menu", "dir"):
            self.lists.append(_List())
        elif tag == "li" and self.lists:
            self._item(node)
        elif tag == "tr":
            self.rows.append([])
        elif tag in _CELLS:
            self.outside.append(self.lines)
            self.lines = []

    def close(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag in _HEADINGS:
            self.level = 0
        self.verbatim -= tag == "pre"
        if tag in ("ol", "ul", "menu", "dir"):
            self.lists.pop()
        elif tag == "li":
            self.marker = ""
        elif tag == "tr":
            self.lines.extend(_row(self.rows.pop()))
        elif tag in _CELLS:
            cell, self.lines = self.lines, self.outside.pop()
            if self.rows:
                self.rows[-1].append(cell)
            else:
                self.lines.extend(cell)

    def _item(self, node: Node) -> None:
        inside = self.lists[-1]
        inside.next = _integer(node.attributes.get("value"), inside.next)
        self.marker = _marker(inside.kind, inside.next)
        inside.next += 1


def read_blocks(root: Node, left_out: Container[int] = ()) -> list[Line]:
    """Return the lines that a reader sees inside an element.

    Args:
        root: shown even where its own style hides it (scripts show such pages).
        left_out: `mem_id` of the elements to leave out.
    """
    writer = _Writer()
    for node, opens in walk(
        root, lambda node: node.mem_id not in left_out and is_shown(node)
    ):
        tag = node.tag or ""
        if tag == "-text":
            if opens:
                writer.text(node.text_content or "")
        elif opens:
            writer.open(node, tag)
        else:
            writer.close(tag)
    writer.flush()
    return writer.lines


def is_shown(node: Node) -> bool:
    """Tell whether a browser shows a node's text."""
    tag = node.tag
    if tag == "-text":
        return True
    if tag in _LEFT_OUT:
        return False
    attributes = node.attributes
    if "hidden" in attributes:
        return False
    style = attributes.get("style")
    return not (style and _HIDDEN.search(style.lower()))


def one_line(text: str) -> str:
    """Squeeze white space as a browser does; a source break between characters goes."""
    return " ".join(_SOURCE_BREAK.sub("", text.strip()).split())


def _numbered(node: Node) -> _List:
    """Read how a browser numbers an `<ol>`."""
    attributes = node.attributes
    style = (attributes.get("style") or "").lower()
    kind = attributes.get("type") or "1"
    if re.search(r"list-style(?:-type)?\s*:[^;]*\bnone\b", style):
        kind = ""
    elif re.search(r"cjk-ideographic|(?:simp|trad)-chinese-(?:in)?formal", style):
        kind = "一"
    return _List(kind, _integer(attributes.get("start"), 1))


def _marker(kind: str, number: int) -> str:
    if not kind:
        return ""
    if kind == "一" and 1 <= number <= 99:
        return f"{_han(number)}、"
    if kind in "aA" and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}. "
    if kind in "iI" and 1 <= number <= 39:
        roman = _roman(number)
        return f"{roman.lower() if kind == 'i' else roman}. "
    return f"{number}. "


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _HAN[tens - 1]) + "十" if tens else ""
    return head + (_HAN[ones - 1] if ones else "")


def _roman(number: int) -> str:
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]


def _integer(value: str | None, default: int) -> int:
    found = re.fullmatch(r"\s*(-?\d{1,6})\s*", value or "")
    return int(found[1]) if found else default


def _row(cells: list[list[Line]]) -> list[Line]:
    """Make a row one line; rows of a table that lays out the page stay as they are."""
    filled = [cell for cell in cells if cell]
    lays_out = any(
        len(cell) > _MOST_CELL_LINES or any(line.level for line in cell)
        for cell in filled
    )
    if len(filled) < 2 or lays_out:
        return [line for cell in filled for line in cell]
    return [Line(" | ".join(" ".join(line.text for line in cell) for cell in filled))]
