"""Commands that train, score and measure the model."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.base import DataDir, Figures, app, out, say, settings


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
    figures: Figures = None,
    errors: Annotated[
        str, typer.Option(help="Page of the mistakes (html), or - to print them.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option(help="Folder of tables, pictures and kept results.")
    ] = None,
    baselines: Annotated[bool, typer.Option(help="All baselines.")] = False,
    random_split: Annotated[bool, typer.Option(help="Also split at random.")] = False,
    ablation: Annotated[bool, typer.Option(help="Also leave out each part.")] = False,
    learning_curve: Annotated[
        bool, typer.Option(help="Also train on fewer authored sentences.")
    ] = False,
    deletion: Annotated[bool, typer.Option(help="Also delete the evidence.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Score the model, leaving one report's file out at a time, beside baselines.

    The ablation and the learning curve take long; when stopped they go on where they
    stopped.
    """
    from api.scores import Wanted, run_evaluation

    wanted = Wanted(
        output or settings(data_dir).data_dir / "evaluation",
        figures,
        predictions,
        errors,
        baselines,
        random_split,
        ablation,
        learning_curve,
        deletion,
    )
    for line in run_evaluation(wanted, say):
        out(line)


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help="read, model, service or suspects.")],
    figures: Figures = None,
) -> None:
    """Measure speed, side by side in one run."""
    from api.bench import run_bench

    for line in run_bench(what, figures, say):
        out(line)
