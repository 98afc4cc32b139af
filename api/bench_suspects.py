"""How well the suspects find wrong labels that were planted on purpose."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from annotate.gold import LabelledSentence
from annotate.suspects import Suspect, rank_suspects
from api.review import out_of_fold
from model.near import near_pairs
from model.train import training_labels
from seeds.codebook import MOST_THEMES, load_codebook

SHARE = 0.05  # of the labels are spoilt
LOOKED_AT = 0.15  # of the queue is looked at
SEED = 20260101


def bench_suspects(
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, float]:
    """Plant wrong themes, rank, and return the share found early in the queue.

    Returns:
        `found …` for the sentences of the reports, ranked by themselves, and for all
        labels; how many were planted among them.
    """
    codebook = load_codebook()
    rows, planted = plant(training_labels(), codebook.codes)
    ranked = rank_suspects(
        rows,
        out_of_fold(rows, codebook.codes, progress),
        near_pairs([row.text for row in rows]),
        codebook,
    )
    of_reports = [suspect for suspect in ranked if suspect.row.origin == "report"]
    found: dict[str, float] = {}
    for name, queue in (("reports", of_reports), ("all labels", ranked)):
        there = sum(suspect.row.key in planted for suspect in queue)
        found[f"planted {name}"] = there
        found[f"found {name}"] = early(queue, planted) / max(there, 1)
    return found


def early(queue: Sequence[Suspect], planted: set[str]) -> int:
    """Return how many of the planted keys lie in the part that is looked at."""
    seen = queue[: round(LOOKED_AT * len(queue))]
    return sum(suspect.row.key in planted for suspect in seen)


def plant(
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    share: float = SHARE,
    seed: int = SEED,
) -> tuple[list[LabelledSentence], set[str]]:
    """Return labels of which a share is wrong by one theme, and the keys of these."""
    draw = np.random.default_rng(seed)
    rows = list(labels)
    chosen = draw.choice(len(rows), round(share * len(rows)), replace=False)
    for i in chosen:
        rows[i] = replace(rows[i], themes=_spoilt(rows[i].themes, codes, draw))
    return rows, {rows[i].key for i in chosen}


def _spoilt(
    themes: tuple[str, ...], codes: tuple[str, ...], draw: np.random.Generator
) -> tuple[str, ...]:
    """Replace, add or drop one theme."""
    other = str(draw.choice([code for code in codes if code not in themes]))
    ways = ["add"] if len(themes) < MOST_THEMES else []
    ways += ["replace", "drop"] if themes else []
    way = draw.choice(ways)
    if way == "add":
        return (*themes, other)
    at = int(draw.integers(len(themes)))
    rest = themes[:at] + themes[at + 1 :]
    return rest if way == "drop" else (*rest, other)
