"""From the fitted pipeline to the compiled scorer, from a model to its tagger."""

import numpy as np
from sklearn.pipeline import Pipeline

from model.fit import Model
from model.lexicon import load_lexicon
from model.own import LEXICON_SCALE
from model.scorer import Block, Scorer, build_scorer
from model.tagger import Tagger
from seeds.codebook import load_codebook


def compile_pipeline(pipeline: Pipeline, themes: tuple[str, ...]) -> Scorer:
    """Return the scorer that gives the pipeline's scores.

    Args:
        pipeline: from `model.own.own_pipeline`, fitted, with all three blocks.
        themes: codes in the codebook's order.
    """
    blocks = dict(pipeline.named_steps["features"].transformer_list)
    grams, words = blocks["grams"], blocks["words"].tfidf_
    linear = pipeline.named_steps["linear"]
    weights = np.ascontiguousarray(linear.coef_.T)
    first = len(grams.idf_)
    second = first + len(words.idf_)
    return build_scorer(
        (grams.vocabulary_, Block(grams.idf_, weights[:first])),
        (words.vocabulary_, Block(words.idf_, weights[first:second])),
        (
            dict(
                zip(load_lexicon(themes).terms, blocks["lexicon"].weights_, strict=True)
            ),
            weights[second:] * LEXICON_SCALE,
        ),
        np.asarray(linear.intercept_, dtype=float),
    )


def tagger_of(model: Model, name: str = "unpublished") -> Tagger:
    """Return the tagger of a fitted model that is not published."""
    return Tagger(
        name=name,
        codebook=load_codebook().version,
        themes=model.themes,
        trained_on=frozenset(),
        scorer=compile_pipeline(model.own, model.themes),
        weights=model.context.weights,
        bias=model.context.bias,
        thresholds=model.thresholds,
    )
