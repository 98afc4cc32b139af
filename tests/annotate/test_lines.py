import json
from typing import Any

import pytest

from annotate.errors import LabelFileError
from annotate.gold import LABELS, check_spans, load_labels, save_labels
from annotate.lines import read_lines
from annotate.passes import read_answers
from annotate.rebase import rebase_file
from annotate.screen import ADJUDICATION
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()
GOOD = {"key": "abcdefabcdef:0:5:12345678", "themes": ["tcm"]}


@pytest.fixture
def lines():
    text = (LABELS / "seeds.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()[:3]]


def written(path, *lines):
    path.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines))
    return path


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ('{"a": NaN}\n', "NaN"),
        ('{"a": -Infinity}\n', "Infinity"),
        ('{"a": 1, "a": 2}\n', "stands twice"),
        ("[]\n", "not a JSON object"),
        ("\n", "not JSON"),
        ("[" * 100_000 + "\n", "not JSON"),
        ('{"a": 1}', "half-written"),
        ('{"a": \n', "not JSON"),
    ],
)
def test_damaged_lines_are_named(tmp_path, raw, said):
    path = tmp_path / "x.jsonl"
    path.write_text('{"good": true}\n' + raw)
    with pytest.raises(LabelFileError, match=said) as caught:
        list(read_lines(path))
    assert str(caught.value).startswith(f"{path}:2: ")


def test_what_is_no_text_is_named(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(LabelFileError, match=r"x\.jsonl"):
        list(read_lines(path))
    with pytest.raises(LabelFileError, match=r"missing\.jsonl"):
        list(read_lines(tmp_path / "missing.jsonl"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"index": True}, "'index' is True, int expected"),
        ({"start": "0"}, "'start' is '0'"),
        ({"start": 1.0}, "'start' is 1.0"),
        ({"text": None}, "'text' is None"),
        ({"text": " "}, "holds no text"),
        ({"text": ""}, "holds no text"),
        ({"text": "长" * 500}, "longer than its span"),
        ({"start": -1}, "holds no text"),
        ({"headings": "一、"}, "'headings' is"),
        ({"themes": [1]}, "'themes' is"),
        ({"themes": ["tcm", "tcm"]}, "a theme twice"),
        ({"themes": ["tcm"]}, "all accounts agree"),
        ({"meta": {"year": 2020}}, "'year' is 2020"),
        ({"votes": [5]}, "'votes' is"),
        ({"votes": [{"account": "a", "at": ""}]}, "'themes' is missing"),
        ({"votes": [{"account": "a", "at": "", "themes": ["x"]}]}, "unknown theme 'x'"),
        (
            {"votes": [{"account": "a", "at": "", "themes": [], "discuss": 1}]},
            "'discuss' is 1",
        ),
        (
            {"votes": [{"account": "a", "at": "", "themes": [], "role": "boss"}]},
            "unknown role 'boss'",
        ),
        ({"votes": [{"account": "a", "at": "", "themes": []}] * 2}, "two votes of one"),
        ({"half": "future"}, "unknown half"),
        ({"colour": "red"}, "unknown field 'colour'"),
    ],
)
def test_wrong_rows_are_named(tmp_path, lines, change, said):
    lines[1] |= change
    path = written(tmp_path / "x.jsonl", *lines)
    with pytest.raises(LabelFileError, match=said) as caught:
        load_labels(path, CODEBOOK)
    assert caught.value.line == 2
    assert str(caught.value).startswith(f"{path}:2: ")


def test_a_missing_field_is_named(tmp_path, lines):
    del lines[2]["cue"]
    with pytest.raises(LabelFileError, match=r":3: .*'cue' is missing"):
        load_labels(written(tmp_path / "x.jsonl", *lines), CODEBOOK)


def test_unplaced_rows_are_read_as_strictly(tmp_path, lines, reports):
    path = written(tmp_path / "x.jsonl", *lines)
    side = written(tmp_path / "x.unplaced.jsonl", {**lines[0], "themes": ["gone"]})
    before = path.read_bytes(), side.read_bytes()
    with pytest.raises(LabelFileError, match=r"x\.unplaced\.jsonl:1: unknown theme"):
        rebase_file(path, reports, CODEBOOK)
    assert (path.read_bytes(), side.read_bytes()) == before


def test_spans_off_the_text_are_named(tmp_path, lines, reports):
    rows = load_labels(written(tmp_path / "x.jsonl", *lines), CODEBOOK)
    check_spans(rows, reports, tmp_path / "x.jsonl")
    lines[1] |= {"start": 99_000, "end": 99_100}
    rows = load_labels(written(tmp_path / "x.jsonl", *lines), CODEBOOK)
    with pytest.raises(LabelFileError, match=r"x\.jsonl:2: span off the text"):
        check_spans(rows, reports, tmp_path / "x.jsonl")
    lines[1] |= {"start": 326, "end": 337}
    lines[1]["text"] = lines[1]["text"][1:]
    rows = load_labels(written(tmp_path / "x.jsonl", *lines), CODEBOOK)
    with pytest.raises(LabelFileError, match="labels rebase"):
        check_spans(rows, reports, tmp_path / "x.jsonl")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"themes": ["gone"]}, "unknown theme"),
        ({"themes": ["party", "reform", "medical", "tcm"]}, "more than 3"),
        ({"themes": ["tcm", "tcm"]}, "a theme twice"),
        ({"themes": "tcm"}, "'themes' is 'tcm'"),
        ({"key": 5}, "'key' is 5"),
        ({"key": GOOD["key"]}, r"is answered in .*x\.jsonl:1"),
        ({"discuss": "yes"}, "'discuss' is 'yes'"),
        ({"comment": None}, "'comment' is None"),
        ({"theme": []}, "unknown field 'theme'"),
    ],
)
def test_wrong_answers_are_named(tmp_path, change, said):
    path = written(tmp_path / "x.jsonl", GOOD, {**GOOD, "key": "b", **change})
    with pytest.raises(LabelFileError, match=said) as caught:
        read_answers([path], CODEBOOK)
    assert str(caught.value).startswith(f"{path}:2: ")


def test_an_adjudicators_answers_need_reasons(tmp_path):
    path = written(
        tmp_path / "x.jsonl", {**GOOD, "comment": "见手册"}, {**GOOD, "key": "b"}
    )
    assert len(read_answers([path], CODEBOOK)) == 2
    with pytest.raises(LabelFileError, match=r"x\.jsonl:2: no reason"):
        read_answers([path], CODEBOOK, ADJUDICATION)


def test_writing_fails_whole(tmp_path, lines):
    path = written(tmp_path / "x.jsonl", *lines)
    rows = load_labels(path, CODEBOOK)
    before = path.read_bytes()
    broken: Any = None
    with pytest.raises(TypeError):
        save_labels(path, [*rows, broken])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]
