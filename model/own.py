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

from model.lexicon import load_lexicon
from model.tokens import Engine, grams, words

Scores = NDArray[np.float64]

RIDGE = 1.0
LEXICON_SCALE = 0.3
MIN_TEXTS = {"grams": 2, "words": 2}  # features of fewer training texts are left out


class GramBlock(TfidfVectorizer):  # type: ignore[misc]
    """Character grams of 1 to 4."""

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
    """Log counts of lexicon terms, one column a theme.

    Args:
        themes: codes in the codebook's order.
    """

    def __init__(self, themes: tuple[str, ...]) -> None:
        self.themes = themes

    def fit(self, _texts: Sequence[str], _y: object = None) -> "LexiconBlock":
        """Learn nothing: the lexicon is data."""
        self.fitted_ = True
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the scaled counts, shape (texts, themes)."""
        return csr_matrix(load_lexicon(self.themes).counts(texts) * LEXICON_SCALE)


def _itself(tokens: list[str]) -> list[str]:
    return tokens


def own_pipeline(
    themes: tuple[str, ...], blocks: Sequence[str] = ("grams", "words", "lexicon")
) -> Pipeline:
    """Return the unfitted pipeline: folded texts in, one score a theme out.

    The learner is ridge regression on -1/+1 targets, the least-squares form of a linear
    support vector machine: one solve for all themes.

    Args:
        themes: codes in the codebook's order: the columns of the answer.
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


def targets(themes: tuple[str, ...], labels: Sequence[Sequence[str]]) -> Scores:
    """Return the label matrix, shape (texts, themes): +1 chosen, -1 not."""
    matrix = np.full((len(labels), len(themes)), -1.0)
    for row, chosen in enumerate(labels):
        for code in chosen:
            matrix[row, themes.index(code)] = 1.0
    return matrix
