import numpy as np
import pytest

from model.ablation import SCOUT, VARIANTS, Outside, Variant, ablate, kept
from model.context import NAMES
from model.evaluate import HeldOut, hold_out
from model.fit import Recipe
from model.kept_results import KeptResults, key_of
from model.learning_curve import SIZES, samples
from model.outside import with_theme
from tests.tiny import CODES, row, tiny_labels

LABELS = tiny_labels()


@pytest.fixture(scope="module")
def full() -> HeldOut:
    return hold_out(LABELS, CODES)


def test_recipes_name_features_that_exist():
    for variant in (*VARIANTS, SCOUT):
        assert set(variant.recipe.pairs) <= set(NAMES)
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("no context", 3),
        ("no authored sentences", 0),
        ("no authored passages", 1),
        ("no out-of-domain sentences", 2),
    ],
)
def test_variants_keep_the_right_authored_sentences(name, left):
    [variant] = [v for v in VARIANTS if v.name == name]
    rows = [
        row("甲。"),
        row("乙。", origin="authored", report="x-1", meta=(("register", "对照"),)),
        row("丙。", origin="authored", report="x-2", headings=("一、",)),
        row("丁。", origin="authored", report="x-3", headings=("一、",)),
    ]
    if "domain" in name:
        rows[3] = row(
            "丁。", origin="authored", report="x-3", meta=(("register", "域外:教育"),)
        )
    some = kept(rows, variant.keep)
    assert some[0] is rows[0]
    assert len(some) == 1 + left


def test_ablation_is_paired_and_goes_on_where_it_stopped(full, tmp_path):
    path = tmp_path / "ablation.jsonl"
    variants = (
        Variant("nothing left out"),
        Variant("no authored sentences", keep=lambda _: False),
    )
    said: list[str] = []
    run = ablate(full, LABELS, CODES, KeptResults(path), variants, said.append)
    first = next(run)  # and stop
    del run
    change = first.differences["micro_f1"]
    assert (change.change, change.low, change.high) == (0.0, 0.0, 0.0)
    again: list[str] = []
    found = list(ablate(full, LABELS, CODES, KeptResults(path), variants, again.append))
    assert found[0] == first
    assert [line for line in again if line.startswith("done")] == [
        "done: no authored sentences"
    ]
    last = found[1]
    assert last.differences["micro_f1"].change == pytest.approx(
        last.figures["micro_f1"] - first.figures["micro_f1"]
    )
    spread = last.differences["micro_f1"]
    assert spread.low <= spread.change <= spread.high
    quiet: list[str] = []
    assert (
        list(ablate(full, LABELS, CODES, KeptResults(path), variants, quiet.append))
        == found
    )
    assert not quiet


def test_other_fields_are_compared_sentence_by_sentence(full, tmp_path):
    rows = [row(f"第{n}号车床换油。", index=n) for n in range(4)]
    themed = np.array([True, False, True, False])
    [same] = ablate(
        full,
        LABELS,
        CODES,
        KeptResults(tmp_path / "ablation.jsonl"),
        [Variant("nothing left out")],
        outside=Outside(rows, themed),
    )
    now = with_theme(LABELS, rows, CODES)
    difference = same.differences["outside_with_theme"]
    assert same.figures["outside_with_theme"] == now.mean()
    assert difference.change == now.mean() - 0.5
    assert difference.low < difference.change < difference.high


def test_keys_change_with_recipe_and_labels():
    keys = {
        key_of("x", Recipe(), LABELS),
        key_of("y", Recipe(), LABELS),
        key_of("x", Recipe(blocks=("grams",)), LABELS),
        key_of("x", Recipe(), LABELS[1:]),
    }
    assert len(keys) == 4
    assert key_of("x", Recipe(), LABELS) in keys


def test_decisions_are_held_out(full):
    assert [r.report for r in full.rows] == sorted(r.report for r in full.rows)
    assert {r.origin for r in full.rows} == {"report"}
    assert full.probabilities.shape == full.truth.shape == (51, len(CODES))
    assert np.isfinite(full.probabilities).all()


def test_samples_grow_by_whole_passages():
    authored = [
        row(f"第{p}段第{i}句。", origin="authored", report=f"p-{p:04}", index=i)
        for p in range(500)
        for i in range(1 + p % 5)
    ]
    real = [row("甲。")]
    found = samples(real + authored)
    assert [(s.authored, s.draw) for s in found[:1] + found[-1:]] == [(0, 0), (1500, 0)]
    middle = found[1:-1]
    assert [s.draw for s in middle] == [0, 1]
    for sample in middle:
        assert SIZES[1] <= sample.authored < SIZES[1] + 5
        assert sample.labels[0] is real[0]
        drawn = [r for r in sample.labels if r.origin == "authored"]
        groups = {r.group for r in drawn}
        assert drawn == [r for r in authored if r.group in groups]
    assert middle[0].labels != middle[1].labels
    assert [s.labels for s in samples(real + authored)] == [s.labels for s in found]
