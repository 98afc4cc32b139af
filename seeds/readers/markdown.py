"""Markdown to text: rendered by a library, then read like a page of one's own.

Markdown cannot be told by its bytes: the name decides.
"""

from markdown_it import MarkdownIt

from seeds.decode import decode
from seeds.errors import UnreadableFile
from seeds.readers.blocks import read_blocks
from seeds.readers.dom import parse
from seeds.readers.html import assemble
from seeds.records import Extracted

# Each line stays a line; an indent is an indent, not code; tags are text.
_READER = (
    MarkdownIt("commonmark", {"breaks": True, "html": False})
    .enable("table")
    .disable(["code", "html_block", "html_inline"])
)


def extract_markdown(data: bytes, name: str) -> Extracted:
    """Return the text without its marks; headings become hints.

    Args:
        data: the bytes of the file.
        name: named in errors only.

    Raises:
        UnreadableFile: `not_text`, `broken`, or `empty`.
    """
    root = parse(f"<body>{_READER.render(decode(data, name))}</body>", name)
    body = root.css_first("body") if root is not None else None
    lines = read_blocks(body) if body is not None else []
    if not lines:
        raise UnreadableFile(name, "empty")
    return assemble(lines, {})
