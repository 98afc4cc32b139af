"""Is the evidence what the decision rests on? Delete it and look again.

For each tag of a held-out sentence the words named as evidence are taken out of the
sentence and it is scored again in its place; then as many random words are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.compile import tagger_of
from model.fit import Model
from model.layout import Layout, lay_out
from model.leave_out import Fold
from model.records import Decision, Evidence
from model.tagger import Tagger
from model.tokens import segment
from model.traced import Traced
from seeds.corpus import seed_reports
from seeds.records import Report

Spans = list[tuple[int, int]]

DRAWS = 5
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Deleted:
    """What the deletions cost one tag."""

    theme: str
    words: int  # jieba words the evidence touches; as many random ones were deleted
    every: int  # words of the sentence
    evidence: float  # how much the probability drops without the evidence
    random: float  # mean drop without random words

    @property
    def right(self) -> bool:
        """Whether the evidence matters more than other words."""
        return self.evidence > self.random


def delete_evidence(model: Model, left_out: Fold) -> list[Deleted]:
    """Run the test on the tags of a fold's sentences; those without evidence are left out."""
    tagger = tagger_of(model)
    scored = {(row.sha256, row.start, row.end) for row in left_out.scored}
    owners = {row.sha256 for row in left_out.scored}
    return [
        deleted
        for report in seed_reports()
        if report.sha256 in owners
        for deleted in delete_in(tagger, report, scored)
    ]


def delete_in(
    tagger: Tagger, report: Report, scored: set[tuple[str, int, int]]
) -> Iterator[Deleted]:
    """Run the test on one report.

    Args:
        tagger: did not see the report.
        report: is tagged whole.
        scored: sha256, start and end of the sentences whose tags are tested.
    """
    layout = lay_out([report.sentences])
    random = np.random.default_rng(_SEED)
    for at, decision in enumerate(tagger.tag_report(report)):
        sentence = report.sentences[at]
        if (report.sha256, sentence.start, sentence.end) in scored:
            place = _Place(tagger, layout, at, report)
            yield from _delete_each(place, decision, random)


def _delete_each(
    place: "_Place", decision: Decision, random: np.random.Generator
) -> Iterator[Deleted]:
    for theme in decision.themes:
        own = [e for e in decision.evidence if e.theme == theme and e.source == "own"]
        if not own:
            continue
        evidence = place.covered(own)
        touched = sum(bool(evidence[s:e].any()) for s, e in place.words)
        drawn = [
            place.drop(theme, place.any_words(touched, random)) for _ in range(DRAWS)
        ]
        yield Deleted(
            theme,
            touched,
            len(place.words),
            place.drop(theme, evidence),
            float(np.mean(drawn)),
        )


class _Place:
    """A sentence in its report, to be scored without some of its characters."""

    def __init__(self, tagger: Tagger, layout: Layout, at: int, report: Report) -> None:
        self._tagger, self._layout, self._at = tagger, layout, at
        sentence = report.sentences[at]
        read = Traced(report.slice(sentence), sentence.text, sentence.start)
        self._text, self._origins = read.folded, read.spans
        self.words = _words(self._text)
        self._before = self._probabilities(self._text)

    def covered(self, evidence: Sequence[Evidence]) -> NDArray[np.bool_]:
        """Return which characters of the folded text some evidence covers."""
        return np.array(
            [
                any(start < e.end and e.start < end for e in evidence)
                for start, end in self._origins
            ]
        )

    def any_words(self, number: int, random: np.random.Generator) -> NDArray[np.bool_]:
        """Return the characters of so many words drawn at random."""
        gone = np.zeros(len(self._text), dtype=bool)
        for word in random.choice(len(self.words), number, replace=False):
            start, end = self.words[word]
            gone[start:end] = True
        return gone

    def drop(self, theme: str, gone: NDArray[np.bool_]) -> float:
        """Return how much a theme's probability drops without these characters."""
        pairs = zip(self._text, gone, strict=True)
        left = "".join(character for character, away in pairs if not away)
        column = self._tagger.themes.index(theme)
        return float(self._before[column] - self._probabilities(left)[column])

    def _probabilities(self, text: str) -> NDArray[np.float64]:
        texts = list(self._layout.texts)
        texts[self._at] = text
        every = self._tagger.probabilities(replace(self._layout, texts=texts))
        row: NDArray[np.float64] = every[self._at]
        return row


def _words(folded: str) -> Spans:
    """Return the spans of the jieba words of a folded text."""
    spans: Spans = []
    at = 0
    for word in segment([folded])[0]:
        start = folded.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans
