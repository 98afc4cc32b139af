"""Commands that read reports."""

from enum import StrEnum
from typing import Annotated

import typer

from api.cli.base import Paths, app, out
from seeds.codebook import load_codebook


class Shape(StrEnum):
    """How a reading is printed."""

    tree = "tree"
    jsonl = "jsonl"


@app.command()
def read(
    paths: Paths,
    form: Annotated[Shape, typer.Option("--format")] = Shape.tree,
    text: Annotated[
        bool, typer.Option(help="Print the text offsets count in.")
    ] = False,
    dropped: Annotated[
        bool, typer.Option(help="Print what was dropped, and why.")
    ] = False,
) -> None:
    """Show the outline and sentences of reports."""
    from api.reading import describe
    from seeds.corpus import read_file

    for path in paths:
        for report in read_file(path):
            for line in describe(report, form.value, text, dropped):
                out(line)


@app.command()
def themes() -> None:
    """Print the codebook's themes with their keys."""
    for theme in load_codebook().themes:
        out(f"{theme.hotkey}\t{theme.code}\t{theme.name}\t{theme.definition}")
