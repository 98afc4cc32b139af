"""What the commands share: the application, printing, settings."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.settings import Settings
    from seeds.metadata import Metadata

app = typer.Typer(
    name="policy-themes",
    help="Tag every sentence of a health commission's work report with its themes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Paths = Annotated[list[Path], typer.Argument(help="Files or folders.")]
DataDir = Annotated[Path | None, typer.Option(help="Where models are; default var.")]
Column = Annotated[str, typer.Option(help="Of tables: the column of the texts.")]
MetadataFile = Annotated[
    Path | None,
    typer.Option("--metadata", help="Table: path, region, year, issuer (xlsx, csv)."),
]
Output = Annotated[str, typer.Option(help="A file, or - for standard output.")]
Figures = Annotated[Path | None, typer.Option("--json", help="Write figures.")]


def say(text: str) -> None:
    """Print for people, to standard error."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  the one place that prints


def out(text: str) -> None:
    """Print a result to standard output, whatever its encoding cannot hold."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def load(metadata: Path | None) -> "Metadata | None":
    """Return the table of metadata, if one was named."""
    from seeds.metadata import load_metadata

    return load_metadata(metadata) if metadata else None


def settings(data_dir: Path | None = None) -> "Settings":
    """Return the settings; an option of the command wins."""
    from api.settings import Settings

    found = Settings()
    return found.model_copy(update={"data_dir": data_dir}) if data_dir else found
