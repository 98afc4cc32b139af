"""What more authored sentences buy: training sets of growing size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from annotate.gold import LabelledSentence
from model.baselines import hold_out_texts, plain
from model.evaluate import Trial, hold_out_each
from model.fit import Progress, Recipe
from model.kept_results import KeptResults, key_of
from model.leave_out import by_file
from model.metrics import overall

SIZES = (0, 750, 1500, 3000, 6000, 12000)
DRAWS = 2
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Sample:
    """Real sentences with some authored passages."""

    draw: int
    size: int  # authored sentences aimed at
    authored: int  # and those there are: passages stay whole
    labels: list[LabelledSentence]


def samples(labels: Sequence[LabelledSentence]) -> list[Sample]:
    """Return the training sets, whole passages drawn at random with a fixed seed.

    Of one draw the smaller set is part of the larger one. None and all authored
    sentences are drawn once.
    """
    real = [row for row in labels if row.origin == "report"]
    authored = [row for row in labels if row.origin == "authored"]
    found = [Sample(0, 0, 0, real)]
    for size in SIZES[1:]:
        if size < len(authored):
            for number in range(DRAWS):
                some = _drawn(authored, size, number)
                found.append(Sample(number, size, len(some), real + some))
    return [*found, Sample(0, len(authored), len(authored), real + authored)]


def _drawn(
    authored: Sequence[LabelledSentence], size: int, number: int
) -> list[LabelledSentence]:
    """Return whole passages of at least `size` sentences together, in their order."""
    sizes: dict[str, int] = {}
    for row in authored:
        sizes[row.group] = sizes.get(row.group, 0) + 1
    names = list(sizes)
    order = np.random.default_rng([_SEED, number]).permutation(len(names))
    total = np.cumsum([sizes[names[at]] for at in order])
    enough = int(np.searchsorted(total, size)) + 1
    chosen = {names[at] for at in order[:enough]}
    return [row for row in authored if row.group in chosen]


@dataclass(frozen=True, slots=True)
class Point:
    """Left-out figures of one model trained on one sample."""

    model: str  # one of `MODELS`
    draw: int
    size: int  # authored sentences aimed at
    authored: int
    micro_f1: float
    macro_f1: float


MODELS = ("plain", "this model")


def curve(
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    known: KeptResults,
    progress: Progress = lambda _: None,
    processes: int = 1,
) -> Iterator[Point]:
    """Yield the points of the plain model and of this one.

    Args:
        labels: real and authored.
        codes: of the themes.
        known: results of earlier runs; new ones are added.
        progress: is told what is done.
        processes: how many at a time.
    """
    for sample in samples(labels):
        for model in MODELS:
            key = key_of(f"learning curve: {model}", Recipe(), sample.labels)
            if known.get(key) is None:
                progress(f"{model}: {sample.authored} authored sentences")
                known.put(key, _figures(model, sample, codes, processes))
            found = known.get(key)
            micro, macro = found["micro_f1"], found["macro_f1"]
            yield Point(model, sample.draw, sample.size, sample.authored, micro, macro)


def _figures(
    model: str, sample: Sample, codes: tuple[str, ...], processes: int
) -> dict[str, float]:
    folds = by_file(sample.labels)
    if model == "plain":
        held = hold_out_texts(folds, codes, plain, processes=processes)
        return overall(held.tuned, held.truth)
    [ours] = hold_out_each([(Trial(sample.labels), folds)], codes, processes=processes)
    return overall(ours.chosen, ours.truth)
