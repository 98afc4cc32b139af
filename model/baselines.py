"""What the model is measured against."""

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence
from seeds.codebook import Codebook

Chosen = NDArray[np.bool_]


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


def naive(
    training: Sequence[LabelledSentence],
    rows: Sequence[LabelledSentence],
    codes: tuple[str, ...],
) -> Chosen:
    """Choose by the pipeline everybody writes first.

    `TfidfVectorizer(tokenizer=jieba.lcut)`, one-vs-rest logistic regression with its
    default settings, threshold 0.5.
    """
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    jieba.setLogLevel(logging.WARNING)
    truth = np.array([[code in row.themes for code in codes] for row in training])
    pipeline = make_pipeline(
        TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None),
        OneVsRestClassifier(LogisticRegression(max_iter=1000)),
    )
    pipeline.fit([row.text for row in training], truth)
    chosen: Chosen = pipeline.predict([row.text for row in rows]).astype(bool)
    return chosen
