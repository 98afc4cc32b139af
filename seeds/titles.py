"""Titles, issuers, years and several reports in one file."""

import re
from dataclasses import dataclass

from seeds.records import Half

_KIND = r"(?:工作)?(?:总结|要点|谋划|计划|思路|汇报|报告|打算|安排|规划|方案|述职报告|情况|意见)"
TITLE = re.compile(
    rf"[^。;!?,]{{2,50}}{_KIND}(?:[及和与暨][^。;!?,]{{2,30}})?(?:\(.{{1,12}}\))?"
)
_GLUED_TITLE = re.compile(
    r"(?:^|\n)[ >]*([^。;!?,:\s]{2,30}(?:工作总结|工作要点|工作计划|工作汇报|述职报告)"
    r"(?:\([一二三四五六七八九十\d]{1,2}\))?)(?=(?:今年|20\d\d年|一年来|近年来|为|根据|按照|在))"
)
_PART = re.compile(
    r"(?:^|\n)[ >]*[【\[(]?(?:篇[一二三四五六七八九十\d]{1,3}|第[一二三四五六七八九十\d]{1,3}篇"
    r"|范文[一二三四五六七八九十\d]{1,3})[】\])::][^\n。]{2,60}(?=\n)"
)
_YEAR = re.compile(r"(20\d\d)\s*年?(?:度|工作|全市|全区|全县|卫生)?")
_ISSUER = re.compile(
    r"[\u4e00-\u9fff*]{0,20}?(?:卫生健康委员会|卫生健康委|卫健委|卫生健康局|卫健局"
    r"|卫生和计划生育委员会|卫生和计划生育局|卫生计生委|卫生计生局|卫计委|卫计局|卫生局|卫生厅"
    r"|疾病预防控制中心|疾控中心|疾控局|妇幼保健院|卫生监督所|人民医院|中医院|卫生院)"
)
_REGION = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|州|盟|区|县|旗))+")
_DATE = re.compile(r"(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})")
_PLAN_TITLE = re.compile(r"要点|计划|谋划|思路|打算|安排|规划|方案")
_PAST_TITLE = re.compile(r"总结|述职|回顾|汇报|情况")


@dataclass(frozen=True, slots=True)
class Title:
    """What the title of a report tells."""

    text: str = ""
    lines: frozenset[str] = frozenset()  # every line that prints it
    end: int = 0  # of a title run together with the text, 0 otherwise
    start: int = 0

    @property
    def half(self) -> Half:
        """The half of the report before any heading says otherwise."""
        plan = _PLAN_TITLE.search(self.text) and not _PAST_TITLE.search(self.text)
        return "plan" if plan else "past"


def part_starts(text: str) -> list[int]:
    """Return where the reports of a file start: `【篇一】某某工作总结`."""
    starts = [match.start() for match in _PART.finditer(text)]
    if len(starts) < 2:
        return [0]
    return [0, *(start + 1 for start in starts[1:])]


def find_title(text: str) -> Title:
    """Find a report's title among its first lines.

    Args:
        text: the normalised text of one report.
    """
    glued = _GLUED_TITLE.search(text, 0, 3_000)
    head = [line.strip(" >|") for line in text[:3_000].split("\n")]
    for line in head:
        match = _PART.fullmatch(f"\n{line}", 0) or None
        bare = re.sub(r"^[【\[(].{2,6}[】\])]", "", line).strip()
        if TITLE.fullmatch(bare) and not bare.startswith(("一、", "(一)", "本文标题")):
            return Title(bare, frozenset({line, bare}))
        if match is not None:
            return Title(bare, frozenset({line}))
    if glued:
        return Title(glued[1], frozenset({glued[1]}), glued.end(1), glued.start(1))
    return Title()


def years(title: str, text: str) -> tuple[int | None, int | None]:
    """Return the year looked back on and the year planned, from title, else text."""
    found = sorted({int(year) for year in re.findall(r"20\d\d(?=年)", title)})
    if not found:
        match = _YEAR.search(text[:400])
        return (int(match[1]) if match else None), None
    plan = _PLAN_TITLE.search(title) is not None
    past = _PAST_TITLE.search(title) is not None
    if len(found) > 1:
        return found[0], found[-1]
    if plan and not past:
        return None, found[0]
    return found[0], (found[0] + 1 if plan else None)


def find_issuer(title: str, text: str) -> str:
    """Return the body that issued the report: the first name that has a region.

    Looked for in the title, in the lines of the signature, in the head.
    """
    signed = [line.strip() for line in text[-200:].split("\n")]
    found = [_ISSUER.search(title), *map(_ISSUER.fullmatch, signed)]
    found.append(_ISSUER.search(text[:300]))
    names = [match[0].lstrip("*在对的") for match in found if match]
    return next(filter(find_region, names), names[0] if names else "")


def find_region(issuer: str) -> str:
    """Return the region an issuer's name begins with, "" where it has none."""
    match = _REGION.match(issuer)
    return match[0] if match else ""


def find_date(text: str) -> str:
    """Return the date of publication or signature as ISO text, "" if none."""
    for part in (text[:400], text[-200:]):
        match = _DATE.search(part)
        if match:
            return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return ""
