import random

import numpy as np
import pytest

from model.bundle import load_model
from model.evidence import character_scores
from model.lexicon import load_lexicon, log_counts
from model.tokens import fold_all, words


@pytest.fixture(scope="module")
def texts(labels):
    seeded = random.Random(7)
    alphabet = (
        "".join(row.text for row in labels[:400]) + "，。；:()%abc0123 \U00020000é"
    )
    made = [
        "".join(seeded.choices(alphabet, k=seeded.randint(0, 90))) for _ in range(2000)
    ]
    return fold_all([row.text for row in labels] + made)


def test_both_forms_are_equal(bundle, tagger, texts):
    model = load_model(bundle)
    scores, counts = tagger.scorer.scores(texts)
    assert np.abs(scores - model.own.predict(texts)).max() < 1e-9
    hits = load_lexicon(tagger.themes).hits(texts)
    assert np.abs(counts - log_counts(hits, model.term_weights)).max() < 1e-9


def test_both_engines_are_equal(texts):
    assert words(texts, "jieba") == words(texts, "rjieba")


def test_character_scores_sum_to_the_score(tagger, texts):
    for text in texts[:100]:
        adds = character_scores(tagger.scorer, text).sum(axis=0)
        score = tagger.scorer.scores([text])[0][0] - tagger.scorer.intercept
        assert np.abs(adds - score).max() < 1e-9


def test_batches_give_what_single_texts_give(tagger, texts):
    together = tagger.scorer.scores(texts[:50])[0]
    apart = np.concatenate([tagger.scorer.scores([text])[0] for text in texts[:50]])
    assert np.abs(together - apart).max() < 1e-12


def test_evidence_lies_in_the_text(tagger, reports):
    for report in reports[:2]:
        for sentence, decision in zip(
            report.sentences, tagger.tag_report(report), strict=True
        ):
            for piece in decision.evidence:
                assert report.text[piece.start : piece.end].strip()
                assert 0 <= piece.share <= 1
                if piece.source == "own":
                    assert sentence.start <= piece.start < piece.end <= sentence.end
