"""Read files and folders: reports as a stream, what cannot be read is kept aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from seeds.errors import UnreadableFile
from seeds.folders import Progress, read_paths
from seeds.metadata import Metadata
from seeds.records import Report


@dataclass
class Reading:
    """A run over paths.

    `files` and `failed` fill while the reports are drawn.

    Attributes:
        paths: files and folders.
        column: of tables, the one that holds the texts.
        metadata: overrides what the texts tell.
        progress: called with the number and the name of each file.
    """

    paths: Sequence[Path]
    column: str = ""
    metadata: Metadata | None = None
    progress: Progress | None = None
    files: int = 0
    failed: list[UnreadableFile] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """Yield the reports, file by file."""
        for found in read_paths(self.paths, self.column, self._next):
            if isinstance(found, UnreadableFile):
                self.failed.append(found)
            elif self.metadata is None:
                yield found
            else:
                yield self.metadata.apply(found)

    def complaints(self) -> Iterator[str]:
        """Yield what went wrong, a line each, once all reports are drawn."""
        for error in self.failed:
            yield str(error)
        for path in self.metadata.unknown() if self.metadata else ():
            yield f"metadata: no report is called {path}"

    def _next(self, number: int, name: str) -> None:
        self.files = number
        if self.progress is not None:
            self.progress(number, name)
