"""The parts of the recipe, and of the training set, that are left out in turn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annotate.gold import LabelledSentence
from model.context import HEADING, NAMES, OWN
from model.evaluate import HeldOut, Trial, hold_out_each
from model.fit import Progress, Recipe
from model.intervals import Difference, compare, draw
from model.kept_results import KeptResults, key_of
from model.leave_out import by_file, top_section
from model.metrics import overall
from model.outside import with_theme
from model.own import other_field

Keep = Callable[[LabelledSentence], bool]


@dataclass(frozen=True, slots=True)
class Variant:
    """The full recipe less one part."""

    name: str
    recipe: Recipe = field(default_factory=Recipe)
    keep: Keep = lambda _: True  # which authored sentences are trained on


def _without(*gone: str) -> tuple[str, ...]:
    return tuple(name for name in NAMES if name not in gone)


VARIANTS = (
    Variant("no context", Recipe(pairs=OWN)),
    Variant("no headings", Recipe(pairs=_without(*HEADING))),
    Variant(
        "no lexicon",
        Recipe(
            blocks=("grams", "words"),
            pairs=tuple(name for name in NAMES if "lexicon" not in name),
        ),
    ),
    Variant(
        "no neighbours", Recipe(pairs=_without("previous lexicon", "next lexicon"))
    ),
    Variant("no paragraph", Recipe(pairs=_without("block", "block lexicon"))),
    Variant(
        "no section",
        Recipe(
            pairs=_without("section", "section lexicon", "section, no term of its own")
        ),
    ),
    Variant(
        "no report",
        Recipe(pairs=_without("report", "report of another field")),
    ),
    Variant(
        "no other field",
        Recipe(pairs=tuple(name for name in NAMES if "other field" not in name)),
    ),
    Variant("kinds not weighed", Recipe(shares=None)),
    Variant("no jieba words", Recipe(blocks=("grams", "lexicon"))),
    Variant("no character grams", Recipe(blocks=("words", "lexicon"))),
    Variant("no authored sentences", keep=lambda _: False),
    Variant("no authored passages", keep=lambda row: not row.headings),
    Variant(
        "no out-of-domain sentences",
        keep=lambda row: not other_field(row),
    ),
)

# As near to the scouting report's best recipe as the present code comes: characters
# 1-3, words 1-2 and lexicon columns, then one second stage for all themes over the
# probabilities of the sentence, its heading, section and report, and the terms of its
# neighbours, all sentences weighing the same. Different: ridge regression in place of
# logistic regression in the first stage, today's lexicon and threshold, no
# probabilities of the neighbours, no clause scores, no hand-written rules.
SCOUT = Variant(
    "the scout's recipe",
    Recipe(
        pairs=(
            "own",
            "lexicon",
            "previous lexicon",
            "next lexicon",
            "section",
            "section lexicon",
            "report",
            "heading",
            "heading lexicon",
        ),
        shares=None,
    ),
)


def kept(labels: Sequence[LabelledSentence], keep: Keep) -> list[LabelledSentence]:
    """Return the real sentences and those authored ones that a variant keeps."""
    return [row for row in labels if row.origin == "report" or keep(row)]


@dataclass(frozen=True, slots=True)
class Ablated:
    """Figures of a variant, and how they differ from those of the full recipe."""

    name: str
    figures: dict[str, float]
    differences: dict[str, Difference]  # micro and macro F1, "no theme" kept, outside


@dataclass(frozen=True, slots=True)
class Outside:
    """Sentences of other fields, and which get a theme from the full recipe."""

    rows: Sequence[LabelledSentence]
    themed: NDArray[np.bool_]


def ablate(
    full: HeldOut,
    labels: Sequence[LabelledSentence],
    codes: tuple[str, ...],
    known: KeptResults,
    variants: Sequence[Variant],
    progress: Progress = lambda _: None,
    processes: int = 1,
    outside: Outside | None = None,
) -> Iterator[Ablated]:
    """Yield each variant's figures beside the full recipe's, on the same draws.

    Args:
        full: decisions of the full recipe.
        labels: real and authored.
        codes: of the themes.
        known: results of earlier runs; new ones are added.
        variants: what to leave out.
        progress: is told what is done.
        processes: how many at a time.
        outside: sentences of other fields; without them their rate is left out.
    """
    trials = [Trial(kept(labels, v.keep), v.recipe) for v in variants]
    keys = [
        key_of(f"ablation: {v.name}", t.recipe, t.labels)
        for v, t in zip(variants, trials, strict=True)
    ]
    new = [at for at, key in enumerate(keys) if known.get(key) is None]
    todo = [(trials[at], by_file(trials[at].labels)) for at in new]
    results = hold_out_each(todo, codes, progress, processes)
    for at, (variant, key) in enumerate(zip(variants, keys, strict=True)):
        if at in new:
            known.put(
                key, [np.flatnonzero(row).tolist() for row in next(results).chosen]
            )
            progress(f"done: {variant.name}")
        ablated = _against(full, variant.name, _matrix(known.get(key), len(codes)))
        if outside is not None:
            key += " outside"
            if known.get(key) is None:
                themed = with_theme(
                    trials[at].labels, outside.rows, codes, variant.recipe
                )
                known.put(key, themed.tolist())
            _add_outside(ablated, outside.themed, np.array(known.get(key)))
        yield ablated


def _add_outside(
    ablated: Ablated, full: NDArray[np.bool_], themed: NDArray[np.bool_]
) -> None:
    """Add the share with a theme; each sentence is compared with itself."""
    changes = themed.astype(float) - full
    spread = 1.96 * float(changes.std(ddof=1)) / len(changes) ** 0.5
    change = float(changes.mean())
    ablated.figures["outside_with_theme"] = float(themed.mean())
    ablated.differences["outside_with_theme"] = Difference(
        change, change - spread, change + spread
    )


def _against(full: HeldOut, name: str, chosen: NDArray[np.bool_]) -> Ablated:
    figures, base = overall(chosen, full.truth), overall(full.chosen, full.truth)
    ours = draw(chosen, full.truth, [top_section(row) for row in full.rows])
    theirs = full.drawn
    differences = {
        name: compare(ours, theirs, name, figures[name] - base[name])
        for name in ("micro_f1", "macro_f1", "no_theme_kept")
    }
    return Ablated(name, figures, differences)


def _matrix(chosen: Sequence[Sequence[int]], themes: int) -> NDArray[np.bool_]:
    matrix = np.zeros((len(chosen), themes), dtype=bool)
    for row, columns in enumerate(chosen):
        matrix[row, list(columns)] = True
    return matrix
