"""Commands that tag and serve."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.base import DataDir, Paths, app, out, say, settings
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
    output: Annotated[
        str, typer.Option(help="A file, or - for standard output.")
    ] = "-",
    data_dir: DataDir = None,
) -> None:
    """Tag files and folders; what cannot be read goes to OUTPUT.errors.csv."""
    from api.tables import writer
    from api.tagging import Tagging, write_errors
    from model.bundle import current, load_tagger

    tagger = load_tagger(current(settings(data_dir).data_dir))
    codebook = load_codebook()
    run = Tagging(paths, tagger, codebook)
    if output == "-":
        if form is not Format.jsonl:
            raise typer.BadParameter("only jsonl goes to standard output")
        for record in run.records():
            out(json.dumps(record, ensure_ascii=False))
    else:
        target = Path(output)
        count = writer(form.value, codebook, tagger.trained_on)(target, run.records())
        say(f"{target}: {count} sentences of {run.files} files")
        if run.failed:
            write_errors(target.with_name(f"{target.name}.errors.csv"), run.failed)
    for error in run.failed:
        say(f"policy-themes: {error}")
    if run.failed:
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
