"""Wrong held-out decisions, to be read by a person: a page or lines of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from annotate.adjudicate import say_votes
from annotate.gold import LabelledSentence
from model.confusions import confidence
from model.evaluate import HeldOut
from seeds.codebook import NO_THEME, Codebook

_PAGES = Path(__file__).with_name("pages")
_MOST_SCORES = 5


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sentence whose themes are not the labels'; names as the codebook writes them."""

    number: int  # 1 for the one the model is surest of
    row: LabelledSentence
    before: str  # the sentence before in the same report, "" at its beginning
    after: str
    gold: tuple[str, ...]
    given: tuple[str, ...]
    scores: tuple[tuple[str, float], ...]  # of gold, given and the most probable
    votes: tuple[str, ...]
    confidence: float
    uncertain: bool

    @property
    def missed(self) -> tuple[str, ...]:
        """Themes of the label that were not given."""
        return tuple(name for name in self.gold if name not in self.given)

    @property
    def extra(self) -> tuple[str, ...]:
        """Themes given that the label does not have."""
        return tuple(name for name in self.given if name not in self.gold)


def mistakes(held: HeldOut, codebook: Codebook) -> list[Mistake]:
    """Return the wrong decisions, those the model is surest of first."""
    sure = confidence(held.probabilities, held.chosen, held.truth)
    wrong = np.flatnonzero((held.chosen != held.truth).any(axis=1))
    order = wrong[np.argsort(-sure[wrong], kind="stable")]
    return [
        _mistake(held, int(at), number, float(sure[at]), codebook)
        for number, at in enumerate(order, 1)
    ]


def _mistake(
    held: HeldOut, at: int, number: int, sure: float, codebook: Codebook
) -> Mistake:
    names = [theme.name for theme in codebook.themes]
    p, chosen, truth = held.probabilities[at], held.chosen[at], held.truth[at]
    ranks = (-p).argsort(kind="stable")
    shown = [
        i for r, i in enumerate(ranks) if r < _MOST_SCORES or chosen[i] or truth[i]
    ]
    return Mistake(
        number=number,
        row=held.rows[at],
        before=_neighbour(held.rows, at, -1),
        after=_neighbour(held.rows, at, 1),
        gold=tuple(names[i] for i in np.flatnonzero(truth)),
        given=tuple(names[i] for i in np.flatnonzero(chosen)),
        scores=tuple((names[i], float(p[i])) for i in shown),
        votes=tuple(say_votes(held.rows[at], codebook)),
        confidence=sure,
        uncertain=bool(held.uncertain[at]),
    )


def _neighbour(rows: Sequence[LabelledSentence], at: int, step: int) -> str:
    there = at + step
    inside = 0 <= there < len(rows) and rows[there].report == rows[at].report
    return rows[there].text if inside else ""


def mistake_page(found: Sequence[Mistake], sentences: int, codebook: Codebook) -> str:
    """Return the page: an index by theme, then every mistake.

    Args:
        found: from `mistakes`.
        sentences: how many were scored.
        codebook: gives the order of the themes.
    """
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    by_theme = [
        (theme, [m for m in found if theme.name in (*m.missed, *m.extra)])
        for theme in codebook.themes
    ]
    template = environment.get_template("mistakes.html")
    return template.render(
        mistakes=found, sentences=sentences, by_theme=by_theme, no_theme=NO_THEME
    )


def mistake_lines(found: Sequence[Mistake]) -> Iterator[str]:
    """Yield the mistakes for a terminal."""
    for mistake in found:
        row = mistake.row
        gold, given = ("、".join(t) or NO_THEME for t in (mistake.gold, mistake.given))
        yield f"{mistake.number:4d}  {mistake.confidence:.3f}  {gold} → {given}"
        yield f"      {row.report}  {' / '.join(row.headings)}"
        yield f"      {row.text}"
        yield from (f"      {vote}" for vote in mistake.votes)
