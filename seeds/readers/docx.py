"""Word documents: paragraphs with their numbers, tables a row a line, text boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from seeds.readers.numbering import Numbering
from seeds.readers.runs import Runs
from seeds.readers.styles import Styles, outline_level
from seeds.readers.wordml import Package, attribute, child, local
from seeds.records import Extracted, Hint

_WRAPPERS = frozenset({
    "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent",
    "Choice",
})  # fmt: skip
_LONGEST_HEADING = 60
_LONGEST_TITLE = 80
_INNER_STOP = re.compile(r"[。;；!！?？](?=.)")
_LAYOUT_PARAGRAPHS = 3  # a cell with so many holds text, not a value


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    level: int = 0  # of a heading, 0 for body text
    title: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads blocks in the order of the document: lists count through it."""

    styles: Styles
    numbering: Numbering
    runs: Runs
    carried: str = ""  # text before a deleted paragraph mark

    def blocks(self, container: Any) -> Iterator[_Paragraph]:
        """Yield the paragraphs below an element, tables as lines."""
        for item in container:
            name = local(item)
            if name == "p":
                yield from self._paragraph(item)
            elif name == "tbl":
                yield from self._table(item)
            elif name in _WRAPPERS:
                yield from self.blocks(item)

    def _paragraph(self, element: Any) -> Iterator[_Paragraph]:
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self.styles.usual
        said, boxes = self.runs.text(element, style)
        said = self.carried + said
        self.carried = said if _mark_deleted(properties) else ""
        if not self.carried:
            yield from self._whole(said, properties, style)
        for box in boxes:
            yield from self.blocks(box)

    def _whole(self, said: str, properties: Any, style: str) -> Iterator[_Paragraph]:
        prefix = self.numbering.prefix(properties, style)
        said = said.strip(" \t\n\u3000")
        if not said or self.styles.is_contents(style):
            return
        if prefix.endswith((".", "．")) and said[0].isdigit():
            prefix += " "
        outline = child(properties, "outlineLvl")
        level = self.styles.level(style) if outline is None else outline_level(outline)
        title = self.styles.is_title(style)
        if len(said) > _LONGEST_HEADING or _INNER_STOP.search(said):
            level = 0  # a style used for its looks
        if level or title:
            said = said.replace("\n", " ")
        yield _Paragraph(prefix + said, level, title)

    def _table(self, table: Any) -> Iterator[_Paragraph]:
        for row in _rows(table):
            yield from self._row(row)

    def _row(self, row: Any) -> Iterator[_Paragraph]:
        """Yield a row as one line; a cell that holds running text as paragraphs."""
        cells = [list(self.blocks(cell)) for cell in _cells(row)]
        cells = [cell for cell in cells if cell]
        if len(cells) < 2 or any(len(cell) >= _LAYOUT_PARAGRAPHS for cell in cells):
            for cell in cells:
                yield from cell
            return
        yield _Paragraph("\t".join(map(_line, cells)))


def extract_docx(data: bytes, name: str) -> Extracted:
    """Return the text of a Word document.

    Args:
        data: the file.
        name: named in errors only.

    Raises:
        UnreadableFile: `broken`, `too_large`, `encrypted`, `unsupported`.
    """
    with Package(data, name) as package:
        root, parts = package.main()
        styles = Styles(package.root(parts.get("styles", "word/styles.xml")))
        numbering = package.root(parts.get("numbering", "word/numbering.xml"))
        reader = _Reader(styles, Numbering(numbering, styles), Runs(styles))
        body = child(root, "body")
        paragraphs = list(reader.blocks(root if body is None else body))
    return _joined(paragraphs)


def _joined(paragraphs: list[_Paragraph]) -> Extracted:
    hints: list[Hint] = []
    position = 0
    for paragraph in paragraphs:
        end = position + len(paragraph.text)
        if paragraph.level:
            hints.append(Hint(position, end, paragraph.level))
        position = end + 1
    titles = [paragraph.text for paragraph in paragraphs if paragraph.title]
    facts = {"title": titles[0]} if titles and len(titles[0]) <= _LONGEST_TITLE else {}
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    return Extracted(text, tuple(hints), facts)


def _mark_deleted(properties: Any) -> bool:
    """Tell whether a tracked change joins this paragraph to the next."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table that were not deleted."""
    for item in table:
        name = local(item)
        if name == "tr" and child(child(item, "trPr"), "del") is None:
            yield item
        elif name in _WRAPPERS:
            yield from _rows(item)


def _cells(row: Any) -> Iterator[Any]:
    for item in row:
        name = local(item)
        if name == "tc":
            yield item
        elif name in _WRAPPERS:
            yield from _cells(item)


def _line(cell: list[_Paragraph]) -> str:
    """Return the paragraphs of a cell on one line."""
    return " ".join(paragraph.text.replace("\n", " ") for paragraph in cell)
