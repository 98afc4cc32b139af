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
    ablation: Annotated[bool, typer.Option(help="Also leave out each part.")] = False,
) -> None:
    """Score the model, leaving one report out at a time, beside two baselines."""
    from api.scores import run_evaluation

    for line in run_evaluation(predictions, figures, ablation, say):
        out(line)


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help="read, model or service.")],
    figures: Figures = None,
) -> None:
    """Measure speed, side by side in one run."""
    from api.bench import run_bench

    for line in run_bench(what, figures):
        out(line)
