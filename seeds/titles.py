"""Titles, and several reports in one file."""

import re
from dataclasses import dataclass

from seeds.chrome import is_chrome
from seeds.clean import squeeze
from seeds.marks import mark_at, mark_number
from seeds.records import Half

_KIND = r"(?:工作)?(?:总结|要点|谋划|计划|思路|汇报|报告|打算|安排|规划|方案|述职报告|情况|意见)"
TITLE = re.compile(
    rf"[^。;!?,|]{{2,50}}{_KIND}(?:[及和与暨][^。;!?,]{{2,30}})?(?:\(.{{1,12}}\))?"
    r"(?: ?(?:篇|范文)[一二三四五六七八九十\d]{1,3})?"
)
_GLUED_TITLE = re.compile(
    r"(?:^|\n)[ >]*([^。;!?,:\s]{2,30}(?:工作总结|工作要点|工作计划|工作汇报|述职报告)"
    r"(?:\([一二三四五六七八九十\d]{1,2}\))?)(?=(?:今年|20\d\d年|一年来|近年来|为|根据|按照|在))"
)
_COUNT = r"([一二三四五六七八九十]{1,3}|\d{1,2})"
_PART = re.compile(
    rf"^[ >]*(?:[【\[(] ?(?:篇|范文|第){_COUNT}篇? ?[】\])][::]?|范文{_COUNT}[::、.]?"
    rf"|篇{_COUNT}[::]|[^。;!?,\n]{{4,40}} ?(?:篇|范文){_COUNT}$"
    rf"|[^。;!?,\n]{{2,40}}(?:总结|要点|计划|报告|汇报)\({_COUNT}\)$|第{_COUNT}篇[::、 ])"
    r" *([^\n。]{0,60})$",
    re.MULTILINE,
)
_MAY_BE_PART = re.compile(r"篇|范文|(?:总结|要点|计划|报告|汇报)\(")
_PART_START = re.compile(
    rf"^[【\[(]? ?(?:(?:篇|范文|第){_COUNT}篇?) ?[】\])]?[::、. ]?"
)
_ORGANISATION = re.compile(r"委|局|院|中心|所|站|乡|镇|街道|学校|公司|科")
_BARE_ISSUER = re.compile(
    r"[\u4e00-\u9fff*xX×]{4,24}(?:委员会|局|卫健委|卫生健康委|院|中心)"
)
_PLAN_TITLE = re.compile(r"要点|计划|谋划|思路|打算|安排|规划|方案")
_PAST_TITLE = re.compile(r"总结|述职|回顾|汇报|情况")
_HEAD = 3_000  # characters in which a title is looked for
_BODY_LINES = 2  # long lines that may stand before a title
_LONG = 80


@dataclass(frozen=True, slots=True)
class Title:
    """What the title of a report tells."""

    text: str = ""
    lines: frozenset[str] = frozenset()  # every line that prints it
    start: int = 0  # of a title run together with the text
    end: int = 0  # 0 otherwise

    @property
    def half(self) -> Half:
        """The half of the report before any heading says otherwise."""
        plan = _PLAN_TITLE.search(self.text) and not _PAST_TITLE.search(self.text)
        return "plan" if plan else "past"

    @property
    def plans(self) -> bool:
        """Tell whether the title promises plans."""
        return _PLAN_TITLE.search(self.text) is not None

    @property
    def looks_back(self) -> bool:
        """Tell whether the title promises results."""
        return _PAST_TITLE.search(self.text) is not None


def part_starts(text: str) -> list[int]:
    """Return where the reports of a file start: `【篇一】某某工作总结`, `范文一`.

    Chapters (`第一篇 工作回顾`) are parts of one report: only titles of organisations
    make them reports.
    """
    starts: list[int] = []
    last = end = 0
    for hit in _MAY_BE_PART.finditer(text):
        match = _PART.match(text, text.rfind("\n", 0, hit.start()) + 1)
        if match is None or hit.start() < end:
            continue
        end = match.end()
        *counts, rest = match.groups()
        if counts[-1] is not None and not _is_report_title(rest):
            continue
        number = mark_number(next(filter(None, counts)))
        if number == 1:  # a list of contents counted before
            starts = []
        if number == 1 or number > last:
            starts.append(match.start())
            last = number
    return [0, *starts[1:]] if len(starts) > 1 else [0]


def _is_report_title(text: str) -> bool:
    return TITLE.fullmatch(text) is not None and _ORGANISATION.search(text) is not None


def find_title(text: str, start: int, end: int) -> Title:
    """Find a report's title among the first lines of text[start:end]."""
    before = ""
    long = 0
    for line in text[start : min(start + _HEAD, end)].split("\n"):
        bare = line.strip(" >|")
        if not bare:
            continue
        title = _title_of(bare, before)
        if title is not None:
            return title
        long += len(bare) > _LONG
        if long > _BODY_LINES or (mark_at(bare, 0) and not _PART_START.match(bare)):
            break
        before = bare
    glued = _GLUED_TITLE.search(text, start, min(start + _HEAD, end))
    if glued:
        return Title(glued[1], frozenset({glued[1]}), glued.start(1), glued.end(1))
    return Title()


def _title_of(line: str, before: str) -> Title | None:
    """Return the title that a line prints; `before` may hold its first half."""
    bare = _PART_START.sub("", line).strip() or line
    if mark_at(bare, 0) is not None or is_chrome(line):
        return None
    if _PART.match(before) and len(line) < 50 and "。" not in line:
        return Title(squeeze(bare), frozenset({line, bare, before}))
    if TITLE.fullmatch(bare):
        if not _ORGANISATION.search(bare) and _BARE_ISSUER.fullmatch(before):
            return Title(squeeze(before + bare), frozenset({line, bare, before}))
        return Title(squeeze(bare), frozenset({line, bare}))
    if _PART.fullmatch(line) and bare != line:
        return Title(squeeze(bare), frozenset({line}))
    return None
