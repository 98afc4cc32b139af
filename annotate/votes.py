"""Join votes with the sentences they belong to and decide; no vote is ever lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotate.gold import LabelledSentence, Vote, labelled, sentence_key
from seeds.records import Report

AUTHOR = "author"  # account of the label an authored sentence came with


def merge(
    known: Sequence[LabelledSentence],
    reports: Iterable[Report],
    pulled: Mapping[str, Sequence[Vote]],
) -> tuple[list[LabelledSentence], list[str]]:
    """Return the label rows with the pulled votes, and keys that fit no sentence.

    A newer vote of an account replaces its older one; votes of other accounts stay.

    Args:
        known: rows of the label file.
        reports: the reports whose sentences were pushed.
        pulled: votes by sentence key.
    """
    rows = {row.key: row for row in known}
    for report in reports:
        for sentence in report.sentences:
            key = sentence_key(
                report.sha256, sentence.start, sentence.end, sentence.text
            )
            if key in pulled and key not in rows:
                rows[key] = labelled(report, sentence, ())
    strangers = [key for key in pulled if key not in rows]
    for key, votes in pulled.items():
        if key in rows:
            rows[key] = with_votes(rows[key], votes)
    return in_order(rows.values()), strangers


def in_order(rows: Iterable[LabelledSentence]) -> list[LabelledSentence]:
    """Return authored rows as they stand, then those of reports by report and place."""
    every = list(rows)
    authored = [row for row in every if row.origin == "authored"]
    of_reports = [row for row in every if row.origin == "report"]
    of_reports.sort(key=lambda row: (row.report, row.start, row.index))
    return authored + of_reports


def with_votes(row: LabelledSentence, votes: Sequence[Vote]) -> LabelledSentence:
    """Return the row with these votes added and its themes decided anew.

    What an author wrote is a vote from then on: a second one is no silent correction.
    """
    if votes and row.origin == "authored" and not row.votes:
        row = replace(row, votes=(Vote(AUTHOR, "", row.themes),))
    by_account = {vote.account: vote for vote in row.votes}
    for vote in votes:
        old = by_account.get(vote.account)
        if old is None or old.at <= vote.at:
            by_account[vote.account] = vote
    every = tuple(by_account.values())
    return replace(row, themes=_decide(row, every), votes=every)


def _decide(row: LabelledSentence, votes: Sequence[Vote]) -> tuple[str, ...]:
    """Return the themes: the adjudicator's, else what all accounts agree on.

    Where they disagree, the themes that were decided before stay, or those of the
    latest vote where nothing was decided.
    """
    decided = [vote for vote in votes if vote.role == "adjudicator"]
    if not votes:
        return row.themes
    latest = max(decided or votes, key=lambda vote: vote.at)
    if decided or len({frozenset(vote.themes) for vote in votes}) == 1:
        return latest.themes
    return row.themes if row.votes else latest.themes
