"""A pass over the sentences made outside the screen: its answers and their sending."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import LabelFileError, VoteError
from annotate.gold import Vote
from annotate.lines import check_fields, read_lines
from annotate.rules import themes_problem
from annotate.screen import LABELLING, Screen
from seeds.codebook import Codebook

if TYPE_CHECKING:
    from annotate.studio import Studio

WORKERS = 6  # answers on their way at a time; Label Studio takes no more at once


@dataclass(frozen=True, slots=True)
class Answer:
    """What an annotator chose for the sentence with this key."""

    key: str
    themes: tuple[str, ...]
    comment: str = ""
    discuss: bool = False
    path: str = ""  # the file it stands in, and the line
    line: int = 0

    def stands_in(self, vote: Vote | str) -> bool:
        """Tell whether a stored vote says the same."""
        return isinstance(vote, Vote) and (vote.themes, vote.comment, vote.discuss) == (
            self.themes,
            self.comment,
            self.discuss,
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending did: every answer is one of the three."""

    added: int
    changed: int
    already: int


def read_answers(
    paths: Iterable[Path], codebook: Codebook, screen: Screen = LABELLING
) -> list[Answer]:
    """Read files of answers: `{"key": …, "themes": […], "comment": "", "discuss": false}`.

    Raises:
        LabelFileError: names file and line of an unknown theme, more than three, a key
            that was answered before, a half-written line, a wrong type, or no reason
            where the screen wants one.
    """
    answers: dict[str, Answer] = {}
    for path in paths:
        for number, data in read_lines(path):
            try:
                check_fields(
                    data,
                    {"key": str, "themes": list[str]},
                    {"comment": str, "discuss": bool},
                )
            except ValueError as error:
                raise LabelFileError(str(path), number, str(error)) from error
            given = {**data, "themes": tuple(data["themes"])}
            answer = Answer(**given, path=str(path), line=number)
            problem = themes_problem(answer.themes, codebook)
            if screen.reason and not answer.comment.strip():
                problem = "no reason given (comment)"
            if answer.key in answers:
                first = answers[answer.key]
                problem = f"{answer.key} is answered in {first.path}:{first.line}"
            if problem:
                raise LabelFileError(str(path), number, problem)
            answers[answer.key] = answer
    return list(answers.values())


def send_answers(
    studio: "Studio",
    answers: Sequence[Answer],
    account: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Sent:
    """Give the answers to Label Studio; run again, it goes on where it stopped.

    What the account answered already is left alone, or changed where it differs. At the
    end the server is asked for what it stored.

    Args:
        studio: connected with the account's own token.
        answers: of one annotator.
        account: its e-mail.
        progress: is told how many of how many are done.

    Raises:
        LabelFileError: names file and line of an answer to a sentence that has no task.
        VoteError: names the links of tasks where something else is stored.
    """
    tasks = studio.tasks()
    for answer in answers:
        if answer.key not in tasks:
            what = f"no task in Label Studio has the key {answer.key}"
            raise LabelFileError(answer.path, answer.line, what)
    before = studio.own(account)
    todo = [
        (answer, before.get(answer.key, (None, ""))[0])
        for answer in answers
        if answer.key not in before or not answer.stands_in(before[answer.key][1])
    ]

    def give(what: tuple[Answer, int | None]) -> None:
        answer, number = what
        task = tasks[answer.key]
        studio.vote(task, answer.themes, answer.comment, answer.discuss, number)

    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            for done, _ in enumerate(pool.map(give, todo), 1):
                progress(done, len(todo))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    _verify(studio, answers, account, tasks)
    changed = sum(number is not None for _, number in todo)
    return Sent(len(todo) - changed, changed, len(answers) - len(todo))


def _verify(
    studio: "Studio", answers: Sequence[Answer], account: str, tasks: dict[str, int]
) -> None:
    stored = studio.own(account)
    wrong = [
        f"{studio.link(tasks[answer.key])}: not stored as in {answer.path}:{answer.line}"
        for answer in answers
        if answer.key not in stored or not answer.stands_in(stored[answer.key][1])
    ]
    if wrong:
        raise VoteError(wrong)
