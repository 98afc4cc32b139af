"""Lines on pages to paragraphs: where one ends is told by the page, as a reader does.

Furniture (running heads, page numbers) is what stands at the edge of the page and
comes back on other pages, or counts them. A line goes on in the next one unless it
stops short, or the next is indented, bigger, further away or begins with a mark.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple


class Line(NamedTuple):
    """A line as printed; measures in points, y counts up from the page's foot."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order."""

    lines: tuple[Line, ...]
    width: float
    height: float


_HAN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"第[{_HAN}]{{1,3}}[部篇章节]|[{_HAN}]{{1,3}}、|[(（][{_HAN}\d]{{1,3}}[)）]"
    r"|\d{1,2}(?:、|[.．](?!\d))|[①-⑳⑴-⒇●■◆•·\ue000-\uf8ff]"
)
_MARK_GAP = re.compile(rf"((?:{_MARK.pattern})[部分、]*)[\t ]+")
_PAGE_NUMBER = re.compile(
    r"[-—–－―·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－―·\s]*"
    r"(?:[/,，]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r".{2,60}?(?:[.．…·]\s*){4,}\d{1,4}")
_GOES_ON = re.compile(r"[,，、(（《“‘]$")
_ENDS = re.compile(r"[。！？!?；;：:”）)…]$")
_WORD = re.compile(r"[A-Za-z0-9,.%+/-]+|.", re.DOTALL)
_NUMBER = re.compile(r"\d{1,4}")
_FORBIDDEN_FIRST = "，。、；：！？）》”’…,.;:!?)%"
_EDGE_LINES = 2
_EDGE = 0.13  # share of the page's height where furniture stands
_SAME = 3.0  # points
_COMES_BACK = 0.2  # share of the pages where furniture stands at the same place
_LEAST_RIGHT = 0.75  # share of the page's width


class _Measure(NamedTuple):
    """What is usual in a document."""

    left: float
    right: float
    size: float
    pitch: float  # from one line to the next


def join_lines(pages: list[Page]) -> str:
    """Return the text of a document, a line a paragraph."""
    bare = [page for page in without_furniture(pages) if page.lines]
    widths = {round(page.width) for page in bare}
    usual = {
        width: _measure([page for page in bare if round(page.width) == width], width)
        for width in widths
    }
    paragraphs: list[str] = []
    before: Line | None = None
    measure: _Measure | None = None
    for page in bare:
        for number, line in enumerate(page.lines):
            line = line._replace(text=_tight(line.text.strip()))
            space = None
            if before is not None and measure is not None:
                space = _space(before, line, measure, same_page=number > 0)
            if space is None:
                paragraphs.append(line.text)
            else:
                paragraphs[-1] += space + line.text
            before, measure = line, usual[round(page.width)]
    return "\n".join(
        text for text in paragraphs if not _CONTENTS.fullmatch(text.strip())
    )


def without_furniture(pages: list[Page]) -> list[Page]:
    """Return the pages without running heads, running feet and page numbers."""
    edges = [list(_edges(page)) for page in pages]
    seen = Counter(
        key
        for number, lines in enumerate(edges)
        for key in {key for line in lines for key in _keys(line, number)}
    )
    often = max(2, _COMES_BACK * len(pages))
    bare = []
    for number, page in enumerate(pages):
        furniture = {
            line
            for line in edges[number]
            if _PAGE_NUMBER.fullmatch(line.text.strip())
            or _repeats(line, number, seen, often)
        }
        kept = tuple(line for line in page.lines if line not in furniture)
        bare.append(replace(page, lines=kept))
    return bare


def _edges(page: Page) -> Iterator[Line]:
    """Yield the outermost lines that stand at the head or foot of the page."""
    rows = sorted({round(line.bottom) for line in page.lines})
    outer = {*rows[:_EDGE_LINES], *rows[-_EDGE_LINES:]}
    low, high = _EDGE * page.height, (1 - _EDGE) * page.height
    for line in page.lines:
        if round(line.bottom) in outer and not low < line.bottom < high:
            yield line


def _keys(line: Line, page: int) -> Iterator[tuple[str, int]]:
    """Yield what stays the same where a line comes back, one number counting pages."""
    text = re.sub(r"\s", "", line.text)
    row = round(line.bottom / _SAME)
    yield text, row
    for match in _NUMBER.finditer(text):
        shift = f"<{int(match[0]) - page}>"
        yield f"{text[: match.start()]}{shift}{text[match.end() :]}", row


def _repeats(
    line: Line, page: int, seen: Counter[tuple[str, int]], often: float
) -> bool:
    return not _ENDS.search(line.text) and any(
        sum(seen[text, row + by] for by in (-1, 0, 1)) >= often
        for text, row in _keys(line, page)
    )


def _measure(pages: list[Page], width: float) -> _Measure:
    lines = [line for page in pages for line in page.lines]
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left > 0.6 * widest]
    pitches = [
        above.bottom - below.bottom
        for page in pages
        for above, below in itertools.pairwise(page.lines)
        if above.bottom > below.bottom
    ]
    rights = sorted(line.right for line in long)
    return _Measure(
        left=_commonest(line.left for line in long),
        right=max(rights[int(0.95 * (len(rights) - 1))], _LEAST_RIGHT * width),
        size=median(line.size for line in long),
        pitch=median(pitches) if pitches else 0.0,
    )


def _commonest(values: Iterator[float]) -> int:
    return Counter(round(value) for value in values).most_common(1)[0][0]


def _tight(text: str) -> str:
    """Take out the gap behind a mark; before a digit it becomes a space."""
    match = _MARK_GAP.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    return f"{match[1]} {rest}" if rest[:1].isdigit() else match[1] + rest


def _space(a: Line, b: Line, usual: _Measure, *, same_page: bool) -> str | None:
    """Return what joins line `b` to the line before it, None for a new paragraph."""
    if same_page and abs(a.bottom - b.bottom) < 0.3 * a.size and b.left > a.right:
        return "\t"  # cells of a table
    if not _goes_on(a, b, usual, same_page):
        return None
    latin = a.text.rstrip()[-1:] + b.text.lstrip()[:1]
    return " " if latin.isascii() and latin.isalpha() else ""


def _goes_on(a: Line, b: Line, usual: _Measure, same_page: bool) -> bool:
    """Tell whether a paragraph goes on from line `a` to the next line `b`."""
    if "\t" in a.text + b.text or abs(a.size - b.size) > 0.15 * max(a.size, b.size):
        return False
    if _is_centred_title(a, usual) and _is_centred_title(b, usual):
        return not _MARK.match(b.text.lstrip())
    full = not _has_room(a, b, usual)
    at_margin = b.left < usual.left + 0.8 * usual.size
    if _MARK.match(b.text.lstrip()):
        return full and at_margin and not _ENDS.search(a.text)
    if _GOES_ON.search(a.text):
        return True
    if not full or (same_page and _is_far(a, b, usual)):
        return False
    return at_margin or _hangs(a, b, usual) or _same_block(a, b, usual)


def _is_centred_title(line: Line, usual: _Measure) -> bool:
    """Tell whether a line is big and as far from the left margin as from the right."""
    off = (line.left - usual.left) - (usual.right - line.right)
    return line.size > 1.15 * usual.size and abs(off) < 2 * line.size


def _has_room(a: Line, b: Line, usual: _Measure) -> bool:
    """Tell whether the first word of `b` would have fitted behind `a`."""
    word = _first_word(b.text.lstrip())
    width = sum(0.6 * b.size if char.isascii() else b.size for char in word)
    return usual.right - a.right > width + 2 * usual.size


def _first_word(text: str) -> str:
    """Return what a line break cannot part: a number, or a character and its stops."""
    match = _WORD.match(text)
    end = match.end() if match else 0
    while end < len(text) and text[end] in _FORBIDDEN_FIRST:
        end += 1
    return text[:end]


def _is_far(a: Line, b: Line, usual: _Measure) -> bool:
    return bool(usual.pitch) and abs(a.bottom - b.bottom) > 1.6 * usual.pitch


def _hangs(a: Line, b: Line, usual: _Measure) -> bool:
    """Tell whether `b` stands below the text of `a`, right of its mark."""
    marked = _MARK.match(a.text) is not None
    return marked and 0 < b.left - a.left < 4 * usual.size


def _same_block(a: Line, b: Line, usual: _Measure) -> bool:
    """Tell whether two lines belong to a block that is indented as a whole."""
    level = abs(a.left - b.left) < 0.5 * usual.size or b.left < a.left
    near = a.left < usual.left + 6 * usual.size
    return level and near and not _ENDS.search(a.text)
