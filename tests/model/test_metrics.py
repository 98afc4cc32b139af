"""Figures against cases counted by hand."""

import numpy as np
import pytest

from model.metrics import calibration_error, figures, overall, reliability

# Two themes, four sentences; the last one has no theme.
TRUTH = np.array([[1, 0], [1, 1], [0, 1], [0, 0]], dtype=bool)
CHOSEN = np.array([[1, 0], [1, 0], [1, 1], [0, 1]], dtype=bool)


def test_overall():
    found = overall(CHOSEN, TRUTH)
    assert found["micro_f1"] == pytest.approx(2 * 3 / (5 + 4))
    # a: 2 right of 3 given and 2 meant; b: 1 right of 2 given and 2 meant
    assert found["macro_f1"] == pytest.approx((4 / 5 + 2 / 4) / 2)
    assert found["exact_match"] == 1 / 4
    assert found["no_theme_kept"] == 0.0


def test_per_theme_and_per_report():
    found = figures(CHOSEN, TRUTH, ("a", "b"), ["x", "x", "y", "y"])
    assert found["no_theme_sentences"] == 1
    assert found["per_theme"]["a"] == pytest.approx(
        {"f1": 0.8, "precision": 2 / 3, "recall": 1.0, "sentences": 2}
    )
    assert found["per_report"]["x"]["micro_f1"] == pytest.approx(2 * 2 / (2 + 3))
    assert found["per_report"]["y"]["sentences"] == 2


def test_a_theme_nobody_means_or_gives_is_left_out():
    silent = np.zeros((4, 1), dtype=bool)
    wider = overall(np.hstack([CHOSEN, silent]), np.hstack([TRUTH, silent]))
    assert wider == overall(CHOSEN, TRUTH)


def test_calibration_counts_given_and_best_rejected():
    p = np.array([[0.9, 0.3, 0.2]] * 10)
    chosen = np.array([[True, False, False]] * 10)
    truth = np.array([[True, False, False]] * 8 + [[False, True, False]] * 2)
    bins = reliability(p, chosen, truth)
    assert sum(part.claims for part in bins) == 20  # 0.2 is not counted
    # With a bin for each two claims of one value: 0.3 claimed where 0 or 1 is right.
    low = [0.3, 0.3, 0.3, 0.3, 0.7]
    high = [0.1, 0.1, 0.1, 0.1, 0.9]
    assert calibration_error(bins) == pytest.approx((sum(low) + sum(high)) / 10)


def test_claims_that_come_true_have_no_error():
    p = np.tile([0.5, 0.1], (20, 1))
    chosen = np.tile([True, False], (20, 1))
    truth = np.zeros((20, 2), dtype=bool)
    truth[::2, 0] = True
    bins = reliability(p, chosen, truth)
    assert [part.right for part in bins if part.claimed == 0.5] == [0.5] * 5
    assert calibration_error(bins) == pytest.approx(0.05)  # the rejected: 0.1, never
