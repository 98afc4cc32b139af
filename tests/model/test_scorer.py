import re

import numpy as np
import pytest

from model.bundle import load_model
from model.evidence import character_scores
from model.fit import by_report
from model.layout import lay_out
from model.tokens import fold_all, segment
from tests.model.made_texts import made_texts

MADE = 24_000  # so that both engines meet 20,000 texts that they cut alike
# Where the engines cut the same characters into other words: a few characters
# repeated, where several cuts are equally likely and rounding decides.
RHYTHM = re.compile(r"(.{1,4}?)\1{3}")


@pytest.fixture(scope="module")
def raw(labels):
    """Every labelled sentence, then texts made from them."""
    written = [row.text for row in labels]
    return written + made_texts(written, MADE, seed=7)


@pytest.fixture(scope="module")
def texts(raw):
    return fold_all(raw)


@pytest.fixture(scope="module")
def model(bundle):
    return load_model(bundle)


def test_the_made_texts_hold_what_is_hard(raw, labels):
    made = raw[len(labels) :]
    assert len(made) == MADE
    assert made.count("") > MADE / 1000
    assert len(set(made)) > 0.8 * MADE
    for hard in ("\ud800", "\U00020000", "\x00", "\n", "İ", "xx.xx%", "a.b"):
        assert sum(hard in text for text in made) > MADE / 1000


def test_both_forms_are_equal(model, tagger, texts):
    scores, counts = tagger.scorer.scores(texts)
    through, counted = model.scores(texts)
    assert np.abs(scores - through).max() < 1e-9
    assert np.abs(counts - counted).max() < 1e-9


def test_both_forms_are_equal_in_their_context(model, tagger, labels):
    layout = lay_out(by_report(labels))
    ours, theirs = tagger.probabilities(layout), model.probabilities(layout)
    assert np.abs(ours - theirs).max() < 1e-9


def test_both_engines_are_equal(texts, labels):
    usual = [True] * len(labels)  # whatever they hold
    usual += [not RHYTHM.search(text) for text in texts[len(labels) :]]
    assert sum(usual[len(labels) :]) > 20_000
    for text, same, ours, theirs in zip(
        texts, usual, segment(texts, "rjieba"), segment(texts, "jieba"), strict=True
    ):
        assert "".join(ours) == "".join(theirs), ascii(text)
        assert ours == theirs or not same, ascii(text)


def test_character_scores_sum_to_the_score(tagger, texts):
    some = [*texts[:100], *texts[-500:]]
    scores = tagger.scorer.scores(some)[0] - tagger.scorer.intercept
    for adds, score in zip(character_scores(tagger.scorer, some), scores, strict=True):
        assert np.abs(adds.sum(axis=0) - score).max() < 1e-9


def test_batches_give_what_single_texts_give(tagger, texts):
    together = tagger.scorer.scores(texts[:50])[0]
    apart = np.concatenate([tagger.scorer.scores([text])[0] for text in texts[:50]])
    assert np.abs(together - apart).max() < 1e-12


def test_one_text_alone_gets_what_a_batch_gives(tagger, raw):
    for text in raw[::10]:
        alone = tagger.decide_sentences([text]).probabilities[0]
        beside = tagger.decide_sentences([text, ""]).probabilities[0]
        assert np.abs(alone - beside).max() < 1e-9, ascii(text)


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
