from functools import partial

import pytest

from api.bench_model import _repeated, bench_model
from model.errors import BundleError
from model.fasttext_baseline import available
from tests.tiny import tiny_labels

RIVALS = ("naive", "naive_rjieba", "fasttext", "fasttext_rjieba")


@pytest.fixture
def measured(data_dir, monkeypatch):
    """Measure on few labels; also what was told on the way."""

    def run(with_fasttext):
        monkeypatch.setattr("api.bench_model.available", lambda: with_fasttext)
        said: list[str] = []
        found = bench_model(tiny_labels(), data_dir, said.append, rounds=1)
        return found, " ".join(said)

    return run


@pytest.mark.skipif(not available(), reason="fastText is not installed")
def test_every_rival_is_measured_and_compared(measured):
    found, said = measured(True)
    assert all(value > 0 for value in found.values())
    for name in RIVALS:
        theirs, ours = found[f"{name}_sentences_per_s"], found["sentences_per_s"]
        assert found[f"batch_vs_{name}"] == pytest.approx(ours / theirs)
        theirs, ours = found[f"{name}_single_p50_ms"], found["single_p50_ms"]
        assert found[f"single_p50_vs_{name}"] == pytest.approx(theirs / ours)
    assert {"train_s", "load_s", "ready_s", "memory_mb", "cost_exponent"} <= set(found)
    assert "one thread" in said
    assert "left out" not in said


def test_without_fasttext_its_figures_are_left_out_and_that_is_said(measured):
    found, said = measured(False)
    assert not [name for name in found if "fasttext" in name]
    assert "batch_vs_naive_rjieba" in found
    assert "fastText, a developers' tool, is not installed: left out" in said


def test_says_that_no_model_is_published(tmp_path):
    run = partial(bench_model, tiny_labels(), tmp_path, lambda _: None)
    with pytest.raises(BundleError, match="policy-themes train"):
        run()


def test_contexts_are_cut_to_the_number_of_sentences():
    rows = tiny_labels()
    groups = [rows[:3], rows[3:4]]
    for number in (1, 2, 3, 4, 5, 9):
        found = [list(part) for part in _repeated(groups, number)]
        assert sum(map(len, found)) == number
        assert found[0] == rows[: min(number, 3)]
