from functools import partial

import numpy as np
import pytest

from model.baselines import (
    best_cut,
    characters,
    hold_out_texts,
    key_terms,
    naive,
    plain,
    score_fold,
)
from model.fasttext_baseline import available, fasttext
from model.leave_out import by_file
from model.metrics import overall
from model.processes import spread
from tests.tiny import CODEBOOK, CODES, row, tiny_labels

LABELS = tiny_labels()


def test_key_terms():
    theme = CODEBOOK.themes[0]
    rows = [row(f"抓好{theme.key_terms[0]}。"), row("天气晴朗。")]
    chosen = key_terms(rows, CODEBOOK)
    assert chosen[0, 0]
    assert not chosen[1].any()


def test_best_cut_by_hand():
    scores = np.array([[0.9, 0.2], [0.8, 0.6], [0.4, 0.1]])
    truth = np.array([[True, False], [True, True], [False, False]])
    cut = best_cut(scores, truth)
    assert 0.4 < cut <= 0.6
    assert ((scores >= cut) == truth).all()


def test_best_cut_prefers_few_wrong_tags():
    scores = np.array([[0.9], [0.5], [0.4], [0.3]])
    truth = np.array([[True], [False], [False], [True]])
    # 1 of 1 and 1 missed: 2/3; all four: 4/6 as well; the first one wins
    assert 0.5 < best_cut(scores, truth) <= 0.9


@pytest.mark.parametrize("learner", [naive, characters, plain])
def test_learners_score_the_themes_they_saw(learner):
    texts = [row.text for row in LABELS]
    truth = np.array([[code in row.themes for code in CODES] for row in LABELS])
    scores = learner(texts, truth, texts)
    assert scores.shape == truth.shape
    assert scores[truth].mean() > scores[~truth].mean()


@pytest.mark.skipif(not available(), reason="fastText is not installed")
def test_fasttext_scores():
    texts = [row.text for row in LABELS]
    truth = np.array([[code in row.themes for code in CODES] for row in LABELS])
    scores = fasttext(texts, truth, texts)
    assert scores.shape == truth.shape
    assert scores[truth].mean() > scores[~truth].mean()


class Watched:
    """A learner that remembers what it was trained on."""

    def __init__(self):
        self.calls = []

    def __call__(self, texts, truth, others):
        self.calls.append((set(texts), set(others)))
        return np.full((len(others), truth.shape[1]), 0.5)


def test_the_threshold_is_chosen_without_the_scored_file():
    learner = Watched()
    fold = by_file(LABELS)[0]
    score_fold(fold, CODES, learner)
    scored = {r.text for r in fold.scored}
    assert len(learner.calls) == 3  # two inner files, then the whole
    *inner, (_, last) = learner.calls
    assert last == scored
    own = scored - {r.text for r in fold.training}
    for training, others in inner:
        assert not own & (training | others)


def test_without_tuning_nothing_is_chosen_inside():
    learner = Watched()
    held = hold_out_texts(by_file(LABELS), CODES, learner, tuned=False)
    assert len(learner.calls) == 3
    assert not held.tuned.any()


def test_figures_are_in_the_order_of_the_rows():
    held = hold_out_texts(by_file(LABELS[::-1]), CODES, plain)
    assert [r.report for r in held.rows] == sorted(r.report for r in held.rows)
    for r, truth in zip(held.rows, held.truth, strict=True):
        assert [CODES[i] for i in np.flatnonzero(truth)] == list(r.themes)
    assert overall(held.tuned, held.truth)["micro_f1"] > 0


def test_tasks_keep_their_order_in_processes():
    tasks = [partial(pow, 2, n) for n in range(5)]
    assert list(spread(tasks, 2)) == list(spread(tasks)) == [1, 2, 4, 8, 16]
