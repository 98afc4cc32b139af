"""Web pages: whole pages of content systems as data, rules one by one, hostile pages."""

import json
from pathlib import Path

import pytest

from seeds.errors import UnreadableFile
from seeds.readers.html import LARGEST, extract_html

CASES = Path(__file__).parents[2] / "data" / "reading"
PAGES = sorted(CASES.glob("html-*/input.html"))
SENTENCE = "推进医药卫生体制改革，做好公共卫生工作，提高基层服务能力。"


def lines(markup: str) -> list[str]:
    """Read a page whose body is this markup in a known container."""
    page = f"<body><div id=zoom><p>{SENTENCE}{SENTENCE}</p>{markup}</div></body>"
    return extract_html(page.encode(), "x.html").text.split("\n")[1:]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_pages_of_content_systems(path):
    expected = json.loads(path.with_name("extracted.json").read_text("utf-8"))
    found = extract_html(path.read_bytes(), path.name)
    assert found.text.split("\n") == expected["lines"]
    hints = [[hint.level, found.text[hint.start : hint.end]] for hint in found.hints]
    assert hints == expected["hints"]
    assert found.facts == expected["facts"]


def test_there_are_enough_content_systems():
    assert len(PAGES) >= 13


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("big5", "big5hkscs"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),  # saved by a browser
        ("utf-8", "gb18030"),  # copied from another page
        ("iso-8859-1", "gb18030"),
        ("", "gb18030"),
        ("", "utf-8-sig"),
        ("gb2312", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_encodings(declared, codec):
    said = (
        "推進社區衛生服務，為居民建立檔案。" if "big5" in codec else "朱镕镇推进医改。"
    )
    meta = f'<meta http-equiv=Content-Type content="text/html; charset={declared}">'
    page = (
        f"<html><head>{meta if declared else ''}</head><body><p>{said * 4}</p></body>"
    )
    assert extract_html(page.encode(codec), "x.html").text == said * 4


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>推进\n  医改，<b>抓</b>落实</p>", ["推进医改，抓落实"]),
        ("<p>&nbsp;&nbsp;　　甲 &nbsp; 乙　</p><p>&nbsp;</p>", ["甲 乙"]),
        ("<p>甲<script>乙</script><style>丙</style><!-- 丁 --></p>", ["甲"]),
        ("<p>甲<template>乙</template><noscript>丙</noscript></p>", ["甲"]),
        ("<p>甲<span style='DISPLAY : none'>乙</span>丙</p>", ["甲丙"]),
        ("<p>甲<span hidden>乙</span></p><p style='visibility:hidden'>丙</p>", ["甲"]),
        ("<p>甲<span style='font-size:0'>乙</span></p>", ["甲"]),
        ("<p>甲<span style='font-size:0.9em'>乙</span></p>", ["甲乙"]),
        ("<p>甲<img alt=乙><a href=x>丙</a><button>丁</button></p>", ["甲丙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>甲&lt;b&gt;乙</p>", ["甲<b>乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"]),
        ("<ol type=a><li>甲<li>乙</ol>", ["a. 甲", "b. 乙"]),
        ("<ol type=I start=4><li>甲</ol>", ["IV. 甲"]),
        ("<ol style='list-style-type:cjk-ideographic' start=12><li>甲</ol>", ["十二、甲"]),
        ("<ol style='list-style: none'><li>甲</ol>", ["甲"]),
        ("<ol><li>（一）甲<li>2、乙</ol>", ["（一）甲", "2、乙"]),
        ("<ol><li><p>甲</p><p>乙</p><ol><li>丙</ol></ol>", ["1. 甲", "乙", "1. 丙"]),
        ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", ["1. 甲", "乙", "2. 丙"]),
        ("<table><tr><td>甲<td><p>1</p><p>2</p></table>", ["甲 | 1 2"]),
        ("<table><tr><td><td>甲</table>", ["甲"]),
        ("<table><tr><td>甲<td><h4>乙</h4>丙</table>", ["甲", "乙", "丙"]),
        ("<dl><dt>甲<dd>乙</dl>", ["甲", "乙"]),
        ("<h3>甲<br>乙</h3>丙", ["甲 乙", "丙"]),
        ("<div class=bdsharebuttonbox>分享到：<a>微信</a></div>甲", ["甲"]),
        ("<ul><li><a>甲</a><li><a>乙</a><li><a>丙</a></ul>丁", ["丁"]),
        ("<div class=margin-bottom>甲</div><p class=share>乙</p>", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_blocks_become_lines(markup, expected):
    assert lines(markup) == expected


def test_a_share_bar_with_sentences_is_text():
    assert lines(f"<div class=share><p>{SENTENCE * 5}</p></div>") == [SENTENCE * 5]


def test_heading_tags_are_hints_and_the_title_is_none():
    page = f"""<head><title>甲县2024年工作总结_甲县卫健局</title></head><body>
      <div id=zoom><h1>甲县2024年工作总结</h1><h2>一、医改</h2><p>{SENTENCE}</p>
      <table><tr><td><h3>(一)基层</h3>{SENTENCE}</table></div></body>"""
    found = extract_html(page.encode(), "x.html")
    hints = [(found.text[h.start : h.end], h.level) for h in found.hints]
    assert hints == [("一、医改", 2), ("(一)基层", 3)]
    assert found.facts["title"] == "甲县2024年工作总结"


@pytest.mark.parametrize(
    "rows",
    [
        "<table><tr><td>索引号<td>A-1<td>名 称<td>乙县要点<tr><td>发布机构<td>乙县卫健局"
        "<td>成文日期<td>2025年2月3日</table>",
        "<dl><dt>索引号：<dd>A-1<dt>名称：<dd>乙县要点<dt>发文机关：<dd>乙县卫健局"
        "<dt>发文日期：<dd>20250203</dl>",
        "<ul><li><b>索引号：</b>A-1<li><b>名称：</b>乙县要点<li><b>发布机构：</b>乙县卫健局"
        "<li><b>发布日期：</b>2025-02-03</ul>",
        "<div><div>【索引号】</div><div>A-1</div><div>【信息名称】</div><div>乙县要点</div>"
        "<div>【发布机构】</div><div>乙县卫健局</div><div>【生成日期】</div><div>2025.2.3</div></div>",
    ],
)
def test_tables_of_metadata_are_facts_and_no_text(rows):
    page = f"<body><div id=zoom>{rows}<p>{SENTENCE}{SENTENCE}</p></div></body>"
    found = extract_html(page.encode(), "x.html")
    assert found.text == SENTENCE * 2
    assert found.facts == {
        "title": "乙县要点", "issuer": "乙县卫健局", "date": "2025-02-03",
        "index_number": "A-1",
    }  # fmt: skip


def test_a_data_table_with_such_headers_is_text():
    table = "<table><tr><td>名称<td>分类<td>来源<tr><td>体检<td>公卫<td>上级</table>"
    assert lines(table) == ["名称 | 分类 | 来源", "体检 | 公卫 | 上级"]


def test_meta_tags_are_facts():
    page = f"""<meta name=ArticleTitle content=丙市2024年卫生健康工作总结>
      <meta name=PubDate content="2025-01-09 10:00"><meta name=ContentSource
      content=丙市卫生健康委员会><title>丙市政府网</title><p>{SENTENCE * 2}</p>"""
    assert extract_html(page.encode(), "x.html").facts == {
        "title": "丙市2024年卫生健康工作总结", "issuer": "丙市卫生健康委员会",
        "date": "2025-01-09",
    }  # fmt: skip


def test_a_known_container_beside_longer_comments():
    page = f"""<body><div class=TRS_Editor><p>{SENTENCE * 3}</p></div>
      <div class=other><p>{"别的网页内容。" * 60}</p></div></body>"""
    assert extract_html(page.encode(), "x.html").text == SENTENCE * 3


def test_last_sentence_with_a_word_of_the_footer_stays():
    assert lines("<p>为基层提供技术支持。</p>") == ["为基层提供技术支持。"]


@pytest.mark.parametrize(
    ("page", "detail"),
    [
        ("", "no text"),
        ("<html><body> &nbsp; </body></html>", "no text"),
        ("<html><frameset cols=20%,*><frame src=a.htm></frameset>", "frameset"),
        ("<body><div id=app></div><script>show('正文')</script>", "scripts"),
    ],
)
def test_a_page_without_text_is_an_error(page, detail):
    with pytest.raises(UnreadableFile) as caught:
        extract_html(page.encode(), "空.html")
    assert caught.value.reason == "empty"
    assert caught.value.path == "空.html"
    assert detail in caught.value.detail


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + SENTENCE + "</div>" * 200_000,
        "<div></span>" * 200_000,  # ends that close nothing
        "<svg>" + "<li>" * 200_000,
        "<div>"
        + "".join(f"<b id={n}>" for n in range(400))
        + "</div>"
        + "<p>x" * 9_000,
    ],
    ids=["nested", "decoys", "svg", "formatting"],
)
def test_what_would_stall_the_parser_is_refused(markup):
    with pytest.raises(UnreadableFile) as caught:
        extract_html(markup.encode(), "x.html")
    assert caught.value.reason == "broken"


def test_too_many_bytes_and_tags_are_refused():
    for data in (b" " * (LARGEST + 1), b"<br><p></p>" * 700_000):
        with pytest.raises(UnreadableFile) as caught:
            extract_html(data, "x.html")
        assert caught.value.reason == "too_large"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>{}<p>乙<div>丙</p></div></b><table><td>丁",
        "<p>{}</p></html><p>乙",
        "<body><p>{}<body><p>乙</html>",
        "<p>{}&#xD800;&#0;&#x110000;&bogus;<p>乙",
        "<p>{}<p>乙<!-- 没有结束 <p>丙",
        "<p>{}<p>乙<script>没有结束 <p>丙",
        "<div style='display:none" + " x" * 100_000 + "'>甲</div><p>{}<p>乙",
        "<div>" * 9_000 + "<p>{}<p>乙",
        '<img src="data:image/png;base64,' + "A" * 3_000_000 + '"><p>{}<p>乙',
        "{}乙",
    ],
)
def test_broken_markup_keeps_its_text(markup):
    found = extract_html(markup.replace("{}", SENTENCE).encode(), "x.html")
    assert SENTENCE in found.text
    assert "乙" in found.text
    assert all(found.text.split("\n"))


def test_ten_megabytes_are_read_whole():
    page = f"<div id=zoom>{f'<p>{SENTENCE}</p>' * 100_000}</div>"
    assert extract_html(page.encode(), "x.html").text.count(SENTENCE) == 100_000
