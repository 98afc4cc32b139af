"""Commands of the labelling loop."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.base import app, say, settings

studio = typer.Typer(help="Start, end and look at the local Label Studio.")
app.add_typer(studio, name="studio")

Project = Annotated[str, typer.Option(help="标注, 裁定 or 复核.")]


def _server() -> Any:
    from api.studio import local_server

    return local_server(settings())


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
    from api import studio as local

    reports = local.reports_of(paths)
    say(local.push(local.local_studio(settings()), reports, per_report, say))


@app.command()
def pull(
    output: Annotated[Path, typer.Option(help="Label file to write into.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Default: the five.")
    ] = None,
    project: Project = "标注",
) -> None:
    """Bring votes from Label Studio into a label file; no vote is lost."""
    from api import studio as local

    screen = local.screen_named(project)
    reports = local.reports_of(paths)
    said, strangers = local.pull(
        local.local_studio(settings(), screen), output, reports
    )
    say(said)
    if strangers and project != "标注":
        say(f"{strangers} votes are about sentences of other label files")
    elif strangers:
        say(f"{strangers} votes fit no sentence; name their reports as PATHS")
        raise typer.Exit(1)
