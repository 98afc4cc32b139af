"""Sentences on which accounts disagree, and what an adjudicator decided."""

from collections.abc import Sequence

from annotate.gold import LabelledSentence, Vote
from seeds.codebook import NO_THEME, Codebook


def disputed(rows: Sequence[LabelledSentence]) -> list[LabelledSentence]:
    """Return the rows somebody has to decide, in their order.

    Accounts disagree and nobody decided, or an account voted against the decision
    after it was made.
    """
    return [row for row in rows if _open(row)]


def _open(row: LabelledSentence) -> bool:
    decided = [vote for vote in row.votes if vote.role == "adjudicator"]
    votes = [vote for vote in row.votes if vote.role == "annotator"]
    if not decided:
        return len({frozenset(vote.themes) for vote in votes}) > 1
    latest = max(decided, key=lambda vote: vote.at)
    later = [vote for vote in votes if vote.at > latest.at]
    return any(set(vote.themes) != set(latest.themes) for vote in later)


def say_votes(row: LabelledSentence, codebook: Codebook) -> list[str]:
    """Return a line for each vote: who chose what and why."""
    return [_say(vote, codebook) for vote in row.votes]


def _say(vote: Vote, codebook: Codebook) -> str:
    chosen = "、".join(codebook.name(code) for code in vote.themes) or NO_THEME
    flag = "（需讨论）" if vote.discuss else ""
    reason = f"：{vote.comment}" if vote.comment else ""
    return f"{vote.account}　{chosen}{flag}{reason}"
