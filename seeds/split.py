"""Sentences of official style: `。！？` end one, `；` ends an item of a list.

Works on normalised text (half-width punctuation). Nothing is cut inside brackets,
quotes or addresses; closing quotes and brackets stay with their sentence.
"""

import re

Span = tuple[int, int]

LONGEST = 300  # characters; a longer sentence is cut at a comma
# What may end a sentence, and what holds stops that end none. One pass: what a pair
# covers is never looked into.
_TOKEN = re.compile(
    r"[。!?;(《\[“.…hw](?:"  # one class first: the engine skips to it quickly
    r"""(?<=[。!?])(?P<stop>[。!?;]*[”’)》】」"]*)"""
    r"""|(?<=;)(?P<item>[。!?;]*[”’)》】」"]*)"""
    r"|(?P<pair>(?<=\()(?:[^()。\n]{0,400}|[^()\n]{0,120})\)|(?<=《)[^《》\n]{0,120}》"
    r"|(?<=\[)[^\[\]\n]{0,120}\]|(?<=h)ttps?://[!-~]+|(?<=w)ww\.[!-~]+)"
    r"|(?<=“)(?P<quote>[^“”\n]{0,240}”)"
    r"|(?<=\.)(?P<point>(?=\s|$))"
    r"|(?P<dots>(?<=\.)\.{5,}|(?<=…)…+))"
)
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是|要|、)|第[一二三四五六七八九十]{1,3}[,、]"
    r"|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d)|[①-⒛㈠-㈩]|其[一二三四五],)"
)
_LIST_REACH = 1_500  # characters looked at on each side of a `;`
_GOES_ON = re.compile(r"\s*[,、;:的等和与或及)]")
_SPACES = re.compile(r"\s*")


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of the sentences of text[start:end], in order.

    The spans touch the sentences' first and last visible characters; what lies
    between them is white space.
    """
    spans: list[Span] = []
    first = start
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        stop = match.end()
        if kind == "stop" or (
            kind != "pair" and _ends(kind, text, match.start(), stop, first, end)
        ):
            _append(spans, text, first, stop)
            first = stop
    _append(spans, text, first, end)
    return spans


def _ends(
    kind: str | None, text: str, at: int, after: int, first: int, end: int
) -> bool:
    """Decide on what may end a sentence.

    Args:
        kind: name of the group in `_TOKEN`.
        text: normalised text.
        at: where the token stands.
        after: behind it.
        first: start of the sentence.
        end: end of the stretch of text.
    """
    if kind == "quote":
        return _ends_in_quote(text, after, end)
    if kind == "point":
        return "\u4e00" <= text[at - 1 : at] <= "\u9fff"
    if kind == "dots":
        return after >= end or text[after].isspace()
    return _ITEM.match(text, after, end) is not None or _in_list(
        text, first, after, end
    )


def _ends_in_quote(text: str, closed: int, end: int) -> bool:
    """Decide on `…。”`: a stop inside a quote ends the sentence only right before it."""
    if text[closed - 2] == "。":
        return _GOES_ON.match(text, closed, end) is None
    if text[closed - 2] in "!?":  # “应检尽检!”要求 goes on
        return closed >= end or text[closed].isspace()
    return False


def _in_list(text: str, start: int, after: int, end: int) -> bool:
    """Tell whether the item belongs to a list `6项:甲…;乙…;丙…。`."""
    if after - start < 8:
        return False
    near, far = max(after - _LIST_REACH, 0), min(after + _LIST_REACH, end)
    begin = max(text.rfind("。", near, after), near)
    colon = text.find(":", begin, after)
    if colon < 0:
        return False
    stop = text.find("。", after, far)
    items = text.count(";", colon, after) + 1
    return items + text.count(";", after, stop if stop >= 0 else far) >= 3


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add a sentence without its outer white space, cut where it is too long."""
    if start >= end:
        return
    if text[start].isspace():
        start = _SPACES.match(text, start, end).end()  # type: ignore[union-attr]
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = _cut(text, start)
        spans.append((start, cut))
        start = cut
    if start < end:
        spans.append((start, end))


def _cut(text: str, start: int) -> int:
    """Return where an overlong sentence is cut: behind `;`, else `,`, else anywhere."""
    limit = start + LONGEST
    for char in ";,、 ":
        at = text.rfind(char, start + LONGEST // 3, limit)
        if at >= 0:
            return at + 1
    return limit
