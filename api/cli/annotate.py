"""Commands of the labelling loop."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.base import app, say, settings
from seeds.codebook import load_codebook

studio = typer.Typer(help="Start, end and look at the local Label Studio.")
app.add_typer(studio, name="studio")


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
