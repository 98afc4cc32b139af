"""The command line. Every command imports what it needs when it runs."""

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from seeds.codebook import load_codebook
from seeds.errors import PolicyThemesError

if TYPE_CHECKING:
    from api.settings import Settings

app = typer.Typer(
    name="policy-themes",
    help="Tag every sentence of a health commission's work report with its themes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
studio = typer.Typer(help="Start, end and look at the local Label Studio.")
app.add_typer(studio, name="studio")


class Format(StrEnum):
    """Formats of the output."""

    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"


class Shape(StrEnum):
    """How a reading is printed."""

    tree = "tree"
    jsonl = "jsonl"


Paths = Annotated[list[Path], typer.Argument(help="Files or folders.")]
DataDir = Annotated[Path | None, typer.Option(help="Where models are; default var.")]


def main() -> None:
    """Run the command line; errors of ours are one line and exit code 2."""
    try:
        app()
    except PolicyThemesError as error:
        say(f"policy-themes: {error}")
        raise SystemExit(2) from None


def say(text: str) -> None:
    """Print for people, to standard error."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  the one place that prints


def out(text: str) -> None:
    """Print a result to standard output, whatever its encoding cannot hold."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def settings(data_dir: Path | None = None) -> "Settings":
    """Return the settings; an option of the command wins."""
    from api.settings import Settings

    found = Settings()
    return found.model_copy(update={"data_dir": data_dir}) if data_dir else found


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
def themes() -> None:
    """Print the codebook's themes with their keys."""
    for theme in load_codebook().themes:
        out(f"{theme.hotkey}\t{theme.code}\t{theme.name}\t{theme.definition}")


@app.command()
def train(
    labels: Annotated[Path | None, typer.Option(help="Folder of label files.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Train on the label files and publish the model as the current one."""
    from annotate.gold import LABELS
    from model.train import train as run

    out(str(run(settings(data_dir).data_dir, labels or LABELS, say)))


@app.command()
def evaluate(
    predictions: Annotated[
        Path | None, typer.Option(help="Write the held-out decisions (jsonl).")
    ] = None,
    figures: Annotated[
        Path | None, typer.Option("--json", help="Write figures.")
    ] = None,
    ablation: Annotated[bool, typer.Option(help="Also leave out each part.")] = False,
) -> None:
    """Score the model, leaving one report out at a time, beside two baselines."""
    from api.scores import run_evaluation

    for line in run_evaluation(predictions, figures, ablation, say):
        out(line)


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


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help="read, model or service.")],
    figures: Annotated[
        Path | None, typer.Option("--json", help="Write figures.")
    ] = None,
) -> None:
    """Measure speed, side by side in one run."""
    from api.bench import run_bench

    for line in run_bench(what, figures):
        out(line)


def _server() -> Any:
    from annotate.server import Server

    found = settings()
    return Server(found.data_dir / "label-studio", found.studio_program)


def _studio() -> Any:
    from annotate.studio import Studio

    access = _server().access()
    return Studio(access.url, access.token, load_codebook())


@studio.command()
def up(port: Annotated[int, typer.Option()] = 8080) -> None:
    """Start Label Studio on this machine, or find the running one."""
    server = _server()
    access = server.up(port, lambda waited: say(f"starting, {waited:.0f} s"))
    say(f"{access.url}  {access.email}  password: see {server.folder / 'access.json'}")


@studio.command()
def down() -> None:
    """End the Label Studio that `up` started."""
    say("ended" if _server().down() else "not running")


@studio.command()
def status() -> None:
    """Tell whether Label Studio runs; exit code 1 if not."""
    server = _server()
    if not server.running():
        say("not running")
        raise typer.Exit(1)
    say(f"running at {server.access().url}")


@app.command()
def push(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Default: the five.")
    ] = None,
    per_report: Annotated[
        int | None, typer.Option(help="At most, spread evenly.")
    ] = None,
) -> None:
    """Send sentences to Label Studio; what is there already is left alone."""
    from annotate.tasks import spread, task_data

    data = [
        task_data(report, sentence)
        for report in _reports(paths)
        for sentence in spread(report, per_report)
    ]
    done = _studio().push(data, lambda at, total: say(f"{at} of {total}"))
    say(f"added {done.added}, already there {done.already}")


@app.command()
def pull(
    output: Annotated[Path, typer.Option(help="Label file to write into.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Default: the five.")
    ] = None,
) -> None:
    """Bring votes from Label Studio into a label file; no vote is lost."""
    from annotate.gold import load_labels, save_labels
    from annotate.votes import merge

    known = load_labels(output, load_codebook()) if output.exists() else []
    rows, strangers = merge(known, _reports(paths), _studio().pull())
    save_labels(output, rows)
    say(f"{output}: {len(rows)} sentences, {sum(len(r.votes) for r in rows)} votes")
    if strangers:
        say(f"{len(strangers)} votes fit no sentence; name their reports as PATHS")
        raise typer.Exit(1)


def _reports(paths: Sequence[Path] | None) -> list[Any]:
    from seeds.corpus import read_file, seed_reports

    if not paths:
        return seed_reports()
    return [report for path in paths for report in read_file(path)]
