"""A reading in the terminal: outline, sentences, what was dropped."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from seeds.records import Report


def describe(report: Report, form: str, text: bool, dropped: bool) -> Iterator[str]:
    """Yield the lines of a report's description.

    Args:
        report: what was read.
        form: `tree` or `jsonl`.
        text: only the decoded text that offsets count in.
        dropped: also what was dropped, and why.
    """
    if text:
        yield report.text
    elif form == "jsonl":
        for sentence in report.sentences:
            record = {"report": report.source, **asdict(sentence)}
            yield json.dumps(record, ensure_ascii=False)
    else:
        yield from _tree(report)
    if dropped:
        for piece in report.dropped:
            if piece.reason != "blank":
                yield f"[{piece.start}:{piece.end}] {piece.reason}: {report.slice(piece)}"


def _tree(report: Report) -> Iterator[str]:
    yield (
        f"{report.source}  {report.title}  "
        f"{len(report.sentences)} 句 {len(report.sections)} 节"
    )
    counts = Counter(sentence.section for sentence in report.sentences)
    if counts[""]:
        yield f"  （标题之前）  {counts['']}"
    for section in report.sections:
        number = f"  {counts[section.number]}" if counts[section.number] else ""
        yield f"{'  ' * section.level}{section.text}{number}"
