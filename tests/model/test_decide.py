import numpy as np

from model.decide import Thresholds, fit_thresholds, micro_f1


def test_at_most_three():
    limits = Thresholds(0.5, doubt=0.2)
    chosen = limits.choose(
        np.array([[0.9, 0.8, 0.7, 0.6, 0.1], [0.45, 0.1, 0.1, 0.1, 0.1]])
    )
    assert chosen.sum(axis=1).tolist() == [3, 0]
    assert not chosen[0, 3]


def test_near_the_threshold_is_uncertain():
    limits = Thresholds(0.5, doubt=0.2)
    probabilities = np.array([[0.99, 0.01], [0.52, 0.01], [0.48, 0.01], [0.3, 0.39]])
    assert limits.uncertain(probabilities).tolist() == [False, True, True, False]


def test_a_fourth_theme_is_uncertain():
    limits = Thresholds(0.5, doubt=0.2)
    assert limits.margins(np.array([[0.9, 0.9, 0.9, 0.8]])).tolist() == [0.0]


def test_thresholds_find_the_gap():
    random = np.random.default_rng(0)
    truth = random.random((400, 3)) < 0.3
    scores = np.where(truth, 0.615, 0.49) + random.normal(0, 0.01, truth.shape)
    limits = fit_thresholds(scores, truth)
    assert limits.theme == 0.58  # the highest that is good enough
    assert micro_f1(limits.choose(scores), truth) > 0.99
