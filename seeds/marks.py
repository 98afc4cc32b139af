"""Numbering marks and heading titles of Chinese official documents.

A mark is `一、` or `(一)` or `1.` and the like; a heading is a mark (or a line of its
own) whose short title is followed by a body or by a deeper level.
"""

import re
from typing import NamedTuple

_HAN = "一二三四五六七八九十"
# Each kind of mark; the order is only the order in which they are tried.
MARK = re.compile(
    rf"(?P<part>第[{_HAN}]{{1,3}}(?:部分|篇|章|节)[、:. ]{{0,2}})"
    rf"|(?P<han>[{_HAN}]{{1,3}}、)"
    rf"|(?P<bracket_han>\([{_HAN}]{{1,3}}\)、?)"
    r"|(?P<arabic>\d{1,2}(?:、|\.(?!\d)))"
    r"|(?P<bracket_arabic>\(\d{1,2}\)、?)"
    r"|(?P<circled>[①-⑳⑴-⒇])"
)
# Where a mark may stand inside a line: behind a stop, a bracket or white space.
_INNER = re.compile(
    rf"(?<=[。;!?.)”：:\s|])(?=[ >]*(?:第[{_HAN}]{{1,3}}部分|[{_HAN}]{{1,3}}、"
    rf"|\([{_HAN}]{{1,3}}\)|\d{{1,2}}、|\d{{1,2}}\.(?!\d)|\(\d{{1,2}}\)|[①-⑳⑴-⒇]))"
)
# A first mark that lost the line break before it: `主要工作一、合作医疗稳步推进 `.
_GLUED = re.compile(rf"(?<=[^\s{_HAN}其第])(?=[{_HAN}]{{1,3}}、[^,。;:、\s]{{4,20}} )")
_TITLE_STOP = re.compile(r"[。;!?:]|\s|\(责任|\(牵头|$")
_FIGURES = re.compile(
    r"\d+(?:\.\d+)?(?:[%‰万余多亿人例家个名次元所项台张场起件户份条只天]|人次)|[x×*]{2,}"
)
_LEAD = re.compile(r"\s*(?:一是|第一,|首先|①|\(1\)|\(一\)|1[、.])")
_NUMERALS = {char: value for value, char in enumerate(_HAN, 1)}
_LONGEST_TITLE = 42
_LONGEST_RUN_ON = 34


class Mark(NamedTuple):
    """A numbering mark at a position of the line."""

    kind: str  # name of the group in MARK
    number: int
    start: int
    end: int


def mark_at(line: str, position: int) -> Mark | None:
    """Return the mark that stands at a position, spaces skipped."""
    while position < len(line) and line[position] in " >":
        position += 1
    match = MARK.match(line, position)
    if match is None or match.lastgroup is None:
        return None
    return Mark(match.lastgroup, _number(match[0]), match.start(), match.end())


def inner_positions(line: str) -> list[int]:
    """Return the places inside a line where a mark may start, in order."""
    places = {match.end() for match in _INNER.finditer(line)}
    places.update(match.end() for match in _GLUED.finditer(line) if match.end())
    return sorted(places)


def title_end(line: str, mark: Mark, following: str) -> int | None:
    """Return where the heading that begins with this mark ends, or None.

    Args:
        line: the normalised line.
        mark: the mark in it.
        following: the next line that is not blank, "" at the end of the text.
    """
    stop = _next_stop(line, mark.end)
    title = line[mark.end : stop].strip()
    if not 2 <= len(title) <= _LONGEST_TITLE or _FIGURES.search(title):
        return None
    end_char = line[stop] if stop < len(line) else ""
    if end_char == "":
        return stop if _stands_alone(mark, following) else None
    if end_char == "。":
        return _with_stop(line, mark, title, stop, following)
    if end_char == ":":
        body = line[stop + 1 :] or following
        short = len(title) <= 12 and "," not in title and len(body) > 15
        lead = len(title) <= 26 and _LEAD.match(body)
        return stop + 1 if lead or short else None
    if end_char == "(":
        return stop
    if end_char.isspace():
        return stop if title.count(",") <= 2 and len(title) >= 2 else None
    return None


def _next_stop(line: str, position: int) -> int:
    """Return the end of a title; a space beside a digit does not end it."""
    while True:
        match = _TITLE_STOP.search(line, position)
        if match is None:
            return len(line)
        at = match.start()
        if at < len(line) and line[at].isspace():
            before, after = line[max(at - 1, 0)], line[at + 1 : at + 2]
            if at == position or before.isdigit() or after.isdigit():
                position = at + 1
                continue
            if not line[at:].strip():
                return len(line)
        return at


def _with_stop(
    line: str, mark: Mark, title: str, stop: int, following: str
) -> int | None:
    """Decide on `(一)某事。`: a heading only if a body or a deeper level follows."""
    if len(title) > _LONGEST_RUN_ON:
        return None
    rest = line[stop + 1 :].strip()
    body = rest or following
    if not body or body.startswith(("(责任", "(牵头")):
        return None
    after = mark_at(body, 0)
    if after is None:
        return stop + 1 if rest or mark.kind in ("han", "bracket_han") else None
    return stop + 1 if DEPTH[after.kind] > DEPTH[mark.kind] else None


def _stands_alone(mark: Mark, following: str) -> bool:
    """Tell whether a marked line without a stop is a heading: anything follows it."""
    if mark.kind in ("part", "han"):
        return True
    if not following:
        return False
    after = mark_at(following, 0)
    return after is None or DEPTH[after.kind] > DEPTH[mark.kind] or (
        mark.kind == "bracket_han"
    )  # fmt: skip


DEPTH = {
    "part": 0,
    "han": 1,
    "bracket_han": 2,
    "arabic": 3,
    "bracket_arabic": 4,
    "circled": 5,
}


def _number(mark: str) -> int:
    """Return the value of a mark: `(十二)` is 12, `③` is 3."""
    digits = re.search(r"\d+", mark)
    if digits:
        return int(digits[0])
    if "①" <= mark[0] <= "⑳":
        return ord(mark[0]) - ord("①") + 1
    han = [char for char in mark if char in _NUMERALS]
    if not han:
        return 0
    if han[0] == "十":
        return 10 + (_NUMERALS[han[1]] if len(han) > 1 else 0)
    value = _NUMERALS[han[0]]
    if len(han) > 1 and han[1] == "十":
        value = value * 10 + (_NUMERALS[han[2]] if len(han) > 2 else 0)
    return value
