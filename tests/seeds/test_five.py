"""The five reports, held to what people read in them (`tests/data/reading/five`)."""

import json
from pathlib import Path

import pytest

from seeds.corpus import DOCUMENTS, read_file

FIVE = Path(__file__).parents[1] / "data" / "reading" / "five"


@pytest.fixture(params=sorted(FIVE.glob("*.json")), ids=lambda path: path.stem)
def read(request):
    """The reports of one of the files, and what is expected of them."""
    (path,) = DOCUMENTS.glob(f"{request.param.stem}_*.txt")
    expected = json.loads(request.param.read_text("utf-8"))
    return read_file(path), expected


def test_titles_headings_counts(read):
    reports, expected = read
    found = [
        {
            "title": report.title,
            "headings": [[section.level, section.text] for section in report.sections],
            "sentences": len(report.sentences),
            "meta": {key: getattr(report, key) for key in wanted["meta"]},
        }
        for report, wanted in zip(reports, expected["reports"], strict=True)
    ]
    wanted = [{key: r[key] for key in found[0]} for r in expected["reports"]]
    assert found == wanted


def test_each_cue_is_at_its_own_item(read):
    reports, expected = read
    for report, wanted in zip(reports, expected["reports"], strict=True):
        items = {sentence.headings[-1:] for sentence in report.sentences}
        cues = {
            heading: {s.cue for s in report.sentences if s.headings[-1:] == (heading,)}
            for (heading,) in items - {()}
        }
        named = {heading: cue for heading, cue in cues.items() if cue != {""}}
        assert named == {heading: {cue} for heading, cue in wanted["cues"].items()}


def test_the_plan_begins_where_it_should(read):
    reports, expected = read
    for report, wanted in zip(reports, expected["reports"], strict=True):
        begin = wanted["plan_from"]
        starts = {section.text: section.start for section in report.sections}
        place = {None: report.end, "": report.start}.get(begin) or starts.get(begin, 0)
        for sentence in report.sentences:
            assert sentence.half == ("plan" if sentence.start >= place else "past")


def test_chrome_is_no_sentence(read):
    reports, expected = read
    text = "\n".join(s.text for report in reports for s in report.sentences)
    assert [line for line in expected["chrome"] if line in text] == []
