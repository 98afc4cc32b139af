"""Files and folders to reports: what can be read is read, what cannot is named."""

from collections.abc import Sequence
from pathlib import Path

from seeds.errors import UnreadableFile
from seeds.read import read_extracted
from seeds.readers import LARGEST, Found, extract
from seeds.readers.sandbox import LIMITS, Limits
from seeds.records import Report

DOCUMENTS = Path(__file__).with_name("documents")


def read_file(path: Path, source: str = "") -> list[Report]:
    """Read the reports of one file; see `read_path` for those of its parts that fail.

    Args:
        path: the file.
        source: what `Report.source` says; the file's name where it is left out.

    Raises:
        UnreadableFile: with a named reason, where nothing could be read.
    """
    return _reports_of(read_path(path, source))


def read_bytes(data: bytes, name: str) -> list[Report]:
    """Read the reports of a file's bytes; `name` is printed, never opened.

    Raises:
        UnreadableFile: with a named reason, where nothing could be read.
    """
    return _reports_of(read_parts(data, name))


def read_path(
    path: Path, source: str = "", column: str = "", limits: Limits = LIMITS
) -> list[Report | UnreadableFile]:
    """Read all of one file: see `read_parts`. Never raises UnreadableFile."""
    name = source or path.name
    try:
        if path.stat().st_size > LARGEST:
            return [UnreadableFile(name, "too_large", f"more than {LARGEST} bytes")]
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # it may grow, or be a device
    except OSError as error:
        return [UnreadableFile(name, "not_found", str(error.strerror))]
    return read_parts(data, name, column, limits)


def read_parts(
    data: bytes, name: str, column: str = "", limits: Limits = LIMITS
) -> list[Report | UnreadableFile]:
    """Read all of a file: its reports and, in their places, what could not be read.

    Args:
        data: the file; a zip or a table has several parts.
        name: printed, never opened.
        column: of a table, the one that holds the reports.
        limits: what parsing each part may cost.
    """
    return [
        part for found in extract(data, name, column, limits) for part in _read(found)
    ]


def _read(found: Found) -> Sequence[Report | UnreadableFile]:
    if isinstance(found.content, UnreadableFile):
        return [found.content]
    reports = read_extracted(found.content, found.source, found.sha256)
    if any(report.sentences for report in reports):
        return reports
    return [UnreadableFile(found.source, "empty")]


def _reports_of(parts: list[Report | UnreadableFile]) -> list[Report]:
    """Return the reports alone; raise the first error where there are none."""
    reports = [part for part in parts if isinstance(part, Report)]
    for part in parts:
        if not reports and isinstance(part, UnreadableFile):
            raise part
    return reports


def seed_reports() -> list[Report]:
    """Read the five reports that came with the task."""
    return [
        report for path in sorted(DOCUMENTS.glob("*.txt")) for report in read_file(path)
    ]
