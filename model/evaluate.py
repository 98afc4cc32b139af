"""Scores by leaving one report's file out; everything is chosen inside the folds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence
from model.baselines import key_terms, naive
from model.fit import Progress, Recipe, by_report, fit
from model.layout import lay_out
from model.metrics import calibration_error, figures, interval, precision_at_coverage
from seeds.codebook import Codebook


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Decisions about real sentences by models that did not see their file."""

    rows: list[LabelledSentence]
    probabilities: NDArray[np.float64]
    chosen: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]
    margins: NDArray[np.float64]
    truth: NDArray[np.bool_]


def hold_out(
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    recipe: Recipe | None = None,
    progress: Progress = lambda _: None,
) -> HeldOut:
    """Tag every real sentence by a model trained without its file.

    Args:
        labels: real and authored; authored ones are trained on and never scored.
        codes: of the themes.
        recipe: what the model uses.
        progress: is told which file is left out.
    """
    rows: list[LabelledSentence] = []
    parts: list[tuple[Any, ...]] = []
    for left_out in _files(labels):
        progress(f"left out: {left_out[0].report.partition('#')[0]}")
        group = left_out[0].group
        model = fit([row for row in labels if row.group != group], codes, recipe)
        p = model.probabilities(lay_out(by_report(left_out)))
        limits = model.thresholds
        parts.append((p, limits.choose(p), limits.uncertain(p), limits.margins(p)))
        rows.extend(left_out)
    truth = np.array([[code in row.themes for code in codes] for row in rows])
    joined = [np.concatenate(part) for part in zip(*parts, strict=True)]
    probabilities, chosen, uncertain, margins = joined
    return HeldOut(rows, probabilities, chosen, uncertain, margins, truth)


def _files(labels: Sequence[LabelledSentence]) -> list[list[LabelledSentence]]:
    files: dict[str, list[LabelledSentence]] = {}
    for row in labels:
        if row.origin == "report":
            files.setdefault(row.group, []).append(row)
    return list(files.values())


def measure(held: HeldOut, codes: tuple[str, ...]) -> dict[str, Any]:
    """Return all figures of held-out decisions."""
    reports = [row.report.partition("#")[0] for row in held.rows]
    clusters = [f"{row.report} {row.section.partition('.')[0]}" for row in held.rows]
    return {
        **figures(held.chosen, held.truth, codes, reports),
        "micro_f1_interval": interval(held.chosen, held.truth, clusters),
        "ece": calibration_error(held.probabilities, held.chosen, held.truth),
        "precision_at_coverage_80": precision_at_coverage(
            held.margins, held.chosen, held.truth
        ),
        "coverage": float(1 - held.uncertain.mean()),
        "sentences": len(held.rows),
    }


def baselines(
    labels: Sequence[LabelledSentence], codebook: Codebook
) -> dict[str, dict[str, Any]]:
    """Return the figures of the two baselines on the same sentences."""
    rows: list[LabelledSentence] = []
    learned = []
    for left_out in _files(labels):
        group = left_out[0].group
        others = [row for row in labels if row.group != group]
        learned.append(naive(others, left_out, codebook.codes))
        rows.extend(left_out)
    truth = np.array([[code in row.themes for code in codebook.codes] for row in rows])
    reports = [row.report.partition("#")[0] for row in rows]
    return {
        "key terms": figures(key_terms(rows, codebook), truth, codebook.codes, reports),
        "naive": figures(np.concatenate(learned), truth, codebook.codes, reports),
    }
