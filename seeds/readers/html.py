"""A web page's bytes to its text, its headings and what stands beside the text."""

import re
from collections.abc import Sequence

from seeds.decode import decode
from seeds.errors import UnreadableFile
from seeds.readers.blocks import Line, read_blocks
from seeds.readers.containers import find_container
from seeds.readers.dom import Node, parse
from seeds.readers.facts import find_facts, metadata_tables
from seeds.readers.weights import surroundings, weigh
from seeds.records import Extracted, Hint

LARGEST = 20_000_000  # bytes
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CODECS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "x-gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_MAY_BE_LOST = 0.001  # share of characters that do not decode
# Lines that sites put below a text.
_FOOT = re.compile(
    r"版权所有|ICP备|网站标识码|公网安备|技术支持[:：]|Copyright|^(?:主办|承办)(?:单位)?[:：]"
    r"|^【?(?:打印|关闭)|^[上下]一[篇条页]|^附件[:：]?$"
)
_PROMOTION = re.compile(
    r".{0,6}(?:点击|长按|扫码|扫描|识别|点亮).{0,12}(?:关注|二维码|蓝字|在看|公众号).{0,12}"
    r"|关注我们|阅读原文"
)
_LONGEST_FOOT = 120  # characters
_HEAD = 20  # lines among which the title is looked for
_SHORT = 60  # characters; a longer line is text
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80}base64,[A-Za-z0-9+/=\s%]*")


def extract_html(data: bytes, name: str) -> Extracted:
    """Return the text of a page, one block a line.

    Args:
        data: the bytes of the page.
        name: named in errors only.

    Raises:
        UnreadableFile: `too_large`, `broken`, `not_text`, or `empty` where the page
            shows no text.
    """
    if len(data) > LARGEST:
        raise UnreadableFile(name, "too_large", f"{len(data)} bytes")
    page = _DATA_URI.sub("", decode_page(data, name))
    root = parse(page, name)
    body = root.css_first("body") if root is not None else None
    if root is None or body is None:
        raise UnreadableFile(name, "empty", _why_empty(page))
    weights = weigh(body)
    told, tables = metadata_tables(body, weights)
    container = find_container(body, weights, page)
    site = surroundings(body, weights) - {container.mem_id}
    lines = read_blocks(container, tables | site)
    if not lines:
        lines = read_blocks(body)
    if not lines:
        raise UnreadableFile(name, "empty", _why_empty(page))
    head = _around(body, container, tables)
    facts = find_facts(root, told, [*head, *lines[:5]])
    return assemble(_trimmed(lines, facts.get("title", "")), facts)


def decode_page(data: bytes, name: str) -> str:
    """Return the markup of a page: what it declares counts where the bytes agree.

    Valid UTF-8 is UTF-8 whatever is declared: browsers save pages so.
    """
    declared = _CHARSET.search(data[:8192])
    codec = _CODECS.get(declared[1].decode("ascii").lower()) if declared else None
    if codec is None or b"\0" in data[:4096] or data.startswith(_MARKS):
        return decode(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
    if text.count("\ufffd") > 2 + _MAY_BE_LOST * len(text):
        return decode(data, name)
    return text


def _around(body: Node, container: Node, tables: set[int]) -> Sequence[Line]:
    """Return the lines outside the container."""
    if container.mem_id == body.mem_id:
        return ()
    return read_blocks(body, tables | {container.mem_id})


def _trimmed(lines: list[Line], title: str) -> list[Line]:
    """Take off what stands above the title and what a site puts below a text."""
    first, last = 0, len(lines)
    for number, line in enumerate(lines[:_HEAD]):
        if line.text == title:
            first = number
        elif len(line.text) > _SHORT:
            break
    while first + 1 < last and _PROMOTION.fullmatch(lines[first].text):
        first += 1
    while last - 1 > first and _is_below(lines[last - 1].text):
        last -= 1
    return lines[first:last]


def _is_below(line: str) -> bool:
    if line.endswith("。") or len(line) > _LONGEST_FOOT:
        return False
    return bool(_FOOT.search(line) or _PROMOTION.fullmatch(line))


def assemble(lines: list[Line], facts: dict[str, str]) -> Extracted:
    """Join the lines; heading tags become hints, that of the title does not."""
    hints: list[Hint] = []
    start = 0
    for line in lines:
        end = start + len(line.text)
        if line.level and line.text != facts.get("title"):
            hints.append(Hint(start, end, line.level))
        start = end + 1
    return Extracted("\n".join(line.text for line in lines), tuple(hints), facts)


def _why_empty(page: str) -> str:
    lower = page[:200_000].lower()
    if "<frameset" in lower:
        return "a frameset: the text is in other pages"
    if "<script" in lower:
        return "the page shows no text without its scripts"
    return "the page shows no text"
