"""Sentence ends; the rules of the codebook's unit, one probe a row."""

import pytest

from seeds.read import read_text
from seeds.split import LONGEST, split_sentences

PROBES = {
    "closing quote": ("他说:“很好。”大家鼓掌。", ["他说:“很好。”", "大家鼓掌。"]),
    "quote goes on": ("坚持“预防为主。”的方针。", ["坚持“预防为主。”的方针。"]),
    "inner exclamation": ("落实“应检尽检!”要求。", ["落实“应检尽检!”要求。"]),
    "exclamation at the end": (
        "喊出“我先上!” 全院响应。",
        ["喊出“我先上!”", "全院响应。"],
    ),
    "decimals": ("增长3.5%,达2.4万人。", ["增长3.5%,达2.4万人。"]),
    "year and month": ("2024.12起施行。", ["2024.12起施行。"]),
    "second is": ("一是建章立制;二是严格考核。", ["一是建章立制;", "二是严格考核。"]),
    "plain semicolon": ("门诊量上升;住院量下降。", ["门诊量上升;住院量下降。"]),
    "list": (
        "共三项:为老人免费体检;为女生接种疫苗;为村医购买保险。",
        ["共三项:为老人免费体检;", "为女生接种疫苗;", "为村医购买保险。"],
    ),
    "semicolon in brackets": (
        "三项(一是体检;二是接种)已完成。",
        ["三项(一是体检;二是接种)已完成。"],
    ),
    "semicolon in quotes": ("口号是“一是快;二是准”。", ["口号是“一是快;二是准”。"]),
    "stop in brackets": ("甲院(乙院。同)达标。好。", ["甲院(乙院。同)达标。", "好。"]),
    "address": (
        "见https://a.example/b?c=1;d=2!好。",
        ["见https://a.example/b?c=1;d=2!好。"],
    ),
    "bare address": (
        "登录www.a.gov.example查询。好。",
        ["登录www.a.gov.example查询。", "好。"],
    ),
    "ellipsis inside": ("护理、急救……都有提高。", ["护理、急救……都有提高。"]),
    "ellipsis at the end": ("护理、急救…… 其他正常。", ["护理、急救……", "其他正常。"]),
    "many stops": ("真好!!!是吗?是。", ["真好!!!", "是吗?", "是。"]),
    "half-width point": ("提高服务水平. 下一步继续.", ["提高服务水平.", "下一步继续."]),
    "no stop": ("没有句号", ["没有句号"]),
    "blanks": ("  好。  行。 ", ["好。", "行。"]),
}


@pytest.mark.parametrize("name", PROBES)
def test_probe(name):
    text, wanted = PROBES[name]
    spans = split_sentences(text, 0, len(text))
    assert [text[start:end] for start, end in spans] == wanted


def test_only_the_stretch_is_cut():
    text = "前。中一。中二。后。"
    assert split_sentences(text, 2, 8) == [(2, 5), (5, 8)]


@pytest.mark.parametrize(
    "unit", ["加强管理", "加强管理,", "(", "“", "甲;", "1.", "一、"]
)
def test_a_million_characters_without_a_stop_are_cut_at_the_cap(unit):
    text = unit * (1_000_000 // len(unit))
    spans = split_sentences(text, 0, len(text))
    assert max(end - start for start, end in spans) <= LONGEST
    assert "".join(text[start:end] for start, end in spans) == text
    if "," in unit:
        assert all(text[end - 1] == "," for _, end in spans)


def test_a_million_characters_are_read_too():
    (report,) = read_text("加强管理," * 200_000)
    assert max(len(sentence.text) for sentence in report.sentences) <= LONGEST


def test_mark_with_a_blank_is_a_heading():
    (report,) = read_text("3. 抓好落实\n各单位要按月报送进展。\n")
    assert [s.text for s in report.sections] == ["3. 抓好落实"]
    assert [s.text for s in report.sentences] == ["各单位要按月报送进展。"]


def test_page_mark_inside_a_word_goes():
    text = "第 1 页总结\n全年开展健康教 第 2 页 育讲座。第 3 页 反响良好。"
    (report,) = read_text(text)
    assert [s.text for s in report.sentences[-2:]] == [
        "全年开展健康教育讲座。",
        "反响良好。",
    ]
    assert "第 2 页" in report.slice(report.sentences[-2])
