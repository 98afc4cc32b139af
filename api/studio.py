"""The local Label Studio of the data directory, as the commands use it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from annotate.accounts import Accounts, email_of
from annotate.adjudicate import disputed, say_votes
from annotate.errors import StudioError
from annotate.gold import check_spans, load_labels, save_labels
from annotate.passes import read_answers, send_answers
from annotate.screen import ADJUDICATION, LABELLING, SCREENS, Screen
from annotate.server import Server
from annotate.studio import Studio
from annotate.tasks import ADJUDICATOR, row_tasks, spread, task_data
from annotate.votes import merge
from api.settings import Settings
from seeds.codebook import load_codebook
from seeds.corpus import read_file, seed_reports
from seeds.records import Report

Progress = Callable[[str], None]


def local_server(settings: Settings) -> Server:
    """Return the server of the data directory, running or not."""
    return Server(settings.data_dir / "label-studio", settings.studio_program)


def local_studio(settings: Settings, screen: Screen = LABELLING) -> Studio:
    """Return a project of the local server, as its administrator.

    Raises:
        StudioDown: no server was started, or it does not answer.
    """
    access = local_server(settings).access()
    return Studio(access.url, access.token, load_codebook(), screen)


def screen_named(name: str) -> Screen:
    """Return the screen of a project by its short name.

    Raises:
        StudioError: there is no such project.
    """
    if name not in SCREENS:
        raise StudioError(f"no project {name!r}; one of {', '.join(SCREENS)}")
    return SCREENS[name]


def reports_of(paths: Sequence[Path] | None) -> list[Report]:
    """Read the reports of these files; the five where none is named.

    Raises:
        UnreadableFile: with a named reason.
    """
    if not paths:
        return seed_reports()
    return [report for path in paths for report in read_file(path)]


def push(
    studio: Studio, reports: Sequence[Report], most: int | None, say: Progress
) -> str:
    """Send the reports' sentences, at most so many of each; return what to print."""
    data = [
        task_data(report, sentence)
        for report in reports
        for sentence in spread(report, most)
    ]
    done = studio.push(data, lambda at, total: say(f"{at} of {total}"))
    return f"added {done.added}, already there {done.already}"


def pull(studio: Studio, path: Path, reports: Sequence[Report]) -> tuple[str, int]:
    """Bring the votes of a project into a label file.

    Returns:
        What to print, and how many votes fit no sentence of the file and the reports.

    Raises:
        LabelFileError: the file is damaged, or its reports are read otherwise now.
        VoteError: names the link of every answer that cannot be.
    """
    known = load_labels(path, studio.codebook) if path.exists() else []
    check_spans(known, reports, path)
    fresh = reports if studio.screen is LABELLING else ()
    rows, strangers = merge(known, fresh, studio.pull())
    save_labels(path, rows)
    votes = sum(len(row.votes) for row in rows)
    open_ = len(disputed(rows))
    said = f"{path}: {len(rows)} sentences, {votes} votes, {open_} to be decided"
    return said, len(strangers)


def send_pass(
    settings: Settings,
    paths: Sequence[Path],
    account: str,
    screen: Screen,
    say: Progress,
) -> str:
    """Send files of answers under an account of their own; return what to print.

    Raises:
        StudioError: an account that may not decide is to decide.
        LabelFileError: names file and line of an answer that cannot be sent.
        VoteError: names the links of tasks where something else is stored.
    """
    codebook = load_codebook()
    answers = read_answers(paths, codebook, screen)
    admin = local_studio(settings, screen)
    email = email_of(account)
    if screen is ADJUDICATION and not email.startswith(ADJUDICATOR):
        raise StudioError(f"{email}: only accounts named {ADJUDICATOR}… decide")
    token = Accounts(local_server(settings).folder).token(email, admin)
    studio = Studio(admin.url, token, codebook, screen)
    done = send_answers(
        studio, answers, email, lambda at, total: say(f"{at} of {total}")
    )
    return (
        f"{email}: added {done.added}, changed {done.changed}, "
        f"already there {done.already}; stored as sent"
    )


def push_disputed(settings: Settings, path: Path, send: bool) -> Iterator[str]:
    """Yield the sentences somebody has to decide; send them to their own project.

    Raises:
        LabelFileError: the file is damaged.
    """
    codebook = load_codebook()
    rows = load_labels(path, codebook)
    open_ = disputed(rows)
    notes = {row.key: say_votes(row, codebook) for row in open_}
    for row in open_:
        yield f"{row.key}  {row.text}"
        yield from (f"    {line}" for line in notes[row.key])
    yield f"{path}: {len(open_)} of {len(rows)} sentences to be decided"
    if send:
        done = local_studio(settings, ADJUDICATION).push(row_tasks(rows, notes))
        yield f"added {done.added}, already there {done.already}"
