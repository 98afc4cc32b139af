import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from seeds.corpus import read_file, read_parts, read_path
from seeds.errors import UnreadableFile
from seeds.readers.sandbox import Limits
from seeds.records import Report
from tests.seeds.readers.pages import many_pages
from tests.seeds.readers.word import paragraph, word


def test_a_report_of_word_has_headings_and_sentences(tmp_path):
    path = tmp_path / "总结.docx"
    path.write_bytes(
        word(paragraph("一、主要工作") + paragraph("推进改革。完成任务。"))
    )
    (report,) = read_file(path)
    assert [section.text for section in report.sections] == ["一、主要工作"]
    assert [report.slice(s) for s in report.sentences] == ["推进改革。", "完成任务。"]
    assert report.source == "总结.docx"


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "一行.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    begun = time.monotonic()
    (error,) = read_path(path)
    assert time.monotonic() - begun < 0.5
    assert isinstance(error, UnreadableFile)
    assert error.reason == "too_large"
    with pytest.raises(UnreadableFile):
        read_file(path)


def test_what_is_not_there(tmp_path):
    (error,) = read_path(tmp_path / "无.docx", "县/无.docx")
    assert isinstance(error, UnreadableFile)
    assert (error.path, error.reason) == ("县/无.docx", "not_found")


def test_a_file_without_sentences_is_empty():
    (error,) = read_parts(word(paragraph(" ")), "空.docx")
    assert isinstance(error, UnreadableFile)
    assert error.reason == "empty"


def test_a_budget_can_be_given():
    data = many_pages(100, 3_000)
    (error,) = read_parts(data, "某.pdf", limits=Limits(seconds=0.02))
    assert isinstance(error, UnreadableFile)
    assert error.reason == "too_slow"
    (error,) = read_parts(data, "某.pdf", limits=Limits(megabytes=1))
    assert isinstance(error, UnreadableFile)
    assert error.reason == "too_large"


def test_many_threads_read_at_once():
    texts = [f"第{number}号报告推进改革。" for number in range(40)]
    files = [word(paragraph(text)) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda data: read_parts(data, "某.docx"), files))
    reports = [part for parts in found for part in parts if isinstance(part, Report)]
    assert [report.text for report in reports] == texts
