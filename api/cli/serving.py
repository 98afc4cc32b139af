"""Commands that tag and serve."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.base import (
    Column,
    DataDir,
    MetadataFile,
    Output,
    Paths,
    app,
    load,
    out,
    say,
    settings,
)
from seeds.codebook import load_codebook


class Format(StrEnum):
    """Formats of the output."""

    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"


@app.command()
def tag(
    paths: Paths,
    form: Annotated[Format, typer.Option("--format")] = Format.jsonl,
    output: Output = "-",
    column: Column = "",
    metadata: MetadataFile = None,
    data_dir: DataDir = None,
) -> None:
    """Tag files and folders; what cannot be read goes to OUTPUT.errors.csv."""
    from api.reading import Reading
    from api.tables import writer
    from api.tagging import tag_reports
    from api.terminal import progress
    from api.unreadable import finish
    from model.bundle import current, load_tagger

    if output == "-" and form is not Format.jsonl:
        raise typer.BadParameter("only jsonl goes to standard output")
    tagger = load_tagger(current(settings(data_dir).data_dir))
    codebook = load_codebook()
    errors: Path | None = None
    with progress(busy=output == "-" and sys.stdout.isatty()) as told:
        reading = Reading(paths, column, load(metadata), told)
        found = tag_reports(reading, tagger, codebook)
        if output == "-":
            for record in found:
                out(json.dumps(record, ensure_ascii=False))
        else:
            target = Path(output)
            count = writer(form.value, codebook, tagger.trained_on)(target, found)
            say(f"{target}: {count} sentences of {reading.files} files")
            if reading.failed:
                errors = target.with_name(f"{target.name}.errors.csv")
    if finish(reading, errors, say):
        raise typer.Exit(1)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option()] = None,
    host: Annotated[
        str | None, typer.Option(help="Default: this machine only.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Serve the page and the HTTP service until Ctrl-C."""
    import uvicorn

    from api.app import create_app

    found = settings(data_dir)
    address, number = host or found.host, port or found.port
    say(f"http://{address}:{number}/ (Ctrl-C ends it)")
    uvicorn.run(create_app(found), host=address, port=number, log_level="warning")


@app.command()
def demo(data_dir: DataDir = None) -> None:
    """Train if there is no model, tag the five reports, print theme shares."""
    from api.demo import run_demo

    for line in run_demo(settings(data_dir).data_dir, say):
        out(line)
