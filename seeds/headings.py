"""Which stretch of a line is a heading.

A heading is a mark whose short title is followed by a body or by a deeper level, or a
short line of its own with text below it. `一是…。` is a sentence, never a heading.
"""

import re
from typing import NamedTuple

from seeds.cues import BRACKET_CUE, LINE_CUE
from seeds.marks import DEPTH, Mark, inner_positions, mark_at

_TITLE_STOP = re.compile(r"[。;!?:(\[【\s]|$")
_FIGURES = re.compile(
    r"\d+(?:\.\d+)?(?:[%‰万余多亿人例家个名次元所项台张场起件户份条只天]|人次)|[x×*]{2,}"
)
_LEAD = re.compile(r"\s*(?:一是|第一,|首先|①|\(1\)|\(一\)|1[、.])")
_IN_BRACKETS = re.compile(r"【([^】:]{2,24})】")
_UNNUMBERED = re.compile(r"[^。;!?,:…|]{2,30}")
_NOT_HEADING = re.compile(r".*[\d%](?:%|万|例|人|家)|.*[,、]$|.* .* |.*https?:|\d+$")
_FINAL = re.compile(r"[。;!?:,、…”)]$")
_HALF_TITLE = re.compile(
    r".{0,20}(?:总结|回顾|计划|思路|打算|谋划|安排|要点|展望|完成情况|开展情况|主要成效"
    r"|主要工作|存在(?:的)?(?:主要)?(?:问题|困难|不足).{0,4})"
)
_LONGEST_TITLE = 42
_LONGEST_RUN_ON = 34
_SHALLOW = ("part", "volume", "chapter", "knot", "han", "bracket_han")


class Heading(NamedTuple):
    """A heading inside a line."""

    start: int
    end: int
    mark: str  # kind of mark; "plain", "half" and "brackets" have no number
    number: int = 0


class HeadingFinder:
    """Finds the headings of a report, line by line, in order.

    It remembers how the items before were read: in a list `1.甲。2.乙。3.丙。` the last
    one is followed by a body and yet no heading.
    """

    def __init__(self) -> None:
        self._items: dict[str, int] = {}  # kind of mark -> last number that is an item

    def find(self, line: str, following: str, hinted: bool = False) -> list[Heading]:
        """Return the headings of a line, in order.

        Args:
            line: normalised, stripped.
            following: the next line of text, "" at the end.
            hinted: the markup calls the whole line a heading.
        """
        if hinted and trusted(line):
            mark = mark_at(line, 0)
            kind, number = (mark.kind, mark.number) if mark else _kind(line)
            self._forget(kind)
            return [Heading(0, len(line), kind, number)]
        alone = _unnumbered(line, following)
        if alone is not None:
            return [alone]
        found: list[Heading] = []
        last = 0
        for place in (0, *inner_positions(line)):
            mark = mark_at(line, place)
            if mark is None or mark.start < last:
                continue
            if place and (mark.kind == "spoken" or _in_brackets(line, mark.start)):
                continue
            last = self._title_end(line, mark, following)
            if last > mark.start:
                found.append(Heading(mark.start, last, mark.kind, mark.number))
        return found

    def _title_end(self, line: str, mark: Mark, following: str) -> int:
        """Return where the heading that begins with this mark ends, 0 for an item."""
        listed = self._items.get(mark.kind) == mark.number - 1
        end, sure = title_end(line, mark, following)
        if end is None or (listed and not sure):
            if mark.kind not in _SHALLOW or (listed and not sure):
                self._items[mark.kind] = mark.number
            return 0
        self._forget(mark.kind)
        return end

    def _forget(self, kind: str) -> None:
        depth = DEPTH.get(kind, -1)
        for other in list(self._items):
            if DEPTH[other] >= depth:
                del self._items[other]


def trusted(line: str) -> bool:
    """Tell whether a line that the markup calls a heading can be one."""
    return len(line) <= 80 and "。" not in line.rstrip("。") and len(line) >= 2


def title_end(line: str, mark: Mark, following: str) -> tuple[int | None, bool]:
    """Return where the heading that begins with this mark ends, or None.

    Args:
        line: the normalised line.
        mark: the mark in it.
        following: the next line of text, "" at the end.

    Returns:
        The end, and whether it is sure: no list of short items looks like this.
    """
    stop = _next_stop(line, mark.end)
    title = line[mark.end : stop].strip()
    if not 2 <= len(title) <= _LONGEST_TITLE or _FIGURES.search(title):
        return None, True
    char = line[stop : stop + 1]
    if char == "":
        return (stop if _stands_alone(mark, title, following) else None), False
    if mark.kind == "spoken":
        return None, True
    if char == "。":
        return _with_stop(line, mark, title, stop, following)
    if char == ":":
        return _with_colon(line, title, stop, following), True
    if char in "([【":
        return _before_cue(line, mark, stop, following), True
    if char.isspace():
        return (stop if title.count(",") <= 2 else None), True
    return None, True


def _next_stop(line: str, position: int) -> int:
    """Return the end of a title; a space beside a digit does not end it."""
    start = position
    limit = min(position + _LONGEST_TITLE + 20, len(line))
    while True:
        match = _TITLE_STOP.search(line, position, limit)
        if match is None or match.start() >= limit:
            return limit
        at = match.start()
        char = line[at]
        if char in "([【":
            if BRACKET_CUE.match(line, at):
                return at
        elif not char.isspace() or (
            at > start and not line[at - 1].isdigit() and not line[at + 1].isdigit()
        ):
            return at
        position = at + 1


def _with_stop(
    line: str, mark: Mark, title: str, stop: int, following: str
) -> tuple[int | None, bool]:
    """Decide on `(一)某事。`: a heading only if a body or a deeper level follows."""
    if len(title) > _LONGEST_RUN_ON:
        return None, True
    body, at = _behind(line, stop + 1, following)
    if not body or BRACKET_CUE.match(body, at) or LINE_CUE.match(body, at):
        return None, True
    after = mark_at(body, at)
    if after is not None:
        return (stop + 1 if _is_below(after, mark) else None), True
    if at or mark.kind in _SHALLOW:
        return stop + 1, False
    return (stop + 1 if len(title) <= 16 and len(body) > len(title) else None), False


def _with_colon(line: str, title: str, stop: int, following: str) -> int | None:
    """Decide on `1、某方面:`: short, or leading a list."""
    body, at = _behind(line, stop + 1, following)
    short = len(title) <= 12 and "," not in title and len(body) - at > 15
    lead = len(title) <= 26 and _LEAD.match(body, at)
    return stop + 1 if lead or short else None


def _before_cue(line: str, mark: Mark, stop: int, following: str) -> int | None:
    """Decide on `1.某事(责任科室:某科)`: an item, unless its body follows."""
    cue = BRACKET_CUE.match(line, stop)
    end = cue.end() if cue else stop
    body, at = _behind(line, end + line.startswith("。", end), following)
    after = mark_at(body, at)
    if after is None:
        return stop if body else None
    return stop if _is_below(after, mark) else None


def _behind(line: str, at: int, following: str) -> tuple[str, int]:
    """Return the text behind a heading and where it begins: the line or the next."""
    while line[at : at + 1] == " ":
        at += 1
    return (line, at) if at < len(line) else (following, 0)


def _stands_alone(mark: Mark, title: str, following: str) -> bool:
    """Tell whether a marked line without a stop is a heading: its body follows."""
    if not following:
        return mark.kind in _SHALLOW[:-1]  # the rest is behind a paywall
    if mark.kind == "spoken" and ("," in title or len(title) > 20):
        return False
    after = mark_at(following, 0)
    return after is None or _is_below(after, mark)


def _is_below(after: Mark, mark: Mark) -> bool:
    """Tell whether a mark begins a deeper level: by its kind, or by a new count."""
    if DEPTH[after.kind] > DEPTH[mark.kind]:
        return True
    return after.kind == "bracket_han" and after.number == 1 and after.kind != mark.kind


def _unnumbered(line: str, following: str) -> Heading | None:
    """Return the heading of a line without a number: `【某事】…`, `某事`."""
    if line.startswith("【"):
        match = _IN_BRACKETS.match(line)
        if match and (match.end() < len(line) or following):
            return Heading(0, match.end(), "brackets")
    if len(line) > 30 or not following or mark_at(line, 0) is not None:
        return None
    if len(line) < 9 and line.endswith(":") and _HALF_TITLE.fullmatch(line[:-1]):
        return Heading(0, len(line), "half")
    if _FINAL.search(line) or _NOT_HEADING.match(line):
        return None
    if _UNNUMBERED.fullmatch(line) is None:
        return None
    kind, number = _kind(line)
    below = mark_at(following, 0) is not None or len(following) > len(line)
    if not below and not (kind == "half" and _FINAL.search(following) is None):
        return None
    return Heading(0, len(line), kind, number)


def _kind(line: str) -> tuple[str, int]:
    return ("half" if _HALF_TITLE.fullmatch(line) else "plain"), 0


def _in_brackets(line: str, at: int) -> bool:
    before = line[max(at - 60, 0) : at]
    return before.count("(") > before.count(")") or before.count("《") > before.count(
        "》"
    )
