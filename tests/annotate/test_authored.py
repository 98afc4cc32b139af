import json

import pytest

from annotate.authored import find_doubles, read_authored
from annotate.errors import AuthoredError, LabelFileError
from annotate.gold import load_labels, save_labels
from model.tokens import fold
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()
PASSAGE = {
    "kind": "passage",
    "meta": {"year": "2023", "level": "县卫健局", "register": "工作总结"},
    "headings": ["一、２０２３年工作", "（二）2024年工作打算"],
    "sentences": [
        {
            "text": "给边远村卫生室添置手持超声４ 台。（责任科室：基层卫生科）",
            "themes": ["primary", "support"],
            "themes2": ["primary"],
        },
        {"text": "以上工作逐月调度。", "themes": [], "new_paragraph": True},
        {
            "text": "门诊开到晚上九点。",
            "themes": ["medical"],
            "headings": ["一、2023年工作", "(三)就医"],
        },
    ],
}
SINGLE = {
    "kind": "single",
    "meta": {"register": "工作计划"},
    "text": "骡马队驮药进山。",
    "themes": ["primary"],
}


def written(path, *lines):
    path.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines))
    return path


def test_authored_lines_become_rows(tmp_path):
    rows = read_authored(written(tmp_path / "a.jsonl", PASSAGE, SINGLE), "n1", CODEBOOK)
    assert [row.report for row in rows] == ["n1-0001"] * 3 + ["n1-0002"]
    assert [(row.index, row.start) for row in rows] == [
        (0, 0),
        (1, 1000),
        (2, 2000),
        (0, 0),
    ]
    assert all(row.end - row.start == len(row.text) for row in rows)
    first, second, third, single = rows
    assert first.text == "给边远村卫生室添置手持超声4台。"
    assert first.cue == "基层卫生科"
    assert first.headings == ("一、2023年工作", "(二)2024年工作打算")
    assert (first.section, second.section, third.section, single.section) == (
        "2", "2", "3", "",
    )  # fmt: skip
    assert [row.paragraph for row in rows] == [2, 3, 4, 0]
    assert [row.half for row in rows] == ["plan", "plan", "past", "plan"]
    assert [(v.account, v.themes) for v in first.votes] == [
        ("n1.author", ("primary", "support")),
        ("n1.second", ("primary",)),
    ]
    assert second.votes == ()
    assert dict(first.meta)["year"] == "2023"


def test_rows_are_label_rows(tmp_path):
    rows = read_authored(written(tmp_path / "a.jsonl", PASSAGE, SINGLE), "n1", CODEBOOK)
    save_labels(tmp_path / "rows.jsonl", rows)
    assert load_labels(tmp_path / "rows.jsonl", CODEBOOK) == rows


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"themes": ["nonsense"]}, "unknown theme"),
        ({"themes": ["party", "reform", "medical", "tcm"]}, "more than 3"),
        ({"themes": ["tcm", "tcm"]}, "twice"),
        ({"themes": "tcm"}, "'themes' is 'tcm'"),
        ({"themes2": ["gone"]}, "unknown theme"),
        ({"text": " 　"}, "empty text"),
        ({"text": "长" * 301}, "301 characters"),
        ({"note": "x"}, "unknown field 'note'"),
        ({"meta": {"year": 2023}}, "'year' is 2023"),
        ({"kind": "poem"}, "unknown kind 'poem'"),
    ],
)
def test_refuses_by_line(tmp_path, change, said):
    path = written(tmp_path / "a.jsonl", PASSAGE, {**SINGLE, **change})
    with pytest.raises(LabelFileError, match=said) as caught:
        read_authored(path, "n1", CODEBOOK)
    assert caught.value.line == 2
    assert "a.jsonl:2" in str(caught.value)


@pytest.mark.parametrize("name", ["", "longer12", "a-b", "1a", "名"])
def test_refuses_a_name_that_keys_cannot_hold(tmp_path, name):
    with pytest.raises(AuthoredError, match="a name is"):
        read_authored(written(tmp_path / "a.jsonl", SINGLE), name, CODEBOOK)


def test_finds_doubles_by_folded_text(tmp_path):
    path = written(tmp_path / "a.jsonl", PASSAGE, SINGLE)
    known = read_authored(path, "old", CODEBOOK)
    again = {**SINGLE, "text": "二是门诊开到晚上九点。"}
    other = {**SINGLE, "text": "一是添置担架3副。"}
    twice = {**SINGLE, "text": "添置担架15副。"}
    path = written(tmp_path / "b.jsonl", again, other, twice)
    rows = read_authored(path, "new", CODEBOOK)
    doubles = find_doubles(rows, known, fold)
    assert doubles == {rows[0].key: known[2], rows[2].key: rows[1]}
