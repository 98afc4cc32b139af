"""A report in the terminal: outline with counts, sentences, what was dropped."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

from api.tables import printable
from seeds.records import Dropped, Half, Report

HALVES: dict[Half, str] = {"past": "总结", "plan": "计划"}
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")


class Branch(NamedTuple):
    """A line of the outline."""

    depth: int  # 0 for the report itself
    text: str
    counts: str


@dataclass(frozen=True, slots=True)
class Form:
    """What is shown of a report."""

    lines: bool = False  # JSON lines instead of a tree
    text: bool = False  # only the decoded text that offsets count in
    dropped: bool = False  # also what was dropped, and why


def describe(report: Report, form: Form) -> Iterator[str]:
    """Yield the lines of a report's description."""
    if form.text:
        yield report.text
    elif form.lines:
        yield from _sentences(report)
    else:
        yield from map(plain, outline(report))
    if form.dropped and form.lines:
        yield from _dropped_records(report)
    elif form.dropped:
        yield from _dropped(report)


def outline(report: Report) -> Iterator[Branch]:
    """Yield the report and its sections with the counts of their own sentences."""
    counts = Counter((sentence.section, sentence.half) for sentence in report.sentences)
    years: dict[Half, int | None] = {"past": report.year, "plan": report.planned_year}
    head = [report.source, report.title, report.region, _halves(years)]
    every = Counter(sentence.half for sentence in report.sentences)
    size = f"{len(report.sentences)} 句 {len(report.sections)} 节"
    yield Branch(0, shown("  ".join(filter(None, head))), f"{size}  {_halves(every)}")
    for number, level, text in [("", 1, "(标题之前)"), *_headings(report)]:
        said = _halves({half: counts[number, half] for half in HALVES})
        if number or said:
            yield Branch(level, text, said)


def plain(branch: Branch) -> str:
    """Return a line of the outline as text."""
    return f"{'  ' * branch.depth}{branch.text}  {branch.counts}".rstrip()


def shown(text: str) -> str:
    """Return a text without what moves a terminal's cursor."""
    return printable(text).translate(_CONTROLS)


def _headings(report: Report) -> Iterator[tuple[str, int, str]]:
    for section in report.sections:
        yield section.number, section.level, shown(section.text)


def _halves(told: Mapping[Half, int | None]) -> str:
    """Say a figure for each half that has one: `总结 12 计划 3`."""
    return " ".join(
        f"{name} {told[half]}" for half, name in HALVES.items() if told.get(half)
    )


def _sentences(report: Report) -> Iterator[str]:
    for sentence in report.sentences:
        yield _json({"report": report.source, **asdict(sentence)})


def _visible(report: Report) -> Iterable[Dropped]:
    return (piece for piece in report.dropped if piece.reason != "blank")


def _dropped_records(report: Report) -> Iterator[str]:
    for piece in _visible(report):
        yield _json({
            "report": report.source, "dropped": piece.reason,
            "start": piece.start, "end": piece.end, "text": report.slice(piece),
        })  # fmt: skip


def _dropped(report: Report) -> Iterator[str]:
    """Yield how much was dropped for each reason, then the spans."""
    counts = Counter(piece.reason for piece in _visible(report))
    yield "  ".join(f"{reason} {count}" for reason, count in counts.most_common())
    for piece in _visible(report):
        text = shown(report.slice(piece))
        yield f"[{piece.start}:{piece.end}] {piece.reason}: {text}"


def _json(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False)
