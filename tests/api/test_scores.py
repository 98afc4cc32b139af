import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from api import scores
from api.charts import coverage_chart, learning_chart, reliability_chart, theme_chart
from api.scores import Evaluation, Wanted
from api.text_table import Table
from model.ablation import SCOUT, VARIANTS
from model.learning_curve import Point
from tests.tiny import CODEBOOK, CODES, row, tiny_labels

KEYS = {
    "micro_f1", "macro_f1", "no_theme_kept", "ece", "precision_at_coverage_80",
    "outside_with_theme", "per_theme", "intervals", "per_report",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Evaluation, Wanted, list[Table]]:
    """Measure the tiny label set."""
    folder = tmp_path_factory.mktemp("evaluation")
    wanted = Wanted(folder, folder / "figures.json", None, str(folder / "errors.html"))
    evaluation = Evaluation(wanted, tiny_labels(), processes=1)
    tables = list(evaluation.tables())
    evaluation.write(tables)
    list(evaluation.errors())
    return evaluation, wanted, tables


def test_figures_hold_what_others_read(run):
    _, wanted, _ = run
    found: dict[str, Any] = json.loads(wanted.figures.read_text(encoding="utf-8"))
    assert set(found) >= KEYS
    assert (
        json.loads((wanted.output / "metrics.json").read_text(encoding="utf-8"))
        == found
    )
    assert set(found["per_theme"]) == set(CODES)
    assert set(found["per_report"]) == {"a.txt", "b.txt", "c.txt"}
    assert found["intervals"]["clusters"] == 15
    spread = found["intervals"]["micro_f1"]
    assert spread["low"] <= found["micro_f1"] <= spread["high"]
    assert set(found["baselines"]) == {"key terms", "naive, 0.5"}
    assert len(found["coverage_curve"]) == 20


def test_files_are_written(run):
    _, wanted, tables = run
    text = (wanted.output / "figures.md").read_text(encoding="utf-8")
    assert all(f"## {table.title}" in text for table in tables)
    for name in ("reliability", "coverage", "themes"):
        ET.parse(wanted.output / f"{name}.svg")
    assert "<article" in (wanted.output / "errors.html").read_text(encoding="utf-8")


def test_tables_have_as_many_cells_as_heads(run):
    _, _, tables = run
    for table in tables:
        assert {len(r) for r in table.rows} <= {len(table.head)}
    titles = [table.title for table in tables]
    assert "Confusions" in titles
    assert "Precision at coverage" in titles


def test_outside_sentences_are_judged_where_there_are_some(run, tmp_path, monkeypatch):
    from annotate.gold import save_labels

    evaluation, *_ = run
    path = tmp_path / "outside.jsonl"
    rows = [
        row("天气晴朗。", origin="authored", report="out-0001"),
        row(
            f"抓好{CODEBOOK.themes[0].key_terms[0]}。",
            origin="authored",
            report="out-0002",
        ),
    ]
    save_labels(path, [replace(r, sha256="") for r in rows])
    monkeypatch.setattr(scores, "OUTSIDE", path)
    table = next(t for t in evaluation.tables() if t.title == "Outside the field")
    assert table.rows[0][0] == "2"
    assert 0.0 <= evaluation.found["outside_with_theme"] <= 1.0


def test_pictures_hold_names_as_text_and_escape():
    book = replace(
        CODEBOOK,
        themes=(replace(CODEBOOK.themes[0], name="甲<乙>&"), *CODEBOOK.themes[1:]),
    )
    figures = {
        code: {"f1": 0.5, "sentences": 9, "interval": {"low": 0.4, "high": 0.6}}
        for code in CODES
    }
    picture = ET.fromstring(theme_chart(figures, book))
    texts = [element.text for element in picture.iter() if element.tag.endswith("text")]
    assert "甲<乙>& (9)" in texts
    assert len([t for t in texts if t and t.endswith("(9)")]) == len(CODES)


def test_points_lie_inside_the_picture():
    bins = [{"claimed": 0.0, "right": 1.0}, {"claimed": 1.0, "right": 0.0}]
    point = {"coverage": 1.0, "precision": 0.5}
    curve = [Point("plain", 0, n, n, 0.1, 0.9) for n in (0, 100)]
    for text in (
        reliability_chart(bins),
        coverage_chart([point], point),
        learning_chart(curve),
    ):
        picture = ET.fromstring(text)
        width, height = (float(picture.get(side, 0)) for side in ("width", "height"))
        circles = [e for e in picture.iter() if e.tag.endswith("circle")]
        assert circles
        for circle in circles:
            assert 0 < float(circle.get("cx", -1)) < width
            assert 0 < float(circle.get("cy", -1)) < height


def test_table_as_text_and_markdown():
    table = Table("T", ("", "n"), [("医疗服务", "3"), ("a|b", "12")], ["note"])
    lines = list(table.lines())
    assert lines[2] == "医疗服务   3"
    assert lines[3] == "a|b       12"
    assert "note" in lines
    assert "| a\\|b | 12 |" in list(table.markdown())


def test_everything_that_can_be_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(scores, "VARIANTS", VARIANTS[:2])
    wanted = Wanted(
        tmp_path,
        predictions=tmp_path / "held-out.jsonl",
        errors="-",
        baselines=True,
        random_split=True,
        ablation=True,
        learning_curve=True,
        deletion=True,
    )
    said: list[str] = []
    evaluation = Evaluation(wanted, tiny_labels(), said.append, processes=1)
    tables = {table.title: table for table in evaluation.tables()}
    evaluation.write(list(tables.values()))
    names = {str(cells[0]) for cells in tables["Ablation"].rows}
    assert names == {"no context", "no headings"}
    assert "naive, tuned" in evaluation.found["baselines"]
    assert SCOUT.name in evaluation.found["baselines"]
    assert [str(r[0]) for r in tables["Random split"].rows][::2] == [
        "one file left out",
        "sentences at random",
    ]
    curve = [(r[0], r[1]) for r in tables["Learning curve"].rows]
    assert curve == [(m, n) for m in ("plain", "this model") for n in ("0", "30")]
    assert tables["Deletion of evidence"].rows[0][0] == "0"  # none of the five reports
    kept = {path.name for path in tmp_path.iterdir()}
    assert {"ablation.jsonl", "learning-curve.jsonl", "learning-curve.svg"} <= kept
    assert any("→" in line for line in evaluation.errors())
