"""What holds for every text."""

import itertools

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.clean import view
from seeds.read import read_extracted, read_text
from seeds.records import Extracted, Hint

PIECES = [
    "一、", "(一)", "1.", "①", "第一部分", "【篇一】", "【篇二】", "工作总结", "医疗服务", "一是",
    "。", "；", "！", "，", "：", "“", "”", "（", "）", "《", "\n", "\r\n", " ", "　", "\u200b", "\0",
    "\ud800", "\ufeff", "第 2 页", "第 3 页", "- 2 -", "(责任科室:医政科)", "责任科室：", "2024年",
    "3.5%", "阅读全文", "衞生", "２０", "https://a.example/?b", "……", "|", "\U000e0041", "某县卫健局",
]  # fmt: skip
documents = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40
).map("".join)


def check_tiles(reports, text):
    spans = sorted(
        (piece.start, piece.end)
        for report in reports
        for piece in (*report.sentences, *report.dropped)
    )
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
    assert "".join(text[start:end] for start, end in spans) == text
    for report in reports:
        for piece in (*report.sentences, *report.dropped):
            assert report.start <= piece.start < piece.end <= report.end
        for sentence in report.sentences:
            assert sentence.text
        for section in report.sections:
            assert report.slice(section).strip()


@settings(max_examples=300, deadline=None)
@given(documents)
def test_sentences_and_drops_tile_the_text_and_reading_is_repeatable(text):
    reports = read_text(text)
    check_tiles(reports, text)
    assert read_text(text) == reports


@settings(max_examples=150, deadline=None)
@given(documents, st.data())
def test_hints_anywhere_break_nothing(text, data):
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place, st.integers(1, 9)), max_size=5))
    hints = tuple(Hint(min(a, b), max(a, b), level) for a, b, level in spans)
    check_tiles(read_extracted(Extracted(text, hints, {"title": "某事"})), text)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_the_view_leads_back(text):
    seen = view(text)
    assert seen.offsets is None or len(seen.offsets) == len(seen.text)
    if seen.offsets is not None:
        assert all(a < b for a, b in itertools.pairwise(seen.offsets.tolist()))
    if seen.text:
        start, end = seen.original(0, len(seen.text))
        assert 0 <= start < end <= len(text)


def test_the_five_in_traditional_characters_read_the_same(reports):
    convert = opencc.OpenCC("s2hk").convert
    texts = {r.sha256: r.text for r in reports if not r.source.startswith("001")}
    for digest, text in texts.items():
        wanted = [report for report in reports if report.sha256 == digest]
        found = read_text(convert(text))
        assert [len(r.sentences) for r in found] == [len(r.sentences) for r in wanted]
        assert [[s[:3] for s in r.sections] for r in found] == [
            [s[:3] for s in r.sections] for r in wanted
        ]


@pytest.mark.parametrize(
    "text",
    [
        "一、" * 20_000,
        "(一)甲\n" * 20_000,
        "1.加强领导。" * 20_000,
        "责任科室:" * 20_000,
        "(责任单位:" * 20_000,
        "”甲" * 20_000,
        "第 2 页\n" * 20_000,
        "打印 关闭\n" * 20_000,
        " \n" * 40_000,
        "甲 " * 40_000,
        "【篇一】" * 20_000,
        "工作总结" * 20_000,
        "\n- 2 -\n" * 20_000,
    ],
    ids=lambda text: text[:5].strip() or "blank",
)
def test_repeated_pieces_are_read_in_bounded_time(text):
    check_tiles(read_text(text), text)
