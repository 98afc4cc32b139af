"""Commands about published models."""

from typing import Annotated

import typer

from api.cli.base import DataDir, app, out, say, settings

models = typer.Typer(help="List, choose and remove published models.")
app.add_typer(models, name="models")

Name = Annotated[str, typer.Argument(help="As `models list` prints it.")]


@models.command("list")
def show(data_dir: DataDir = None) -> None:
    """List the published models, oldest first; what is wrong with one is said."""
    from api.models import list_models

    for line in list_models(settings(data_dir).data_dir):
        out(line)


@models.command()
def use(name: Name, data_dir: DataDir = None) -> None:
    """Make a model the current one, after checking all of it."""
    from model.registry import use as run

    before = run(settings(data_dir).data_dir, name)
    say(f"{name} is the current model; it was {before or 'none'}")
    say("a running service takes it when it is started again")


@models.command()
def remove(name: Name, data_dir: DataDir = None) -> None:
    """Delete a model that is not the current one."""
    from model.registry import remove as run

    run(settings(data_dir).data_dir, name)
    say(f"{name} is removed")
