"""Who issued a report, where, when, and for which year."""

import re

from seeds.lines import Line
from seeds.titles import Title

_ISSUER = re.compile(
    r"[\u4e00-\u9fff*xX×]{0,20}?(?:卫生健康委员会|卫生健康委|卫健委|卫生健康局|卫健局"
    r"|卫生和计划生育委员会|卫生和计划生育局|卫生计生委|卫生计生局|卫计委|卫计局|卫生局|卫生厅"
    r"|疾病预防控制中心|疾病预防控制局|疾控中心|疾控局|妇幼保健院|卫生监督所|人民医院|中医院|中医医院|卫生院)"
)
_REGION = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|自治县|新区|开发区|市|州|盟|区|县|旗))+"
)
_DATE = re.compile(r"(20\d\d)[-年./] ?(\d{1,2})[-月./] ?(\d{1,2})")
_HAN_DATE = re.compile(
    r"(二[〇○零][一二三四五六七八九〇○零]{2})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"(20\d\d) ?年(?! ?\d{1,2} ?月)")
_HAN_YEAR = re.compile(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HEAD = 600  # characters in which a year is looked for
_NAMES_ISSUER = re.compile(r"来源|机构|单位|部门")


def years(title: Title, text: str, date: str) -> tuple[int | None, int | None]:
    """Return the year looked back on and the year planned.

    Args:
        title: of the report; what it says goes first.
        text: the first lines of the report.
        date: of signature or publication, ISO; a year only where nothing else is.
    """
    named = sorted({int(year) for year in re.findall(r"20\d\d", _plain(title.text))})
    if len(named) > 1:
        return named[0], named[-1]
    if not named:
        match = _YEAR.search(_plain(text[:_HEAD]))
        named = [int(match[1])] if match else _year_of(date, title)
    if not named:
        return None, None
    if title.plans and not title.looks_back:
        return None, named[0]
    return named[0], (named[0] + 1 if title.plans else None)


def _plain(text: str) -> str:
    return _HAN_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)


def _year_of(date: str, title: Title) -> list[int]:
    """Guess the year from the date: a summary of January is about the year before."""
    if not date:
        return []
    early = int(date[5:7]) <= 3 and title.looks_back
    return [int(date[:4]) - early]


def find_issuer(title: str, lines: list[Line]) -> str:
    """Return the body that issued the report: the first name that has a region.

    Looked for in the title, in the signature, in what the site prints above, in the
    first lines.
    """
    signed = [line.text for line in lines if line.kind == "signature"]
    site = [line.text for line in lines[:20] if line.kind == "chrome"]
    site = [line for line in site if _NAMES_ISSUER.search(line)]
    head = [line.text for line in lines[:20] if line.kind == "text"]
    places = [title, *signed, *site, *(line[:120] for line in head[:2])]
    first = ""
    for place in places:
        match = _ISSUER.search(place)
        name = match[0].lstrip("*在对的由") if match else ""
        if find_region(name):
            return name
        first = first or name
    return first


def find_region(name: str) -> str:
    """Return the region that a name begins with, "" where it has none."""
    match = _REGION.match(name)
    return match[0] if match else ""


def find_date(lines: list[Line]) -> str:
    """Return the date of signature, else of publication, as ISO text, "" if none."""
    signed = [line.text for line in lines if line.kind == "signature"]
    site = [line.text for line in lines if line.kind == "chrome"]
    for line in (*signed, *site):
        date = _date(line)
        if date:
            return date
    return ""


def _date(line: str) -> str:
    match = _DATE.search(line)
    if match:
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    match = _HAN_DATE.search(line)
    if match:
        year = match[1].translate(_DIGITS)
        return f"{year}-{_number(match[2]):02}-{_number(match[3]):02}"
    return ""


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    units = int(ones.translate(_DIGITS)) if ones else 0
    return units + (10 * int((tens or "一").translate(_DIGITS)) if ten else 0)
