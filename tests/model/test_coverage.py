import numpy as np
import pytest

from model.coverage import coverage_curve, own_point, precision_at_coverage

# Ten sentences, one tag each, the surest first; the two most doubtful are wrong.
MARGINS = np.arange(10, 0, -1) / 10
CHOSEN = np.tile([True, False], (10, 1))
TRUTH = CHOSEN.copy()
TRUTH[8] = [False, True]
TRUTH[9] = [False, False]  # a tag on a sentence without a theme is wrong


def test_curve_by_hand():
    by_coverage = {
        round(point.coverage, 2): point
        for point in coverage_curve(MARGINS, CHOSEN, TRUTH)
    }
    assert by_coverage[0.8].precision == 1.0
    assert by_coverage[0.9].precision == pytest.approx(8 / 9)
    assert by_coverage[1.0].precision == pytest.approx(8 / 10)
    assert by_coverage[0.8].margin == pytest.approx(0.3)


def test_one_point_of_it():
    assert precision_at_coverage(MARGINS, CHOSEN, TRUTH, 0.9) == pytest.approx(8 / 9)


def test_order_of_the_sentences_does_not_matter():
    order = np.random.default_rng(0).permutation(10)
    turned = coverage_curve(MARGINS[order], CHOSEN[order], TRUTH[order])
    assert turned == coverage_curve(MARGINS, CHOSEN, TRUTH)


def test_own_point():
    uncertain = MARGINS < 0.25
    point = own_point(MARGINS, uncertain, CHOSEN, TRUTH)
    assert (point.coverage, point.precision) == (0.8, 1.0)


def test_sentences_without_a_tag_cover_and_claim_nothing():
    chosen = np.zeros((4, 2), dtype=bool)
    [*_, last] = coverage_curve(np.ones(4), chosen, np.zeros((4, 2), dtype=bool))
    assert (last.coverage, last.precision) == (1.0, 0.0)
