"""What `evaluate` prints and writes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotate.gold import LABELS, load_labels
from api.records import contract
from api.tables import write_jsonl
from model.context import HEADING, NAMES, OWN
from model.evaluate import HeldOut, baselines, hold_out, measure
from model.fit import Recipe
from model.records import Decision
from model.train import training_labels
from seeds.codebook import Codebook, load_codebook
from seeds.corpus import seed_reports
from seeds.files import write_text

ABLATIONS = {
    "no jieba words": Recipe(blocks=("grams", "lexicon")),
    "no grams": Recipe(blocks=("words", "lexicon")),
    "no lexicon": Recipe(
        blocks=("grams", "words"),
        pairs=tuple(name for name in NAMES if "lexicon" not in name),
    ),
    "no context": Recipe(pairs=tuple(name for name in NAMES if name in OWN)),
    "no headings": Recipe(pairs=tuple(name for name in NAMES if name not in HEADING)),
    "no authored sentences": Recipe(authored=False),
}


def run_evaluation(
    predictions: Path | None,
    figures: Path | None,
    ablation: bool,
    progress: Callable[[str], None],
) -> Iterator[str]:
    """Yield the tables; write held-out decisions and figures where asked."""
    codebook = load_codebook()
    labels = training_labels()
    held = hold_out(labels, codebook.codes, progress=progress)
    found = measure(held, codebook.codes)
    others = baselines(labels, codebook)
    yield from _tables(found, others, codebook)
    outside = LABELS / "outside.jsonl"
    if outside.exists():
        found["outside_with_theme"] = _outside(outside, codebook, progress)
        yield f"outside sentences with a theme: {found['outside_with_theme']:.3f}"
    if ablation:
        yield ""
        for name, recipe in ABLATIONS.items():
            less = measure(hold_out(labels, codebook.codes, recipe), codebook.codes)
            change = less["micro_f1"] - found["micro_f1"]
            yield f"{name:24}{_line(less)}  {change:+.3f}"
    if figures:
        write_text(figures, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    if predictions:
        count = write_jsonl(predictions, _held_out_records(held, codebook))
        yield f"{predictions}: {count} held-out sentences"


def _tables(
    found: dict[str, Any], others: dict[str, dict[str, Any]], codebook: Codebook
) -> Iterator[str]:
    yield f"one report's file left out at a time, {found['sentences']} sentences"
    yield f"{'':24}micro  macro  exact  none kept"
    for name, scores in {"this model": found, **others}.items():
        yield f"{name:24}{_line(scores)}"
    spread = found["micro_f1_interval"]
    yield (
        f"micro-F1 95 %: {spread['low']:.3f} to {spread['high']:.3f} "
        f"({spread['clusters']} top-level sections drawn)"
    )
    yield (
        f"ECE {found['ece']:.3f}; precision at coverage 0.80: "
        f"{found['precision_at_coverage_80']:.3f}; not uncertain: {found['coverage']:.3f}"
    )
    yield ""
    yield f"{'theme':16}{'F1':>7}{'prec':>7}{'rec':>7}{'n':>5}{'terms':>8}{'naive':>7}"
    for theme in codebook.themes:
        own = found["per_theme"][theme.code]
        beside = [others[name]["per_theme"][theme.code]["f1"] for name in others]
        yield (
            f"{theme.code:16}{own['f1']:7.3f}{own['precision']:7.3f}"
            f"{own['recall']:7.3f}{own['sentences']:5d}{beside[0]:8.3f}{beside[1]:7.3f}"
        )
    yield ""
    yield f"{'report':32}{'F1':>7}{'terms':>8}{'naive':>7}"
    for report, score in found["per_report"].items():
        beside = [others[name]["per_report"][report] for name in others]
        yield f"{report:32}{score:7.3f}{beside[0]:8.3f}{beside[1]:7.3f}"


def _line(scores: dict[str, Any]) -> str:
    return (
        f"{scores['micro_f1']:.3f}  {scores['macro_f1']:.3f}  "
        f"{scores['exact_match']:.3f}  {scores['no_theme_kept']:.3f}"
    )


def _outside(path: Path, codebook: Codebook, progress: Callable[[str], None]) -> float:
    from model.fit import by_report, fit
    from model.layout import lay_out

    model = fit(training_labels(), codebook.codes, progress=progress)
    rows = load_labels(path, codebook)
    chosen = model.thresholds.choose(model.probabilities(lay_out(by_report(rows))))
    return float(chosen.any(axis=1).mean())


def _held_out_records(held: HeldOut, codebook: Codebook) -> Iterator[dict[str, Any]]:
    decided: dict[tuple[str, int, int], Decision] = {}
    for row, p, chosen, doubt in zip(
        held.rows, held.probabilities, held.chosen, held.uncertain, strict=True
    ):
        order = [int(i) for i in (-p).argsort(kind="stable") if chosen[i]]
        scores = {c: round(float(x), 4) for c, x in zip(codebook.codes, p, strict=True)}
        names = tuple(codebook.codes[i] for i in order)
        decided[row.report, row.start, row.end] = Decision(names, scores, bool(doubt))
    for report in seed_reports():
        kept = [
            s for s in report.sentences if (report.source, s.start, s.end) in decided
        ]
        decisions = [decided[report.source, s.start, s.end] for s in kept]
        rows = contract(_only(report, kept), decisions, codebook, "held-out")
        yield from rows


def _only(report: Any, kept: list[Any]) -> Any:
    from dataclasses import replace

    return replace(report, sentences=tuple(kept))
