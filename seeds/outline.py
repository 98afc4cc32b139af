"""From pieces to sections and sentences: heading paths, halves, duty cues."""

from dataclasses import dataclass, field
from typing import NamedTuple

from seeds.clean import View, squeeze
from seeds.cues import cue_names
from seeds.marks import mark_at
from seeds.pieces import Piece
from seeds.records import Dropped, Half, Section, Sentence
from seeds.split import split_sentences
from seeds.tree import Tree

_LONGEST_CUE = 200  # characters of several cues in a row


@dataclass(slots=True)
class Outline:
    """What `build_outline` gives: all spans in the original text."""

    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    planned: int | None = None  # the year that a heading of the plan names


class _Place(NamedTuple):
    """What the sentences of one stretch of text have in common."""

    section: str
    headings: tuple[str, ...]
    paragraph: int
    half: Half


class _Builder:
    """Walks over the pieces once, in order; spans count in the view until the end."""

    def __init__(self, view: View, half: Half, year: int | None) -> None:
        self.view = view
        self.tree = Tree(half, year)
        self.path: tuple[str, ...] = ()
        self.sections: list[Section] = []
        self.spans: list[tuple[int, int]] = []
        self.places: list[_Place] = []
        self.cues: list[str] = []
        self.paragraph = -1
        self.line = -1
        self.item = 0  # index of the first sentence a cue behind would be for
        self.marked = 0  # index of the first sentence of the last numbered line
        self.cue = ""  # of the sentences to come
        self.leads = False  # cues stand before their sentences

    def heading(self, piece: Piece) -> None:
        text = squeeze(self.view.text[piece.start : piece.end])
        section = self.tree.add(piece, text)
        depth = len(self.tree.open)
        self.path = (*self.path[: depth - 1], text)
        self.sections.append(
            Section(section.number, depth, text, piece.start, piece.end)
        )
        self.item = len(self.spans)
        self.cue = section.cue
        self.leads = False
        self.line = -1

    def body(self, piece: Piece) -> None:
        if piece.line != self.line:
            self.paragraph += 1
            self.line = piece.line
            if mark_at(self.view.text, piece.start) is not None:
                self.marked = len(self.spans)
        open_ = self.tree.open
        number = open_[-1].number if open_ else ""
        half = open_[-1].half if open_ else self.tree.half
        spans = split_sentences(self.view.text, piece.start, piece.end)
        place = _Place(number, self.path, self.paragraph, half)
        self.spans += spans
        self.places += [place] * len(spans)
        self.cues += [self.cue] * len(spans)

    def take_cue(self, piece: Piece, before: bool, after: bool) -> None:
        """Give a cue to the sentences of its item.

        Args:
            piece: the cue.
            before: whether text stands before it on its line.
            after: whether text stands behind it on its line.
        """
        cue = cue_names(self.view.text[piece.start : piece.end])
        count = len(self.spans)
        waiting = self.item < count
        if not waiting or (self.leads and not before) or (self.leads and after):
            self._lead(cue, waiting)
            return
        for index in range(max(self.item, self.marked if before else 0), count):
            own = self.cues[index]
            self.cues[index] = cue if own in ("", self.cue) else f"{own}、{cue}"
        self.item = count

    def _lead(self, cue: str, waiting: bool) -> None:
        """Keep a cue for the sentences to come, up to the next cue or heading."""
        joined = self.leads and not waiting and 0 < len(self.cue) < _LONGEST_CUE
        self.cue = f"{self.cue}、{cue}" if joined else cue
        self.leads = True
        self.item = len(self.spans)
        open_ = self.tree.open
        if open_ and not any(p.section == open_[-1].number for p in self.places[-1:]):
            open_[-1].cue = self.cue


def build_outline(
    view: View, pieces: list[Piece], half: Half, year: int | None
) -> Outline:
    """Build the sections and sentences of one report.

    Args:
        view: the normalised text of the file.
        pieces: the report's pieces, in order.
        half: the half before any heading says otherwise.
        year: the year looked back on, if known.
    """
    builder = _Builder(view, half, year)
    drops: list[Piece] = []
    for number, piece in enumerate(pieces):
        if piece.kind == "heading":
            builder.heading(piece)
        elif piece.kind == "body":
            builder.body(piece)
        else:
            drops.append(piece)
            if piece.reason == "cue":
                builder.take_cue(piece, *_neighbours(pieces, number))
    return _in_original(builder, drops)


def _neighbours(pieces: list[Piece], number: int) -> tuple[bool, bool]:
    """Tell whether text stands before and behind a cue on its line."""
    line = pieces[number].line
    before = number > 0 and pieces[number - 1]
    after = number + 1 < len(pieces) and pieces[number + 1]
    return (
        bool(before and before.line == line and before.kind == "body"),
        bool(after and after.line == line and after.kind == "body"),
    )


def _in_original(builder: _Builder, drops: list[Piece]) -> Outline:
    view, text = builder.view, builder.view.text
    spans = view.originals(builder.spans)
    sentences = [
        Sentence(index, start, end, squeeze(text[first:last]), *place, cue)
        for index, ((start, end), (first, last), place, cue) in enumerate(
            zip(spans, builder.spans, builder.places, builder.cues, strict=True)
        )
    ]
    found = view.originals([(s.start, s.end) for s in builder.sections])
    sections = [
        Section(s.number, s.level, s.text, *span)
        for s, span in zip(builder.sections, found, strict=True)
    ]
    gone = view.originals([(piece.start, piece.end) for piece in drops])
    dropped = [
        Dropped(start, end, piece.reason)
        for (start, end), piece in zip(gone, drops, strict=True)
    ]
    dropped += [Dropped(start, end, "heading") for start, end in found]
    return Outline(sections, sentences, dropped, builder.tree.planned)
