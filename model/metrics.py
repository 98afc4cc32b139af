"""Figures of held-out decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.decide import micro_f1

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

_BINS = 10


def overall(chosen: Chosen, truth: Chosen) -> dict[str, float]:
    """Return micro and macro F1, exact match and the share of "no theme" kept.

    A theme that is neither meant nor given has no part in macro-F1.

    Args:
        chosen: decisions, shape (n, themes).
        truth: labels, shape (n, themes).
    """
    none = ~truth.any(axis=1)
    pairs = zip(chosen.T, truth.T, strict=True)
    each = [micro_f1(c, t) for c, t in pairs if c.any() or t.any()]
    kept = ~chosen[none].any(axis=1)
    return {
        "micro_f1": micro_f1(chosen, truth),
        "macro_f1": float(np.mean(each)) if each else 1.0,
        "exact_match": float((chosen == truth).all(axis=1).mean()),
        "no_theme_kept": float(kept.mean()) if none.any() else 1.0,
    }


def figures(
    chosen: Chosen,
    truth: Chosen,
    themes: Sequence[str],
    reports: Sequence[str],
) -> dict[str, Any]:
    """Return the overall figures, and those per theme and per report.

    Args:
        chosen: decisions, shape (n, themes).
        truth: labels, shape (n, themes).
        themes: codes of the columns.
        reports: file of each sentence (n,).
    """
    names = np.array(reports)
    return {
        **overall(chosen, truth),
        "no_theme_sentences": int((~truth.any(axis=1)).sum()),
        "per_theme": {
            code: _theme(chosen[:, i], truth[:, i]) for i, code in enumerate(themes)
        },
        "per_report": {
            name: {
                **overall(chosen[names == name], truth[names == name]),
                "sentences": int((names == name).sum()),
            }
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


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of about the same probability."""

    claims: int
    claimed: float  # mean probability
    right: float  # share of them that are true


def reliability(probabilities: Array, chosen: Chosen, truth: Chosen) -> list[Bin]:
    """Return ten bins of equal mass, the least probable first.

    Counted are the assigned themes and the highest rejected theme of each sentence.
    """
    rejected = np.where(chosen, -1.0, probabilities).argmax(axis=1)
    counted = chosen.copy()
    counted[np.arange(len(counted)), rejected] = True
    claimed, right = probabilities[counted], truth[counted]
    order = np.argsort(claimed, kind="stable")
    return [
        Bin(len(part), float(claimed[part].mean()), float(right[part].mean()))
        for part in np.array_split(order, _BINS)
        if len(part)
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error of the bins of `reliability`."""
    total = sum(part.claims for part in bins)
    return sum(part.claims / total * abs(part.claimed - part.right) for part in bins)
