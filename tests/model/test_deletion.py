from itertools import islice

import pytest

from model.compile import tagger_of
from model.deletion import DRAWS, _words, delete_evidence, delete_in
from model.fit import fit
from model.leave_out import Fold
from tests.tiny import CODES, tiny_labels


@pytest.fixture(scope="module")
def model():
    return fit(tiny_labels(), CODES)


def test_words_have_their_places():
    text = "推进健康城市,推进健康。"
    words = [text[start:end] for start, end in _words(text)]
    assert words == ["推进", "健康", "城市", "推进", "健康"]
    assert _words(text)[-1] == (9, 11)


def test_a_tagger_without_a_bundle(model):
    tagger = tagger_of(model)
    [decision] = tagger.tag_sentences(["天气晴朗。"])
    assert set(decision.scores) == set(CODES)


def test_tags_of_the_scored_sentences_are_tested(tagger, reports):
    report = reports[0]
    some = [s for s in report.sentences if len(s.text) > 20][:6]
    scored = {(report.sha256, s.start, s.end) for s in some}
    tags = sum(
        len(d.themes)
        for s, d in zip(report.sentences, tagger.tag_report(report), strict=True)
        if s in some
    )
    found = list(delete_in(tagger, report, scored))
    assert 0 < len(found) <= tags
    assert found == list(delete_in(tagger, report, scored))
    for deleted in found:
        assert 0 < deleted.words <= deleted.every
        assert deleted.right == (deleted.evidence > deleted.random)
    assert DRAWS == 5


def test_only_the_left_out_files_are_read(model):
    fold = Fold("a.txt", [], list(islice(tiny_labels(), 3)), [])
    assert delete_evidence(model, fold) == []
