"""One table for the terminal and for Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under a head; columns that hold only figures go to the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def lines(self) -> Iterator[str]:
        """Yield the table as aligned text."""
        yield self.title
        every = [self.head, *self.rows]
        widths = [max(map(_width, column)) for column in zip(*every, strict=True)]
        for row in every:
            cells = zip(row, widths, self._right(), strict=True)
            yield "  ".join(_pad(cell, width, right) for cell, width, right in cells)
        yield from self.notes
        yield ""

    def markdown(self) -> Iterator[str]:
        """Yield the table as Markdown."""
        yield f"## {self.title}"
        yield ""
        yield _row(self.head)
        yield _row(["--:" if right else "---" for right in self._right()])
        yield from map(_row, self.rows)
        yield ""
        for note in self.notes:
            yield note
            yield ""

    def _right(self) -> list[bool]:
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.head)
        return [
            all(cell[:1].isdigit() or cell[:1] in "+-–" for cell in column if cell)
            for column in columns
        ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
