"""Figures of held-out decisions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.decide import micro_f1

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

_BINS = 10
_RESAMPLES = 500
_SEED = 20260101


def figures(
    chosen: Chosen,
    truth: Chosen,
    themes: Sequence[str],
    reports: Sequence[str],
) -> dict[str, Any]:
    """Return micro and macro F1, exact match, no-theme kept, per theme, per report.

    Args:
        chosen: decisions, shape (n, themes).
        truth: labels, shape (n, themes).
        themes: codes of the columns.
        reports: file of each sentence (n,).
    """
    none = ~truth.any(axis=1)
    names = np.array(reports)
    return {
        "micro_f1": micro_f1(chosen, truth),
        "macro_f1": float(
            np.mean([micro_f1(c, t) for c, t in zip(chosen.T, truth.T, strict=True)])
        ),
        "exact_match": float((chosen == truth).all(axis=1).mean()),
        "no_theme_kept": float((~chosen[none].any(axis=1)).mean())
        if none.any()
        else 1.0,
        "no_theme_sentences": int(none.sum()),
        "per_theme": {
            code: _theme(chosen[:, i], truth[:, i]) for i, code in enumerate(themes)
        },
        "per_report": {
            name: micro_f1(chosen[names == name], truth[names == name])
            for name in sorted(set(reports))
        },
    }


def _theme(chosen: Chosen, truth: Chosen) -> dict[str, float]:
    both = float((chosen & truth).sum())
    return {
        "f1": micro_f1(chosen, truth),
        "precision": both / max(float(chosen.sum()), 1.0),
        "recall": both / max(float(truth.sum()), 1.0),
        "sentences": int(truth.sum()),
    }


def interval(chosen: Chosen, truth: Chosen, clusters: Sequence[str]) -> dict[str, Any]:
    """Return the 95 % bootstrap interval of micro-F1, clusters drawn whole.

    Args:
        chosen: decisions, shape (n, themes).
        truth: labels, shape (n, themes).
        clusters: top-level section of each sentence (n,).
    """
    names, number = np.unique(np.array(clusters), return_inverse=True)
    counts = np.zeros((len(names), 2))
    np.add.at(counts, number, np.stack([
        2.0 * (chosen & truth).sum(axis=1), (chosen.sum(axis=1) + truth.sum(axis=1)),
    ], axis=1))  # fmt: skip
    random = np.random.default_rng(_SEED)
    drawn = random.integers(len(names), size=(_RESAMPLES, len(names)))
    sums = counts[drawn].sum(axis=1)
    scores = sums[:, 0] / np.maximum(sums[:, 1], 1.0)
    low, high = np.quantile(scores, [0.025, 0.975])
    return {"low": float(low), "high": float(high), "clusters": len(names)}


def calibration_error(probabilities: Array, chosen: Chosen, truth: Chosen) -> float:
    """Return the expected calibration error, ten bins of equal mass.

    Counted are the assigned themes and the highest rejected theme of each sentence.
    """
    rejected = np.where(chosen, -1.0, probabilities).argmax(axis=1)
    counted = chosen.copy()
    counted[np.arange(len(counted)), rejected] = True
    claimed, right = probabilities[counted], truth[counted]
    order = np.argsort(claimed, kind="stable")
    return float(sum(
        len(part) / len(order) * abs(claimed[part].mean() - right[part].mean())
        for part in np.array_split(order, _BINS) if len(part)
    ))  # fmt: skip


def precision_at_coverage(
    margins: Array, chosen: Chosen, truth: Chosen, coverage: float = 0.8
) -> float:
    """Return the precision of the tags on the surest share of the sentences.

    A tag on a sentence without a theme counts as wrong.
    """
    kept = np.argsort(-margins, kind="stable")[: round(coverage * len(margins))]
    tags = chosen[kept].sum()
    return float((chosen[kept] & truth[kept]).sum() / max(tags, 1))
