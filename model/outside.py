"""Sentences that belong to no theme because they are about something else."""

from collections.abc import Sequence

from annotate.gold import LabelledSentence
from model.fit import fit
from model.layout import lay_out


def share_with_theme(
    labels: Sequence[LabelledSentence],
    rows: Sequence[LabelledSentence],
    codes: tuple[str, ...],
) -> float:
    """Return the share of rows that get a theme from a model trained on all labels.

    Each row is judged alone.
    """
    model = fit(labels, codes)
    p = model.probabilities(lay_out([row] for row in rows).apart())
    return float(model.thresholds.choose(p).any(axis=1).mean())
