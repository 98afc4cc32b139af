"""The command line, one module a package. Every command imports what it needs when it runs."""

from api.cli import annotate, labels, model, models, seeds, serving
from api.cli.base import app, say
from seeds.errors import PolicyThemesError

__all__ = ["annotate", "app", "labels", "main", "model", "models", "seeds", "serving"]


def main() -> None:
    """Run the command line; errors of ours are one line and exit code 2."""
    try:
        app()
    except PolicyThemesError as error:
        say(f"policy-themes: {error}")
        raise SystemExit(2) from None
