"""The lines of a report's text, each with what it is: text, title, chrome, signature."""

import re
from typing import Literal, NamedTuple

from seeds.chrome import is_chrome, starts_tail

LineKind = Literal["text", "title", "chrome", "signature", "double"]

_ORGANISATION = (
    r"[\u4e00-\u9fff*×xX\-]{3,30}(?:委员会|委|局|院|中心|所|站|办公室|协会|办|处|厅)"
)
_DAY = r"(?:\d{4}|[二〇○零一二三四五六七八九xX×*]{4}|20-)年.{1,3}月(?:.{1,3}日)?|\d{4}[./]\d{1,2}[./]\d{1,2}"
_SIGNED = re.compile(
    rf"\(?(?:{_ORGANISATION}(?:\(盖?章\))?)?(?:\s*(?:{_DAY}))?\)?|\(?盖?章\)?"
)
_ATTACHMENT = re.compile(r"附件[:\d]|\d{1,2}[.、]")
_ATTACHED = re.compile(r"\d{1,2}[.、][^。]{2,60}$")
_SIGNED_LINES = 8  # lines at the end of a text among which a signature stands
_HEAD_LINES = 3  # lines below a title that may say who and when
_LONG = 60  # characters; a longer line is text


class Line(NamedTuple):
    """A line that is not blank, stripped; `start` is its place in the view."""

    kind: LineKind
    start: int
    text: str
    number: int  # of the line in the file

    @property
    def end(self) -> int:
        """Return the position behind the line."""
        return self.start + len(self.text)


def sort_lines(
    text: str, start: int, end: int, titles: frozenset[str], glued: tuple[int, int]
) -> list[Line]:
    """Return the lines of text[start:end] that are not blank, in order.

    Args:
        text: the normalised text of the file.
        start: where the report begins.
        end: where it ends.
        titles: what the report's title reads; lines of it are titles.
        glued: span of a title run together with the text; empty where there is none.
    """
    lines = _split(text, start, end, glued)
    tail = _tail(lines)
    kinds = [_kind(line.text, titles) for line in lines[:tail]]
    kinds += ["chrome"] * (len(lines) - tail)
    _mark_attachments(lines, kinds)
    _mark_signatures(lines, kinds, tail)
    _mark_doubles(lines, kinds, titles)
    return [line._replace(kind=kind) for line, kind in zip(lines, kinds, strict=True)]


def _split(text: str, start: int, end: int, glued: tuple[int, int]) -> list[Line]:
    lines: list[Line] = []
    first, last = glued
    pieces = ((start, first), glued, (last, end)) if last > first else ((start, end),)
    number = 0
    for at, until in pieces:
        position = at
        for line in text[at:until].split("\n"):
            bare = line.strip(" >")
            if bare:
                begin = position + line.find(bare)
                lines.append(Line("text", begin, bare, number))
            position += len(line) + 1
            number += 1
    return lines


def _kind(bare: str, titles: frozenset[str]) -> LineKind:
    if bare in titles or bare.strip("| ") in titles:
        return "title"
    return "chrome" if is_chrome(bare) else "text"


def _tail(lines: list[Line]) -> int:
    """Return the first line of what a site puts below: after it comes no long text."""
    tail = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        bare = lines[number].text
        if starts_tail(bare):
            tail = number
        elif len(bare) > _LONG or (len(bare) > 12 and bare.endswith("。")):
            break
    return tail


def _mark_attachments(lines: list[Line], kinds: list[LineKind]) -> None:
    """Mark the lines that go on with a list of attachments."""
    for number in range(1, len(lines)):
        listed = kinds[number - 1] == "chrome" and _ATTACHED.match(lines[number].text)
        if listed and _ATTACHMENT.match(lines[number - 1].text):
            kinds[number] = "chrome"


def _mark_signatures(lines: list[Line], kinds: list[LineKind], tail: int) -> None:
    """Mark `某某委员会 / 某年某月某日`, around the title and at the end of the text."""
    titled = [number for number, kind in enumerate(kinds) if kind == "title"]
    if titled:
        below = range(titled[-1] + 1, min(titled[-1] + 1 + _HEAD_LINES, tail))
        _mark_signed(lines, kinds, below)
        above = range(titled[0] - 1, max(titled[0] - 1 - _HEAD_LINES, -1), -1)
        _mark_signed(lines, kinds, above)
    _mark_signed(lines, kinds, range(tail - 1, max(tail - 1 - _SIGNED_LINES, 0), -1))


def _mark_signed(lines: list[Line], kinds: list[LineKind], numbers: range) -> None:
    for number in numbers:
        if kinds[number] == "chrome":
            continue
        bare = lines[number].text
        if len(bare) > _LONG or _SIGNED.fullmatch(bare) is None:
            break
        kinds[number] = "signature"


def _mark_doubles(
    lines: list[Line], kinds: list[LineKind], titles: frozenset[str]
) -> None:
    """Mark lead-ins that repeat the title and the text's first sentences."""
    for number, line in enumerate(lines):
        if kinds[number] != "text" or not line.text.startswith(tuple(titles)):
            continue
        title = max((t for t in titles if line.text.startswith(t)), key=len)
        begin = line.text[len(title) :].strip()[:24]
        later = lines[number + 1 :]
        if len(begin) > 11 and any(other.text.startswith(begin) for other in later):
            kinds[number] = "double"
