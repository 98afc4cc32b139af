"""The records of a report: sections, sentences, dropped spans, the report itself.

All spans count Unicode code points in the decoded (or extracted) text of the file:
`report.text[s.start:s.end]` is the sentence as the reader sees it.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Half = Literal["past", "plan"]
DropReason = Literal[
    "blank",  # white space between pieces
    "heading",  # the text of a Section
    "title",  # the title of the report, each time it is printed
    "cue",  # a duty cue, kept in Sentence.cue
    "chrome",  # navigation, paywalls, sharing lines, tables of metadata
    "double",  # a lead-in that repeats the start of the text
    "signature",  # issuer and date at the end
    "page mark",  # "第 2 页" and what else a page adds
]


class Hint(NamedTuple):
    """A span of extracted text that the file's markup calls a heading."""

    start: int
    end: int
    level: int  # 1 is the top: `h1`, `Heading 1`


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader of a format gives: the text of a file and what its markup knew.

    Offsets of everything that follows count in `text`. `facts` holds what stood beside
    the text (in a table of metadata, in tags): `title`, `issuer`, `region`, `year`,
    `date` (ISO), `index_number`; only those that were found.
    """

    text: str
    hints: tuple[Hint, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


class Section(NamedTuple):
    """A heading and its place in the tree."""

    number: str  # position in the tree: "2.1" is the first child of the second
    level: int  # 1 is the top
    text: str  # normalised, with its own number: "(一)深化医改"
    start: int
    end: int


class Dropped(NamedTuple):
    """A span that is no sentence, and why."""

    start: int
    end: int
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of annotation."""

    index: int  # position in the report, from 0
    start: int
    end: int
    text: str  # normalised: folded widths, simplified, no page marks
    section: str  # number of the deepest section, "" before the first
    headings: tuple[str, ...]  # normalised, outermost first
    paragraph: int  # index of the paragraph in the report
    half: Half
    cue: str  # the department that is named responsible, "" if none


@dataclass(frozen=True, slots=True)
class Report:
    """One work report. A file may hold several; they share `text`."""

    source: str  # path relative to the folder given, "#n" for the n-th of several
    sha256: str  # of the file's bytes
    text: str  # decoded text of the whole file
    start: int  # the report's part of it
    end: int
    title: str = ""
    issuer: str = ""
    region: str = ""
    year: int | None = None  # the year looked back on
    planned_year: int | None = None
    date: str = ""  # of signature or publication, ISO
    index_number: str = ""  # 索引号 of a government site
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def slice(self, piece: Section | Dropped | Sentence) -> str:
        """Return the original text of a piece."""
        return self.text[piece.start : piece.end]

    def paragraph_of(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentences of the paragraph that holds this one, in order."""
        first = last = sentence.index
        while first and self._paragraph(first - 1) == sentence.paragraph:
            first -= 1
        end = len(self.sentences) - 1
        while last < end and self._paragraph(last + 1) == sentence.paragraph:
            last += 1
        return list(self.sentences[first : last + 1])

    def _paragraph(self, index: int) -> int:
        return self.sentences[index].paragraph
