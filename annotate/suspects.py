"""Labels that are likely wrong, most likely first, each with its reasons in Chinese."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotate.alpha import masi
from annotate.confident import against
from annotate.gold import LabelledSentence
from seeds.codebook import NO_THEME, Codebook, Theme

NEAR_WEIGHT = 0.3  # an equal sentence with nothing in common: as 0.3 of probability
TERMS_WEIGHT = 0.05
DEPARTMENT_WEIGHT = 0.02  # a hint only
_SAID = -0.1  # a model's contradiction is shown from here on
_HEAD = 2  # characters of a department's name that are looked for in the cue


@dataclass(frozen=True, slots=True)
class Suspect:
    """A labelled sentence to be looked at again."""

    row: LabelledSentence
    score: float  # higher is more likely wrong
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Doubt:
    score: float
    reasons: list[str]
    least_sure: str  # said where there is nothing else to say


def rank_suspects(
    rows: Sequence[LabelledSentence],
    probabilities: NDArray[np.float64],
    near: Iterable[tuple[int, int, float]],
    codebook: Codebook,
) -> list[Suspect]:
    """Return all rows, the most doubtful label first.

    The score is how far a model that did not see the sentence speaks against its worst
    theme, plus what near-equal sentences, key terms and the duty department say.

    Args:
        rows: labelled sentences.
        probabilities: held-out ones, (rows, themes) in the codebook's order.
        near: near-equal sentences: two positions in `rows` and their likeness, 0 to 1.
        codebook: the themes.
    """
    doubts = _model(rows, probabilities, codebook)
    for doubt, (score, reasons) in zip(
        doubts, _neighbours(rows, near, codebook), strict=True
    ):
        doubt.score += score
        doubt.reasons.extend(reasons)
    for row, doubt in zip(rows, doubts, strict=True):
        _terms(row, doubt, codebook)
        _department(row, doubt, codebook)
        if not doubt.reasons:
            doubt.reasons.append(doubt.least_sure)
    order = sorted(range(len(rows)), key=lambda i: (-doubts[i].score, rows[i].key))
    return [Suspect(rows[i], doubts[i].score, tuple(doubts[i].reasons)) for i in order]


def _model(
    rows: Sequence[LabelledSentence],
    probabilities: NDArray[np.float64],
    codebook: Codebook,
) -> list[_Doubt]:
    chosen = np.array([[code in row.themes for code in codebook.codes] for row in rows])
    chosen = chosen.reshape(probabilities.shape)
    above = against(probabilities, chosen)
    doubts = [
        _Doubt(float(above[i, j]), [], _least_sure(codebook.themes[j], p[j]))
        for i, (j, p) in enumerate(
            zip(above.argmax(axis=1), probabilities, strict=True)
        )
    ]
    for i, j in np.argwhere(above > _SAID):
        p, name = probabilities[i, j], codebook.themes[j].name
        doubts[i].reasons.append(
            f"标了“{name}”，模型认为可能性只有 {p:.2f}"
            if chosen[i, j]
            else f"没有标“{name}”，模型认为可能性有 {p:.2f}"
        )
    return doubts


def _least_sure(theme: Theme, probability: float) -> str:
    return f"模型最没有把握的主题是“{theme.name}”（{probability:.2f}）"


def _neighbours(
    rows: Sequence[LabelledSentence],
    near: Iterable[tuple[int, int, float]],
    codebook: Codebook,
) -> list[tuple[float, list[str]]]:
    """Return for each row what its most contradicting near-equal sentence says."""
    worst: dict[int, tuple[float, int, float]] = defaultdict(lambda: (0.0, -1, 0.0))
    for i, j, likeness in near:
        apart = masi(frozenset(rows[i].themes), frozenset(rows[j].themes))
        weight = NEAR_WEIGHT * likeness * apart
        worst[i] = max(worst[i], (weight, j, likeness))
        worst[j] = max(worst[j], (weight, i, likeness))
    found: list[tuple[float, list[str]]] = []
    for i in range(len(rows)):
        weight, other, likeness = worst.get(i, (0.0, -1, 0.0))
        said = []
        if weight > 0:
            row = rows[other]
            names = "、".join(codebook.name(code) for code in row.themes) or NO_THEME
            said = [f"相近的句子（{likeness:.2f}）标的是“{names}”：{row.text}"]
        found.append((weight, said))
    return found


def _terms(row: LabelledSentence, doubt: _Doubt, codebook: Codebook) -> None:
    """Doubt a label when key terms speak for other themes only."""
    said = {
        theme.code: term
        for theme in codebook.themes
        for term in theme.key_terms
        if term in row.text and not term.isdecimal()  # `120` is also a number
    }
    if said and not any(code in said for code in row.themes):
        doubt.score += TERMS_WEIGHT
        words = "、".join(f"“{t}”（{codebook.name(c)}）" for c, t in said.items())
        doubt.reasons.append(f"句中关键词指向别的主题：{words}")


def _department(row: LabelledSentence, doubt: _Doubt, codebook: Codebook) -> None:
    """Doubt a label when the department named has to do with other themes only."""
    if not row.cue or not row.themes:
        return
    usual = [theme for theme in codebook.themes if _answers_for(theme, row.cue)]
    if usual and not any(theme.code in row.themes for theme in usual):
        doubt.score += DEPARTMENT_WEIGHT
        names = "、".join(theme.name for theme in usual)
        doubt.reasons.append(f"责任科室“{row.cue}”通常管的是：{names}")


def _answers_for(theme: Theme, cue: str) -> bool:
    """Tell whether a cue names one of the departments; `办公室` must stand alone."""
    named = cue.split("、")
    return any(
        department in named
        if department == "办公室"
        else any(
            name.startswith(department[:_HEAD]) or department in name for name in named
        )
        for department in theme.departments
    )
