"""The lines of a report as a row of pieces: headings, bodies, cues, what is no text."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from seeds.chrome import trailer_start
from seeds.cues import (
    BRACKET_CUE,
    LEADING_CUE,
    LINE_CUE,
    LONGEST_CUE,
    TRAILING_CUE,
    may_hold_cue,
)
from seeds.headings import Heading, HeadingFinder
from seeds.lines import Line
from seeds.marks import MARK
from seeds.records import DropReason

Span = tuple[int, int]
_NO_WORD = " |>.…·—-_=*~。;,、!?:"
PieceKind = Literal["heading", "body", "drop"]


class Piece(NamedTuple):
    """A span of the normalised text."""

    kind: PieceKind
    start: int
    end: int
    line: int  # number of its line: a paragraph
    mark: str = ""  # of a heading: its kind of mark
    number: int = 0  # of a heading: the value of its mark
    level: int = 0  # of a heading: what the markup says, 0 where it says nothing
    reason: DropReason = "blank"  # of a drop


def cut_pieces(lines: list[Line], hinted: dict[int, int]) -> list[Piece]:
    """Cut lines into pieces, in order; white space lies between them.

    Args:
        lines: the lines of one report.
        hinted: start of a line that the markup calls a heading -> its level.
    """
    pieces: list[Piece] = []
    finder = HeadingFinder()
    following = _followers(lines)
    for line, after in zip(lines, following, strict=True):
        if line.kind != "text":
            reason: DropReason = line.kind
            pieces.append(
                Piece("drop", line.start, line.end, line.number, reason=reason)
            )
            continue
        level = hinted.get(line.start, 0)
        pieces.extend(_cut_line(line, finder, after, level))
    return pieces


def _followers(lines: list[Line]) -> list[str]:
    """Return for each line the next line of text, "" behind the last one."""
    following: list[str] = []
    after = ""
    for line in reversed(lines):
        following.append(after)
        if line.kind == "text":
            after = line.text
    following.reverse()
    return following


def _cut_line(
    line: Line, finder: HeadingFinder, following: str, level: int
) -> Iterator[Piece]:
    """Cut one line: headings run together with text, several marks, cues."""
    text, offset = line.text, line.start
    cues = may_hold_cue(text)
    if cues and LINE_CUE.fullmatch(text):
        yield Piece("drop", offset, line.end, line.number, reason="cue")
        return
    body = 0
    for heading in _headings(finder, text, following, level):
        yield from _cut_body(line, body, heading.start, cues)
        start, end = offset + heading.start, offset + heading.end
        yield Piece(
            "heading", start, end, line.number, heading.mark, heading.number, level
        )
        body = heading.end
    yield from _cut_body(line, body, len(text), cues)


def _headings(
    finder: HeadingFinder, text: str, following: str, level: int
) -> list[Heading]:
    return finder.find(text, following, hinted=level > 0)


def _cut_body(line: Line, start: int, end: int, cues: bool) -> Iterator[Piece]:
    """Cut the duty cues and a site's trailer out of a stretch of text."""
    text, offset = line.text, line.start
    for first, last in _cue_spans(text, start, end) if cues else ():
        if text[start:first].strip():
            yield Piece("body", offset + start, offset + first, line.number)
        yield Piece("drop", offset + first, offset + last, line.number, reason="cue")
        start = last
    last = end
    if end == len(text):
        end = trailer_start(text, start)
    if text[start:end].strip(_NO_WORD):
        yield Piece("body", offset + start, offset + end, line.number)
    if end < last:
        yield Piece("drop", offset + end, offset + last, line.number, reason="chrome")


def _cue_spans(text: str, start: int, end: int) -> list[Span]:
    """Return the cues of a stretch; the number of an item before one goes with it."""
    spans = [match.span() for match in BRACKET_CUE.finditer(text, start, end)]
    mark = MARK.match(text, start, end)
    begin = mark.end() if mark else start
    behind = TRAILING_CUE.search(text, max(start, end - LONGEST_CUE), end)
    if behind and not (spans and spans[-1][1] > behind.start(1)):
        spans.append(behind.span(1))
    leading = LEADING_CUE.match(text, begin, end)
    if leading and not spans:
        spans.append(leading.span())
    if spans and mark and spans[0][0] == begin:
        spans[0] = start, spans[0][1]
    return spans
