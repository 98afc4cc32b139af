"""Commands about label files."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.annotate import Project
from api.cli.base import Figures, app, out, say, settings

labels = typer.Typer(help="Measure, mend and extend the label files.")
app.add_typer(labels, name="labels")

LabelFile = Annotated[
    Path | None, typer.Argument(help="Default: seeds.jsonl of the labels.")
]
RawFile = Annotated[Path, typer.Argument(help="An author's file (JSON lines).")]


@labels.command()
def novelty(
    file: Annotated[Path, typer.Argument(help="An author's file, or a label file.")],
) -> None:
    """Count new words and show the nearest sentences of the label files."""
    from api.novelty import novelty as run

    for line in run(file):
        out(line)


@labels.command()
def add_authored(
    file: RawFile,
    name: Annotated[str, typer.Option(help="Of the passages: NAME-0001 and so on.")],
    output: Annotated[
        Path | None, typer.Option(help="Default: authored.jsonl of the labels.")
    ] = None,
    leave_out_doubles: Annotated[
        bool, typer.Option(help="Leave doubles out instead of refusing the file.")
    ] = False,
) -> None:
    """Add an author's sentences to a label file; doubles are refused."""
    from api.novelty import AUTHORED
    from api.novelty import add_authored as run

    for line in run(file, name, output or AUTHORED, leave_out_doubles):
        out(line)


@labels.command()
def answer(
    files: Annotated[list[Path], typer.Argument(help="Answers of one annotator.")],
    account: Annotated[str, typer.Option(help="annotator-2, or an e-mail.")],
    project: Project = "标注",
) -> None:
    """Give answers made outside the screen to Label Studio, under an account."""
    from api.studio import screen_named, send_pass

    say(send_pass(settings(), files, account, screen_named(project), say))


@labels.command()
def disagreements(
    label_file: LabelFile = None,
    push: Annotated[bool, typer.Option(help="Send them to Label Studio.")] = True,
) -> None:
    """Show the sentences on which accounts disagree and queue them for a decision."""
    from api.studio import push_disputed

    for line in push_disputed(settings(), label_file or _seeds(), push):
        out(line)


@labels.command()
def adjudicate(
    output: Annotated[Path | None, typer.Option(help="Default: seeds.jsonl.")] = None,
) -> None:
    """Bring the adjudicator's decisions into a label file."""
    from annotate.screen import ADJUDICATION
    from api.studio import local_studio, pull

    said, strangers = pull(
        local_studio(settings(), ADJUDICATION), output or _seeds(), ()
    )
    say(said)
    if strangers:
        say(f"{strangers} decisions are about sentences of other label files")


@labels.command()
def rebase(
    label_file: LabelFile = None,
    report: Annotated[
        list[Path] | None, typer.Option(help="Files read again; default: the five.")
    ] = None,
) -> None:
    """Carry votes to the sentences as they are read now; nothing is lost or guessed."""
    from annotate.gold import sentence_key
    from annotate.rebase import rebase_file
    from api.studio import reports_of
    from seeds.codebook import load_codebook

    path = label_file or _seeds()
    done = rebase_file(path, reports_of(report), load_codebook())
    for of, sentence in done.unread:
        key = sentence_key(of.sha256, sentence.start, sentence.end, sentence.text)
        out(f"must be read again: {key}  {sentence.text}")
    for row in done.unplaced:
        out(f"fits no sentence: {row.key}  {row.text}")
    say(
        f"{path}: {done.same} as they were, {done.carried} carried, "
        f"{len(done.unplaced)} kept aside, {len(done.unread)} sentences to be read"
    )


@app.command()
def agree(
    label_file: LabelFile = None,
    accounts: Annotated[str | None, typer.Option(help="Two, comma between.")] = None,
    figures: Figures = None,
) -> None:
    """Measure how far two annotators agree."""
    from api.agree import run_agreement

    for line in run_agreement(label_file or _seeds(), accounts, figures):
        out(line)


@app.command()
def suspects(
    push: Annotated[
        bool, typer.Option("--push", help="Queue in Label Studio.")
    ] = False,
    figures: Figures = None,
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 100,
    folder: Annotated[
        Path | None, typer.Option("--labels", help="Folder of label files.")
    ] = None,
    reports_only: Annotated[
        bool, typer.Option("--reports-only", help="No authored sentences.")
    ] = False,
) -> None:
    """List labels that are likely wrong, most likely first, with the reasons."""
    from api.review import print_suspects, push_suspects, run_suspects

    rows, found = run_suspects(
        folder or _seeds().parent, top, reports_only, figures, say
    )
    for line in print_suspects(found):
        out(line)
    if push:
        say(push_suspects(settings(), rows, found))


def _seeds() -> Path:
    from annotate.gold import LABELS

    return LABELS / "seeds.jsonl"
