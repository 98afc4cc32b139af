"""Files and folders to reports: what can be read is read, what cannot is named."""

from hashlib import sha256
from pathlib import Path

from seeds.decode import decode
from seeds.errors import UnreadableFile
from seeds.read import read_extracted, read_text
from seeds.readers.html import extract_html
from seeds.readers.table import extract_table
from seeds.records import Report

DOCUMENTS = Path(__file__).with_name("documents")
LARGEST = 50_000_000  # bytes


def read_file(path: Path, source: str = "") -> list[Report]:
    """Read the reports of one file.

    Args:
        path: the file.
        source: what `Report.source` says; the file's name where it is left out.

    Raises:
        UnreadableFile: with a named reason.
    """
    name = source or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name, "not_found", str(error.strerror)) from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> list[Report]:
    """Read the reports of a file's bytes; `name` is printed, never opened.

    Raises:
        UnreadableFile: with a named reason.
    """
    if len(data) > LARGEST:
        raise UnreadableFile(name, "too_large", f"{len(data)} bytes")
    reports = read_text(decode(data, name), name, sha256(data).hexdigest())
    if not any(report.sentences for report in reports):
        raise UnreadableFile(name, "empty")
    return reports


def read_path(
    path: Path, source: str = "", column: str = ""
) -> list[Report | UnreadableFile]:
    """Read all of one file: its reports and, in their places, what could not be read.

    Args:
        path: the file.
        source: what `Report.source` says; the file's name where it is left out.
        column: of a table, the one that holds the reports.
    """
    name = source or path.name
    try:
        data = path.read_bytes()
        if column and path.suffix in (".csv", ".xlsx"):
            texts = extract_table(data, name, column)
        elif path.suffix in (".html", ".htm"):
            texts = [(name, extract_html(data, name))]
        else:
            return [*read_bytes(data, name)]
    except OSError as error:
        return [UnreadableFile(name, "not_found", str(error.strerror))]
    except UnreadableFile as error:
        return [error]
    return [part for source, text in texts for part in read_extracted(text, source)]


def seed_reports() -> list[Report]:
    """Read the five reports that came with the task."""
    return [
        report for path in sorted(DOCUMENTS.glob("*.txt")) for report in read_file(path)
    ]
