"""Where the text of a page is: known content systems first, then trafilatura.

trafilatura only says which text is the main one; the smallest element that holds it is
read like a known container, so lists, tables and headings come out the same way.
"""

from trafilatura import extract

from seeds.readers.dom import Node, ancestors
from seeds.readers.weights import Weight, weigh

# Content system -> where it puts the text of an article.
_SYSTEMS = {
    "微信公众号": "#js_content",
    "中国政府网 UCAP": "#UCAP-CONTENT, .pages_content",
    "拓尔思 TRS": ".TRS_Editor, .trs_editor_view, .TRS_PreAppend, .trs_paper_default, .Custom_UnionStyle",
    "大汉 jpage/jcms": "#jpage_content, .jpage-content, .bt-content, .bt_content, #Zoom, #zoom, .article_con",
    "博达 vsb": "#vsb_content, #vsb_content_2, #vsb_content_4, #vsb_content_100, #vsb_content_500, .v_news_content",
    "织梦 dedeCMS": ".arc_body, .article_body, .arc-body",
    "PHPCMS": ".phpcms-content, #endText",
    "帝国 EmpireCMS": "#text.infotext, .ecms-content, .newstext",
    "WordPress": ".entry-content, .post-content, .wp-block-post-content",
    "Discuz": ".t_f, #article_content",
    "网页制作常用": (
        ".article-content, .article_content, #article-content, #articleContent, .art_con,"
        " .arti_content, .wp_articlecontent, .news_content, .news-content, .newsContent,"
        " .detail-content, .detail_content, .xxgk_content, .content_txt, .view-content,"
        " .con_text, #content_text, #fontzoom, #fontSize, #news_content, #contentText,"
        " [itemprop=articleBody]"
    ),
}
# Names that also stand around whole pages: taken only where links are few.
_COMMON = ".content, #content, .text, .article, #article, article, .main-content, .con"
_LEAST = 40  # characters of text that make a container
_LARGEST = 2_000_000  # characters of a page that trafilatura is asked about
_MOST_HIDDEN = 20
_NEARLY = 0.97  # of the text of the largest match
_SHARE = 0.95  # of what trafilatura found


def find_container(body: Node, weights: dict[int, Weight], page: str) -> Node:
    """Return the element that holds the article; the body where nothing is better.

    Args:
        body: the element to look in.
        weights: those of the body.
        page: the whole page's markup, for trafilatura.
    """
    known = _heaviest(body, ", ".join(_SYSTEMS.values()), weights)
    if known is not None:
        return known
    common = _heaviest(body, _COMMON, weights)
    if common is not None:
        weight = weights[common.mem_id]
        enough = weight.plain >= 0.5 * weights[body.mem_id].plain
        if weight.linked < 0.3 * weight.chars and enough:
            return common
    return _general(body, page)


def _heaviest(body: Node, selectors: str, weights: dict[int, Weight]) -> Node | None:
    """Return the smallest match that holds nearly as much text as the largest.

    Hidden ones count where none is shown: scripts show them.
    """
    found = body.css(selectors)
    shown = [node for node in found if node.mem_id in weights]
    matches = [
        ((weights if shown else weigh(node))[node.mem_id].plain, number, node)
        for number, node in enumerate(shown or found[:_MOST_HIDDEN])
    ]
    most = max((plain for plain, _, _ in matches), default=0)
    if most < _LEAST:
        return None
    enough = [match for match in matches if match[0] >= _NEARLY * most]
    return min(enough, key=lambda match: (match[0], -match[1]))[2]


def _general(body: Node, page: str) -> Node:
    main = "".join(_main_text(page).split()) if len(page) <= _LARGEST else ""
    if len(main) < _LEAST:
        return body
    weights = weigh(body, main)
    most = weights[body.mem_id].hits
    node: Node | None = body
    inner = body
    while node is not None:
        inner = node
        node = _child_with(node, weights, _SHARE * most)
    return _whole_table(inner)


def _child_with(node: Node, weights: dict[int, Weight], least: float) -> Node | None:
    child = node.child
    while child is not None:
        weight = weights.get(child.mem_id)
        if weight is not None and weight.hits >= max(least, 1):
            return child
        child = child.next
    return None


def _whole_table(node: Node) -> Node:
    """Return the table around a row of it: rows are read in their table."""
    if node.tag in ("tbody", "tr", "p", "span", "font", "strong", "b"):
        return next(ancestors(node), node)
    return node


def _main_text(page: str) -> str:
    found = extract(
        page, favor_recall=True, include_tables=True, include_comments=False
    )
    return found or ""
