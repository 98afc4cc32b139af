"""Sentences that belong to no theme because they are about something else."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence
from model.fit import Recipe, fit
from model.layout import lay_out


def with_theme(
    labels: Sequence[LabelledSentence],
    rows: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    recipe: Recipe | None = None,
) -> NDArray[np.bool_]:
    """Return which rows (n,) get a theme from a model trained on all labels.

    Each row is judged alone.
    """
    model = fit(labels, codes, recipe)
    p = model.probabilities(lay_out([row] for row in rows).apart())
    return np.asarray(model.thresholds.choose(p).any(axis=1))
