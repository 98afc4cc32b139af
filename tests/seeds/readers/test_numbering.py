import pytest

from seeds.readers.docx import extract_docx
from seeds.readers.numerals import numeral
from tests.seeds.readers.word import abstract, level, num, paragraph, word


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return extract_docx(word(body, numbering, styles), "x.docx").text.split("\n")


@pytest.mark.parametrize(
    ("style", "pattern", "expected"),
    [
        ("chineseCounting", "%1、", ["一、甲", "二、乙", "三、丙"]),
        ("chineseCountingThousand", "(%1)", ["(一)甲", "(二)乙", "(三)丙"]),
        ("japaneseCounting", "（%1）", ["（一）甲", "（二）乙", "（三）丙"]),
        ("japaneseCounting", "第%1部分", ["第一部分 甲", "第二部分 乙", "第三部分 丙"]),
        ("ideographTraditional", "%1、", ["甲、甲", "乙、乙", "丙、丙"]),
        ("chineseLegalSimplified", "%1、", ["壹、甲", "贰、乙", "叁、丙"]),
        ("decimal", "%1.", ["1.甲", "2.乙", "3.丙"]),
        ("decimal", "%1", ["1 甲", "2 乙", "3 丙"]),
        ("decimalZero", "%1.", ["01.甲", "02.乙", "03.丙"]),
        ("decimalEnclosedCircle", "%1", ["①甲", "②乙", "③丙"]),
        ("decimalEnclosedCircleChinese", "%1", ["①甲", "②乙", "③丙"]),
        ("decimalEnclosedParen", "%1", ["⑴甲", "⑵乙", "⑶丙"]),
        ("decimalFullWidth", "%1．", ["１．甲", "２．乙", "３．丙"]),
        ("upperLetter", "%1.", ["A.甲", "B.乙", "C.丙"]),
        ("lowerLetter", "(%1)", ["(a)甲", "(b)乙", "(c)丙"]),
        ("upperRoman", "%1.", ["I.甲", "II.乙", "III.丙"]),
        ("lowerRoman", "%1)", ["i)甲", "ii)乙", "iii)丙"]),
        ("bullet", "\uf06c", ["甲", "乙", "丙"]),
        ("none", "", ["甲", "乙", "丙"]),
        ("none", "附", ["附 甲", "附 乙", "附 丙"]),
        ("whatIsThis", "%1.", ["1.甲", "2.乙", "3.丙"]),
    ],
)
def test_formats(style, pattern, expected):
    body = "".join(paragraph(text, 1) for text in "甲乙丙")
    numbering = abstract(0, level(0, style, pattern)) + num(1, 0)
    assert lines(body, numbering) == expected


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 101, "一〇一"),
        ("japaneseCounting", 99, "九十九"),
        ("japaneseCounting", 100, "百"),
        ("ideographDigital", 20, "二〇"),
        ("ideographLegalTraditional", 15, "壹拾伍"),
        ("ideographZodiac", 13, "子"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("lowerLetter", 27, "aa"),
        ("upperRoman", 49, "XLIX"),
        ("numberInDash", 4, "- 4 -"),
        ("chineseCounting", 0, "0"),
        ("decimal", 10**9, "32767"),
    ],
)
def test_numerals(style, value, expected):
    assert numeral(style, value) == expected


OUTLINE = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "(%2)"),
    level(2, "decimal", "%3."),
)


def test_levels_restart_below_a_higher_one():
    depths = [0, 1, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(paragraph("事", 1, depth) for depth in depths)
    assert [line[:-1] for line in lines(body, OUTLINE + num(1, 0))] == [
        "一、", "(一)", "(二)", "1.", "2.", "(三)", "1.", "二、", "(一)",
    ]  # fmt: skip


def test_lvl_restart():
    never = '<w:lvlRestart w:val="0"/>'
    only_top = '<w:lvlRestart w:val="1"/>'
    numbering = abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "(%2)", never),
        level(2, "lowerLetter", "%3)", only_top),
    )
    body = "".join(paragraph("事", 1, depth) for depth in [0, 1, 2, 1, 2, 0, 1, 2])
    assert [line[:-1] for line in lines(body, numbering + num(1, 0))] == [
        "1.", "(1)", "a)", "(2)", "b)", "2.", "(3)", "a)",
    ]  # fmt: skip


def test_lists_of_one_abstract_count_on_and_start_override_begins_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        abstract(0, level(0, "decimal", "%1."))
        + num(1, 0)
        + num(2, 0)
        + num(3, 0, anew)
    )
    body = "".join(paragraph("事", which) for which in [1, 1, 2, 3, 3, 2])
    said = [line[:-1] for line in lines(body, numbering)]
    assert said == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_a_num_may_describe_a_level_anew():
    other = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    )
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0, other)
    assert lines(paragraph("事", 1), numbering) == ["A)事"]


def test_start_and_several_places_and_legal():
    numbering = abstract(
        0,
        level(0, "chineseCounting", "第%1章", start=3),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ) + num(1, 0)
    body = "".join(paragraph("事", 1, depth) for depth in [0, 1, 2])
    assert lines(body, numbering) == ["第三章 事", "三.1 事", "3.1.1 事"]


def test_a_level_above_that_never_came_shows_its_start():
    numbering = abstract(
        0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")
    ) + num(1, 0)
    body = paragraph("事", 1, 1) + paragraph("事", 1, 0)
    assert lines(body, numbering) == ["1.1 事", "1.事"]


def test_suffix():
    tight = abstract(0, level(0, "decimal", "%1", '<w:suff w:val="nothing"/>'))
    assert lines(paragraph("事", 1), tight + num(1, 0)) == ["1事"]
    dotted = abstract(0, level(0, "decimal", "%1."))
    assert lines(paragraph("2024年", 1), dotted + num(1, 0)) == ["1. 2024年"]


STYLED = """
<w:style w:type="paragraph" w:styleId="one"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="two"><w:name w:val="heading 2"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="child"><w:name w:val="mine"/>
  <w:basedOn w:val="one"/></w:style>
"""


def test_numbers_that_come_with_the_style():
    linked = '<w:pStyle w:val="two"/>'
    numbering = abstract(
        0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", linked)
    ) + num(1, 0)
    body = (
        paragraph("甲", style="one")
        + paragraph("乙", style="two")
        + paragraph("丙", style="two")
        + paragraph("丁", style="child")
        + paragraph("戊", 0, style="one")  # numId 0 takes the number away
    )
    assert lines(body, numbering, STYLED) == ["一、甲", "1.乙", "2.丙", "二、丁", "戊"]


def test_numbering_styles_are_followed():
    style = (
        '<w:style w:type="numbering" w:styleId="S"><w:name w:val="S"/><w:pPr>'
        '<w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        abstract(0, '<w:numStyleLink w:val="S"/>')
        + abstract(1, '<w:styleLink w:val="S"/>', level(0, "decimal", "%1、"))
        + num(1, 0)
        + num(2, 1)
    )
    assert lines(paragraph("事", 1), numbering, style) == ["1、事"]


def test_an_empty_paragraph_counts_and_a_list_that_is_missing_does_no_harm():
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    body = paragraph("甲", 1) + paragraph("", 1) + paragraph("乙", 1)
    assert lines(body + paragraph("丙", 7), numbering) == ["1.甲", "3.乙", "丙"]
    circle = abstract(0, '<w:numStyleLink w:val="S"/>') + num(1, 0)
    style = (
        '<w:style w:type="numbering" w:styleId="S"><w:name w:val="S"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(paragraph("甲", 1), circle, style) == ["甲"]
