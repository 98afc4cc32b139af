"""Word documents made by hand: python-docx gives the container, tests the markup."""

import io
import zipfile

import docx
from docx.oxml import parse_xml

NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)


def word(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Return a .docx.

    Args:
        body: the markup of its paragraphs and tables.
        numbering: the markup of `w:abstractNum` and `w:num` elements.
        styles: the markup of styles to add; one of the same id is replaced.
    """
    made = docx.Document()
    for element in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        made.element.body.insert(len(made.element.body) - 1, element)
    if numbering:
        part = made.part.numbering_part
        part._element = parse_xml(f"<w:numbering {NAMES}>{numbering}</w:numbering>")
    known = {style.style_id: style.element for style in made.styles}
    for style in parse_xml(f"<w:styles {NAMES}>{styles}</w:styles>"):
        old = known.get(style.styleId)
        if old is not None:
            made.styles.element.remove(old)
        made.styles.element.append(style)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def paragraph(
    text: str, num: int | None = None, level: int = 0, style: str = ""
) -> str:
    """Return the markup of a paragraph, of a list where `num` is given."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{num}"/>'
        properties += f"<w:numPr>{inner}</w:numPr>"
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def level(depth: int, style: str, pattern: str, more: str = "", start: int = 1) -> str:
    """Return the markup of one level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'{more}<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(number: int, *inner: str) -> str:
    """Return the markup of an abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(inner)}</w:abstractNum>'


def num(number: int, abstract_number: int, inner: str = "") -> str:
    """Return the markup of a list that follows an abstract one."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>'
        f"{inner}</w:num>"
    )


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a .docx one of whose parts is replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            kept = content if info.filename == name else old.read(info)
            new.writestr(info.filename, kept)
    return target.getvalue()
