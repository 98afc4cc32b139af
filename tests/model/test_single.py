import numpy as np
import pytest

from model.context import alone_weights, own_columns, weighted
from model.single import SingleScorer
from model.tokens import fold_all

ODD = ["", "x", "的", "\U00020000é", "。。", "0" * 300, "医共体" * 40]


@pytest.fixture(scope="module")
def texts(labels):
    return fold_all([row.text for row in labels[::7]] + ODD)


def test_one_text_scores_as_in_a_batch(tagger, texts):
    scores, counts = tagger.scorer.scores(texts)
    single = SingleScorer(tagger.scorer)
    for at, text in enumerate(texts):
        own, terms = single.score(text)
        assert np.abs(own - scores[at]).max() < 1e-9
        assert np.abs(terms - counts[at]).max() < 1e-9


def test_features_put_together_weigh_the_same(tagger, texts):
    scores, counts = tagger.scorer.scores(texts)
    parts = weighted(own_columns(scores, counts, alone=True), tagger.weights)
    logits = alone_weights(tagger.weights, tagger.bias).logits(scores, counts)
    assert np.abs(parts["own"] + tagger.bias - logits).max() < 1e-9
