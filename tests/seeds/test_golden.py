"""Every case of `tests/data/reading`: a file, and what a reader should find in it."""

import json
from pathlib import Path
from typing import Any

import pytest

from seeds.corpus import read_file
from seeds.records import Report

CASES = Path(__file__).parents[1] / "data" / "reading"
INPUTS = sorted(CASES.glob("*/input.*"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_golden(path):
    expected = json.loads(path.with_name("expected.json").read_text("utf-8"))
    wanted = expected if isinstance(expected, list) else [expected]
    reports = read_file(path)
    assert [_found(r, e) for r, e in zip(reports, wanted, strict=True)] == wanted


def _found(report: Report, expected: dict[str, Any]) -> dict[str, Any]:
    """Return of a report what the expectation names."""
    found: dict[str, Any] = {
        "title": report.title,
        "headings": [[section.level, section.text] for section in report.sections],
        "sentences": [sentence.text for sentence in report.sentences],
        "cues": {str(s.index): s.cue for s in report.sentences if s.cue},
        "halves": [sentence.half for sentence in report.sentences],
        "meta": {key: getattr(report, key) for key in expected.get("meta", {})},
    }
    always = ("title", "headings", "sentences", *(["cues"] if found["cues"] else []))
    return {key: found[key] for key in found if key in expected or key in always}
