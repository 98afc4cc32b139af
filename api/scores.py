"""The command `evaluate`: what is measured, in which order, and where it is written."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from annotate.gold import LABELS, LabelledSentence, load_labels
from api import charts
from api import score_tables as tables
from api.held_out import held_out_records
from api.mistakes import mistake_lines, mistake_page, mistakes
from api.tables import write_jsonl
from api.text_table import Table
from model.ablation import VARIANTS, Outside, ablate
from model.confusions import confusions
from model.deletion import delete_evidence
from model.evaluate import PROCESSES, HeldOut, hold_out, measure
from model.kept_results import KeptResults
from model.leak import splits
from model.learning_curve import curve
from model.outside import with_theme
from model.rivals import rivals
from model.train import training_labels
from seeds.codebook import load_codebook
from seeds.files import write_text

Progress = Callable[[str], None]
OUTSIDE = LABELS / "outside.jsonl"  # never trained on


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure beside the figures, and what to write."""

    output: Path  # folder of tables, pictures and kept results
    figures: Path | None = None  # JSON
    predictions: Path | None = None  # JSON lines of the output contract
    errors: str = ""  # an HTML file, or - for lines
    baselines: bool = False  # all of them
    random_split: bool = False
    ablation: bool = False
    learning_curve: bool = False
    deletion: bool = False


def run_evaluation(wanted: Wanted, progress: Progress) -> Iterator[str]:
    """Yield the tables as they are measured; write the files at the end."""
    evaluation = Evaluation(wanted, training_labels(), progress)
    shown: list[Table] = []
    for table in evaluation.tables():
        shown.append(table)
        yield from table.lines()
    evaluation.write(shown)
    yield from evaluation.errors()
    yield f"{wanted.output}: figures.md, metrics.json, pictures"


class Evaluation:
    """One run: decisions first, then everything that is made of them."""

    def __init__(
        self,
        wanted: Wanted,
        labels: Sequence[LabelledSentence],
        progress: Progress = lambda _: None,
        processes: int = PROCESSES,
    ) -> None:
        self._wanted, self._labels, self._progress = wanted, labels, progress
        self._processes = processes
        self._codebook = load_codebook()
        self._held: HeldOut = hold_out(
            labels,
            self._codebook.codes,
            progress=progress,
            processes=processes,
            look=delete_evidence if wanted.deletion else None,
        )
        self.found: dict[str, Any] = measure(self._held, self._codebook.codes)
        self._pictures: dict[str, str] = {}
        self._others: Outside | None = None

    def tables(self) -> Iterator[Table]:
        """Measure what is wanted; yield a table at a time."""
        codebook, found, wanted = self._codebook, self.found, self._wanted
        others = rivals(
            self._labels, codebook, wanted.baselines, self._progress, self._processes
        )
        found["baselines"] = others
        yield tables.summary(found, others)
        yield tables.per_theme(found, others, codebook)
        yield tables.per_report(found, others)
        yield tables.reliability(found)
        yield tables.coverage(found)
        yield self._confusions()
        yield from self._outside()
        extras = {
            "deletion": self._deletion,
            "random_split": self._random_split,
            "ablation": self._ablation,
            "learning_curve": self._learning_curve,
        }
        for name, extra in extras.items():
            if getattr(wanted, name):
                yield extra()

    def write(self, shown: Sequence[Table]) -> None:
        """Write figures, tables and pictures."""
        found, folder = self.found, self._wanted.output
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        for path in filter(None, (folder / "metrics.json", self._wanted.figures)):
            write_text(path, text)
        lines = chain.from_iterable(table.markdown() for table in shown)
        write_text(folder / "figures.md", "\n".join(["# Figures", "", *lines]))
        pictures = self._pictures | {
            "reliability": charts.reliability_chart(found["reliability"]),
            "coverage": charts.coverage_chart(
                found["coverage_curve"], found["own_point"]
            ),
            "themes": charts.theme_chart(found["per_theme"], self._codebook),
        }
        for name, picture in pictures.items():
            write_text(folder / f"{name}.svg", picture)
        if self._wanted.predictions:
            records = held_out_records(self._held, self._codebook)
            write_jsonl(self._wanted.predictions, records)

    def errors(self) -> Iterator[str]:
        """Write the page of mistakes, or yield them as lines."""
        target = self._wanted.errors
        if not target:
            return
        found = mistakes(self._held, self._codebook)
        if target == "-":
            yield from mistake_lines(found)
        else:
            page = mistake_page(found, len(self._held.rows), self._codebook)
            write_text(Path(target), page)
            yield f"{target}: {len(found)} mistakes"

    def _confusions(self) -> Table:
        held = self._held
        pairs = confusions(
            held.rows, self._codebook.codes, held.probabilities, held.chosen, held.truth
        )
        self.found["confusions"] = [
            {"missed": p.missed, "given": p.given, "count": p.count, "example": p.example.key}
            for p in pairs
        ]  # fmt: skip
        return tables.confused(pairs, self._codebook)

    def _outside(self) -> Iterator[Table]:
        self.found["outside_with_theme"] = None
        if OUTSIDE.exists():
            self._progress("outside: trained on everything")
            rows = load_labels(OUTSIDE, self._codebook)
            themed = with_theme(self._labels, rows, self._codebook.codes)
            self._others = Outside(rows, themed)
            share = float(themed.mean())
            self.found["outside_with_theme"] = share
            head = ("sentences", "with a theme")
            cells = (str(len(rows)), f"{share:.3f}")
            yield Table("Outside the field", head, [cells])

    def _deletion(self) -> Table:
        deleted = list(chain.from_iterable(self._held.seen))
        tags = int(self._held.chosen.sum())
        right = sum(d.right for d in deleted) / max(len(deleted), 1)
        self.found["deletion"] = {
            "tags": tags,
            "with_evidence": len(deleted),
            "evidence_drops_more": right,
        }
        return tables.deletions(deleted, tags)

    def _random_split(self) -> Table:
        found = splits(
            self._labels,
            self._codebook.codes,
            self._held,
            self._progress,
            self._processes,
        )
        self.found["random_split"] = [asdict(split) for split in found]
        return tables.leaks(found)

    def _ablation(self) -> Table:
        known = KeptResults(self._wanted.output / "ablation.jsonl")
        parts = ablate(
            self._held,
            self._labels,
            self._codebook.codes,
            known,
            VARIANTS,
            self._progress,
            self._processes,
            self._others,
        )
        found = list(parts)
        self.found["ablation"] = [asdict(part) for part in found]
        return tables.ablations(found)

    def _learning_curve(self) -> Table:
        known = KeptResults(self._wanted.output / "learning-curve.jsonl")
        codes = self._codebook.codes
        points = list(
            curve(self._labels, codes, known, self._progress, self._processes)
        )
        self.found["learning_curve"] = [asdict(point) for point in points]
        self._pictures["learning-curve"] = charts.learning_chart(points)
        return tables.learning_curve(points)
