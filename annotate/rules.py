"""What a label must keep to: the codebook's rules and plain sense."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from seeds.codebook import MOST_THEMES, Codebook
from seeds.records import Half

if TYPE_CHECKING:
    from annotate.gold import LabelledSentence

ORIGINS = ("report", "authored")


def themes_problem(themes: Sequence[str], codebook: Codebook) -> str:
    """Return what is wrong with the themes of a sentence, "" if nothing is."""
    unknown = [code for code in themes if code not in codebook.codes]
    if unknown:
        return f"unknown theme {unknown[0]!r}"
    if len(set(themes)) < len(themes):
        return f"a theme twice: {', '.join(themes)}"
    if len(themes) > MOST_THEMES:
        return f"more than {MOST_THEMES} themes"
    return ""


def row_problem(row: "LabelledSentence", codebook: Codebook) -> str:
    """Return what is wrong with a row of a label file, "" if nothing is."""
    for themes in (row.themes, *(vote.themes for vote in row.votes)):
        problem = themes_problem(themes, codebook)
        if problem:
            return problem
    if not 0 <= row.start < row.end or not row.text.strip():
        return f"span {row.start}:{row.end} holds no text"
    if row.half not in get_args(Half) or row.origin not in ORIGINS:
        return f"unknown half or origin {row.half!r}, {row.origin!r}"
    if len(row.text) > row.end - row.start:
        return f"text longer than its span {row.start}:{row.end}"
    return _votes_problem(row)


def _votes_problem(row: "LabelledSentence") -> str:
    accounts = [vote.account for vote in row.votes]
    if len(set(accounts)) < len(accounts):
        return "two votes of one account"
    decided = [vote for vote in row.votes if vote.role == "adjudicator"]
    if any(not vote.comment.strip() for vote in decided):
        return f"no reason given by {decided[0].account}"
    latest = max(decided, key=lambda vote: vote.at, default=None)
    if latest and set(latest.themes) != set(row.themes):
        return f"not the themes decided by {latest.account}"
    agreed = {frozenset(vote.themes) for vote in row.votes}
    if len(agreed) == 1 and set(row.themes) not in agreed:
        return "not the themes all accounts agree on"
    return ""
