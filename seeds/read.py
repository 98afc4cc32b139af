"""From the text of a file to its reports: the one way in."""

from hashlib import sha256

from seeds.clean import View, view
from seeds.outline import build_outline
from seeds.pieces import Piece, cut_pieces
from seeds.records import Dropped, DropReason, Extracted, Report, Sentence
from seeds.titles import (
    Title,
    find_date,
    find_issuer,
    find_region,
    find_title,
    part_starts,
    years,
)


def read_text(text: str, source: str = "", digest: str = "") -> list[Report]:
    """Read the reports of a plain text; see `read_extracted`."""
    return read_extracted(Extracted(text), source, digest)


def read_extracted(
    extracted: Extracted, source: str = "", digest: str = ""
) -> list[Report]:
    """Read the reports of a file's text; one, unless it numbers several (`【篇一】`).

    Args:
        extracted: the text, and what the file's markup knew; spans count its code points.
        source: path to print; `#n` is added where there are several reports.
        digest: sha256 of the file's bytes; of the text where it is left out.

    Returns:
        The reports in order. Their parts tile the text; in each part sentences and
        dropped spans tile it too.
    """
    text = extracted.text
    digest = digest or sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    seen = view(text)
    starts = part_starts(seen.text)
    ends = [*starts[1:], len(seen.text)]
    bounds = _original_bounds(seen, starts, len(text))
    reports = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        name = f"{source}#{number}" if len(starts) > 1 else source
        span = bounds[number - 1], bounds[number]
        reports.append(_read_part(text, seen, start, end, span, name, digest))
    return reports


def _original_bounds(seen: View, starts: list[int], length: int) -> list[int]:
    inner = [seen.original(start, start + 1)[0] for start in starts[1:]]
    return [0, *inner, length]


def _read_part(
    text: str,
    seen: View,
    start: int,
    end: int,
    span: tuple[int, int],
    name: str,
    digest: str,
) -> Report:
    part = seen.text[start:end]
    title = find_title(part)
    year, planned = years(title.text, part)
    outline = build_outline(seen, _pieces(part, start, title), title.half, year)
    issuer = find_issuer(title.text, part)
    dropped = _fill_gaps(text, span, outline.sentences, outline.dropped)
    return Report(
        source=name,
        sha256=digest,
        text=text,
        start=span[0],
        end=span[1],
        title=title.text,
        issuer=issuer,
        region=find_region(issuer),
        year=year,
        planned_year=planned,
        date=find_date(part),
        sections=tuple(outline.sections),
        sentences=tuple(outline.sentences),
        dropped=tuple(dropped),
    )


def _pieces(part: str, start: int, title: Title) -> list[Piece]:
    """Cut a part into pieces, in positions of the whole view."""
    if title.end:  # the title runs into the text: cut it off first
        head = cut_pieces(part[: title.start], title.lines)
        printed = Piece("drop", title.start, title.end, reason="title")
        rest = [
            _moved(piece, title.end)
            for piece in cut_pieces(part[title.end :], title.lines)
        ]
        pieces = [*head, printed, *rest]
    else:
        pieces = cut_pieces(part, title.lines)
    return [_moved(piece, start) for piece in pieces] if start else pieces


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(
        piece.kind,
        piece.start + by,
        piece.end + by,
        piece.mark,
        piece.reason,
        piece.line,
    )


def _fill_gaps(
    text: str,
    span: tuple[int, int],
    sentences: list[Sentence],
    dropped: list[Dropped],
) -> list[Dropped]:
    """Add the spans that no piece covers: white space and deleted characters."""
    taken = sorted(
        [(piece.start, piece.end) for piece in sentences]
        + [(piece.start, piece.end) for piece in dropped]
    )
    gaps: list[Dropped] = []
    position = span[0]
    for start, end in [*taken, (span[1], span[1])]:
        if start > position:
            gaps.append(Dropped(position, start, _gap_reason(text[position:start])))
        position = max(position, end)
    return sorted([*dropped, *gaps])


def _gap_reason(gap: str) -> DropReason:
    visible = gap.strip(" \n\r\t\u3000\xa0\ufeff")
    if not visible:
        return "blank"
    return "page mark" if "页" in visible else "chrome"
