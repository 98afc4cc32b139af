"""Sentences of official style: `。！？` end one, `；` ends an item of a list.

Works on normalised text (half-width punctuation). Nothing is cut inside brackets or
quotes; closing quotes and brackets stay with their sentence.
"""

import re

LONGEST = 300  # characters; a longer sentence is cut at a comma
_END = re.compile(r"[。!?;]+|\.(?=\s|$)|\.{6,}|…{2,}")
_CLOSERS = '”’)》】」"'
_PAIRS = re.compile(
    r"\([^()。\n]{0,400}\)|\([^()\n]{0,120}\)|“[^“”\n]{0,240}”|《[^《》\n]{0,120}》"
    r"|\[[^\[\]\n]{0,120}\]"
)
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是|要|、)|第[一二三四五六七八九十]{1,3}[,、]"
    r"|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d)|[①-⑳⑴-⒇]|其[一二三四五],)"
)
_LIST_REACH = 1_500  # characters looked at on each side of a `;`
_LIST_COLON = re.compile(r"[:：]")
_GOES_ON = re.compile(r"\s*[,、;:的等和与或及]")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of text[start:end], in order.

    The spans touch the sentences' first and last visible characters; what lies
    between them is white space.
    """
    spans: list[tuple[int, int]] = []
    first = start
    for stop in _stops(text, start, end):
        _append(spans, text, first, stop)
        first = stop
    _append(spans, text, first, end)
    return spans


def _stops(text: str, start: int, end: int) -> list[int]:
    """Return the positions behind each sentence end."""
    stops: list[int] = []
    inside: list[tuple[int, int]] | None = None
    sentence = start
    for match in _END.finditer(text, start, end):
        at, after = match.span()
        if at < sentence:
            continue
        if inside is None:
            inside = [pair.span() for pair in _PAIRS.finditer(text, start, end)]
            inside.reverse()  # the next one is the last: cheap to drop
        pair = _around(inside, at)
        if pair is not None:
            if not _ends_in_quote(text, at, after, pair[1], end):
                continue
            after = pair[1]
        elif match[0][0] in ";.…" and not _ends_item(
            text, match[0][0], sentence, after, end
        ):
            continue
        while after < end and text[after] in _CLOSERS:
            after += 1
        stops.append(after)
        sentence = after
    return stops


def _around(pairs: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the bracket or quote that holds a position; drop those left behind."""
    while pairs and pairs[-1][1] <= at:
        pairs.pop()
    return pairs[-1] if pairs and pairs[-1][0] <= at else None


def _ends_in_quote(text: str, at: int, after: int, closed: int, end: int) -> bool:
    """Decide on a stop inside a quote: it ends the sentence only right before `”`."""
    if after != closed - 1 or text[closed - 1] not in "”":
        return False
    if text[at] != "。":  # “应检尽检!”要求 goes on
        return closed >= end or text[closed].isspace()
    return _GOES_ON.match(text, closed, end) is None


def _ends_item(text: str, char: str, start: int, after: int, end: int) -> bool:
    """Decide on `;`, `.` and `…`: the end of a list's item, or of the text."""
    if char == ".":
        before = text[after - 2 : after - 1]
        return "\u4e00" <= before <= "\u9fff"
    if char == "…":
        return after >= end or text[after].isspace()
    if _ITEM.match(text, after, end):
        return True
    return _in_colon_list(text, start, after, end)


def _in_colon_list(text: str, start: int, after: int, end: int) -> bool:
    """Tell whether the item belongs to a list `6项:甲…;乙…;丙…。`."""
    near, far = max(after - _LIST_REACH, 0), min(after + _LIST_REACH, end)
    stop = text.find("。", after, far)
    rest = text[after : stop if stop >= 0 else far]
    before = text[max(text.rfind("。", near, after), near) : after]
    colon = _LIST_COLON.search(before)
    if colon is None:
        return False
    items = before[colon.end() :].count(";") + rest.count(";") + 1
    return items >= 3 and len(text[start:after]) >= 8


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
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
