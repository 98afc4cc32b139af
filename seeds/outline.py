"""From pieces to sections and sentences: heading paths, halves, duty cues."""

import re
from dataclasses import dataclass, field, replace

from seeds.clean import View, squeeze
from seeds.pieces import CUE, Piece
from seeds.records import Dropped, Half, Section, Sentence
from seeds.split import split_sentences

_PLAN = re.compile(
    r"谋划|打算|工作思路|工作计划|工作要点|下一步|下步|下一阶段|明年|来年|今后|展望"
    r"|工作安排|工作部署|重点任务|主要任务|目标任务|20..年.*(?:思路|计划|重点|安排|目标|任务)"
)
_PAST = re.compile(
    r"总结|回顾|成效|完成情况|开展情况|进展|成绩|取得|主要做法|问题|不足|困难|案例|所做"
)
_YEAR = re.compile(r"(20\d\d)年")


@dataclass(slots=True)
class Outline:
    """What `build_outline` gives: all spans in the original text."""

    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A section that is not closed yet."""

    mark: str
    number: str
    text: str
    half: Half
    children: int = 0


class _Builder:
    """Walks over the pieces once, in order."""

    def __init__(self, view: View, half: Half, year: int | None) -> None:
        self.view = view
        self.half: Half = half
        self.year = year
        self.done = Outline()
        self.open: list[_Open] = []
        self.top = 0
        self.paragraph = -1
        self.line = -1
        self.item = 0  # index of the first sentence a cue behind would be for
        self.cue = ""  # a cue that stands before its sentences
        self.path: tuple[str, ...] = ()

    def heading(self, piece: Piece) -> None:
        text = squeeze(self.view.text[piece.start : piece.end])
        for depth, section in enumerate(self.open):
            if section.mark == piece.mark:
                del self.open[depth:]
                break
        if self.open:
            self.open[-1].children += 1
            number = f"{self.open[-1].number}.{self.open[-1].children}"
        else:
            self.top += 1
            number = str(self.top)
        half = self._half(text)
        self.open.append(_Open(piece.mark, number, text, half))
        self.path = tuple(section.text for section in self.open)
        span = self.view.original(piece.start, piece.end)
        self.done.sections.append(Section(number, len(self.open), text, *span))
        self.done.dropped.append(Dropped(*span, "heading"))
        self.item = len(self.done.sentences)
        self.cue = ""
        self.line = -1

    def _half(self, title: str) -> Half:
        """Read the half from a heading, else keep that of the section above."""
        above = self.open[-1].half if self.open else self.half
        if self.open and self.open[0].mark != "plain" and len(self.open) > 1:
            return above
        year = _YEAR.search(title)
        if year and self.year and int(year[1]) != self.year:
            return "plan" if int(year[1]) > self.year else "past"
        if _PAST.search(title):
            return "past"
        return "plan" if _PLAN.search(title) else above

    def body(self, piece: Piece) -> None:
        if piece.line != self.line:
            self.paragraph += 1
            self.line = piece.line
        done, view, open_ = self.done, self.view, self.open
        number = open_[-1].number if open_ else ""
        half = open_[-1].half if open_ else self.half
        for start, end in split_sentences(view.text, piece.start, piece.end):
            done.sentences.append(
                Sentence(
                    len(done.sentences),
                    *view.original(start, end),
                    squeeze(view.text[start:end]),
                    number,
                    self.path,
                    self.paragraph,
                    half,
                    self.cue,
                )
            )

    def drop(self, piece: Piece) -> None:
        span = self.view.original(piece.start, piece.end)
        self.done.dropped.append(Dropped(*span, piece.reason))
        if piece.reason == "cue":
            self._take_cue(squeeze(self.view.text[piece.start : piece.end]))

    def _take_cue(self, text: str) -> None:
        """Give a cue to the sentences of its item: those before it, else those after."""
        cue = cue_names(text)
        sentences = self.done.sentences
        if self.item == len(sentences):
            self.cue = cue
            return
        for index in range(self.item, len(sentences)):
            sentence = sentences[index]
            both = f"{sentence.cue}、{cue}" if sentence.cue else cue
            sentences[index] = replace(sentence, cue=both)
        self.item = len(sentences)


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
    for piece in pieces:
        if piece.kind == "heading":
            builder.heading(piece)
        elif piece.kind == "body":
            builder.body(piece)
        else:
            builder.drop(piece)
    return builder.done


def cue_names(text: str) -> str:
    """Return the departments a cue names: `(责任科室:医政科)` gives `医政科`."""
    inner = text.strip("()[]【】 ") if CUE.fullmatch(text) else text
    names = [part.split(":")[-1].strip() for part in re.split(r"[;]", inner)]
    return "、".join(name for name in names if name)
