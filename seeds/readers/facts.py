"""What a page says beside its text: title, issuer, date, index number.

Government sites print a table of metadata above a document (索引号、发布机构、成文日期 …),
as a table, a list or rows of `div`. It becomes facts and is no text.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from seeds.readers.blocks import Line, is_shown, read_blocks
from seeds.readers.dom import Node, ancestors, text_of, walk, words
from seeds.readers.weights import Weight

_LABELS = words(
    "索引号 信息索引号 信息索引 发布机构 发文机关 发文机构 发文单位 发布单位 制发机关 制发单位"
    " 公开主体 公开机构 责任部门 成文日期 发文日期 发布日期 发布时间 生成日期 生成时间 公开日期"
    " 公开时间 公开方式 公开范围 公开程序 公开时限 公开类别 公开形式 名称 标题 信息名称 文件名称"
    " 文号 发文字号 文件编号 主题分类 主题词 组配分类 体裁分类 服务对象 有效性 效力状态 是否有效"
    " 信息类别 信息分类 所属主题 关键词 内容概述 内容摘要 实施日期 废止日期 生效日期 失效日期"
    " 更新日期 分类 来源 信息来源 时效 时效性 效力 文件状态 体裁 语种 载体类型 公开目录 审核 编辑"
)
_LABEL = re.compile(
    r"[\[【]?\s*("
    + "|".join(r"\s*".join(name) for name in sorted(_LABELS, key=len, reverse=True))
    + r")\s*[\]】]?\s*(?:[:：]\s*(.*)|$)"
)
# The fact, and the labels that tell it, best first.
_TELLS = {
    "index_number": ("索引号", "信息索引号", "信息索引"),
    "issuer": (
        *("发布机构", "发文机关", "发文机构", "发文单位", "制发机关", "制发单位"),
        *("发布单位", "公开主体", "公开机构"),
    ),
    "date": (
        *("成文日期", "发文日期", "生成日期", "生成时间", "发布日期", "发布时间"),
        *("公开日期", "公开时间"),
    ),
    "title": ("信息名称", "文件名称", "名称", "标题"),
}
_LEAST_PAIRS = 3
_LONGEST_VALUE = 120
_LONGEST_TABLE = 1_500  # characters
_MOST_ELEMENTS = 400  # of a table of metadata
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})(?!\d)|(\d\d)(\d\d)(?!\d))"
)
_INFO_DATE = re.compile(
    r"(?:发布|发文|成文|公布|发表|录入|更新)?(?:日期|时间|于)\s*[:：]?\s*(?=(?:19|20)\d\d)"
    r"|(?=20\d\d-\d\d?-\d\d? \d\d:\d\d)"
)
_INFO_SOURCE = re.compile(
    r"(?:信息|文章|稿件|内容)?(?:来源|发布机构|发布单位|供稿单位)\s*[:：]\s*(\S{3,40})"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:委员会|卫健委|卫生健康委|卫计委|局|厅|人民政府|办公室|中心|医院|卫生院|监督所)"
)
_DATE_META = (
    *("pubdate", "publishdate", "firstpublishedtime", "article:published_time"),
)
_TITLE_PLACES = "h1, #thread_subject, #activity-name, .article-title, .arti_title, .article_title, .arc_title, .entry-title, .con_title, .bt, .biaoti, .title, #title, h2"
_SUFFIX = re.compile(
    r"\s*[_|｜]\s*|\s+[-–]+\s+|--+|(?<=[\u4e00-\u9fff)）])-(?=[\u4e00-\u9fff])"
)
# What a site calls itself and its parts.
_SITE = re.compile(
    r".*(?:网站?|政府|门户|平台|频道|首页|信息公开|通知公告|公众号|部门信息"
    r"|委员会|委|局|厅|办公室|中心|医院|卫生院|中医院|保健院|监督所)"
)


def metadata_tables(
    root: Node, weights: dict[int, Weight]
) -> tuple[dict[str, str], set[int]]:
    """Return what the tables of metadata say, by label, and their `mem_id`."""
    told: dict[str, str] = {}
    found: set[int] = set()
    around: set[int] = set()
    for node in reversed(root.css("table, dl, ul, div")):
        weight = weights.get(node.mem_id)
        if weight is None or node.mem_id in around or not _may_be_table(weight):
            continue
        pairs = _pairs(node)
        if sum(map(bool, pairs.values())) >= _LEAST_PAIRS:
            told |= pairs  # the upper one wins: it comes last
            found.add(node.mem_id)
            around.update(outer.mem_id for outer in ancestors(node))
    return told, found


def _may_be_table(weight: Weight) -> bool:
    return 0 < weight.chars <= _LONGEST_TABLE and weight.elements <= _MOST_ELEMENTS


def _pairs(node: Node) -> dict[str, str]:
    """Read an element as labels and values; {} where anything else stands in it."""
    pairs: dict[str, str] = {}
    label = ""
    for piece in _pieces(node):
        match = _LABEL.fullmatch(piece)
        if match:
            label = "".join(match[1].split())
            pairs[label] = (match[2] or "").strip()
        elif label:
            pairs[label] = f"{pairs[label]} {piece.lstrip(':： ')}".strip()
        else:
            return {}
    if any(len(value) > _LONGEST_VALUE for value in pairs.values()):
        return {}
    return pairs


def _pieces(node: Node) -> Iterator[str]:
    for piece, opens in walk(node, is_shown):
        if opens and piece.tag == "-text":
            text = " ".join((piece.text_content or "").split())
            if text:
                yield text


def find_facts(
    root: Node, told: dict[str, str], head: Iterable[Line]
) -> dict[str, str]:
    """Return the facts of a page: `title`, `issuer`, `date` (ISO), `index_number`.

    Args:
        root: the whole page.
        told: what the tables of metadata say.
        head: lines around the text: `发布时间：… 来源：…`.
    """
    metas = _metas(root)
    info = [line.text for line in head if len(line.text) <= 200]
    facts = {
        "title": _first(told, "title") or _title(root, metas),
        "issuer": _first(told, "issuer") or _issuer(root, metas, info),
        "date": _date(root, told, metas, info),
        "index_number": _first(told, "index_number"),
    }
    return {name: value for name, value in facts.items() if value}


def iso_date(text: str) -> str:
    """Return the first date in a text as ISO, "" where there is none."""
    for match in _DATE.finditer(text):
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _first(told: dict[str, str], fact: str) -> str:
    return next((told[label] for label in _TELLS[fact] if told.get(label)), "")


def _metas(root: Node) -> dict[str, str]:
    """Return the page's `<meta>` by lower-case name; the first of a name wins."""
    found: dict[str, str] = {}
    for node in root.css("meta[content]"):
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = " ".join((attributes.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _date(
    root: Node, told: dict[str, str], metas: dict[str, str], info: list[str]
) -> str:
    candidates = [told[label] for label in _TELLS["date"] if label in told]
    candidates += [metas[name] for name in _DATE_META if name in metas]
    candidates += [text_of(node) for node in root.css("#publish_time, time[datetime]")]
    for line in info:
        candidates += [line[match.end() :] for match in _INFO_DATE.finditer(line)]
    return next(filter(None, map(iso_date, candidates)), "")


def _issuer(root: Node, metas: dict[str, str], info: list[str]) -> str:
    candidates = [metas.get("contentsource", "")]
    candidates += [text_of(node) for node in root.css("#js_name")]
    candidates += [match[1] for line in info for match in _INFO_SOURCE.finditer(line)]
    for candidate in candidates:
        match = _ORGANISATION.match(candidate)
        if match:
            return match[0]
    return ""


def _title(root: Node, metas: dict[str, str]) -> str:
    """Return the title: what tags call it, checked against the browser's title bar."""
    node = root.css_first("head title")
    bar = text_of(node) if node else ""
    pieces = [piece for piece in _SUFFIX.split(bar) if len(piece) > 5]
    candidates = [metas.get("articletitle", ""), metas.get("og:title", "")]
    for place in root.css(_TITLE_PLACES)[:40]:
        candidates += [text_of(place), *(line.text for line in read_blocks(place)[:1])]
    likely = [text for text in candidates if 4 <= len(text) <= 100]
    best = [text for text in likely if text in bar]
    best += [text for text in likely if any(piece in text for piece in pieces)]
    return next(filter(_names_a_text, [*best, *pieces, *likely]), "")


def _names_a_text(text: str) -> bool:
    return _SITE.fullmatch(text) is None
