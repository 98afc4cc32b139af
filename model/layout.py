"""Where sentences stand: the neighbours, leads, blocks and headings the context needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from model.tokens import fold, fold_all

Index = NDArray[np.intp]

NOBODY = -1
UPPER = 3  # so many headings above the deepest one are looked at
_ENUMERATED = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:是|要|,))")
_FIRST = frozenset("第一二三四五六七八九十")  # how what is enumerated begins
_FIGURE = re.compile(r"[\dx×*]")
_SHORT = 30  # characters of a lead sentence


class Line(Protocol):
    """What the model needs to know of a sentence: `Sentence` and `LabelledSentence`."""

    @property
    def text(self) -> str:
        """Normalised."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Outermost first."""

    @property
    def section(self) -> str:
        """Number of the deepest section."""

    @property
    def paragraph(self) -> int:
        """Index of the paragraph in the report."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of some reports in one row, and how they stand to each other.

    Index arrays count in the row of n sentences (or of headings); -1 is "none".
    """

    texts: list[str]  # folded sentences
    headings: list[str]  # folded headings, each once a report
    before: Index  # (n,) the sentence before, in the same report
    after: Index  # (n,)
    block: Index  # (n,) sentences under one lead share a number
    section: Index  # (n,)
    report: Index  # (n,)
    deepest: Index  # (n,) the heading right above
    upper: Index  # (n, UPPER) headings above that, from below

    def apart(self) -> "Layout":
        """Return the same sentences, each as if it stood alone."""
        n = len(self.texts)
        nobody, own = np.full(n, NOBODY), np.arange(n)
        return Layout(
            self.texts,
            [],
            before=nobody,
            after=nobody,
            block=own,
            section=own,
            report=own,
            deepest=nobody,
            upper=np.full((n, UPPER), NOBODY),
        )

    @property
    def alone(self) -> NDArray[np.bool_]:
        """Sentences (n,) with nothing around them: no neighbour, no heading."""
        return (self.before < 0) & (self.after < 0) & (self.deepest < 0)


def lay_out(reports: Iterable[Sequence[Line]]) -> Layout:
    """Lay reports (or passages) out in one row.

    Args:
        reports: the sentences of each report, in their order.
    """
    texts: list[str] = []
    # Things get consecutive numbers in the order they are met.
    headings: dict[tuple[int, str], int] = {}
    sections: dict[tuple[int, str], int] = {}
    blocks: dict[tuple[int, int, int], int] = {}
    table: list[int] = []
    for number, lines in enumerate(reports):
        first = len(texts)
        last = first + len(lines) - 1
        paths: dict[tuple[str, ...], list[int]] = {}
        for at, (line, lead) in enumerate(
            zip(lines, _leads(lines), strict=True), first
        ):
            path = paths.get(line.headings)
            if path is None:
                path = paths[line.headings] = _above(number, line.headings, headings)
            table += (
                at - 1 if at > first else NOBODY,
                at + 1 if at < last else NOBODY,
                blocks.setdefault((number, line.paragraph, lead), len(blocks)),
                sections.setdefault((number, line.section), len(sections)),
                number,
                *path,
            )
            texts.append(line.text)
    columns = np.array(table, dtype=np.intp).reshape(len(texts), 6 + UPPER)
    return Layout(
        fold_all(texts),
        [text for _, text in headings],
        before=columns[:, 0],
        after=columns[:, 1],
        block=columns[:, 2],
        section=columns[:, 3],
        report=columns[:, 4],
        deepest=columns[:, 5],
        upper=columns[:, 6:],
    )


def _above(
    report: int, path: Sequence[str], headings: dict[tuple[int, str], int]
) -> list[int]:
    """Return the numbers of a path's headings, the deepest first, `UPPER` + 1 of them."""
    found = [
        headings.setdefault((report, fold(heading)), len(headings))
        for heading in path[: -UPPER - 2 : -1]
    ]
    return found + [NOBODY] * (UPPER + 1 - len(found))


def _leads(lines: Sequence[Line]) -> list[int]:
    """Return for each sentence the position of its lead (maybe itself), or -1."""
    leads: list[int] = []
    lead, paragraph = NOBODY, None
    for at, line in enumerate(lines):
        if line.paragraph != paragraph:
            paragraph, lead = line.paragraph, NOBODY
            if len(line.text) <= _SHORT and not _FIGURE.search(line.text):
                lead = at
        if line.text[:1] in _FIRST and _ENUMERATED.match(line.text):
            lead = at
        leads.append(lead)
    return leads
