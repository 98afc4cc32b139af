"""Commands about label files."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.base import app, out

labels = typer.Typer(help="Measure, mend and extend the label files.")
app.add_typer(labels, name="labels")

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
