"""What the model is measured against, on the same sentences and folds."""

import functools
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from annotate.gold import LabelledSentence
from model.leave_out import Fold, by_file, in_place, truth_of
from model.processes import spread
from model.tokens import fold_all, grams, words
from seeds.codebook import Codebook

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]
EVEN = 0.5  # the threshold of everybody's first pipeline
# Texts and labels (n, themes) to train on, texts to score -> scores (m, themes).
Learner = Callable[[Sequence[str], Chosen, Sequence[str]], Array]


@dataclass(frozen=True, slots=True)
class HeldTexts:
    """Decisions about left-out sentences by a learner that sees nothing but the text."""

    rows: list[LabelledSentence]
    scores: Array  # (n, themes)
    tuned: Chosen  # at the threshold chosen inside the folds; nothing if none was
    truth: Chosen


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of a fold's sentences, and where they would be cut."""

    scores: Array  # (n, themes)
    cut: float  # the one that maximises micro-F1 on files left out of the training


def key_terms(rows: Sequence[LabelledSentence], codebook: Codebook) -> Chosen:
    """Choose every theme of which a key term stands in the sentence; no learning."""
    return np.array(
        [
            [
                any(term in row.text for term in theme.key_terms)
                for theme in codebook.themes
            ]
            for row in rows
        ]
    )


def hold_out_texts(
    folds: Sequence[Fold],
    codes: tuple[str, ...],
    learner: Learner,
    tuned: bool = True,
    processes: int = 1,
) -> HeldTexts:
    """Score the sentences of all folds, in the order of the label files.

    Args:
        folds: what is trained on and scored.
        codes: of the themes.
        learner: one of this module's, or another one.
        tuned: whether a threshold is chosen in each fold.
        processes: how many at a time.
    """
    tasks = [partial(score_fold, fold, codes, learner, tuned) for fold in folds]
    found = list(spread(tasks, processes))
    rows = [row for fold in folds for row in fold.scored]
    scores = np.concatenate([part.scores for part in found])
    above = np.concatenate([part.scores >= part.cut for part in found])
    order = in_place(rows)
    ordered = [rows[at] for at in order]
    return HeldTexts(ordered, scores[order], above[order], truth_of(ordered, codes))


def score_fold(
    fold: Fold, codes: tuple[str, ...], learner: Learner, tuned: bool = True
) -> Scored:
    """Score a fold's sentences one by one.

    Args:
        fold: what is trained on and scored.
        codes: of the themes.
        learner: one of this module's, or another one.
        tuned: whether a threshold for all themes is chosen: each file of real reports
            among the training sentences is left out in turn.
    """
    cut = float("nan")
    if tuned:
        inside = by_file(fold.training)
        inner = [(_apply(learner, part, codes), part.scored) for part in inside]
        rows = [row for _, scored in inner for row in scored]
        cut = best_cut(np.concatenate([s for s, _ in inner]), truth_of(rows, codes))
    return Scored(_apply(learner, fold, codes), cut)


def _apply(learner: Learner, fold: Fold, codes: tuple[str, ...]) -> Array:
    return learner(
        [row.text for row in fold.training],
        truth_of(fold.training, codes),
        [row.text for row in fold.scored],
    )


def best_cut(scores: Array, truth: Chosen) -> float:
    """Return the threshold that maximises micro-F1; scores at or above it count.

    Args:
        scores: shape (n, themes).
        truth: shape (n, themes).
    """
    order = np.argsort(-scores, axis=None)
    found = np.cumsum(truth.ravel()[order])
    f1 = 2 * found / (np.arange(1, len(order) + 1) + truth.sum())
    at = int(f1.argmax())
    # Halfway to the next score: a threshold on a training score would favour noise.
    below = scores.ravel()[order[min(at + 1, len(order) - 1)]]
    return float((scores.ravel()[order[at]] + below) / 2)


def naive(texts: Sequence[str], truth: Chosen, others: Sequence[str]) -> Array:
    """Score by the pipeline everybody writes first.

    `TfidfVectorizer(tokenizer=jieba.lcut)`, one-vs-rest logistic regression with its
    default settings.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    tfidf = TfidfVectorizer(tokenizer=_jieba_words, token_pattern=None)
    learner = _one_a_theme(LogisticRegression(max_iter=1000))
    learner.fit(tfidf.fit_transform(texts), truth)
    scores: Array = learner.predict_proba(tfidf.transform(others))
    return scores


def characters(texts: Sequence[str], truth: Chosen, others: Sequence[str]) -> Array:
    """Score by TF-IDF of 2 to 4 characters and a linear support vector machine."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    tfidf = TfidfVectorizer(analyzer="char", ngram_range=(2, 4))
    learner = _one_a_theme(LinearSVC()).fit(tfidf.fit_transform(texts), truth)
    scores: Array = learner.decision_function(tfidf.transform(others))
    return scores


def plain(texts: Sequence[str], truth: Chosen, others: Sequence[str]) -> Array:
    """Score by words 1-2 and characters 1-4, TF-IDF, logistic regression."""
    from sklearn.linear_model import LogisticRegression

    train, score = _words_and_grams(fold_all(texts), fold_all(others))
    # The dual solver is quick on many sparse columns.
    learner = _one_a_theme(LogisticRegression(C=10, solver="liblinear", dual=True))
    scores: Array = learner.fit(train, truth).predict_proba(score)
    return scores


def _words_and_grams(
    texts: Sequence[str], others: Sequence[str]
) -> tuple[csr_matrix, csr_matrix]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    by_words = TfidfVectorizer(analyzer=_itself, sublinear_tf=True)
    by_grams = TfidfVectorizer(analyzer=grams, min_df=2, sublinear_tf=True)
    train = by_words.fit_transform(words(texts)), by_grams.fit_transform(texts)
    score = by_words.transform(words(others)), by_grams.transform(others)
    return csr_matrix(hstack(train)), csr_matrix(hstack(score))


def _itself(tokens: list[str]) -> list[str]:
    return tokens


def _one_a_theme(learner: Any) -> Any:
    from sklearn.multiclass import OneVsRestClassifier

    return OneVsRestClassifier(learner)


@functools.cache
def _jieba_words(text: str) -> tuple[str, ...]:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return tuple(jieba.lcut(text))
