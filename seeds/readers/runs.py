"""The text of a Word paragraph: what a reader of the page sees, in order."""

from dataclasses import dataclass, field
from typing import Any

from seeds.readers.styles import Styles
from seeds.readers.wordml import attribute, child, local, on

_SKIPPED = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "instrText", "delText",
    "delInstrText", "rt", "object", "commentReference", "footnoteReference",
    "endnoteReference", "annotationRef", "footnoteRef", "endnoteRef", "ptab",
})  # fmt: skip
_SIGNS = {
    "tab": "\t", "cr": "\n", "noBreakHyphen": "-", "br": "\n",
    "softHyphen": "", "lastRenderedPageBreak": "",
}  # fmt: skip
# Characters of Word's symbol fonts that mean something in a report.
_SYMBOLS = {
    ("wingdings", 0x6C): "●", ("wingdings", 0x6E): "■", ("wingdings", 0x75): "◆",
    ("wingdings", 0xA8): "□", ("wingdings", 0xFC): "√", ("wingdings", 0xFB): "×",
    ("wingdings", 0xFE): "☑", ("wingdings", 0xFD): "☒", ("wingdings", 0xD8): "➢",
    ("wingdings 2", 0x50): "√", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "□",
    ("symbol", 0xB3): "≥", ("symbol", 0xA3): "≤", ("symbol", 0xB4): "×",
    ("symbol", 0xB7): "·", ("symbol", 0xB1): "±", ("symbol", 0xB0): "°",
}  # fmt: skip
_VISIBLE = frozenset({"t", "sym", *_SIGNS})
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Runs:
    """Collects the text of paragraphs; a field may span several of them."""

    styles: Styles
    fields: list[bool] = field(default_factory=list)  # of each open one: in its code?

    def text(self, paragraph: Any, style_id: str) -> tuple[str, list[Any]]:
        """Return a paragraph's text and the text boxes that hang on it."""
        parts: list[str] = []
        boxes: list[Any] = []
        self._walk(paragraph, parts, boxes, self.styles.hides(style_id))
        return "".join(parts), boxes

    def _walk(
        self, element: Any, parts: list[str], boxes: list[Any], hidden: bool
    ) -> None:
        for item in element:
            name = local(item)
            if name in _VISIBLE:
                if not hidden and not any(self.fields):
                    parts.append(_sign(item, name))
            elif name == "txbxContent":
                boxes.append(item)
            elif name == "fldChar":
                self._field(attribute(item, "fldCharType"))
            elif name and name not in _SKIPPED:
                inner = self._hidden(item, hidden) if name == "r" else hidden
                self._walk(_one_form(item, name), parts, boxes, inner)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()

    def _hidden(self, run: Any, hidden: bool) -> bool:
        properties = child(run, "rPr")
        vanish = child(properties, "vanish")
        if vanish is not None:
            return on(vanish, "val", bare=True)
        style = attribute(child(properties, "rStyle"), "val")
        return hidden or self.styles.hides(style)


def _one_form(item: Any, name: str) -> Any:
    """Return one of the forms of the same thing, never both; other elements as such."""
    if name != "AlternateContent":
        return item
    forms = {local(form): form for form in reversed(item)}
    return forms.get("Choice", forms.get("Fallback", ()))


def _sign(item: Any, name: str) -> str:
    if name == "t":
        return str(item.text or "")
    if name == "sym":
        return _symbol(attribute(item, "font").lower(), attribute(item, "char"))
    return _SIGNS[name]


def _symbol(font: str, char: str) -> str:
    """Return what a symbol looks like; one that only its font knows is left out."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get((font, code & 0xFF))
    if known:
        return known
    private = code in _PRIVATE or not 0x20 <= code < 0x10000
    return "" if private or font.startswith(("wingdings", "webdings")) else chr(code)
