"""What the markup of a file knew: headings (`hints`) and facts."""

import pytest

from seeds.read import read_extracted
from seeds.records import Extracted, Hint


def read(text, *hinted, **facts):
    """Read a text whose lines `hinted` (line, level) are called headings."""
    hints = tuple(
        Hint(text.index(line), text.index(line) + len(line), level)
        for line, level in hinted
    )
    (report,) = read_extracted(Extracted(text, hints, facts))
    return report


def outline(report):
    return [[section.level, section.text] for section in report.sections]


LONG = "持续推进优质医疗资源扩容下沉和区域均衡布局,让群众就近看上病看好病"


def test_a_hinted_line_is_a_heading_without_a_number_and_although_long():
    text = f"{LONG}\n新建两家县级医院。\n"
    assert outline(read(text)) == []
    assert outline(read(text, (LONG, 2))) == [[1, LONG]]


def test_levels_order_the_unnumbered():
    text = "甲部\n乙节\n正文一句。\n丙节\n正文二句。\n丁部\n戊节\n正文三句。\n"
    report = read(text, ("甲部", 2), ("乙节", 4), ("丙节", 4), ("丁部", 2), ("戊节", 4))
    assert outline(report) == [
        [1, "甲部"], [2, "乙节"], [2, "丙节"], [1, "丁部"], [2, "戊节"],
    ]  # fmt: skip


def test_marks_keep_their_depth_where_all_hints_are_of_one_level():
    text = "一、医政\n(一)质控\n正文一。\n(二)护理\n正文二。\n二、疾控\n正文三。\n"
    hinted = [(line, 1) for line in ("一、医政", "(一)质控", "(二)护理", "二、疾控")]
    assert outline(read(text, *hinted)) == [
        [1, "一、医政"], [2, "(一)质控"], [2, "(二)护理"], [1, "二、疾控"],
    ]  # fmt: skip


def test_levels_win_where_one_mark_is_used_at_two_levels():
    text = "1.医政\n正文。\n1.质控\n正文。\n2.疾控\n正文。\n"
    report = read(text, ("1.医政", 1), ("1.质控", 2), ("2.疾控", 1))
    assert outline(report) == [[1, "1.医政"], [2, "1.质控"], [1, "2.疾控"]]


def test_marks_and_levels_that_agree():
    text = (
        "一、医政\n(一)质控\n正文一。\n二、疾控\n概述\n正文二。\n(一)监测\n正文三。\n"
    )
    report = read(
        text,
        ("一、医政", 1),
        ("(一)质控", 2),
        ("二、疾控", 1),
        ("概述", 2),
        ("(一)监测", 2),
    )
    assert outline(report) == [
        [1, "一、医政"], [2, "(一)质控"], [1, "二、疾控"], [2, "概述"], [2, "(一)监测"],
    ]  # fmt: skip


def test_an_unhinted_number_hangs_below_a_hinted_heading():
    text = "工作回顾\n一、医政\n正文一。\n工作打算\n一、疾控\n正文二。\n"
    report = read(text, ("工作回顾", 2), ("工作打算", 2))
    assert outline(report) == [
        [1, "工作回顾"], [2, "一、医政"], [1, "工作打算"], [2, "一、疾控"],
    ]  # fmt: skip


def test_a_hint_over_a_body_sentence_is_not_trusted():
    body = "全年完成体检任务。群众满意度提高。"
    report = read(f"概况\n{body}\n", (body, 2))
    assert [s.text for s in report.sentences] == [
        "全年完成体检任务。",
        "群众满意度提高。",
    ]
    assert outline(report) == [[1, "概况"]]


def test_hinted_heading_is_not_joined_with_a_wrapped_line():
    line = "推进县域内医疗卫生资源整合优化提升基层服务能力"
    wrapped = [
        "各乡镇卫生院要对照标准,查漏补缺,加快改造业务用房,配齐诊疗设备",
        "和急救药品,保证村民在家门口就能看上病,切实减轻群众就医负担的同",
        "时,持续改善服务态度,优化就诊流程,缩短候诊时间,提高随访质量,让",
        "村民满意,让职工安心,让政府放心,逐步形成上下联动、分工协作的格局",
    ]
    text = "\n".join([line, *wrapped]) + "。\n"
    report = read(text, (line, 2))
    assert outline(report) == [[1, line]]
    assert len(report.sentences) == 1


def test_facts_win():
    text = "河东县卫健局2021年工作总结\n全年任务完成。\n河东县卫健局\n2022年1月5日\n"
    plain = read(text)
    assert (plain.title, plain.issuer, plain.region, plain.year, plain.date) == (
        "河东县卫健局2021年工作总结", "河东县卫健局", "河东县", 2021, "2022-01-05",
    )  # fmt: skip
    report = read(
        text,
        title="关于２０２０年工作的报告",
        issuer="河西市卫生健康委",
        date="2021-02-03",
    )
    assert (report.title, report.issuer, report.region) == (
        "关于2020年工作的报告", "河西市卫生健康委", "河西市",
    )  # fmt: skip
    assert (report.year, report.date) == (2020, "2021-02-03")
    assert [s.text for s in report.sentences] == ["全年任务完成。"]


def test_title_of_a_fact_does_not_name_each_of_several_reports():
    text = "【篇一】甲县卫健局工作总结\n一句。\n【篇二】乙县卫健局工作总结\n二句。\n"
    reports = read_extracted(
        Extracted(text, (), {"title": "合集", "date": "2020-01-02"})
    )
    assert [r.title for r in reports] == ["甲县卫健局工作总结", "乙县卫健局工作总结"]
    assert {r.date for r in reports} == {"2020-01-02"}


def test_the_only_top_heading_is_the_title():
    report = read("县卫健局这一年\n家庭医生走村入户。\n", ("县卫健局这一年", 1))
    assert report.title == "县卫健局这一年"
    assert report.sections == ()


@pytest.mark.parametrize("level", [1, 9])
def test_hints_count_in_the_original_text(level):
    text = "\ufeff\u200b简\u200b介\r\n我院建于城南。\r\n"
    start = text.index("简")
    hint = Hint(start, start + 3, level)
    (report,) = read_extracted(Extracted(text, (hint, Hint(0, 1, 2))))
    assert [s.text for s in report.sentences] == ["我院建于城南。"]
