"""Tag files and folders: records as a stream, what cannot be read as an error table."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.records import records
from model.tagger import Tagger
from seeds.codebook import Codebook
from seeds.corpus import read_file, read_folder
from seeds.errors import REASONS, UnreadableFile
from seeds.files import written_whole
from seeds.records import Report


@dataclass
class Tagging:
    """A run over paths.

    `failed` fills while the records are drawn.
    """

    paths: Sequence[Path]
    tagger: Tagger
    codebook: Codebook
    files: int = 0
    failed: list[UnreadableFile] = field(default_factory=list)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the records of every report, file by file."""
        for found in self._read():
            self.files += 1
            if isinstance(found, UnreadableFile):
                self.failed.append(found)
                continue
            for report in found:
                yield from records(report, self.tagger, self.codebook)

    def _read(self) -> Iterable[list[Report] | UnreadableFile]:
        for path in self.paths:
            if path.is_dir():
                yield from read_folder(path)
                continue
            try:
                yield read_file(path)
            except UnreadableFile as error:
                yield error


def write_errors(path: Path, failed: Sequence[UnreadableFile]) -> None:
    """Write the table of what could not be read: file, reason, what was found."""
    with (
        written_whole(path) as beside,
        beside.open("w", encoding="utf-8-sig", errors="replace", newline="") as target,
    ):
        table = csv.writer(target)
        table.writerow(["文件", "原因", "说明", "详情"])
        for error in failed:
            table.writerow([
                error.path, error.reason, REASONS[error.reason], error.detail,
            ])  # fmt: skip
