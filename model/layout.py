"""Where sentences stand: the neighbours, leads, blocks and headings the context needs."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.tokens import fold, fold_all

Index = NDArray[np.intp]
Thing = TypeVar("Thing", bound=Hashable)

NOBODY = -1
UPPER = 3  # so many headings above the deepest one are looked at
_ENUMERATED = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:是|要|,))")
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


class _Numbers(Generic[Thing]):
    """Consecutive numbers for things, in the order they are met."""

    def __init__(self) -> None:
        self.known: dict[Thing, int] = {}

    def __getitem__(self, thing: Thing) -> int:
        return self.known.setdefault(thing, len(self.known))


def lay_out(reports: Iterable[Sequence[Line]]) -> Layout:
    """Lay reports (or passages) out in one row.

    Args:
        reports: the sentences of each report, in their order.
    """
    texts: list[str] = []
    headings: _Numbers[tuple[int, str]] = _Numbers()
    sections: _Numbers[tuple[int, str]] = _Numbers()
    blocks: _Numbers[tuple[int, int, int]] = _Numbers()
    columns: list[tuple[int, ...]] = []
    for number, lines in enumerate(reports):
        first = len(texts)
        last = first + len(lines) - 1
        paths: dict[tuple[str, ...], list[int]] = {}
        for at, (line, lead) in enumerate(
            zip(lines, _leads(lines), strict=True), first
        ):
            path = paths.get(line.headings)
            if path is None:
                path = [
                    headings[number, fold(h)] for h in line.headings[: -UPPER - 2 : -1]
                ]
                path += [NOBODY] * (UPPER + 1 - len(path))
                paths[line.headings] = path
            begin = first + (lead if lead >= 0 else 0)
            columns.append(
                (
                    at - 1 if at > first else NOBODY,
                    at + 1 if at < last else NOBODY,
                    blocks[number, line.paragraph, begin if lead >= 0 else NOBODY],
                    sections[number, line.section],
                    number,
                    *path,
                )
            )
            texts.append(line.text)
    table = np.array(columns, dtype=np.intp).reshape(len(texts), 6 + UPPER)
    return Layout(
        fold_all(texts),
        [text for _, text in headings.known],
        before=table[:, 0],
        after=table[:, 1],
        block=table[:, 2],
        section=table[:, 3],
        report=table[:, 4],
        deepest=table[:, 5],
        upper=table[:, 6:],
    )


def _leads(lines: Sequence[Line]) -> list[int]:
    """Return for each sentence the position of its lead (maybe itself), or -1."""
    leads: list[int] = []
    lead, paragraph = NOBODY, None
    for at, line in enumerate(lines):
        if line.paragraph != paragraph:
            paragraph, lead = line.paragraph, NOBODY
            if len(line.text) <= _SHORT and not _FIGURE.search(line.text):
                lead = at
        if _ENUMERATED.match(line.text):
            lead = at
        leads.append(lead)
    return leads
