"""Tables of reports: each filled cell of the text column is a document."""

import itertools
import re
from collections.abc import Iterator, Sequence

from seeds.errors import UnreadableFile
from seeds.readers.facts import iso_date
from seeds.readers.rows import Row, Sheet, read_sheets
from seeds.records import Extracted

# What a column must be called to become a fact.
FACT_COLUMNS = {
    "title": ("标题", "题目", "名称", "title"),
    "region": ("地区", "区域", "行政区划", "region"),
    "year": ("年份", "年度", "年", "year"),
    "issuer": ("单位", "发布机构", "发文单位", "发布单位", "机构", "issuer"),
    "date": ("日期", "发布日期", "成文日期", "发文日期", "date"),
}
_HEADER_WITHIN = 10  # filled rows; titles of the table may stand above its header
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def extract_table(data: bytes, name: str, column: str) -> list[tuple[str, Extracted]]:
    """Return the texts of a table with their sources.

    Args:
        data: the bytes of an .xlsx or .csv file.
        name: of the file.
        column: the header of the column that holds the texts.

    Returns:
        A text for each filled cell; its source is `name#row`, the row as a spreadsheet
        counts it, or `name#sheet!row` where several sheets have the column.

    Raises:
        UnreadableFile: `no_column` names those that were found; `empty` where the
            column is; what `read_sheets` raises.
    """
    texts: list[tuple[str, int, Extracted]] = []
    with_column: list[str] = []
    seen: list[str] = []
    for sheet in read_sheets(data, name):
        header, rows = find_header(sheet, column)
        if not is_in(column, header):
            seen.extend(cell for cell in header if cell and cell not in seen)
            continue
        with_column.append(sheet.name)
        texts.extend((sheet.name, *text) for text in _texts(header, rows, column))
    if not with_column:
        wanted = f"no column {column!r}" if column else "name the column of the texts"
        raise UnreadableFile(name, "no_column", f"{wanted}; found: {'、'.join(seen)}")
    if not texts:
        raise UnreadableFile(name, "empty", f"column {column!r}")
    several = len(with_column) > 1
    return [
        (f"{name}#{sheet}!{row}" if several else f"{name}#{row}", text)
        for sheet, row, text in texts
    ]


def find_header(sheet: Sheet, *columns: str) -> tuple[Row, Iterator[tuple[int, Row]]]:
    """Return the header and the rows below it.

    The header is the first of the upper rows that names one of the columns, else the
    first row.
    """
    head = list(itertools.islice(sheet.rows, _HEADER_WITHIN))
    for place, (_, row) in enumerate(head):
        if any(is_in(column, row) for column in columns):
            return row, itertools.chain(head[place + 1 :], sheet.rows)
    return (head[0][1] if head else []), iter(head[1:])


def is_in(column: str, header: Row) -> bool:
    """Tell whether a header names a column; case and white space do not matter."""
    return bool(column) and find_column(header, (column,)) is not None


def find_column(header: Row, names: Sequence[str]) -> int | None:
    """Return the place of the first of the names that the header holds."""
    plain = [_plain(cell) for cell in header]
    return next(
        (plain.index(_plain(name)) for name in names if _plain(name) in plain), None
    )


def _texts(
    header: Row, rows: Iterator[tuple[int, Row]], column: str
) -> Iterator[tuple[int, Extracted]]:
    place = find_column(header, (column,))
    facts_at = {
        fact: at
        for fact, names in FACT_COLUMNS.items()
        if (at := find_column(header, names)) is not None and at != place
    }
    for number, row in rows:
        text = _cell(row, place)
        if text:
            facts = {fact: _fact(fact, _cell(row, at)) for fact, at in facts_at.items()}
            yield number, Extracted(text, (), {k: v for k, v in facts.items() if v})


def _cell(row: Row, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _fact(fact: str, cell: str) -> str:
    if fact == "date":
        return iso_date(cell)
    if fact == "year":
        found = _YEAR.search(cell)
        return found[0] if found else ""
    return cell


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
