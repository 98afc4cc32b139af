"""Automatic numbering: what Word prints before a paragraph and stores nowhere as text.

A `w:num` points to a `w:abstractNum` that describes nine levels; all paragraphs of
one abstract list share their counters, whatever `w:num` they go by.
"""

import re
from dataclasses import dataclass
from typing import Any

from seeds.readers.numerals import numeral
from seeds.readers.styles import Styles
from seeds.readers.wordml import attribute, child, children, local, number, on

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_PATTERN = 60
_TIGHT = re.compile(r"[、.．。)）\]】:：①-⑳㉑-㊿⑴-⒛㊀-㊉]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    pattern: str = ""  # "%1、", "%1.%2"
    style: str = "decimal"
    start: int = 1
    restart: int | None = None  # after this level (from 1) or a higher one; 0 is never
    legal: bool = False  # all numbers in it as decimals
    suffix: str = "tab"
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """The counters of an abstract list."""

    levels: dict[int, Level]
    values: list[int | None]


class Numbering:
    """The lists of a document and how far they have counted."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.abstract = {
            attribute(item, "abstractNumId"): item
            for item in children(root, "abstractNum")
        }
        self.nums = {attribute(item, "numId"): item for item in children(root, "num")}
        self.lists: dict[str, _List] = {}
        self.overrides: dict[str, dict[int, Level]] = {}
        self.begun: set[tuple[str, int]] = set()

    def prefix(self, paragraph: Any, style_id: str) -> str:
        """Count a paragraph and return its number, "" where it has none.

        Args:
            paragraph: the `w:pPr` of it, or None.
            style_id: the paragraph's style.
        """
        num_id, depth = self._membership(paragraph, style_id)
        if num_id not in self.nums or not 0 <= depth < _LEVELS:
            return ""
        counted = self._list(num_id)
        if counted is None or depth not in counted.levels:
            return ""
        levels = counted.levels | self._overrides(num_id)
        self._count(counted.values, levels, num_id, depth)
        return _printed(levels, counted.values, depth)

    def _membership(self, paragraph: Any, style_id: str) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, else its style's."""
        own = child(paragraph, "numPr")
        num_id = attribute(child(own, "numId"), "val")
        depth = number(child(own, "ilvl"), "val")
        if num_id:
            return num_id, depth or 0
        for style in self.styles.chain(style_id):
            given = child(child(style, "pPr"), "numPr")
            num_id = attribute(child(given, "numId"), "val")
            if depth is None:
                depth = number(child(given, "ilvl"), "val")
            if num_id:
                linked = self._linked_level(num_id, attribute(style, "styleId"))
                return num_id, linked if linked is not None else depth or 0
        return "", 0

    def _linked_level(self, num_id: str, style_id: str) -> int | None:
        counted = self._list(num_id)
        for depth, level in counted.levels.items() if counted else ():
            if level.paragraph_style == style_id:
                return depth
        return None

    def _list(self, num_id: str) -> _List | None:
        """Return the counters of a list, links between numbering styles followed."""
        abstract_id = attribute(child(self.nums.get(num_id), "abstractNumId"), "val")
        for _ in range(_LEVELS):
            link = child(self.abstract.get(abstract_id), "numStyleLink")
            if link is None:
                break
            style = self.styles.by_id.get(attribute(link, "val"))
            given = child(child(child(style, "pPr"), "numPr"), "numId")
            num = self.nums.get(attribute(given, "val"))
            abstract_id = attribute(child(num, "abstractNumId"), "val")
        if abstract_id not in self.abstract:
            return None
        if abstract_id not in self.lists:
            levels = dict(map(_level, children(self.abstract[abstract_id], "lvl")))
            self.lists[abstract_id] = _List(levels, [None] * _LEVELS)
        return self.lists[abstract_id]

    def _overrides(self, num_id: str) -> dict[int, Level]:
        """Return the levels that a `w:num` describes anew."""
        if num_id not in self.overrides:
            self.overrides[num_id] = dict(
                _level(level)
                for override in children(self.nums[num_id], "lvlOverride")
                for level in children(override, "lvl")
            )
        return self.overrides[num_id]

    def _count(
        self,
        values: list[int | None],
        levels: dict[int, Level],
        num_id: str,
        depth: int,
    ) -> None:
        """Count one paragraph at a level; deeper levels begin anew."""
        start = self._start_override(num_id, depth)
        value = values[depth]
        if start is not None and (num_id, depth) not in self.begun:
            values[depth] = start
        elif value is None:
            values[depth] = levels[depth].start if start is None else start
        else:
            values[depth] = value + 1
        self.begun.add((num_id, depth))
        for deeper in range(depth + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                values[deeper] = None

    def _start_override(self, num_id: str, depth: int) -> int | None:
        for override in children(self.nums[num_id], "lvlOverride"):
            if number(override, "ilvl") == depth:
                return number(child(override, "startOverride"), "val")
        return None


def _printed(levels: dict[int, Level], values: list[int | None], depth: int) -> str:
    """Return the number as it stands before the text, with the space behind it."""
    own = levels[depth]
    if own.style == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = levels.get(at, Level())
        value = values[at]
        style = "decimal" if own.legal and level.style != "decimalZero" else level.style
        return numeral(style, level.start if value is None else value)

    said = _PLACE.sub(place, own.pattern).strip()
    tight = not said or own.suffix == "nothing" or _TIGHT.search(said)
    return said if tight else f"{said} "


def _level(element: Any) -> tuple[int, Level]:
    restart = number(child(element, "lvlRestart"), "val")
    # A custom format stands beside a common one for older readers: take the last.
    formats = [item for item in element.iter() if local(item) == "numFmt"]
    start = number(child(element, "start"), "val")
    legal = child(element, "isLgl")
    depth = number(element, "ilvl")
    return -1 if depth is None else depth, Level(
        pattern=attribute(child(element, "lvlText"), "val")[:_LONGEST_PATTERN],
        style=(attribute(formats[-1], "val") if formats else "") or "decimal",
        start=0 if start is None else start,
        restart=restart,
        legal=legal is not None and on(legal, "val", bare=True),
        suffix=attribute(child(element, "suff"), "val") or "tab",
        paragraph_style=attribute(child(element, "pStyle"), "val"),
    )
