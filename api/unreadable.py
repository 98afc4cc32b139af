"""What could not be read: the table of errors, and what is said at the end of a run."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from api.reading import Reading
from api.tables import guarded
from seeds.errors import REASONS, UnreadableFile
from seeds.files import written_whole


def finish(reading: Reading, path: Path | None, say: Callable[[str], None]) -> bool:
    """Write the table of errors, say each of them; tell whether anything was wrong.

    Args:
        reading: a run that is over.
        path: of the table; None for no table. Written even where it has no rows.
        say: prints a line for people.
    """
    if path is not None:
        write_errors(path, reading.failed)
    wrong = list(reading.complaints())
    for line in wrong:
        say(f"policy-themes: {line}")
    return bool(wrong)


def write_errors(path: Path, failed: Sequence[UnreadableFile]) -> None:
    """Write the table of what could not be read: file, reason, what was found."""
    with (
        written_whole(path) as beside,
        beside.open("w", encoding="utf-8-sig", errors="replace", newline="") as target,
    ):
        table = csv.writer(target)
        table.writerow(["文件", "原因", "说明", "详情"])
        for error in failed:
            cells = error.path, error.reason, REASONS[error.reason], error.detail
            table.writerow([guarded(cell) for cell in cells])
