import numpy as np

from model.second import Examples, fit_context, kinds_of
from tests.tiny import row


def test_kinds():
    rows = [
        row("甲。"),
        row("乙。", origin="authored", report="x-1"),
        row("丙。", origin="authored", report="x-2", meta=(("register", "域外:教育"),)),
    ]
    assert kinds_of(rows).tolist() == [0, 1, 2]


def _examples(shares):
    """Of reports 10 sentences with the theme, of other fields 990 without; all alike."""
    kinds = np.repeat([0, 2], [10, 990])
    pairs = np.ones((1000, 1, 1))
    return Examples(pairs, pairs, (kinds == 0)[:, None], kinds, shares)


def test_shares_weigh_kinds_whatever_their_number():
    everything = np.ones(1000, dtype=bool)
    for shares, expected in (((1.0, 1.0, 3.0), 0.25), (None, 20 / 1010)):
        examples = _examples(shares)
        p = fit_context(examples, everything).probabilities(examples.pairs[:1])
        assert abs(p[0, 0] - expected) < 0.01


def test_a_column_that_only_rounding_moves_counts_nothing():
    kinds = np.zeros(60, dtype=np.intp)
    chosen = (np.arange(60) % 2 == 0)[:, None]
    told = np.where(chosen, 1.0, -1.0)[:, :, None]
    noise = -1.0 + np.random.default_rng(5).normal(0, 1e-15, told.shape)
    pairs = np.concatenate([told, noise], axis=2)
    examples = Examples(pairs, pairs, chosen, kinds)
    context = fit_context(examples, np.ones(60, dtype=bool))
    assert context.weights[1] == 0.0
    assert (context.probabilities(pairs)[chosen] > 0.9).all()
