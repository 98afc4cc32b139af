"""Numbering marks of Chinese official documents: `一、`, `(一)`, `1.` and the like."""

import functools
import re
from typing import NamedTuple

HAN = "一二三四五六七八九十"
_N = rf"(?:[{HAN}]{{1,3}}|\d{{1,2}})"
# Each kind of mark; the order is only the order in which they are tried.
MARK = re.compile(
    rf"(?P<part>第{_N}部分[、:. ,]{{0,2}})"
    rf"|(?P<volume>第{_N}篇[、:. ,]{{0,2}})"
    rf"|(?P<chapter>第{_N}章[、:. ,]{{0,2}})"
    rf"|(?P<knot>第{_N}节[、:. ,]{{0,2}})"
    r"|(?P<decimal>\d{1,2}\.\d{1,2} +(?=[\u4e00-\u9fff])(?!万|亿|[个人例元项家](?:次|,|。|$)))"
    r"|(?P<decimals>\d{1,2}\.\d{1,2}\.\d{1,2} +(?=[\u4e00-\u9fff]))"
    rf"|(?P<spoken>[{HAN}]{{1,3}}(?:是|要)|第[{HAN}]{{1,3}}[,、])"
    rf"|(?P<han>[{HAN}]{{1,3}}(?:、|\.(?!\d)))"
    rf"|(?P<bracket_han>\([{HAN}]{{1,3}}\)、?|[㈠-㈩])"
    r"|(?P<arabic>\d{1,2}(?:、|\.(?!\d))|[⒈-⒛])"
    r"|(?P<bracket_arabic>\(\d{1,2}\)、?|[⑴-⒇])"
    r"|(?P<half_bracket>\d{1,2}\))"
    r"|(?P<circled>[①-⑳])"
)
# How deep a kind of mark usually is. A tree is built from the order of a document's
# own marks; these decide only whether what follows a title lies below it.
DEPTH = {
    "part": 0,
    "volume": 1,
    "chapter": 2,
    "knot": 3,
    "han": 4,
    "bracket_han": 5,
    "arabic": 6,
    "decimal": 7,
    "decimals": 8,
    "bracket_arabic": 9,
    "half_bracket": 10,
    "circled": 11,
    "spoken": 12,
}
# Where a mark may stand inside a line: behind a stop, a bracket or white space.
_INNER = re.compile(
    rf"[。;!?.)”：:\s|](?=[ >]*(?:第{_N}部分|[{HAN}]{{1,3}}、|\([{HAN}]{{1,3}}\)"
    r"|\d{1,2}、|\d{1,2}\.(?!\d)|\(\d{1,2}\)|[①-⒛㈠-㈩]))"
)
# A first mark that lost the line break before it: `主要工作一、合作医疗稳步推进 `.
_GLUED = re.compile(r"一(?=、[^,。;:、\s]{4,20} )")
_BEFORE_NO_MARK = f" {HAN}其第"
_FIRST = frozenset(
    [*f"{HAN}第(0123456789", *map(chr, range(0x2460, 0x249C)), *"㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"]
)
_NUMERALS = {char: value for value, char in enumerate(HAN, 1)}
_CHARACTERS = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("㈠", "㈩"))


class Mark(NamedTuple):
    """A numbering mark at a position of the line."""

    kind: str  # name of the group in MARK
    number: int
    start: int
    end: int


def mark_at(line: str, position: int) -> Mark | None:
    """Return the mark that stands at a position, spaces skipped."""
    while line[position : position + 1] in (" ", ">"):
        position += 1
    if line[position : position + 1] not in _FIRST:
        return None
    match = MARK.match(line, position)
    if match is None or match.lastgroup is None:
        return None
    return Mark(match.lastgroup, mark_number(match[0]), match.start(), match.end())


def inner_positions(line: str) -> list[int]:
    """Return the places inside a line where a mark may start, in order."""
    places = [match.end() for match in _INNER.finditer(line)]
    if " " in line:
        glued = [match.start() for match in _GLUED.finditer(line, 1)]
        places += [at for at in glued if line[at - 1] not in _BEFORE_NO_MARK]
        places.sort()
    return places


@functools.cache  # there are few marks
def mark_number(mark: str) -> int:
    """Return the value of a mark: `(十二)` is 12, `③` is 3."""
    digits = re.search(r"\d+", mark)
    if digits:
        return int(digits[0])
    for first, last in _CHARACTERS:
        if first <= mark[0] <= last:
            return ord(mark[0]) - ord(first) + 1
    han = [char for char in mark if char in _NUMERALS]
    if not han:
        return 0
    if han[0] == "十":
        return 10 + (_NUMERALS[han[1]] if len(han) > 1 else 0)
    value = _NUMERALS[han[0]]
    if len(han) > 1 and han[1] == "十":
        value = value * 10 + (_NUMERALS[han[2]] if len(han) > 2 else 0)
    return value
