"""Decisions about real sentences by models that did not see them, and their figures.

Everything is chosen inside the folds: thresholds, second-stage weights, vocabulary.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence
from model.coverage import coverage_curve, own_point, precision_at_coverage
from model.fit import Model, Progress, Recipe, by_report, fit
from model.intervals import FIGURES, Drawn, draw
from model.layout import lay_out
from model.leave_out import Fold, by_file, file_of, in_place, top_section, truth_of
from model.metrics import calibration_error, figures, reliability
from model.processes import spread

Look = Callable[[Model, Fold], Any]
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Part:
    """Decisions about the scored sentences of one fold."""

    probabilities: NDArray[np.float64]
    chosen: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]
    margins: NDArray[np.float64]
    seen: Any = None  # what `look` made of the fold's model


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Decisions about real sentences, in the order of the label files."""

    rows: list[LabelledSentence]
    probabilities: NDArray[np.float64]
    chosen: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]
    margins: NDArray[np.float64]
    truth: NDArray[np.bool_]
    seen: tuple[Any, ...] = ()  # of each fold what `look` made of its model

    @property
    def drawn(self) -> Drawn:
        """The figures in draws of top-level sections."""
        return draw(self.chosen, self.truth, [top_section(row) for row in self.rows])


@dataclass(frozen=True, slots=True)
class Trial:
    """What is trained and on what."""

    labels: Sequence[LabelledSentence]
    recipe: Recipe = field(default_factory=Recipe)


def hold_out(
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    recipe: Recipe | None = None,
    progress: Progress = lambda _: None,
    processes: int = 1,
    look: Look | None = None,
) -> HeldOut:
    """Tag every real sentence by a model trained without its file.

    Args:
        labels: real and authored; authored ones are trained on and never scored.
        codes: of the themes.
        recipe: what the model uses.
        progress: is told which file is left out.
        processes: how many at a time.
        look: looks at each fold's model; can be pickled.
    """
    folds = by_file(labels)
    trial = Trial(labels, recipe or Recipe())
    [held] = hold_out_each([(trial, folds)], codes, progress, processes, look)
    return held


def hold_out_each(
    trials: Sequence[tuple[Trial, Sequence[Fold]]],
    codes: tuple[str, ...],
    progress: Progress = lambda _: None,
    processes: int = 1,
    look: Look | None = None,
) -> Iterator[HeldOut]:
    """Yield the decisions of each trial; the folds of all are spread together."""
    tasks = [
        partial(score_fold, fold, codes, trial.recipe, look)
        for trial, folds in trials
        for fold in folds
    ]
    parts = spread(tasks, processes)
    for _, folds in trials:
        found: list[Part] = []
        for fold in folds:
            found.extend(islice(parts, 1))
            progress(f"left out: {fold.name}")
        yield join(folds, found, codes)


def score_fold(
    fold: Fold, codes: tuple[str, ...], recipe: Recipe, look: Look | None = None
) -> Part:
    """Train without a fold's sentences and decide on them in their reports."""
    model = fit(fold.training, codes, recipe)
    groups = by_report(fold.around)
    laid = {row.key: at for at, row in enumerate(row for g in groups for row in g)}
    p = model.probabilities(lay_out(groups))[[laid[row.key] for row in fold.scored]]
    limits = model.thresholds
    chosen = limits.choose(p)
    return Part(
        p,
        chosen,
        limits.uncertain(p, chosen),
        limits.margins(p, chosen),
        look(model, fold) if look else None,
    )


def join(
    folds: Sequence[Fold], parts: Sequence[Part], codes: tuple[str, ...]
) -> HeldOut:
    """Return the folds' decisions in the order in which the sentences stand."""
    rows = [row for fold in folds for row in fold.scored]
    every = in_place(rows)
    fields = ("probabilities", "chosen", "uncertain", "margins")
    joined = {
        name: np.concatenate([getattr(part, name) for part in parts])[every]
        for name in fields
    }
    ordered = [rows[at] for at in every]
    seen = tuple(part.seen for part in parts)
    return HeldOut(ordered, truth=truth_of(ordered, codes), seen=seen, **joined)


def measure(held: HeldOut, codes: tuple[str, ...]) -> dict[str, Any]:
    """Return all figures of held-out decisions, as they are written to JSON."""
    decisions = held.margins, held.chosen, held.truth
    bins = reliability(held.probabilities, held.chosen, held.truth)
    own = own_point(held.margins, held.uncertain, held.chosen, held.truth)
    return {
        **with_intervals(held.chosen, held.rows, codes),
        "ece": calibration_error(bins),
        "reliability": [asdict(part) for part in bins],
        "precision_at_coverage_80": precision_at_coverage(*decisions),
        "coverage_curve": [asdict(point) for point in coverage_curve(*decisions)],
        "own_point": asdict(own),
        "sentences": len(held.rows),
    }


def with_intervals(
    chosen: NDArray[np.bool_],
    rows: Sequence[LabelledSentence],
    codes: tuple[str, ...],
) -> dict[str, Any]:
    """Return the figures of decisions on rows, with their bootstrap intervals."""
    truth = truth_of(rows, codes)
    found = figures(chosen, truth, codes, [file_of(row) for row in rows])
    drawn = draw(chosen, truth, [top_section(row) for row in rows])
    found["intervals"] = {name: asdict(drawn.interval(name)) for name in FIGURES}
    found["intervals"] |= {"clusters": drawn.clusters, "worth": drawn.worth}
    for column, code in enumerate(codes):
        found["per_theme"][code] |= {
            "interval": asdict(drawn.theme_interval(column)),
        }
    return found
