"""Files and folders to reports: what can be read is read, what cannot is named."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from seeds.decode import decode
from seeds.errors import UnreadableFile
from seeds.read import read_text
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


def read_folder(folder: Path) -> Iterator[list[Report] | UnreadableFile]:
    """Read every file below a folder, in order of their paths."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                yield read_file(path, path.relative_to(folder).as_posix())
            except UnreadableFile as error:
                yield error


def seed_reports() -> list[Report]:
    """Read the five reports that came with the task."""
    return [
        report for path in sorted(DOCUMENTS.glob("*.txt")) for report in read_file(path)
    ]
