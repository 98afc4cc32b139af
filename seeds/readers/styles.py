"""Word's paragraph and character styles, as far as text is concerned."""

import re
from collections.abc import Iterator
from typing import Any

from seeds.readers.wordml import attribute, child, children, on

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?(?:\d|heading|标题)", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_BODY_LEVEL = 9  # of w:outlineLvl: no heading


class Styles:
    """The styles of a document, `basedOn` followed."""

    def __init__(self, root: Any = None) -> None:
        self.by_id: dict[str, Any] = {}
        self.usual = ""  # id of the style of paragraphs that name none
        for style in children(root, "style"):
            name = attribute(style, "styleId")
            self.by_id[name] = style
            if attribute(style, "type") == "paragraph" and on(style, "default"):
                self.usual = name

    def chain(self, style_id: str) -> Iterator[Any]:
        """Yield a style and those it is based on, nearest first."""
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            style_id = attribute(child(style, "basedOn"), "val")

    def level(self, style_id: str) -> int:
        """Return the heading level of a paragraph style, 0 for body text."""
        for style in self.chain(style_id):
            outline = child(child(style, "pPr"), "outlineLvl")
            if outline is not None:
                return outline_level(outline)
            named = _HEADING.match(self.name(style))
            if named:
                return int(named[1])
        return 0

    def is_contents(self, style_id: str) -> bool:
        """Tell whether a style is that of a line in the table of contents."""
        style = self.by_id.get(style_id)
        return style is not None and bool(_CONTENTS.match(self.name(style)))

    def is_title(self, style_id: str) -> bool:
        """Tell whether a style is that of the document's title."""
        style = self.by_id.get(style_id)
        return style is not None and bool(_TITLE.fullmatch(self.name(style)))

    def hides(self, style_id: str) -> bool:
        """Tell whether text of this style is hidden."""
        for style in self.chain(style_id):
            vanish = child(child(style, "rPr"), "vanish")
            if vanish is not None:
                return on(vanish, "val", bare=True)
        return False

    def name(self, style: Any) -> str:
        """Return what a style calls itself."""
        return attribute(child(style, "name"), "val")


def outline_level(outline: Any) -> int:
    """Return the heading level that a `w:outlineLvl` means, 0 for body text."""
    value = attribute(outline, "val")
    return int(value) + 1 if value.isdecimal() and int(value) < _BODY_LEVEL else 0
