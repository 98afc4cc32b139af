"""Records as JSON lines, CSV and Excel sheets. Document text is hostile: no formulas."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from seeds.codebook import Codebook
from seeds.files import written_whole

Record = dict[str, Any]

_CELL = 32_767  # characters Excel takes
_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_COLUMNS = {
    "report": "报告", "index": "句序", "section": "节", "headings": "标题", "text": "句子",
    "names": "主题", "themes": "代号", "uncertain": "存疑", "half": "总结或计划",
    "cue": "责任科室", "start": "起", "end": "止", "trained_on": "训练用过",
    "evidence": "依据", "model": "模型", "codebook": "手册", "file_sha256": "文件指纹",
}  # fmt: skip
_HALVES = {"past": "总结", "plan": "计划"}


def write_jsonl(path: Path, records: Iterable[Record]) -> int:
    """Write one JSON object a line; return how many."""
    count = 0
    with written_whole(path) as beside, beside.open("wb") as target:
        for record in records:
            line = json.dumps(record, ensure_ascii=False) + "\n"
            target.write(line.encode("utf-8", "backslashreplace"))
            count += 1
    return count


def write_csv(
    path: Path, records: Iterable[Record], codebook: Codebook, trained: frozenset[str]
) -> int:
    """Write a table with a byte-order mark, as Excel wants it; return its rows."""
    count = 0
    with (
        written_whole(path) as beside,
        beside.open("w", encoding="utf-8-sig", errors="replace", newline="") as target,
    ):
        table = csv.writer(target)
        table.writerow(header(codebook))
        for record in records:
            table.writerow([guarded(cell) for cell in row(record, codebook, trained)])
            count += 1
    return count


def write_xlsx(
    path: Path, records: Iterable[Record], codebook: Codebook, trained: frozenset[str]
) -> int:
    """Write an Excel sheet; no cell is a formula or a link. Return its rows."""
    count = 0
    with written_whole(path) as beside:
        book = xlsxwriter.Workbook(
            str(beside),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        sheet = book.add_worksheet("句子")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, header(codebook), book.add_format({"bold": True}))
        for record in records:
            count += 1
            if count > _ROWS:
                book.close()
                raise ValueError("more sentences than an Excel sheet holds; use csv")
            for column, cell in enumerate(row(record, codebook, trained)):
                if isinstance(cell, str):
                    sheet.write_string(count, column, printable(cell)[:_CELL])
                else:
                    sheet.write_number(count, column, cell)
        book.close()
    return count


def header(codebook: Codebook) -> list[str]:
    """Return the names of the columns; one score column a theme at the end."""
    return [*_COLUMNS.values(), *(theme.name for theme in codebook.themes)]


def row(
    record: Record, codebook: Codebook, trained: frozenset[str]
) -> list[str | float]:
    """Return the cells of a record; lists are joined by `；`."""
    cells: dict[str, str | float] = {
        **{k: v for k, v in record.items() if isinstance(v, str | int)},
        "headings": "；".join(record["headings"]),
        "names": "；".join(record["names"]),
        "themes": "；".join(record["themes"]),
        "uncertain": "是" if record["uncertain"] else "",
        "half": _HALVES[record["half"]],
        "trained_on": "是" if record["file_sha256"] in trained else "",
        "evidence": "；".join(_spoken(record, codebook)),
    }
    scores = record["scores"]
    return [cells[key] for key in _COLUMNS] + [scores[code] for code in codebook.codes]


def _spoken(record: Record, codebook: Codebook) -> Iterator[str]:
    for piece in record["evidence"]:
        start = piece["start"] - record["start"]
        words = record["text"][start : piece["end"] - record["start"]]
        what = words if piece["from"] == "own" else f"（{piece['from']}）"
        yield f"{codebook.name(piece['theme'])}:{what}"


def guarded(cell: str | float) -> str | float:
    """Return a CSV cell no spreadsheet takes for a formula."""
    if isinstance(cell, str):
        cell = printable(cell)
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return cell


def printable(text: str) -> str:
    """Return the text without what XML and spreadsheets cannot hold."""
    return _UNPRINTABLE.sub("�", text)


def writer(
    form: str, codebook: Codebook, trained: frozenset[str]
) -> Callable[[Path, Iterable[Record]], int]:
    """Return the function that writes records in a format.

    Args:
        form: `jsonl`, `csv` or `xlsx`.
        codebook: for the columns.
        trained: files whose text the model has seen.
    """
    forms: dict[str, Callable[[Path, Iterable[Record]], int]] = {
        "jsonl": write_jsonl,
        "csv": lambda path, rows: write_csv(path, rows, codebook, trained),
        "xlsx": lambda path, rows: write_xlsx(path, rows, codebook, trained),
    }
    return forms[form]
