"""How far two annotators agree, over all themes and theme by theme."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.alpha import Interval, Themes, alpha, alpha_interval
from annotate.errors import AgreementError
from annotate.gold import LabelledSentence, Vote

EXAMPLES = 3  # sentences shown of each confused pair


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """Agreement on one theme; None is "not defined"."""

    theme: str
    kappa: float | None  # Cohen's
    positive: float | None  # of those either chose, how far both did: F1
    first: float  # share of sentences the first account gave the theme
    second: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """One account chose `one`, the other `other` instead ("": nothing instead)."""

    one: str
    other: str
    count: int
    examples: tuple[LabelledSentence, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures of two accounts."""

    accounts: tuple[str, str]
    sentences: int
    alpha: float | None
    interval: Interval | None
    exact: float  # share of sentences with the same set
    themes: tuple[ThemeAgreement, ...]
    confusions: tuple[Confusion, ...]  # most frequent first
    reports: dict[str, float | None]  # alpha of each report
    same_comments: tuple[str, ...]  # keys where both wrote the same words
    same_order: tuple[int, int]  # equal sets of several themes: in equal order, in all


Pair = tuple[LabelledSentence, Vote, Vote]


def measure_agreement(
    rows: Sequence[LabelledSentence],
    codes: Sequence[str],
    accounts: tuple[str, str] | None = None,
) -> Agreement:
    """Compare two accounts on the sentences both have answered.

    Args:
        rows: of a label file.
        codes: of the themes, in order.
        accounts: the two; the two annotators with the most votes where left out.

    Raises:
        AgreementError: there are no two accounts with a common sentence.
    """
    first, second = accounts or _busiest(rows)
    pairs = _pairs(rows, first, second)
    if not pairs:
        raise AgreementError(f"no sentence was answered by both {first} and {second}")
    units = [[frozenset(a.themes), frozenset(b.themes)] for _, a, b in pairs]
    sections: dict[object, list[list[Themes]]] = defaultdict(list)
    reports: dict[str, list[list[Themes]]] = defaultdict(list)
    for (row, _, _), unit in zip(pairs, units, strict=True):
        sections[row.report, row.section.partition(".")[0]].append(unit)
        reports[row.report].append(unit)
    several = [(a, b) for _, a, b in pairs if set(a.themes) == set(b.themes)]
    several = [(a, b) for a, b in several if len(a.themes) > 1]
    return Agreement(
        accounts=(first, second),
        sentences=len(pairs),
        alpha=alpha(units),
        interval=alpha_interval(sections),
        exact=sum(one == other for one, other in units) / len(units),
        themes=tuple(_theme(code, units) for code in codes),
        confusions=_confusions(pairs),
        reports={name: alpha(some) for name, some in reports.items()},
        same_comments=tuple(
            row.key for row, a, b in pairs if a.comment and a.comment == b.comment
        ),
        same_order=(sum(a.themes == b.themes for a, b in several), len(several)),
    )


def cohen_kappa(both: int, first: int, second: int, total: int) -> float | None:
    """Return Cohen's kappa of one theme, None where all answers are the same.

    Args:
        both: sentences to which both gave the theme.
        first: sentences to which the first account gave it.
        second: sentences to which the second gave it.
        total: all sentences.
    """
    neither = total - first - second + both
    agreed = (both + neither) / total
    chance = (first * second + (total - first) * (total - second)) / total**2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def _theme(code: str, units: Sequence[Sequence[Themes]]) -> ThemeAgreement:
    first = sum(code in one for one, _ in units)
    second = sum(code in other for _, other in units)
    both = sum(code in one and code in other for one, other in units)
    return ThemeAgreement(
        theme=code,
        kappa=cohen_kappa(both, first, second, len(units)),
        positive=2 * both / (first + second) if first + second else None,
        first=first / len(units),
        second=second / len(units),
    )


def _busiest(rows: Sequence[LabelledSentence]) -> tuple[str, str]:
    votes = Counter(
        vote.account for row in rows for vote in row.votes if vote.role == "annotator"
    )
    if len(votes) < 2:
        found = ", ".join(votes) or "no account"
        raise AgreementError(f"two accounts are needed; the votes are of {found}")
    (first, _), (second, _) = votes.most_common(2)
    return min(first, second), max(first, second)


def _pairs(rows: Sequence[LabelledSentence], first: str, second: str) -> list[Pair]:
    pairs: list[Pair] = []
    for row in rows:
        by_account = {vote.account: vote for vote in row.votes}
        if first in by_account and second in by_account:
            pairs.append((row, by_account[first], by_account[second]))
    return pairs


def _confusions(pairs: Sequence[Pair]) -> tuple[Confusion, ...]:
    met: dict[tuple[str, str], list[LabelledSentence]] = defaultdict(list)
    for row, a, b in pairs:
        ours = sorted(set(a.themes) - set(b.themes))
        theirs = sorted(set(b.themes) - set(a.themes))
        if not ours and not theirs:
            continue
        for one in ours or [""]:
            for other in theirs or [""]:
                met[min(one, other), max(one, other)].append(row)
    order = sorted(met.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        Confusion(*names, len(some), tuple(some[:EXAMPLES])) for names, some in order
    )
