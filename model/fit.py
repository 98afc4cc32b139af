"""Fit both stages on labelled reports: out-of-fold scores, weights, thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from annotate.gold import LabelledSentence
from model.context import EXTRA, NAMES, pair_features
from model.decide import Thresholds, fit_thresholds
from model.errors import TrainingError
from model.folds import FOLDS, assign_folds, out_of_fold
from model.layout import Layout, lay_out
from model.lexicon import load_lexicon, log_counts
from model.own import own_pipeline, targets
from model.second import SHARES, Context, Examples, fit_context, kinds_of
from model.threads import one_thread

Array = NDArray[np.float64]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is used; the default is the product, less of it an ablation."""

    blocks: tuple[str, ...] = ("grams", "words", "lexicon")
    pairs: tuple[str, ...] = NAMES
    authored: bool = True
    shares: tuple[float, ...] | None = SHARES  # see `model.second`


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
        heads = self.scores(layout.headings)
        return self.context.probabilities(
            pair_features(layout, *self.scores(layout.texts), *heads)
        )

    def scores(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return what `Scorer.scores` does, through the pipeline.

        Args:
            texts: n folded texts.

        Returns:
            Scores (n, themes + EXTRA) and lexicon log counts (n, themes).
        """
        counts = log_counts(load_lexicon(self.themes).hits(texts), self.term_weights)
        if not len(texts):
            return np.zeros((0, len(self.themes) + len(EXTRA))), counts
        return self.own.predict(texts), counts


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
    nothing = first.heads[:0], first.head_counts[:0]
    examples = Examples(
        used
        * pair_features(
            layout, first.scores, first.counts, first.heads, first.head_counts
        ),
        used * pair_features(layout.apart(), first.scores, first.counts, *nothing),
        chosen,
        kinds_of(lines),
        recipe.shares,
    )
    held_out = np.zeros(chosen.shape)
    for fold in np.unique(folds[examples.real]):
        inside = folds != fold
        stage = fit_context(examples, inside)
        outside = ~inside & examples.real
        held_out[outside] = stage.probabilities(examples.pairs[outside])
    thresholds = fit_thresholds(held_out[examples.real], chosen[examples.real])
    context = fit_context(examples, np.ones(len(lines), dtype=bool))
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
