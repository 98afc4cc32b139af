"""Stage one: a sentence by its own words, as a scikit-learn pipeline.

TF-IDF blocks and lexicon columns, then one linear classifier a theme.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.pipeline import FeatureUnion, Pipeline

from annotate.gold import LabelledSentence
from model.context import EXTRA
from model.lexicon import load_lexicon, log_counts
from model.tokens import Engine, grams, words

Scores = NDArray[np.float64]

RIDGE = 2.0
LEXICON_SCALE = 0.3
OTHER_FIELD = "域外"  # how the register of sentences from other fields begins
MIN_TEXTS = {"grams": 5, "words": 3}  # features of fewer training texts are left out


class GramBlock(TfidfVectorizer):  # type: ignore[misc]
    """Character grams of 1 to 3."""

    def __init__(self) -> None:
        super().__init__(analyzer=grams, min_df=MIN_TEXTS["grams"], sublinear_tf=True)

    def get_params(self, deep: bool = True) -> dict[str, object]:  # noqa: ARG002
        """Return nothing: the block has no settings."""
        return {}


class WordBlock(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """jieba words and pairs of words.

    Args:
        engine: `jieba` or `rjieba`; both give the same words.
    """

    def __init__(self, engine: Engine = "rjieba") -> None:
        self.engine = engine

    def fit(self, texts: Sequence[str], _y: object = None) -> "WordBlock":
        """Learn the vocabulary and the weights of words."""
        self.tfidf_ = TfidfVectorizer(
            analyzer=_itself, min_df=MIN_TEXTS["words"], sublinear_tf=True
        )
        self.tfidf_.fit(words(texts, self.engine))
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the TF-IDF matrix, shape (texts, words)."""
        return self.tfidf_.transform(words(texts, self.engine))


class LexiconBlock(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Log counts of lexicon terms, one column a theme; learns what each term counts.

    Args:
        themes: codes in the codebook's order.
    """

    def __init__(self, themes: tuple[str, ...]) -> None:
        self.themes = themes

    def fit(self, texts: Sequence[str], y: Scores) -> "LexiconBlock":
        """Learn the weights of the terms from targets of shape (texts, columns)."""
        self.fit_transform(texts, y)
        return self

    def fit_transform(self, texts: Sequence[str], y: Scores) -> csr_matrix:
        """Return the scaled counts of the training texts; see `training_counts`."""
        lexicon = load_lexicon(self.themes)
        chosen = y[:, : len(self.themes)] > 0
        hits = lexicon.hits(texts)
        self.weights_ = lexicon.weights(hits, chosen)
        return csr_matrix(lexicon.training_counts(hits, chosen) * LEXICON_SCALE)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the scaled counts, shape (texts, themes)."""
        hits = load_lexicon(self.themes).hits(texts)
        return csr_matrix(log_counts(hits, self.weights_) * LEXICON_SCALE)


def _itself(tokens: list[str]) -> list[str]:
    return tokens


def own_pipeline(
    themes: tuple[str, ...], blocks: Sequence[str] = ("grams", "words", "lexicon")
) -> Pipeline:
    """Return the unfitted pipeline: folded texts in, a score a theme and `EXTRA` out.

    The learner is ridge regression on -1/+1 targets, the least-squares form of a linear
    support vector machine: one solve for all themes.

    Args:
        themes: codes in the codebook's order: the first columns of the answer.
        blocks: feature blocks to use; fewer of them for an ablation.
    """
    made = {
        "grams": GramBlock(),
        "words": WordBlock(),
        "lexicon": LexiconBlock(themes),
    }
    return Pipeline(
        [
            ("features", FeatureUnion([(name, made[name]) for name in blocks])),
            ("linear", own_learner()),
        ]
    )


def own_learner() -> Ridge:
    """Return the unfitted learner of the first stage."""
    return Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-4)


def targets(themes: tuple[str, ...], lines: Sequence[LabelledSentence]) -> Scores:
    """Return the targets, +1 or -1, shape (sentences, themes + `EXTRA`).

    Args:
        themes: codes in the codebook's order: the first columns.
        lines: labelled sentences.
    """
    matrix = np.full((len(lines), len(themes) + len(EXTRA)), -1.0)
    for row, line in enumerate(lines):
        for code in line.themes:
            matrix[row, themes.index(code)] = 1.0
        if not line.themes:
            matrix[row, len(themes)] = 1.0
        if other_field(line):
            matrix[row, len(themes) + 1] = 1.0
    return matrix


def other_field(line: LabelledSentence) -> str:
    """Return the register of a sentence of another field, "" for one of ours."""
    register = dict(line.meta).get("register", "")
    return register if register.startswith(OTHER_FIELD) else ""
