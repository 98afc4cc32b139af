"""Commands that read reports."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.base import Column, MetadataFile, Output, Paths, app, load, out, say
from seeds.codebook import load_codebook

if TYPE_CHECKING:
    from api.description import Form
    from api.reading import Reading


class Shape(StrEnum):
    """How a reading is printed."""

    tree = "tree"
    jsonl = "jsonl"


@app.command()
def read(
    paths: Paths,
    shape: Annotated[Shape, typer.Option("--format")] = Shape.tree,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text offsets count in.")
    ] = False,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Print what was dropped, and why.")
    ] = False,
    column: Column = "",
    metadata: MetadataFile = None,
    output: Output = "-",
    errors: Annotated[
        Path | None, typer.Option(help="Table of what cannot be read (csv).")
    ] = None,
) -> None:
    """Show the outline and sentences of reports."""
    from api.description import Form
    from api.reading import Reading
    from api.terminal import progress
    from api.unreadable import finish
    from seeds.files import write_lines

    form = Form(shape is Shape.jsonl, text, dropped)
    at_terminal = output == "-" and sys.stdout.isatty()
    with progress(at_terminal) as told:
        reading = Reading(paths, column, load(metadata), told)
        if output != "-":
            write_lines(Path(output), _described(reading, form))
        elif at_terminal and form == Form():
            _draw(reading)
        else:
            for line in _described(reading, form):
                out(line)
    if finish(reading, errors, say):
        raise typer.Exit(1)


def _described(reading: "Reading", form: "Form") -> Iterator[str]:
    from api.description import describe

    printed = ""
    for report in reading.reports():
        if not form.text or report.text is not printed:
            yield from describe(report, form)
        printed = report.text


def _draw(reading: "Reading") -> None:
    from api.description import outline
    from api.terminal import print_tree

    for report in reading.reports():
        print_tree(outline(report))


@app.command()
def themes() -> None:
    """Print the codebook's themes with their keys."""
    for theme in load_codebook().themes:
        out(f"{theme.hotkey}\t{theme.code}\t{theme.name}\t{theme.definition}")
