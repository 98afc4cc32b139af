"""fastText as a baseline; the only module that meets it (a developers' dependency)."""

import importlib.util
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.tokens import Engine, fold_all, segment
from seeds.files import write_lines

Array = NDArray[np.float64]
Chosen = NDArray[np.bool_]

_LABEL = "__label__"
_RATE = 0.5
_NONE = f"{_LABEL}none"  # fastText skips lines without a label


def available() -> bool:
    """Tell whether fastText is installed."""
    return importlib.util.find_spec("fasttext") is not None


def fasttext(texts: Sequence[str], truth: Chosen, others: Sequence[str]) -> Array:
    """Score by supervised fastText; see `learn_fasttext`."""
    scores = np.zeros((len(others), truth.shape[1]))
    found = ask_fasttext(learn_fasttext(texts, truth), others)
    for row, answer in zip(scores, zip(*found, strict=True), strict=True):
        for label, score in zip(*answer, strict=True):
            if label != _NONE:
                row[int(label.removeprefix(_LABEL))] = score
    return scores


def learn_fasttext(texts: Sequence[str], truth: Chosen) -> Any:
    """Train fastText: jieba words, pairs of them, one-vs-all loss.

    One thread and a fixed seed. Epochs and rate are usual ones for few texts, not tuned.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "training.txt"
        write_lines(path, _lines(texts, truth))
        return _learn(path, _RATE)


def ask_fasttext(
    learned: Any, texts: Sequence[str], engine: Engine = "rjieba"
) -> tuple[list[Sequence[str]], list[Sequence[float]]]:
    """Return fastText's own answer: all labels of each text, and their scores."""
    lines = [" ".join(tokens) for tokens in segment(fold_all(texts), engine)]
    labels, scores = learned.predict(lines, k=-1)
    return labels, scores


def _learn(path: Path, rate: float) -> Any:
    """Train; fastText now and then diverges ("Encountered NaN"): then more slowly."""
    import fasttext as library

    try:
        return library.train_supervised(
            input=str(path),
            loss="ova",
            lr=rate,
            epoch=25,
            wordNgrams=2,
            dim=50,
            bucket=200_000,
            thread=1,
            seed=1,
            verbose=0,
        )
    except RuntimeError:
        if rate < _RATE / 10:
            raise
        return _learn(path, rate / 2)


def _lines(texts: Sequence[str], truth: Chosen) -> list[str]:
    return [
        " ".join(
            [*([f"{_LABEL}{at}" for at in np.flatnonzero(row)] or [_NONE]), *tokens]
        )
        for row, tokens in zip(truth, segment(fold_all(texts)), strict=True)
    ]
