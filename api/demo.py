"""What `make run` shows: the whole way on the five reports."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from api.records import contract
from api.tables import write_csv, write_xlsx
from model.bundle import current, load_tagger
from model.errors import BundleError
from model.shares import shares
from model.tagger import Tagger
from seeds.codebook import load_codebook
from seeds.corpus import seed_reports


def run_demo(data_dir: Path, progress: Callable[[str], None]) -> Iterator[str]:
    """Train if need be, tag the five reports, write and describe the result."""
    tagger = _tagger(data_dir, progress)
    codebook = load_codebook()
    tagged = [(report, tagger.tag_report(report)) for report in seed_reports()]
    rows: list[dict[str, Any]] = [
        record
        for report, decisions in tagged
        for record in contract(report, decisions, codebook, tagger.name)
    ]
    folder = data_dir / "out"
    write_csv(folder / "sentences.csv", rows, codebook, tagger.trained_on)
    write_xlsx(folder / "sentences.xlsx", rows, codebook, tagger.trained_on)
    table = Table(title=f"各主题占句子的比例 % · 模型 {tagger.name}")
    table.add_column("主题")
    columns = []
    for report, decisions in tagged:
        file, mark, number = report.source.partition("#")
        seen = "训练用过" if report.sha256 in tagger.trained_on else ""
        table.add_column(f"{file[:3]}{mark}{number}\n{seen}", justify="right")
        columns.append(shares(decisions, tagger.themes))
    for theme in codebook.themes:
        table.add_row(
            theme.name, *(f"{100 * part[theme.code]:.0f}" for part in columns)
        )
    console = Console(width=120)
    with console.capture() as printed:
        console.print(table)
    yield printed.get()
    yield f"{len(rows)} 句: {folder / 'sentences.csv'}, {folder / 'sentences.xlsx'}"


def _tagger(data_dir: Path, progress: Callable[[str], None]) -> Tagger:
    try:
        return load_tagger(current(data_dir))
    except BundleError as error:
        progress(f"{error}; training one")
    from model.train import train

    return load_tagger(train(data_dir, progress=progress))
