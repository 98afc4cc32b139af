"""A normalised text as a row of pieces: headings, bodies, cues and what is no text."""

import re
from dataclasses import dataclass
from typing import Literal

from seeds.chrome import TRAILER, is_chrome, starts_tail
from seeds.marks import inner_positions, mark_at, title_end
from seeds.records import DropReason

CUE = re.compile(
    r"[(\[【](?:主要)?(?:责任|牵头|配合|主办|承办|协办|落实|实施)"
    r"(?:科室|单位|部门|处室|股室|领导|人|科|处)?[::][^)\]】。]{1,160}[)\]】]"
)
_CUE_LINE = re.compile(
    r"(?:主要)?(?:责任|牵头|配合)(?:科室|单位|部门|处室|股室|领导|人)[::][^。]{1,120}$"
)
_UNNUMBERED = re.compile(r"[^。;!?,:…]{2,30}")
_NOT_HEADING = re.compile(r".*[\d%](?:%|万|例|人|家)|.*[,、]$")
_FINAL = re.compile(r"[。;!?:,、…”)]$")
_SIGNED_BY = re.compile(
    r"[\u4e00-\u9fff*×xX\-]{3,30}(?:委员会|委|局|院|中心|所|站|办公室|协会)"
)
_SIGNED_ON = re.compile(
    r"(?:\d{4}|[二〇○零一二三四五六七八九xX×*]{4}|20-)年.{1,3}月(?:.{1,3}日)?"
)

PieceKind = Literal["heading", "body", "drop"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of the normalised text."""

    kind: PieceKind
    start: int
    end: int
    mark: str = ""  # of a heading: its kind of mark, "plain" without one
    reason: DropReason = "blank"  # of a drop
    line: int = 0  # of a body: the paragraph it belongs to


@dataclass(slots=True)
class _Line:
    start: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip(" >")


def cut_pieces(text: str, titles: frozenset[str]) -> list[Piece]:
    """Cut normalised text into pieces, in order; white space lies between them.

    Args:
        text: the normalised text of one report.
        titles: what the report's title reads; lines of it are dropped.
    """
    lines = _lines(text)
    tail = _tail(lines)
    first_signed = _signature(lines, tail)
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        bare = line.bare
        if not bare:
            continue
        start = line.start + line.text.find(bare)
        end = start + len(bare)
        if bare.strip("| ") in titles:
            pieces.append(Piece("drop", start, end, reason="title"))
        elif number >= tail or is_chrome(bare):
            pieces.append(Piece("drop", start, end, reason="chrome"))
        elif number >= first_signed:
            pieces.append(Piece("drop", start, end, reason="signature"))
        elif _doubles(bare, titles, lines, number):
            pieces.append(Piece("drop", start, end, reason="double"))
        else:
            following = _following(lines, number, tail)
            pieces.extend(_cut_line(bare, start, following, number))
    return pieces


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(start, line))
        start += len(line) + 1
    return lines


def _tail(lines: list[_Line]) -> int:
    """Return the first line of what a site puts below: after it comes no long text."""
    tail = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        bare = lines[number].bare
        if starts_tail(bare):
            tail = number
        elif len(bare) > 60 or (len(bare) > 12 and bare.endswith("。")):
            break
    return tail


def _signature(lines: list[_Line], tail: int) -> int:
    """Return the first line of `某某委员会 / 某年某月某日` at the end of the text."""
    signed = len(lines)
    for number in range(tail - 1, max(tail - 8, 0), -1):
        bare = lines[number].bare
        if not bare or is_chrome(bare):
            continue
        if _SIGNED_BY.fullmatch(bare) or _SIGNED_ON.fullmatch(bare):
            signed = number
        else:
            break
    return signed


def _following(lines: list[_Line], number: int, tail: int) -> str:
    for line in lines[number + 1 : tail]:
        bare = line.bare
        if bare and not is_chrome(bare):
            return bare
    return ""


def _doubles(
    bare: str, titles: frozenset[str], lines: list[_Line], number: int
) -> bool:
    """Tell whether a line is a lead-in that repeats title and first sentences."""
    for title in titles:
        if not bare.startswith(title) or len(bare) < len(title) + 12:
            continue
        begin = bare[len(title) :].strip()[:24]
        return any(line.bare.startswith(begin) for line in lines[number + 1 :])
    return False


def _cut_line(line: str, offset: int, following: str, number: int) -> list[Piece]:
    """Cut one line: headings run together with text, several marks, cues."""
    if _is_plain_heading(line, following):
        return [Piece("heading", offset, offset + len(line), mark="plain")]
    if _CUE_LINE.match(line):
        return [Piece("drop", offset, offset + len(line), reason="cue")]
    pieces: list[Piece] = []
    body = 0
    for place in [0, *inner_positions(line)]:
        mark = mark_at(line, place)
        if mark is None or mark.start < body:
            continue
        end = title_end(line, mark, following)
        if end is None or _inside_brackets(line, mark.start):
            continue
        pieces.extend(_body(line, body, mark.start, offset, number))
        pieces.append(
            Piece("heading", offset + mark.start, offset + end, mark=mark.kind)
        )
        body = end
    pieces.extend(_body(line, body, len(line), offset, number))
    return pieces


def _inside_brackets(line: str, at: int) -> bool:
    before = line[max(at - 60, 0) : at]
    return before.count("(") > before.count(")") or before.count("《") > before.count(
        "》"
    )


def _body(line: str, start: int, end: int, offset: int, number: int) -> list[Piece]:
    """Cut the duty cues out of a stretch of text."""
    pieces: list[Piece] = []
    for match in CUE.finditer(line, start, end):
        if line[start : match.start()].strip():
            pieces.append(
                Piece("body", offset + start, offset + match.start(), line=number)
            )
        cue = offset + match.start(), offset + match.end()
        pieces.append(Piece("drop", *cue, reason="cue"))
        start = match.end()
    below = TRAILER.search(line, start, end) if end == len(line) else None
    if below:
        end = below.start()
    if line[start:end].strip(" |>"):
        pieces.append(Piece("body", offset + start, offset + end, line=number))
    if below:
        pieces.append(Piece("drop", offset + end, offset + len(line), reason="chrome"))
    return pieces


def _is_plain_heading(line: str, following: str) -> bool:
    """Tell whether a line without a number is a heading: short, no stop, text below."""
    if len(line) > 30 or not following or mark_at(line, 0) is not None:
        return False
    if _FINAL.search(line) or _NOT_HEADING.match(line):
        return False
    return _UNNUMBERED.fullmatch(line) is not None and len(following) > len(line)
