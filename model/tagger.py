"""Tag reports and sentences with a published model. Needs no scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.context import pair_features
from model.decide import Thresholds
from model.evidence import character_scores, parts, strongest
from model.layout import Layout, lay_out
from model.records import Decision, Evidence, Source
from model.scorer import Scorer
from model.tokens import fold, fold_positions
from seeds.clean import kept_positions, squeeze, view
from seeds.records import Report, Section, Sentence

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Alone:
    """A sentence without a report around it."""

    text: str
    headings: tuple[str, ...] = ()
    section: str = ""
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded model.

    `name` is the bundle's, `codebook` the version it was trained with, `trained_on`
    the sha256 of report files whose text was in the training labels.
    """

    name: str
    codebook: str
    themes: tuple[str, ...]
    trained_on: frozenset[str]
    scorer: Scorer
    weights: Array
    bias: Array
    thresholds: Thresholds
    card: dict[str, Any] = field(default_factory=dict)

    def tag_report(self, report: Report, evidence: bool = True) -> list[Decision]:
        """Return one decision for each sentence of a report, in their order."""
        layout = lay_out([report.sentences])
        decisions, pairs = self._decide(layout)
        if not evidence:
            return decisions
        return [
            self._explain(decision, report, at, pairs[at])
            for at, decision in enumerate(decisions)
        ]

    def tag_sentences(
        self, texts: Sequence[str], evidence: bool = True
    ) -> list[Decision]:
        """Return one decision for each text, judged alone; spans count in the text."""
        views = [_Reading(text) for text in texts]
        layout = lay_out([[_Alone(seen.text)] for seen in views])
        decisions, _ = self._decide(layout)
        if not evidence:
            return decisions
        return [
            Decision(d.themes, d.scores, d.uncertain, tuple(self._own(d, v, 0, 1.0)))
            for d, v in zip(decisions, views, strict=True)
        ]

    def probabilities(self, layout: Layout) -> Array:
        """Return the probability of each theme, shape (sentences, themes)."""
        return self._probabilities(layout)[0]

    def _probabilities(self, layout: Layout) -> tuple[Array, Array]:
        number = len(layout.texts)
        scores, counts = self.scorer.scores([*layout.texts, *layout.headings])
        pairs = pair_features(
            layout, scores[:number], counts[:number], scores[number:], counts[number:]
        )
        return 1.0 / (1.0 + np.exp(-(pairs @ self.weights + self.bias))), pairs

    def _decide(self, layout: Layout) -> tuple[list[Decision], Array]:
        probabilities, pairs = self._probabilities(layout)
        chosen = self.thresholds.choose(probabilities)
        doubtful = self.thresholds.uncertain(probabilities)
        decisions = []
        for row, picked, doubt in zip(probabilities, chosen, doubtful, strict=True):
            order = [int(i) for i in np.argsort(-row, kind="stable") if picked[i]]
            scores = {
                c: round(float(p), 4) for c, p in zip(self.themes, row, strict=True)
            }
            names = tuple(self.themes[i] for i in order)
            decisions.append(Decision(names, scores, bool(doubt)))
        return decisions, pairs

    def _explain(
        self, decision: Decision, report: Report, at: int, pairs: Array
    ) -> Decision:
        if not decision.themes:
            return decision
        sentence = report.sentences[at]
        seen = _Reading(report.slice(sentence))
        sections = {section.number: section for section in report.sections}
        found: list[Evidence] = []
        for theme in decision.themes:
            column = self.themes.index(theme)
            own, heading, context = parts(pairs[column], self.weights)
            only = Decision((theme,), decision.scores, decision.uncertain)
            found.extend(self._own(only, seen, sentence.start, own))
            above = sections.get(sentence.section)
            if above is not None and heading > 0:
                found.append(_whole(theme, above, heading, "heading"))
            near = report.sentences[at - 1] if at else None
            if near is not None and context > 0:
                found.append(_whole(theme, near, context, "context"))
        return Decision(
            decision.themes, decision.scores, decision.uncertain, tuple(found)
        )

    def _own(
        self, decision: Decision, seen: "_Reading", offset: int, worth: float
    ) -> list[Evidence]:
        """Return the words of the sentence that speak for its themes."""
        if not decision.themes:
            return []
        adds = character_scores(self.scorer, fold(seen.text))
        places = fold_positions(seen.text)
        found = []
        for theme in decision.themes:
            column = self.themes.index(theme)
            for start, end, share in strongest(adds[:, column]):
                first, last = seen.span(places[start], places[end - 1] + 1)
                part = round(share * worth, 4)
                found.append(
                    Evidence(theme, offset + first, offset + last, part, "own")
                )
        return found


class _Reading:
    """A text normalised like a report's sentence, with the way back."""

    def __init__(self, text: str) -> None:
        self._view = view(text)
        self._kept = kept_positions(self._view.text)
        self.text = squeeze(self._view.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a span of the text covers."""
        return self._view.original(self._kept[start], self._kept[end - 1] + 1)


def _whole(
    theme: str, piece: Section | Sentence, share: float, source: Source
) -> Evidence:
    return Evidence(theme, piece.start, piece.end, round(share, 4), source)
