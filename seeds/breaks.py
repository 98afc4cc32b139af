"""What the page put between the characters of a sentence.

Page marks, line ends of a hard-wrapped text, blanks between single letters.
Positions count in a folded, simplified text.
"""

import itertools
import re
from collections.abc import Iterator

Span = tuple[int, int]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PAGE = re.compile(
    r"第 {0,2}(\d{1,3}) {0,2}页(?: {0,2}[/,共] {0,2}共? {0,2}\d{1,3} {0,2}页)?"
)
_PAGE_LINE = re.compile(
    r"\n *(?:第 {0,2}\d{1,3} {0,2}页[^\n]{0,12}|[-—–] {0,2}\d{1,3} {0,2}[-—–]"
    r"|\d{1,3} ?/ ?\d{1,3}) *(?=\n)"
)
_SINGLE = re.compile(rf" +(?=、|[{_CJK}](?![{_CJK}]))")
_YEAR = re.compile(r"2( )0( +)\d( +)\d(?= *年)")
_IN_MARK = re.compile(r"\(( +)(?=[一二三四五六七八九十\d])")
_WRAP_END = re.compile(rf"[{_CJK}\d,、“《(]$")
_SENTENCE = re.compile(r"[,。;、]")
_LINE_END = re.compile(r"\n *(?=\S)")
_STARTS_ANEW = re.compile(
    r"[ \n]*(?:第[一二三四五六七八九十]+[部篇章节]|[一二三四五六七八九十]{1,3}、"
    r"|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[、.](?!\d)|[①-⑳㈠-㈩⑴-⒛]|[【>])"
)


_WIDEST = 120  # characters of a wrapped line


def find_breaks(text: str, fixed: frozenset[int]) -> list[Span]:
    """Return the spans that are no part of the text, in no order.

    Args:
        text: folded and simplified.
        fixed: positions that no joined line end may touch.
    """
    found = [*_page_marks(text), *_page_lines(text), *_letter_spaces(text)]
    for start, end in (*_wrapped_lines(text), *_comma_ends(text)):
        if not any(start <= place <= end for place in fixed):
            found.append((start, end))
    return found


def _page_marks(text: str) -> list[Span]:
    """Find `第 2 页` that counts up through the text: a mark, not a sentence's word."""
    if "页" not in text:
        return []
    found: list[Span] = []
    expected = 1
    for match in _PAGE.finditer(text):
        number = int(match[1])
        if expected <= number <= expected + 1 and not _alone(text, *match.span()):
            found.append(match.span())
            expected = number + 1
    return found if len(found) > 1 else []


def _alone(text: str, start: int, end: int) -> bool:
    """Tell whether a page mark has its line for itself."""
    before = text.rfind("\n", 0, start)
    after = text.find("\n", end)
    line = text[before + 1 : after if after >= 0 else len(text)]
    return len(line.strip()) <= end - start + 2


def _page_lines(text: str) -> Iterator[Span]:
    """Find the page marks on lines of their own that cut a sentence in two."""
    for match in _PAGE_LINE.finditer(text):
        start, end = match.span()
        while start and text[start - 1] in " \n":
            start -= 1
        while end < len(text) and text[end] in " \n":
            end += 1
        line = text[text.rfind("\n", 0, start) + 1 : start]
        in_sentence = len(line) > 14 and _SENTENCE.search(line)
        if in_sentence and _WRAP_END.search(line) and not _begins(text[end : end + 9]):
            yield start, end


def _letter_spaces(text: str) -> Iterator[Span]:
    """Find the blanks of `余 姚 市` and `一 、`, which hide titles and marks."""
    if " " not in text:
        return
    for match in _SINGLE.finditer(text):
        start, end = match.span()
        letter = start and _is_cjk(text[start - 1])
        if text[end] == "、" or (letter and not _is_cjk(text[start - 2 : start - 1])):
            yield start, end
    if "( " in text:
        yield from (match.span(1) for match in _IN_MARK.finditer(text))
    if "2 0" in text:
        for match in _YEAR.finditer(text):
            yield from (match.span(group) for group in (1, 2, 3))


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _wrapped_lines(text: str) -> list[Span]:
    """Find the line breaks of a hard-wrapped text: most lines stop in mid-sentence."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest > _WIDEST + 60 or len(lines) < 4:  # paragraphs, not wrapped lines
        return []
    full = [line.strip() for line in lines if _SENTENCE.search(line)]
    full = [line for line in full if len(line) > 15]
    if len(full) < 4:
        return []
    longest = max(map(len, full))
    cut = sum(_WRAP_END.search(line) is not None for line in full)
    if cut < 0.6 * len(full) or longest > _WIDEST:
        return []
    breaks: list[Span] = []
    position = 0
    for line, following in itertools.pairwise(lines):
        end = position + len(line)
        bare = line.rstrip()
        near_full = len(bare) >= 0.75 * longest
        if near_full and _WRAP_END.search(bare) and not _begins(following):
            indent = len(following) - len(following.lstrip())
            breaks.append((position + len(bare), end + 1 + indent))
        position = end + 1
    return breaks


def _comma_ends(text: str) -> Iterator[Span]:
    """Find the line ends behind a comma: no sentence ends there."""
    for match in _LINE_END.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] in (",", "、") and not _begins(text[end : end + 9]):
            yield start, end


def _begins(line: str) -> bool:
    return not line.strip() or _STARTS_ANEW.match(line) is not None
