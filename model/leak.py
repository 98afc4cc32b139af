"""What a random split hides: a sentence's neighbours and copies are trained on."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.gold import LabelledSentence
from model.baselines import EVEN, hold_out_texts, naive
from model.evaluate import HeldOut, Trial, hold_out_each
from model.fit import Progress
from model.leave_out import Fold, at_random, by_file
from model.metrics import overall
from model.near import NEAR, nearest


@dataclass(frozen=True, slots=True)
class Split:
    """Figures by one way of splitting."""

    name: str
    near: float  # share of scored sentences with a near-equal real one in training
    figures: dict[str, dict[str, float]]  # model -> figures


def splits(
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    held: HeldOut,
    progress: Progress = lambda _: None,
    processes: int = 1,
) -> list[Split]:
    """Score this model and the naive one by files left out and by a random split.

    Args:
        labels: real and authored.
        codes: of the themes.
        held: decisions with the files left out.
        progress: is told which part is left out.
        processes: how many at a time.
    """
    folds = at_random(labels)
    [mixed] = hold_out_each([(Trial(labels), folds)], codes, progress, processes)
    return [
        _split("one file left out", by_file(labels), held, codes, processes),
        _split("sentences at random", folds, mixed, codes, processes),
    ]


def _split(
    name: str,
    folds: Sequence[Fold],
    held: HeldOut,
    codes: tuple[str, ...],
    processes: int,
) -> Split:
    texts = hold_out_texts(folds, codes, naive, False, processes)
    figures = {
        "this model": overall(held.chosen, held.truth),
        "naive": overall(texts.scores >= EVEN, texts.truth),
    }
    return Split(name, near_share(folds), figures)


def near_share(folds: Sequence[Fold]) -> float:
    """Return the share of scored sentences that have a near-equal one in training.

    Authored sentences are not counted: they are trained on in every split.
    """
    near = total = 0
    for fold in folds:
        real = [row.text for row in fold.training if row.origin == "report"]
        _, cosines = nearest([row.text for row in fold.scored], real)
        near += int((cosines >= NEAR).sum())
        total += len(fold.scored)
    return near / max(total, 1)
