import numpy as np

from model.decide import Thresholds, fit_thresholds, micro_f1


def test_at_most_three_and_a_floor():
    limits = Thresholds(np.full(5, 0.5), floor=0.1, doubt=0.2)
    chosen = limits.choose(
        np.array(
            [
                [0.9, 0.8, 0.7, 0.6, 0.1],
                [0.45, 0.1, 0.1, 0.1, 0.1],
                [0.3, 0.1, 0.1, 0.1, 0.1],
            ]
        )
    )
    assert chosen.sum(axis=1).tolist() == [3, 1, 0]
    assert not chosen[0, 3]


def test_near_the_threshold_is_uncertain():
    limits = Thresholds(np.full(2, 0.5), floor=0.0, doubt=0.2)
    assert limits.uncertain(np.array([[0.99, 0.01], [0.52, 0.01]])).tolist() == [
        False,
        True,
    ]


def test_thresholds_find_the_gap():
    random = np.random.default_rng(0)
    truth = random.random((400, 3)) < 0.3
    scores = np.where(truth, 0.6, 0.2) + random.normal(0, 0.05, truth.shape)
    limits = fit_thresholds(np.clip(scores, 0, 1), truth)
    assert micro_f1(limits.choose(scores), truth) > 0.99
