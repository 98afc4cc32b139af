"""The figures of an evaluation as tables."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from api.text_table import Table
from model.ablation import Ablated
from model.confusions import NOTHING, Confused
from model.decide import COVERAGE
from model.deletion import Deleted
from model.intervals import FIGURES
from model.leak import Split
from model.learning_curve import Point
from seeds.codebook import NO_THEME, Codebook

Found = Mapping[str, Any]

FEW = 40  # positives under which a theme's interval is printed
_HEAD = ("micro", "macro", "exact", "none kept")
_MOST_PAIRS = 15


def summary(found: Found, others: Mapping[str, Found]) -> Table:
    """Return the overall figures beside the baselines."""
    spread = found["intervals"]
    rows = [("this model", *_overall(found))]
    rows.append(("  95 %", *(_between(spread[name]) for name in FIGURES)))
    rows += [(name, *_overall(figures)) for name, figures in others.items()]
    own = found["own_point"]
    return Table(
        f"One file of reports left out at a time, {found['sentences']} sentences",
        ("", *_HEAD),
        rows,
        [
            f"95 %: {spread['clusters']} top-level sections drawn whole, "
            f"worth {spread['worth']:.1f} of equal size; "
            f"{found['no_theme_sentences']} sentences have no theme.",
            f"ECE {found['ece']:.3f}. Precision at coverage {COVERAGE:.2f}: "
            f"{found['precision_at_coverage_80']:.3f}; at the product's own doubt "
            f"(coverage {own['coverage']:.3f}): {own['precision']:.3f}.",
        ],
    )


def per_theme(found: Found, others: Mapping[str, Found], codebook: Codebook) -> Table:
    """Return precision, recall and F1 of each theme, the baselines' F1 beside."""
    rows = []
    for theme in codebook.themes:
        own = found["per_theme"][theme.code]
        few = own["sentences"] < FEW
        rows.append(
            (
                theme.name,
                *(f"{own[name]:.3f}" for name in ("precision", "recall", "f1")),
                str(own["sentences"]),
                _between(own["interval"]) if few else "",
                *(f"{o['per_theme'][theme.code]['f1']:.3f}" for o in others.values()),
            )
        )
    head = ("", "precision", "recall", "F1", "n", f"95 % where n < {FEW}", *others)
    return Table("Per theme", head, rows)


def per_report(found: Found, others: Mapping[str, Found]) -> Table:
    """Return the figures of each file, the baselines' micro-F1 beside."""
    rows = [
        (
            name,
            str(own["sentences"]),
            *_overall(own),
            *(
                f"{other['per_report'][name]['micro_f1']:.3f}"
                for other in others.values()
            ),
        )
        for name, own in found["per_report"].items()
    ]
    return Table("Per report", ("", "n", *_HEAD, *others), rows)


def reliability(found: Found) -> Table:
    """Return claimed and true shares in bins of equal mass."""
    rows = [
        (str(part["claims"]), f"{part['claimed']:.3f}", f"{part['right']:.3f}")
        for part in found["reliability"]
    ]
    note = "Counted: assigned themes and the highest rejected one of each sentence."
    return Table("Reliability", ("claims", "claimed", "right"), rows, [note])


def coverage(found: Found) -> Table:
    """Return the precision of tags as the doubt cut-off moves."""
    rows = [
        (f"{p['coverage']:.3f}", f"{p['precision']:.3f}", f"{p['margin']:.3f}")
        for p in found["coverage_curve"]
    ]
    note = "Coverage: share of all sentences that are not uncertain."
    head = ("coverage", "precision", "least margin")
    return Table("Precision at coverage", head, rows, [note])


def confused(pairs: Sequence[Confused], codebook: Codebook) -> Table:
    """Return the commonest confusions."""
    names = {theme.code: theme.name for theme in codebook.themes}
    names |= {"": "–", NOTHING: NO_THEME}
    rows = [
        (str(p.count), names[p.missed], names[p.given], p.example.text[:40])
        for p in pairs[:_MOST_PAIRS]
    ]
    note = "–: nothing was missed, or nothing wrong was given."
    head = ("n", "missed", "given", "for example")
    return Table("Confusions", head, rows, [note])


# Figures of an ablation, and whether their interval is shown.
_ABLATED = {
    "micro_f1": True,
    "macro_f1": False,
    "no_theme_kept": False,
    "outside_with_theme": True,
}


def ablations(found: Sequence[Ablated]) -> Table:
    """Return what each part is worth."""
    rows = []
    for part in found:
        cells = [part.name, f"{part.figures['micro_f1']:.3f}"]
        for name, ranged in _ABLATED.items():
            difference = part.differences.get(name)
            if difference is None:
                cells += ["–", "–"] if ranged else ["–"]
                continue
            cells.append(f"{difference.change:+.3f}")
            if ranged:
                cells.append(f"{difference.low:+.3f} to {difference.high:+.3f}")
        rows.append(tuple(cells))
    note = (
        "Differences to the full recipe, paired: both measured in the same draws of"
        " sections; outside, sentence by sentence."
    )
    head = (
        "left out", "micro", "change", "95 %", "macro", "none kept", "outside", "95 %",
    )  # fmt: skip
    return Table("Ablation", head, rows, [note])


def learning_curve(points: Sequence[Point]) -> Table:
    """Return the curve's points, draws averaged."""

    def sample(point: Point) -> tuple[str, int]:
        return point.model, point.size

    rows = []
    for (model, _), some in groupby(sorted(points, key=sample), key=sample):
        drawn = list(some)
        mean = [sum(values) / len(drawn) for values in zip(
            *((p.authored, p.micro_f1, p.macro_f1) for p in drawn), strict=True
        )]  # fmt: skip
        rows.append(
            (
                model,
                f"{mean[0]:.0f}",
                f"{mean[1]:.3f}",
                f"{mean[2]:.3f}",
                str(len(drawn)),
            )
        )
    head = ("", "authored sentences", "micro", "macro", "draws")
    return Table("Learning curve", head, rows)


def leaks(found: Sequence[Split]) -> Table:
    """Return the figures by file beside those of a random split."""
    rows = [
        (split.name, f"{split.near:.3f}", model, *_overall(figures))
        for split in found
        for model, figures in split.figures.items()
    ]
    note = "near: share of scored sentences with a near-equal real one in training."
    return Table("Random split", ("split", "near", "", *_HEAD), rows, [note])


def deletions(found: Sequence[Deleted], tags: int) -> Table:
    """Return how often the evidence matters more than as many random words.

    Args:
        found: tags with evidence in the sentence itself.
        tags: all held-out tags.
    """
    whole = sum(d.words == d.every for d in found)
    rows = [
        (
            str(len(found)),
            f"{_mean([float(d.right) for d in found]):.3f}",
            f"{_mean([d.evidence for d in found]):.3f}",
            f"{_mean([d.random for d in found]):.3f}",
        )
    ]
    head = ("tags", "evidence drops more", "mean drop", "mean drop of random words")
    notes = [
        f"{tags - len(found)} of {tags} tags have no evidence in the sentence itself.",
        f"In {whole} the evidence touches every word of the sentence.",
    ]
    return Table("Deletion of evidence", head, rows, notes)


def _overall(figures: Found) -> tuple[str, ...]:
    return tuple(f"{figures[name]:.3f}" for name in FIGURES)


def _between(interval: Mapping[str, float]) -> str:
    return f"{interval['low']:.3f}–{interval['high']:.3f}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)
