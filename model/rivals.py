"""The baselines measured: same sentences, same folds, same figures."""

from collections.abc import Iterator, Sequence
from typing import Any

from annotate.gold import LabelledSentence
from model.ablation import SCOUT
from model.baselines import (
    EVEN,
    Chosen,
    Learner,
    characters,
    hold_out_texts,
    key_terms,
    naive,
    plain,
)
from model.evaluate import hold_out, with_intervals
from model.fasttext_baseline import available, fasttext
from model.fit import Progress
from model.leave_out import by_file
from seeds.codebook import Codebook

# The fair ones: their threshold is tuned inside the folds.
TUNED: dict[str, Learner] = {
    "characters 2-4, SVM": characters,
    "plain: words, characters": plain,
    "fastText": fasttext,
}


def rivals(
    labels: Sequence[LabelledSentence],
    codebook: Codebook,
    every: bool = False,
    progress: Progress = lambda _: None,
    processes: int = 1,
) -> dict[str, dict[str, Any]]:
    """Return the figures of the baselines by name.

    Args:
        labels: real and authored.
        codebook: the themes.
        every: all of them; else only key terms and the naive pipeline at 0.5.
        progress: is told which one is measured.
        processes: how many at a time.
    """
    codes = codebook.codes
    folds = by_file(labels)
    progress("baselines: key terms, naive")
    texts = hold_out_texts(folds, codes, naive, every, processes)
    decided: dict[str, Chosen] = {
        "key terms": key_terms(texts.rows, codebook),
        "naive, 0.5": texts.scores >= EVEN,
    }
    if every:
        decided["naive, tuned"] = texts.tuned
        for name, learner in _installed(progress):
            progress(f"baselines: {name}")
            held = hold_out_texts(folds, codes, learner, processes=processes)
            decided[name] = held.tuned
        scout = hold_out(labels, codes, SCOUT.recipe, progress, processes)
        decided[SCOUT.name] = scout.chosen
    return {
        name: with_intervals(chosen, texts.rows, codes)
        for name, chosen in decided.items()
    }


def _installed(progress: Progress) -> Iterator[tuple[str, Learner]]:
    for name, learner in TUNED.items():
        if learner is fasttext and not available():
            progress("fastText is not installed (a developers' dependency): left out")
        else:
            yield name, learner
