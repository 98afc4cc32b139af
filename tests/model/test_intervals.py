import numpy as np
import pytest

from model.intervals import compare, draw
from model.metrics import overall


def decisions(seed, n=200, themes=3, wrong=0.1):
    random = np.random.default_rng(seed)
    truth = random.random((n, themes)) < 0.4
    return truth, truth ^ (random.random((n, themes)) < wrong)


CLUSTERS = [f"section {i // 10}" for i in range(200)]


def test_the_interval_holds_the_figure_and_is_the_same_again():
    truth, chosen = decisions(1)
    first = draw(chosen, truth, CLUSTERS)
    assert first.clusters == 20
    assert first.worth == pytest.approx(20)
    for name, value in overall(chosen, truth).items():
        spread = first.interval(name)
        assert spread.low < value < spread.high
        assert spread == draw(chosen, truth, CLUSTERS).interval(name)


def test_one_cluster_has_no_width():
    truth, chosen = decisions(2)
    spread = draw(chosen, truth, ["all"] * 200).interval("micro_f1")
    assert (
        spread.low == spread.high == pytest.approx(overall(chosen, truth)["micro_f1"])
    )


def test_two_clusters_by_hand():
    truth = np.ones((2, 1), dtype=bool)
    chosen = np.array([[True], [False]])
    drawn = draw(chosen, truth, ["right", "wrong"])
    f1 = drawn.figures["micro_f1"]
    assert set(np.round(f1, 6)) == {0.0, round(2 / 3, 6), 1.0}
    assert np.isclose((f1 == 1.0).mean(), 0.25, atol=0.05)
    assert (drawn.interval("micro_f1").low, drawn.interval("micro_f1").high) == (0, 1)


def test_one_large_section_is_worth_little_more_than_one():
    truth, chosen = decisions(5)
    drawn = draw(chosen, truth, ["large"] * 190 + [f"small {i}" for i in range(10)])
    assert drawn.clusters == 11
    assert drawn.worth == pytest.approx(200**2 / (190**2 + 10))


def test_a_theme_absent_from_a_draw_is_left_out():
    truth = np.array([[1, 0], [0, 1]], dtype=bool)
    drawn = draw(truth, truth, ["a", "b"])
    assert np.isnan(drawn.themes).any()
    assert (drawn.figures["macro_f1"] == 1.0).all()
    assert drawn.theme_interval(0).low == 1.0


def test_a_paired_interval_is_narrower_than_the_figures():
    truth, chosen = decisions(3)
    worse = chosen.copy()
    worse[::10, 0] ^= True  # the same small harm in every section
    ours, theirs = draw(worse, truth, CLUSTERS), draw(chosen, truth, CLUSTERS)
    change = overall(worse, truth)["micro_f1"] - overall(chosen, truth)["micro_f1"]
    found = compare(ours, theirs, "micro_f1", change)
    assert found.low <= found.change <= found.high
    alone = theirs.interval("micro_f1")
    assert found.high - found.low < alone.high - alone.low


def test_nothing_changes_against_itself():
    truth, chosen = decisions(4)
    drawn = draw(chosen, truth, CLUSTERS)
    found = compare(drawn, drawn, "macro_f1", 0.0)
    assert (found.low, found.high) == (0.0, 0.0)
