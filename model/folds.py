"""First-stage scores of training sentences by learners that did not see them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.pipeline import Pipeline

from annotate.gold import LabelledSentence
from model.layout import Layout
from model.lexicon import Lexicon, log_counts
from model.own import LEXICON_SCALE, other_field, own_learner

Array = NDArray[np.float64]
FOLDS = 5
SEED = 20260101


@dataclass(frozen=True, slots=True)
class FirstStage:
    """What the second stage sees of the first."""

    scores: Array  # (sentences, themes + EXTRA)
    counts: Array  # (sentences, themes) weighted log counts of the lexicon
    heads: Array  # (headings, themes + EXTRA)
    head_counts: Array  # (headings, themes)
    term_weights: Array  # (terms, themes) learnt from all sentences


@dataclass(frozen=True, slots=True)
class _Texts:
    """Features of some texts: those that know no label, and lexicon hits."""

    free: csr_matrix
    hits: csr_matrix

    def matrix(self, rows: NDArray[np.bool_], counts: Array | None) -> csr_matrix:
        free = self.free[rows]
        return free if counts is None else _joined(free, counts[rows])


def assign_folds(lines: Sequence[LabelledSentence]) -> NDArray[np.intp]:
    """Return a fold for each line; files, passages and other fields are kept whole.

    What the second stage learns of another field's sentences thus holds for fields
    that training has not met.
    """
    files = sorted({line.group for line in lines if line.origin == "report"})
    fold = {name: at % FOLDS for at, name in enumerate(files)}
    groups = [other_field(line) or line.group for line in lines]
    rest = sorted(set(groups) - set(files))
    order = np.random.default_rng(SEED).permutation(len(rest))
    fold |= {rest[at]: int(i) % FOLDS for i, at in enumerate(order)}
    return np.array([fold[group] for group in groups])


def out_of_fold(
    pipeline: Pipeline,
    lexicon: Lexicon,
    layout: Layout,
    truth: Array,
    folds: NDArray[np.intp],
) -> FirstStage:
    """Fit the pipeline on all sentences, and learners without each fold.

    Vocabulary and document frequencies are those of all folds: they know no label.
    The weights of lexicon terms and of the learner know labels: they are a fold's own.

    Args:
        pipeline: from `own_pipeline`; fitted in place on all sentences.
        lexicon: whose hits are counted.
        layout: the sentences and headings.
        truth: targets, shape (sentences, themes + EXTRA).
        folds: of each sentence.
    """
    blocks = [name for name, _ in pipeline["features"].transformer_list]
    matrix = pipeline["features"].fit_transform(layout.texts, truth).tocsr()
    pipeline["linear"].fit(matrix, truth)
    themes = len(lexicon.themes)
    counted = "lexicon" in blocks
    free = matrix.shape[1] - (themes if counted else 0)
    texts = _Texts(matrix[:, :free], lexicon.hits(layout.texts))
    above = pipeline["features"].transform(layout.headings or [""]).tocsr()
    heads = _Texts(above[: len(layout.headings), :free], lexicon.hits(layout.headings))
    number = len(layout.headings)
    found = FirstStage(
        np.zeros(truth.shape),
        np.zeros((len(truth), themes)),
        np.zeros((number, truth.shape[1])),
        np.zeros((number, themes)),
        lexicon.weights(texts.hits, truth[:, :themes] > 0),
    )
    for fold in np.unique(folds):
        inside, outside = folds != fold, folds == fold
        chosen = truth[inside, :themes] > 0
        weights = lexicon.weights(texts.hits[inside], chosen)
        counts = log_counts(texts.hits, weights)
        counts[inside] = lexicon.training_counts(texts.hits[inside], chosen)
        used = counts if counted else None
        learner = own_learner().fit(texts.matrix(inside, used), truth[inside])
        found.scores[outside] = learner.predict(texts.matrix(outside, used))
        found.counts[outside] = counts[outside]
        own = _headings_of(layout, outside)
        if own.any():
            counts = log_counts(heads.hits, weights)
            used = counts if counted else None
            found.heads[own] = learner.predict(heads.matrix(own, used))
            found.head_counts[own] = counts[own]
    return found


def _headings_of(layout: Layout, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which headings stand above some sentences."""
    index = np.append(layout.upper[rows].ravel(), layout.deepest[rows])
    above = np.zeros(len(layout.headings), dtype=bool)
    above[index[index >= 0]] = True
    return above


def _joined(free: csr_matrix, counts: Array) -> csr_matrix:
    return hstack([free, csr_matrix(counts * LEXICON_SCALE)]).tocsr()
