import pytest

from api.bench_read import _developers, synthetic
from seeds.corpus import read_bytes
from seeds.errors import PolicyThemesError


def test_the_synthetic_report_is_read_like_a_real_one():
    data = synthetic(100_000)
    (report,) = read_bytes(data, "bench.txt")
    assert report.region == "清河县"
    assert 4 < len(report.sentences) / (len(data) / 1000) < 8
    assert {section.level for section in report.sections} == {1, 2}
    assert {sentence.cue for sentence in report.sentences} == {"", "疾控科"}


def test_a_missing_tool_is_named():
    with pytest.raises(PolicyThemesError, match="no_such_tool is missing"):
        _developers("no_such_tool")
