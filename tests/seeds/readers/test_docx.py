import io
import zipfile

import docx
import pytest

from seeds.errors import UnreadableFile
from seeds.readers import extract
from seeds.readers.docx import extract_docx
from tests.seeds.readers.word import NAMES, paragraph, with_part, word

BOX = (
    "<w:txbxContent><w:p><w:r><w:t>框内第一段</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>框内第二段</w:t></w:r></w:p></w:txbxContent>"
)


def text(body: str, styles: str = "") -> str:
    return extract_docx(word(body, styles=styles), "x.docx").text


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def plain(said: str, properties: str = "") -> str:
    return run(f'<w:t xml:space="preserve">{said}</w:t>', properties)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (plain("甲") + run("<w:br/>") + plain("乙"), "甲\n乙"),
        (plain("甲") + run("<w:tab/>") + plain("乙"), "甲\t乙"),
        (plain("甲") + run("<w:noBreakHyphen/>") + plain("乙"), "甲-乙"),
        (plain("医") + run("<w:softHyphen/><w:lastRenderedPageBreak/>") + plain("改"), "医改"),
        (f"<w:ins>{plain('增')}</w:ins>" + plain("有"), "增有"),
        (f"<w:del>{run('<w:delText>删</w:delText>')}</w:del>" + plain("有"), "有"),
        (f"<w:ins><w:del>{plain('增后又删')}</w:del></w:ins>" + plain("有"), "有"),
        (f"<w:moveFrom>{plain('旧')}</w:moveFrom><w:moveTo>{plain('新')}</w:moveTo>", "新"),
        (f'<w:hyperlink w:anchor="a">{plain("链接")}</w:hyperlink>', "链接"),
        (f"<w:sdt><w:sdtContent>{plain('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag>{plain('标记')}</w:smartTag>", "标记"),
        (plain("看得见") + plain("看不见", "<w:vanish/>"), "看得见"),
        (plain("看得见", '<w:vanish w:val="0"/>'), "看得见"),
        (plain("甲") + run('<w:footnoteReference w:id="2"/>'), "甲"),
        (run('<w:sym w:font="Wingdings" w:char="F0FC"/>') + plain("完成"), "√完成"),
        (run('<w:sym w:font="Wingdings" w:char="F021"/>') + plain("完成"), "完成"),
        (run('<w:sym w:font="宋体" w:char="2460"/>') + plain("完成"), "①完成"),
        (run('<w:sym w:font="宋体" w:char="zz"/>') + plain("完成"), "完成"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (run("<w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t>"
             "</w:r></w:rubyBase></w:ruby>"), "拼"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(inner, expected):
    assert text(f"<w:p>{inner}</w:p>") == expected


def test_field_codes_are_out_their_results_in():
    def mark(kind):
        return run(f'<w:fldChar w:fldCharType="{kind}"/>')

    code = run("<w:instrText> HYPERLINK x </w:instrText>")
    inner = (
        mark("begin")
        + code
        + plain("码")
        + mark("separate")
        + plain("果")
        + mark("end")
    )
    nested = mark("begin") + code + inner + mark("separate") + plain("外") + mark("end")
    assert text(f"<w:p>{inner}{plain('后')}</w:p>") == "果后"
    assert text(f"<w:p>{nested}{plain('后')}</w:p>") == "外后"


def test_a_text_box_is_read_once():
    modern = f"<mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
    old = f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>"
    both = run(
        f"<mc:AlternateContent>{modern}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    expected = "正文\n框内第一段\n框内第二段"
    assert text(f"<w:p>{plain('正文')}{both}</w:p>") == expected
    assert text(f"<w:p>{plain('正文')}{run(old)}</w:p>") == expected


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text(f"<w:p>{mark}{plain('前半,')}</w:p><w:p>{plain('后半。')}</w:p>") == (
        "前半,后半。"
    )


def test_hidden_by_style_and_contents_left_out():
    styles = """
    <w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
    <w:style w:type="character" w:styleId="H"><w:name w:val="H"/>
      <w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="I"><w:name w:val="I"/><w:basedOn w:val="H"/>
    </w:style>"""
    hidden = plain("藏", '<w:rStyle w:val="I"/>')
    body = paragraph("一、工作 3", style="T1") + f"<w:p>{hidden}{plain('露')}</w:p>"
    assert text(body, styles) == "露"


def test_headings_become_hints():
    styles = """
    <w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="b"><w:name w:val="标题 2"/></w:style>
    <w:style w:type="paragraph" w:styleId="c"><w:name w:val="mine"/>
      <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="d"><w:name w:val="other"/>
      <w:basedOn w:val="c"/></w:style>
    <w:style w:type="paragraph" w:styleId="e"><w:name w:val="e"/><w:basedOn w:val="e"/>
    </w:style>"""
    own = f'<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr>{plain("己")}</w:p>'
    body_text = f'<w:p><w:pPr><w:pStyle w:val="a"/><w:outlineLvl w:val="9"/></w:pPr>{plain("庚")}</w:p>'
    long = "推进改革。" * 3
    body = (
        paragraph("甲", style="a") + paragraph("乙", style="b")
        + paragraph("丙", style="c") + paragraph("丁", style="d")
        + paragraph("戊", style="e") + own + body_text + paragraph(long, style="a")
    )  # fmt: skip
    found = extract_docx(word(body, styles=styles), "x.docx")
    assert [(found.text[h.start : h.end], h.level) for h in found.hints] == [
        ("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3), ("己", 4),
    ]  # fmt: skip


def test_a_title_is_a_fact():
    made = docx.Document()
    made.core_properties.title = "Microsoft Word - 1"
    made.add_heading("某某市2024年工作总结", 0)
    target = io.BytesIO()
    made.save(target)
    assert extract_docx(target.getvalue(), "x").facts == {
        "title": "某某市2024年工作总结"
    }


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(paragraph, paragraphs))}</w:tc>"


def test_a_row_is_a_line():
    rows = (
        f"<w:tr>{cell('任务')}{cell('科室')}</w:tr>"
        f"<w:tr>{cell('推进改革', '做好宣传')}{cell('医政科')}{cell('')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}{cell('去')}</w:tr>"
    )
    assert text(f"<w:tbl>{rows}</w:tbl>") == "任务\t科室\n推进改革 做好宣传\t医政科"


def test_a_layout_table_gives_paragraphs():
    inner = f"<w:tbl><w:tr>{cell('内甲')}{cell('内乙')}</w:tr></w:tbl>"
    whole = f"<w:tbl><w:tr><w:tc>{paragraph('第一段。')}{inner}{paragraph('第二段。')}</w:tc></w:tr></w:tbl>"
    assert text(whole) == "第一段。\n内甲\t内乙\n第二段。"
    beside = f"<w:tbl><w:tr>{cell('导航')}{cell('一。', '二。', '三。')}</w:tr></w:tbl>"
    assert text(beside) == "导航\n一。\n二。\n三。"


def test_headers_footers_and_footnotes_are_out():
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    made.add_paragraph("正文")
    target = io.BytesIO()
    made.save(target)
    assert extract_docx(target.getvalue(), "x").text == "正文"


def test_strict_files_are_read():
    data = word(paragraph("甲", style="Heading1"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("word/document.xml", "word/styles.xml"):
        strict = parts[name].replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        data = with_part(data, name, strict)
    found = extract_docx(data, "x")
    assert (found.text, found.hints[0].level) == ("甲", 1)


def refused(data: bytes) -> UnreadableFile:
    (found,) = extract(data, "某.docx")
    assert isinstance(found.content, UnreadableFile)
    return found.content


LAUGHS = "".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" if n else "<!ENTITY l0 'ha'>"
    for n in range(12)
)


@pytest.mark.parametrize(
    ("entities", "use"),
    [
        (LAUGHS, "&l11;"),
        ("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;"),
        ("<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x'> %x;", "字"),
        ("", "字"),
    ],
)
def test_a_document_type_is_refused(entities, use):
    markup = (
        f"<!DOCTYPE w:document [{entities}]><w:document {NAMES}><w:body>"
        f"<w:p><w:r><w:t>{use}</w:t></w:r></w:p></w:body></w:document>"
    )
    error = refused(with_part(word(""), "word/document.xml", markup.encode()))
    assert error.reason == "broken"


def test_a_bomb_is_refused_unread():
    bomb = with_part(word(""), "word/document.xml", b"<w:p/>" * 10_000_000)
    assert len(bomb) < 300_000
    error = refused(bomb)
    assert error.reason == "too_large"
    assert "60000000" in error.detail


def test_cut_and_junk():
    data = word(paragraph("甲"))
    assert refused(data[: len(data) // 2]).reason == "broken"
    assert refused(b"PK\3\4" + bytes(range(256)) * 20).reason == "broken"
    no_xml = with_part(data, "word/document.xml", b"<w:document")
    assert refused(no_xml).reason == "broken"
    deep = "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000
    nested = f"<w:document {NAMES}>{deep}</w:document>".encode()
    assert refused(with_part(data, "word/document.xml", nested)).reason == "broken"
