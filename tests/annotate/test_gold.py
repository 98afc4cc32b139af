import dataclasses

import pytest

from annotate.errors import LabelFileError
from annotate.gold import LABELS, load_labels, save_labels
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()


@pytest.fixture
def rows():
    return load_labels(LABELS / "seeds.jsonl", CODEBOOK)[:3]


def test_every_sentence_of_the_five_is_labelled(reports):
    rows = load_labels(LABELS / "seeds.jsonl", CODEBOOK)
    spans = {(row.report, row.start, row.end, row.text) for row in rows}
    expected = {
        (r.source, s.start, s.end, s.text) for r in reports for s in r.sentences
    }
    assert spans == expected
    assert all(row.votes for row in rows)


def test_round_trip(tmp_path, rows):
    save_labels(tmp_path / "x.jsonl", rows)
    assert load_labels(tmp_path / "x.jsonl", CODEBOOK) == rows


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"themes": ("nonsense",)}, "unknown theme"),
        ({"themes": ("party", "reform", "medical", "tcm")}, "more than 3"),
        ({"start": 5, "end": 5}, "holds no text"),
    ],
)
def test_refuses_a_wrong_row_by_line(tmp_path, rows, change, said):
    rows[1] = dataclasses.replace(rows[1], **change)
    save_labels(tmp_path / "x.jsonl", rows)
    with pytest.raises(LabelFileError, match=said) as caught:
        load_labels(tmp_path / "x.jsonl", CODEBOOK)
    assert caught.value.line == 2
    assert "x.jsonl:2" in str(caught.value)


def test_refuses_a_doubled_key(tmp_path, rows):
    save_labels(tmp_path / "x.jsonl", [*rows, rows[0]])
    with pytest.raises(LabelFileError, match="line 1 already"):
        load_labels(tmp_path / "x.jsonl", CODEBOOK)


def test_refuses_a_half_written_line(tmp_path, rows):
    path = tmp_path / "x.jsonl"
    save_labels(path, rows)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(LabelFileError, match="half-written") as caught:
        load_labels(path, CODEBOOK)
    assert caught.value.line == 3
