"""Ways to hold sentences of real reports out of the training."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence

SEED = 20260101


@dataclass(frozen=True, slots=True)
class Fold:
    """What is trained on and what is scored; authored sentences are never scored."""

    name: str
    training: list[LabelledSentence]
    scored: list[LabelledSentence]
    around: list[LabelledSentence]  # the whole reports the scored sentences stand in


def by_file(labels: Sequence[LabelledSentence]) -> list[Fold]:
    """Leave out one file of reports at a time."""
    real = _real(labels)
    return [
        Fold(
            name,
            [row for row in labels if row.group != group],
            (rows := [row for row in real if row.group == group]),
            rows,
        )
        for group, name in _files(real).items()
    ]


def at_random(labels: Sequence[LabelledSentence], seed: int = SEED) -> list[Fold]:
    """Leave out sentences drawn from all reports: a leak, made to be seen.

    As many folds as files. A sentence's neighbours and near-duplicates are trained on.
    """
    real = _real(labels)
    count = len(_files(real))
    order = np.random.default_rng(seed).permutation(len(real))
    part = {real[at].key: i % count for i, at in enumerate(order)}
    return [
        Fold(
            f"part {fold + 1}",
            [row for row in labels if part.get(row.key) != fold],
            [row for row in real if part[row.key] == fold],
            real,
        )
        for fold in range(count)
    ]


def file_of(row: LabelledSentence) -> str:
    """Return the name of the file a row's report stands in."""
    return row.report.partition("#")[0]


def top_section(row: LabelledSentence) -> str:
    """Return the report and top-level section of a row: the cluster it is drawn in."""
    return f"{row.report} {row.section.partition('.')[0]}"


def in_place(rows: Sequence[LabelledSentence]) -> list[int]:
    """Return the positions of rows by report and place: the order of the label files."""

    def place(at: int) -> tuple[str, int, int]:
        return rows[at].report, rows[at].start, rows[at].index

    return sorted(range(len(rows)), key=place)


def truth_of(
    rows: Sequence[LabelledSentence], codes: Sequence[str]
) -> NDArray[np.bool_]:
    """Return the labels of rows, shape (n, themes)."""
    truth = [[code in row.themes for code in codes] for row in rows]
    return np.array(truth, dtype=bool).reshape(len(rows), len(codes))


def _real(labels: Iterable[LabelledSentence]) -> list[LabelledSentence]:
    return [row for row in labels if row.origin == "report"]


def _files(real: Iterable[LabelledSentence]) -> dict[str, str]:
    """Return the files' names by group, in their order."""
    return {row.group: file_of(row) for row in real}
