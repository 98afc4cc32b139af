"""Tag reports and sentences with a published model. Needs no scikit-learn."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.context import AloneWeights, Array, Place, alone_weights, columns, weighted
from model.decide import Thresholds
from model.evidence import character_scores, shares, strongest
from model.layout import NOBODY, Layout, lay_out
from model.records import Decision, Evidence, Source
from model.scorer import Scorer
from model.single import SingleScorer
from model.tokens import fold_all
from model.traced import Traced
from seeds.clean import normalise
from seeds.records import Report, Section, Sentence


class Decided(NamedTuple):
    """Decisions about n sentences as arrays."""

    probabilities: Array  # (n, themes)
    chosen: NDArray[np.bool_]  # (n, themes)
    doubtful: NDArray[np.bool_]  # (n,)


@dataclass(frozen=True)
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
    weights: Array  # of the second stage, in the order of `model.context.FEATURES`
    bias: Array  # (themes,)
    thresholds: Thresholds
    card: dict[str, Any] = field(default_factory=dict)

    def tag_report(self, report: Report, evidence: bool = True) -> list[Decision]:
        """Return one decision for each sentence of a report, in their order."""
        layout = lay_out([report.sentences])
        parts, own = self._parts(layout)
        decisions = self._decisions(self._decide(sum(parts.values()) + self.bias))
        if not evidence:
            return decisions
        return _Explained(self, report, layout, parts, own).explain(decisions)

    def tag_sentences(
        self, texts: Sequence[str], evidence: bool = True
    ) -> list[Decision]:
        """Return one decision for each text, judged alone; spans count in the text."""
        decisions = self._decisions(self.decide_sentences(texts))
        if not evidence:
            return decisions
        themed = [at for at, decision in enumerate(decisions) if decision.themes]
        spoken = own_words(self, [Traced(texts[at]) for at in themed])
        for at, own in zip(themed, spoken, strict=True):
            themes = decisions[at].themes
            found = (own.evidence(theme, 1.0) for theme in themes)
            decisions[at] = decisions[at].explained(found)
        return decisions

    def decide_reports(self, reports: Sequence[Report]) -> Decided:
        """Decide on the sentences of reports, report by report in their order."""
        layout = lay_out(report.sentences for report in reports)
        return self._decide(self._logits(layout))

    def decide_sentences(self, texts: Sequence[str]) -> Decided:
        """Decide on texts, each judged alone."""
        folded = fold_all(normalise(texts))
        if len(folded) == 1:
            return self._decide(
                self._alone.logits(*self._single.score(folded[0]))[None]
            )
        return self._decide(self._alone.logits(*self.scorer.scores(folded)))

    def probabilities(self, layout: Layout) -> Array:
        """Return the probability of each theme, shape (sentences, themes)."""
        return _logistic(self._logits(layout))

    @functools.cached_property
    def _single(self) -> SingleScorer:
        return SingleScorer(self.scorer)

    @functools.cached_property
    def _alone(self) -> AloneWeights:
        return alone_weights(self.weights, self.bias)

    def _logits(self, layout: Layout) -> Array:
        logits: Array = sum(self._parts(layout)[0].values()) + self.bias
        return logits

    def _parts(self, layout: Layout) -> tuple[dict[Place, Array], Array]:
        """Return what each place adds to the logits, and the first stage's scores."""
        number = len(layout.texts)
        scores, counts = self.scorer.scores([*layout.texts, *layout.headings])
        own, heads = scores[:number], scores[number:]
        features = columns(layout, own, counts[:number], heads, counts[number:])
        return weighted(features, self.weights), own

    def _decide(self, logits: Array) -> Decided:
        probabilities = _logistic(logits)
        chosen = self.thresholds.choose(probabilities)
        return Decided(
            probabilities, chosen, self.thresholds.uncertain(probabilities, chosen)
        )

    def _decisions(self, decided: Decided) -> list[Decision]:
        order = np.argsort(-decided.probabilities, axis=1, kind="stable").tolist()
        rows = np.round(decided.probabilities, 4).tolist()
        return [
            Decision(
                tuple(self.themes[i] for i in ranks if picked[i]),
                dict(zip(self.themes, row, strict=True)),
                doubt,
            )
            for ranks, row, picked, doubt in zip(
                order, rows, decided.chosen.tolist(), decided.doubtful.tolist(),
                strict=True,
            )
        ]  # fmt: skip


class _Explained:
    """Why the sentences of one report got their themes."""

    def __init__(
        self,
        tagger: Tagger,
        report: Report,
        layout: Layout,
        parts: dict[Place, Array],
        own: Array,
    ) -> None:
        self.tagger, self.report, self.layout = tagger, report, layout
        self.parts, self.own = parts, own
        self.sections = {section.number: section for section in report.sections}

    def explain(self, decisions: list[Decision]) -> list[Decision]:
        """Return the decisions on all sentences with their evidence."""
        themed = [at for at, decision in enumerate(decisions) if decision.themes]
        spoken = own_words(self.tagger, [self._traced(at) for at in themed])
        explained = list(decisions)
        for at, own in zip(themed, spoken, strict=True):
            explained[at] = decisions[at].explained(
                self._evidence(at, theme, own) for theme in decisions[at].themes
            )
        return explained

    def _traced(self, at: int) -> Traced:
        sentence = self.report.sentences[at]
        return Traced(self.report.slice(sentence), sentence.text, sentence.start)

    def _evidence(self, at: int, theme: str, own: "OwnWords") -> Iterator[Evidence]:
        column = self.tagger.themes.index(theme)
        share = shares({p: float(a[at, column]) for p, a in self.parts.items()})
        yield from own.evidence(theme, share.pop("own", 0.0))
        for place, part in share.items():
            piece = self._piece(at, place, column)
            if piece is not None:
                source: Source = "heading" if place == "heading" else "context"
                yield Evidence(theme, piece.start, piece.end, round(part, 4), source)

    def _piece(self, at: int, place: Place, column: int) -> Section | Sentence | None:
        """Return what stands at a place; of a section what speaks loudest in it."""
        layout, sentences = self.layout, self.report.sentences
        if place == "heading":
            return self.sections.get(sentences[at].section)
        if place == "section":
            same = layout.section == layout.section[at]
            same[at] = False
            index = np.flatnonzero(same)
            number = index[self.own[index, column].argmax()] if len(index) else NOBODY
        else:
            number = getattr(layout, place)[at]
        return sentences[number] if number != NOBODY else None


def own_words(tagger: Tagger, sentences: Sequence[Traced]) -> list["OwnWords"]:
    """Return what the words of each sentence add to each theme."""
    scores = character_scores(tagger.scorer, [traced.folded for traced in sentences])
    return [
        OwnWords(tagger.themes, traced, adds)
        for traced, adds in zip(sentences, scores, strict=True)
    ]


class OwnWords:
    """What the words of one sentence add to each theme."""

    def __init__(self, themes: Sequence[str], sentence: Traced, adds: Array) -> None:
        self._themes, self._sentence, self._adds = themes, sentence, adds

    def evidence(self, theme: str, worth: float) -> Iterator[Evidence]:
        """Yield the words that speak for a theme.

        Args:
            theme: a code.
            worth: share (0 to 1) of the sentence's own words in all that speaks for it.
        """
        adds = self._adds[:, self._themes.index(theme)]
        for start, end, share in strongest(adds):
            span = self._sentence.span(start, end)
            yield Evidence(theme, *span, round(share * worth, 4), "own")


def _logistic(logits: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-logits))
