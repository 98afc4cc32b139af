"""Labels that look wrong: held-out scores of the model joined with the label files."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotate.adjudicate import say_votes
from annotate.gold import LabelledSentence
from annotate.screen import REVIEW
from annotate.suspects import Suspect, rank_suspects
from annotate.tasks import row_tasks
from api.settings import Settings
from api.studio import local_studio
from model.fit import Model, by_report, fit
from model.folds import FOLDS, SEED
from model.layout import lay_out
from model.near import near_pairs
from model.train import training_labels
from seeds.codebook import NO_THEME, Codebook, load_codebook
from seeds.files import write_text

Progress = Callable[[str], None]
Learner = Callable[[Sequence[LabelledSentence], tuple[str, ...]], Model]


def run_suspects(
    folder: Path,
    top: int,
    reports_only: bool,
    figures: Path | None,
    say: Progress,
    learn: Learner = fit,
) -> tuple[list[LabelledSentence], list[Suspect]]:
    """Return the label rows and the most doubtful ones; write the figures where asked.

    Args:
        folder: of the label files that are trained on.
        top: how many suspects.
        reports_only: leave out suspects among authored sentences.
        figures: a JSON file.
        say: is told what is being done.
        learn: fits a model on labelled sentences.

    Raises:
        LabelFileError: a file is damaged.
        TrainingError: the labels do not suffice to hold something out.
    """
    codebook = load_codebook()
    rows = training_labels(folder)
    ranked = rank_suspects(
        rows,
        out_of_fold(rows, codebook.codes, say, learn),
        near_pairs([row.text for row in rows]),
        codebook,
    )
    if reports_only:
        ranked = [suspect for suspect in ranked if suspect.row.origin == "report"]
    if figures:
        write_text(
            figures,
            json.dumps(_figures(ranked[:top]), ensure_ascii=False, indent=1) + "\n",
        )
    return rows, ranked[:top]


def print_suspects(suspects: Sequence[Suspect]) -> Iterator[str]:
    """Yield what to print."""
    codebook = load_codebook()
    for at, suspect in enumerate(suspects, 1):
        row = suspect.row
        names = _names(row, codebook)
        yield f"{at:4d}  {suspect.score:+.3f}  {row.key}  【{names}】{row.text}"
        yield from (f"      {reason}" for reason in suspect.reasons)


def push_suspects(
    settings: Settings, rows: Sequence[LabelledSentence], suspects: Sequence[Suspect]
) -> str:
    """Send suspects to their own project in Label Studio; return what to print."""
    codebook = load_codebook()
    notes = {
        suspect.row.key: [
            f"现在的主题：{_names(suspect.row, codebook)}",
            *say_votes(suspect.row, codebook),
            *suspect.reasons,
        ]
        for suspect in suspects
    }
    done = local_studio(settings, REVIEW).push(row_tasks(rows, notes))
    return f"added {done.added}, already there {done.already}"


def _names(row: LabelledSentence, codebook: Codebook) -> str:
    return "、".join(codebook.name(code) for code in row.themes) or NO_THEME


def _figures(suspects: Sequence[Suspect]) -> list[dict[str, Any]]:
    return [
        {
            "key": suspect.row.key,
            "report": suspect.row.report,
            "text": suspect.row.text,
            "themes": suspect.row.themes,
            "score": round(suspect.score, 4),
            "reasons": suspect.reasons,
        }
        for suspect in suspects
    ]


def out_of_fold(
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    progress: Progress = lambda _: None,
    learn: Learner = fit,
) -> NDArray[np.float64]:
    """Return probabilities (n, themes) by models that saw neither file nor passage.

    Each of the folds leaves out some files and a share of the authored passages.

    Args:
        labels: of real reports and authored; those of one report in their order.
        codes: of the themes.
        progress: is told which fold is left out.
        learn: fits a model on labelled sentences.

    Raises:
        TrainingError: fewer than three files of real reports.
    """
    folds = _folds(labels)
    found = np.zeros((len(labels), len(codes)))
    for fold in np.unique(folds):
        progress(f"left out: part {fold + 1} of {folds.max() + 1}")
        model = learn([labels[i] for i in np.flatnonzero(folds != fold)], codes)
        places = {labels[i].key: i for i in np.flatnonzero(folds == fold)}
        groups = by_report([labels[i] for i in places.values()])
        order = [places[row.key] for group in groups for row in group]
        found[order] = model.probabilities(lay_out(groups))
    return found


def _folds(labels: Sequence[LabelledSentence]) -> NDArray[np.intp]:
    files = sorted({row.group for row in labels if row.origin == "report"})
    passages = sorted({row.group for row in labels if row.origin == "authored"})
    count = min(FOLDS, len(files))
    order = np.random.default_rng(SEED).permutation(len(passages))
    fold = {name: at % count for at, name in enumerate(files)}
    fold |= {passages[at]: int(i) % count for i, at in enumerate(order)}
    return np.array([fold[row.group] for row in labels])
