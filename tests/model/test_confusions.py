import numpy as np

from model.confusions import NOTHING, confidence, confusions
from tests.tiny import row

TRUTH = np.array([[1, 0, 0], [1, 0, 0], [0, 0, 0], [1, 1, 0], [0, 0, 1]], dtype=bool)
CHOSEN = np.array([[0, 1, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=bool)
P = np.array([[0.3, 0.6, 0], [0.1, 0.7, 0], [0, 0.8, 0], [0.9, 0.4, 0], [0, 0, 1]])


def test_pairs_counts_and_the_surest_example():
    rows = [row(f"句子{i}。", index=i) for i in range(5)]
    found = confusions(rows, ("a", "b", "c"), P, CHOSEN, TRUTH)
    assert [(p.missed, p.given, p.count) for p in found] == [
        ("a", "b", 2),
        ("b", "", 1),
        (NOTHING, "b", 1),
    ]
    assert found[0].example is rows[1]  # 0.9 sure that it is not a


def test_confidence_is_that_of_the_worst_mistake():
    sure = confidence(P, CHOSEN, TRUTH)
    assert np.allclose(sure, [0.7, 0.9, 0.8, 0.6, 0.0])
