"""Fit both stages on labelled reports: out-of-fold scores, weights, thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from annotate.gold import LabelledSentence
from model.context import NAMES, pair_features
from model.decide import Thresholds, fit_thresholds
from model.errors import TrainingError
from model.folds import FOLDS, assign_folds, out_of_fold
from model.layout import Layout, lay_out
from model.lexicon import load_lexicon, log_counts
from model.own import own_pipeline, targets
from model.threads import one_thread

Array = NDArray[np.float64]
Progress = Callable[[str], None]

_STRENGTH = 1.0  # inverse regularisation of the second stage


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is used; the default is the product, less of it an ablation."""

    blocks: tuple[str, ...] = ("grams", "words", "lexicon")
    pairs: tuple[str, ...] = NAMES
    authored: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """The second stage: weights of the pair features and a bias a theme."""

    weights: Array  # (features,); 0 for features the recipe leaves out
    bias: Array  # (themes,)

    def probabilities(self, pairs: Array) -> Array:
        """Return probabilities (n, themes) of pair features (n, themes, features)."""
        return 1.0 / (1.0 + np.exp(-(pairs @ self.weights + self.bias)))


@dataclass(frozen=True, slots=True)
class Model:
    """Both stages, fitted."""

    themes: tuple[str, ...]
    own: Pipeline
    term_weights: Array  # (terms, themes) of the lexicon
    context: Context
    thresholds: Thresholds
    recipe: Recipe = field(default_factory=Recipe)

    def probabilities(self, layout: Layout) -> Array:
        """Return the probability of each theme for each sentence, (n, themes)."""
        lexicon = load_lexicon(self.themes)
        return self.context.probabilities(
            pair_features(
                layout,
                _predict(self.own, layout.texts),
                log_counts(lexicon.hits(layout.texts), self.term_weights),
                _predict(self.own, layout.headings),
                log_counts(lexicon.hits(layout.headings), self.term_weights),
            )
        )


def by_report(rows: Sequence[LabelledSentence]) -> list[list[LabelledSentence]]:
    """Return the rows report by report, passage by passage, in their order."""
    found: dict[tuple[str, str], list[LabelledSentence]] = {}
    for row in rows:
        found.setdefault((row.sha256, row.report), []).append(row)
    return list(found.values())


@one_thread()
def fit(
    rows: Sequence[LabelledSentence],
    themes: tuple[str, ...],
    recipe: Recipe | None = None,
    progress: Progress = lambda _: None,
) -> Model:
    """Fit the model.

    The second stage learns from first-stage scores of models that did not see the
    sentence's file or passage; thresholds from second-stage probabilities of models
    that did not see the sentence's file, on sentences of real reports only. The same
    labels give the same bytes on one machine, whatever its number of BLAS threads.

    Args:
        rows: labelled sentences; those of one report in their order.
        themes: codes in the codebook's order.
        recipe: what to use.
        progress: is told what is being done.

    Raises:
        TrainingError: fewer than two real reports, or a theme without a sentence.
    """
    recipe = recipe or Recipe()
    if not recipe.authored:
        rows = [row for row in rows if row.origin == "report"]
    groups = by_report(rows)
    lines = [line for group in groups for line in group]
    truth = targets(themes, lines)
    chosen = truth[:, : len(themes)] > 0
    _check(lines, themes, chosen)
    layout = lay_out(groups)
    folds = assign_folds(lines)
    progress(f"first stage: {len(lines)} sentences, {FOLDS} folds")
    pipeline = own_pipeline(themes, recipe.blocks)
    first = out_of_fold(pipeline, load_lexicon(themes), layout, truth, folds)
    progress("second stage and thresholds")
    used = np.array([name in recipe.pairs for name in NAMES])
    pairs = used * pair_features(
        layout, first.scores, first.counts, first.heads, first.head_counts
    )
    apart = used * pair_features(
        layout.apart(), first.scores, first.counts, first.heads[:0], first.counts[:0]
    )
    real = np.array([line.origin == "report" for line in lines])
    held_out = np.zeros(chosen.shape)
    for fold in np.unique(folds[real]):
        inside = folds != fold
        stage = _fit_context(pairs, apart, chosen, inside, real)
        outside = ~inside & real
        held_out[outside] = stage.probabilities(pairs[outside])
    thresholds = fit_thresholds(held_out[real], chosen[real])
    everything = np.ones(len(lines), dtype=bool)
    context = _fit_context(pairs, apart, chosen, everything, real)
    return Model(themes, pipeline, first.term_weights, context, thresholds, recipe)


def _check(
    lines: Sequence[LabelledSentence],
    themes: tuple[str, ...],
    chosen: NDArray[np.bool_],
) -> None:
    files = {line.group for line in lines if line.origin == "report"}
    if len(files) < 2:
        raise TrainingError(
            f"labels of at least 2 reports are needed, not {len(files)}"
        )
    empty = [c for c, column in zip(themes, chosen.T, strict=True) if not column.any()]
    if empty:
        raise TrainingError(f"no labelled sentence of theme {', '.join(empty)}")


def _fit_context(
    pairs: Array,
    apart: Array,
    chosen: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    real: NDArray[np.bool_],
) -> Context:
    """Fit one logistic regression for all themes, with a bias a theme.

    Real sentences take part twice: in their place and as if they stood alone, so that
    a sentence without a report around it is judged well too.
    """
    alone = inside & real
    table = np.concatenate([pairs[inside], apart[alone]])
    answers = np.concatenate([chosen[inside], chosen[alone]])
    sentences, themes, features = table.shape
    bias = np.broadcast_to(np.eye(themes), (sentences, themes, themes))
    flat = np.concatenate([table, bias], axis=2).reshape(-1, features + themes)
    scale = np.maximum(flat.std(axis=0), 1e-9)
    learner = LogisticRegression(C=_STRENGTH, max_iter=1000)
    learner.fit(flat / scale, answers.ravel())
    weights = learner.coef_[0] / scale
    weights[:features] *= table.reshape(-1, features).any(axis=0)
    return Context(weights[:features], weights[features:] + learner.intercept_[0])


def _predict(pipeline: Pipeline, texts: Sequence[str]) -> Array:
    """Return first-stage scores, shape (texts, themes); no text gives no row."""
    if not len(texts):
        return np.zeros((0, pipeline[-1].coef_.shape[0]))
    scores: Array = pipeline.predict(texts)
    return scores
