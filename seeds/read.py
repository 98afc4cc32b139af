"""From the text of a file to its reports: the one way in."""

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from seeds.clean import View, squeeze, view
from seeds.lines import sort_lines
from seeds.origin import find_date, find_issuer, find_region, years
from seeds.outline import build_outline
from seeds.pieces import cut_pieces
from seeds.records import Dropped, DropReason, Extracted, Hint, Report, Sentence
from seeds.titles import Title, find_title, part_starts

_PAGE_MARK = re.compile(r"页|^[-—–\s]*\d{1,3}(?: ?/ ?\d{1,3})?[-—–\s]*$")
_INVISIBLE = re.compile(r"[\s\ufeff\u3000\xa0]*")


def read_text(text: str, source: str = "", digest: str = "") -> list[Report]:
    """Read the reports of a plain text; see `read_extracted`."""
    return read_extracted(Extracted(text), source, digest)


def read_extracted(
    extracted: Extracted, source: str = "", digest: str = ""
) -> list[Report]:
    """Read the reports of a file's text; one, unless it numbers several (`【篇一】`).

    Args:
        extracted: the text, and what the file's markup knew; spans count its code
            points. Its facts win over what the text tells; a title only where the
            file holds one report.
        source: path to print; `#n` is added where there are several reports.
        digest: sha256 of the file's bytes; of the text where it is left out.

    Returns:
        The reports in order. Their parts tile the text; in each part sentences and
        dropped spans tile it too.
    """
    text = extracted.text
    digest = digest or sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    hints = extracted.hints
    seen = view(text, [place for hint in hints for place in hint[:2]])
    hinted = _hinted_lines(seen, hints)
    starts = part_starts(seen.text)
    bounds = _original_bounds(seen, starts, len(text))
    ends = [*starts[1:], len(seen.text)]
    facts = dict(extracted.facts)
    if len(starts) > 1:
        facts.pop("title", None)
    reports = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        report = _read_part(seen, start, end, hinted, facts)
        named = replace(
            report,
            source=f"{source}#{number}" if len(starts) > 1 else source,
            sha256=digest,
            text=text,
            start=bounds[number - 1],
            end=bounds[number],
        )
        gaps = _fill_gaps(named)
        reports.append(replace(named, dropped=gaps))
    return reports


def _hinted_lines(seen: View, hints: Iterable[Hint]) -> dict[int, int]:
    """Return the start of each line that the markup calls a heading -> its level."""
    hinted: dict[int, int] = {}
    for hint in hints:
        start, end = seen.position(hint.start), seen.position(hint.end)
        for line in seen.text[start:end].splitlines(keepends=True):
            bare = line.strip(" >\n")
            if bare:
                hinted[start + line.find(bare)] = hint.level
            start += len(line)
    return hinted


def _original_bounds(seen: View, starts: list[int], length: int) -> list[int]:
    inner = [seen.original(start, start + 1)[0] for start in starts[1:]]
    return [0, *inner, length]


def _read_part(
    seen: View, start: int, end: int, hinted: dict[int, int], facts: dict[str, str]
) -> Report:
    """Read one report; its place in the file is filled in later."""
    title = _title(seen, start, end, hinted, facts)
    lines = sort_lines(seen.text, start, end, title.lines, (title.start, title.end))
    date = facts.get("date") or find_date(lines)
    head = "\n".join(line.text for line in lines[:30] if line.kind == "text")
    year, planned = years(title, head, date)
    pieces = cut_pieces(lines, hinted)
    outline = build_outline(seen, pieces, title.half, year)
    issuer = facts.get("issuer") or find_issuer(title.text, lines)
    return Report(
        source="",
        sha256="",
        text="",
        start=start,
        end=end,
        title=title.text,
        issuer=issuer,
        region=facts.get("region") or find_region(issuer) or find_region(title.text),
        year=year,
        planned_year=planned or outline.planned,
        date=date,
        index_number=facts.get("index_number", ""),
        sections=tuple(outline.sections),
        sentences=tuple(outline.sentences),
        dropped=tuple(outline.dropped),
    )


def _title(
    seen: View, start: int, end: int, hinted: dict[int, int], facts: dict[str, str]
) -> Title:
    """Return the title: the markup's fact, what the text tells, the only top heading."""
    found = find_title(seen.text, start, end)
    fact = squeeze(view(facts["title"]).text) if facts.get("title") else ""
    if fact:
        return replace(found, text=fact, lines=found.lines | {fact})
    tops = [at for at, level in hinted.items() if level == 1 and start <= at < end]
    if found.text or len(tops) != 1 or "。" in seen.text[start : tops[0]]:
        return found
    line = seen.text[tops[0] :].split("\n", 1)[0].strip(" >")
    return Title(squeeze(line), frozenset({line}))


def _fill_gaps(report: Report) -> tuple[Dropped, ...]:
    """Add the spans that no piece covers: white space and deleted characters."""
    text = report.text
    taken: list[Sentence | Dropped] = [*report.sentences, *report.dropped]
    spans = sorted((piece.start, piece.end) for piece in taken)
    gaps = list(report.dropped)
    position = report.start
    for start, end in [*spans, (report.end, report.end)]:
        if start > position:
            gaps.append(Dropped(position, start, _gap_reason(text[position:start])))
        position = max(position, end)
    return tuple(sorted(gaps))


def _gap_reason(gap: str) -> DropReason:
    if _INVISIBLE.fullmatch(gap):
        return "blank"
    return "page mark" if _PAGE_MARK.search(gap.strip()) else "chrome"
