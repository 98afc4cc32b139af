"""Carry votes to the sentences as they are read now, when reading was improved.

The bytes of a report are the same, so its sentences are known by sha256, span and
text. What fits is carried, what does not is kept aside, nothing is guessed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotate.gold import LabelledSentence, labelled, load_labels, save_labels
from annotate.votes import in_order, with_votes
from seeds.codebook import Codebook
from seeds.records import Report, Sentence


@dataclass(frozen=True, slots=True)
class Rebased:
    """What became of the rows of a label file; every old vote is in one of the two."""

    rows: list[LabelledSentence]
    unplaced: list[LabelledSentence]  # old rows that fit no sentence
    unread: list[tuple[Report, Sentence]]  # sentences that must be read again
    same: int  # rows that did not change at all
    carried: int  # rows with a new span, text or context


class _File:
    """The sentences of one file as they are read now, and the old rows put on them."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.places = [(report, s) for report in reports for s in report.sentences]
        self.rows: list[list[LabelledSentence]] = [[] for _ in self.places]
        self.at_span: dict[tuple[int, int], int] = {}
        self.at_text: dict[str, list[int]] = defaultdict(list)
        self.at_letters: dict[str, list[int]] = defaultdict(list)
        for at, (_, sentence) in enumerate(self.places):
            self.at_span[sentence.start, sentence.end] = at
            self.at_text[sentence.text].append(at)
            self.at_letters[_letters(sentence.text)].append(at)

    def place(self, rows: Sequence[LabelledSentence]) -> list[LabelledSentence]:
        """Put rows on sentences; return those that fit none."""
        rest = []
        for row in rows:
            at = self.at_span.get((row.start, row.end))
            if at is None:
                at = self._overlapping(row, self.at_text[row.text])
            if at is None:
                at = self._overlapping(row, self.at_letters[_letters(row.text)])
            if at is None:
                rest.append(row)
            else:
                self.rows[at].append(row)
        return self._moved_far(rest)

    def _overlapping(
        self, row: LabelledSentence, candidates: Sequence[int]
    ) -> int | None:
        for at in candidates:
            sentence = self.places[at][1]
            if sentence.start < row.end and row.start < sentence.end:
                return at
        return None

    def _moved_far(self, rows: Sequence[LabelledSentence]) -> list[LabelledSentence]:
        """Put rows on sentences of equal text elsewhere, where it is clear which."""
        by_text: dict[str, list[LabelledSentence]] = defaultdict(list)
        for row in rows:
            by_text[row.text].append(row)
        rest = []
        for text, some in by_text.items():
            free = [at for at in self.at_text[text] if not self.rows[at]]
            some.sort(key=lambda row: row.start)
            if len(free) == len(some):
                for at, row in zip(free, some, strict=True):
                    self.rows[at].append(row)
            else:
                rest.extend(some)
        return rest


def rebase(
    rows: Sequence[LabelledSentence],
    reports: Iterable[Report],
    aside: Sequence[LabelledSentence] = (),
) -> Rebased:
    """Carry the votes of a label file to the sentences of re-read reports.

    Args:
        rows: of the label file; those of files that were not read again stay as they
            are.
        reports: the files' reports, read again; all reports of each file.
        aside: rows that fitted no sentence the last time; they are tried again.
    """
    files: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if all(report.start != other.start for other in files[report.sha256]):
            files[report.sha256].append(report)
    done: list[LabelledSentence] = [row for row in rows if row.sha256 not in files]
    unplaced = [row for row in aside if row.sha256 not in files]
    unread: list[tuple[Report, Sentence]] = []
    same = 0
    known = set(rows)
    for sha256, some in files.items():
        file = _File(some)
        old = [row for row in (*rows, *aside) if row.sha256 == sha256]
        unplaced.extend(file.place(old))
        for (report, sentence), here in zip(file.places, file.rows, strict=True):
            if not here:
                unread.append((report, sentence))
                continue
            row, left = _join(report, sentence, here)
            unplaced.extend(left)
            done.append(row)
            same += row in known
    carried = len(done) - same - sum(row.sha256 not in files for row in rows)
    unplaced = list(dict.fromkeys(unplaced))  # the same row twice says nothing new
    return Rebased(in_order(done), unplaced, unread, same, carried)


def _join(
    report: Report, sentence: Sentence, rows: Sequence[LabelledSentence]
) -> tuple[LabelledSentence, list[LabelledSentence]]:
    """Return the new row with the votes of its old rows, and old rows left over.

    A row that contradicts what is there already is left over: of two different votes
    of one account neither may be lost.
    """
    first, *others = sorted(rows, key=lambda row: not row.votes)
    new = labelled(report, sentence, first.themes, first.votes)
    left: list[LabelledSentence] = []
    for row in others:
        there = {vote.account: vote for vote in new.votes}
        fits = all(there.get(vote.account, vote) == vote for vote in row.votes)
        if fits and (row.votes or set(row.themes) == set(new.themes)):
            new = with_votes(new, row.votes)
        else:
            left.append(row)
    return replace(new, meta=first.meta), left


def rebase_file(path: Path, reports: Iterable[Report], codebook: Codebook) -> Rebased:
    """Rebase a label file; rows that fit no sentence go to `*.unplaced.jsonl` beside it.

    Raises:
        LabelFileError: one of the two files is damaged.
    """
    side = path.with_suffix(".unplaced.jsonl")
    aside = load_labels(side, codebook, once=False) if side.exists() else []
    done = rebase(load_labels(path, codebook), reports, aside)
    if done.unplaced or aside:
        save_labels(side, done.unplaced)  # first: a crash in between loses nothing
    save_labels(path, done.rows)
    return done


def _letters(text: str) -> str:
    """Return a text without punctuation and white space."""
    return "".join(char for char in text if unicodedata.category(char)[0] not in "PZC")
