"""Where a heading hangs in the tree: by the document's own use of its marks."""

import re
from dataclasses import dataclass

from seeds.marks import DEPTH
from seeds.pieces import Piece
from seeds.records import Half

_PLAN = re.compile(
    r"谋划|打算|工作思路|工作计划|工作要点|下一步|下步|下一阶段|下阶段|明年|来年|今后|展望"
    r"|工作安排|工作部署|20\d\d年.*(?:思路|计划|重点|安排|目标|任务)"
)
_PLAN_AT_TOP = re.compile(r"重点任务|主要任务|目标任务|工作目标")
_PAST = re.compile(
    r"总结|回顾|成效|完成情况|开展情况|进展|成绩|取得|主要做法|问题|不足|困难|案例|所做"
)
_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(slots=True)
class Open:
    """A section that is not closed yet."""

    mark: str
    level: int  # what the markup says, 0 where it says nothing
    number: str
    half: Half
    cue: str = ""  # of the section as a whole
    children: int = 0


class Tree:
    """The open sections, outermost first."""

    def __init__(self, half: Half, year: int | None) -> None:
        self.half: Half = half
        self.year = year
        self.planned: int | None = None  # the year that a heading of the plan names
        self.open: list[Open] = []
        self._top = 0
        self._last: dict[str, tuple[int, int]] = {}  # mark -> its last number and depth

    def add(self, piece: Piece, text: str) -> Open:
        """Close what ends at a heading, open its section and return it."""
        depth = self._depth(piece)
        del self.open[depth:]
        if self.open:
            above = self.open[-1]
            above.children += 1
            number, cue = f"{above.number}.{above.children}", above.cue
        else:
            self._top += 1
            number, cue = str(self._top), ""
        section = Open(piece.mark, piece.level, number, self._half(text), cue)
        self.open.append(section)
        self._last[piece.mark] = piece.number, depth
        return section

    def _depth(self, piece: Piece) -> int:
        """Return how many sections stay open above a heading."""
        same = [d for d, o in enumerate(self.open) if o.mark == piece.mark]
        if piece.mark in DEPTH and same:
            other = self.open[same[0]].level
            if not (piece.level and other and piece.level != other):
                return same[0]
        if piece.level:
            return self._by_level(piece)
        if same:
            return same[0]
        if piece.mark == "half":
            kept = ("part", "volume", "chapter")
            return sum(section.mark in kept for section in self.open)
        number, depth = self._last.get(piece.mark, (0, 0))
        if piece.mark in DEPTH and number and piece.number == number + 1:
            return min(depth, len(self.open))
        return len(self.open)

    def _by_level(self, piece: Piece) -> int:
        """Order by the markup: below the last open heading of a higher level.

        Of the same level, a mark that is deeper by its kind hangs below.
        """
        own = piece.level, DEPTH.get(piece.mark, -1)
        depth = 0
        for place, section in enumerate(self.open, 1):
            other = section.level, DEPTH.get(section.mark, len(DEPTH))
            if section.level and other < own:
                depth = place
            elif section.level >= piece.level:
                break
        return depth

    def _half(self, title: str) -> Half:
        """Read the half from a heading, else keep that of the section above."""
        above = self.open[-1].half if self.open else self.half
        numbered = self.open and self.open[0].mark in DEPTH
        if numbered and len(self.open) > 1:
            return above
        found = [int(year) for year in _YEAR.findall(title)]
        if found and self.year and found[-1] != self.year:
            if found[-1] < self.year:
                return "past"
            self.planned = self.planned or found[-1]
            return "plan"
        if _PAST.search(title):
            return "past"
        if _PLAN.search(title) or (not self.open and _PLAN_AT_TOP.search(title)):
            if self.year and re.search("明年|来年", title):
                self.planned = self.planned or self.year + 1
            return "plan"
        return above
