"""Files and folders to reports, one file at a time: one bad file never stops others."""

import itertools
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from seeds.corpus import read_path
from seeds.errors import Reason, UnreadableFile
from seeds.records import Report

Progress = Callable[[int, str], None]

_log = logging.getLogger(__name__)
_LEFT_BEHIND = ("~$", ".")  # of Office, hidden files
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
# Browsers put the pictures and scripts of `x.html` into such a folder beside it.
_PAGE_PARTS = re.compile(r"(.+)[._]files", re.IGNORECASE)


class File(NamedTuple):
    """A file to read, or why it is not read."""

    path: Path
    source: str  # relative to the folder given
    error: UnreadableFile | None = None


def read_paths(
    paths: Sequence[Path], column: str = "", progress: Progress | None = None
) -> Iterator[Report | UnreadableFile]:
    """Read files and folders in the order given; nothing that was read is kept.

    Args:
        paths: files and folders.
        column: of tables, the one that holds the texts.
        progress: called with the number of the file and its name, before each.
    """
    files = itertools.chain.from_iterable(map(list_files, paths))
    for number, file in enumerate(files, 1):
        if progress is not None:
            progress(number, file.source)
        if file.error is not None:
            yield file.error
        else:
            yield from _read_safely(file.path, file.source, column)


def _read_safely(
    path: Path, source: str, column: str
) -> Sequence[Report | UnreadableFile]:
    """Read a file, whatever is in it."""
    try:
        return read_path(path, source, column)
    except Exception as error:  # noqa: BLE001  a stranger's file must not end a run
        _log.warning("reading %s failed: %r", source, error)
        _log.debug("where it failed", exc_info=True)
        return [UnreadableFile(source, "broken", type(error).__name__)]


def list_files(path: Path) -> Iterator[File]:
    """Yield the files that a path names: itself, or those below the folder, in order.

    Hidden files, those that Office and Windows leave behind, and the parts of a saved
    web page are skipped. A link that stays inside
    the folder is skipped where its target is listed anyway, else followed once; one
    that leads outside is an error.
    """
    if path.is_dir():
        yield from _Walk(path).files(path, "")
    elif path.exists() and not path.is_file():
        error = UnreadableFile(path.name, "unsupported", "not a regular file")
        yield File(path, path.name, error)
    else:
        yield File(path, path.name)


class _Walk:
    """One walk through a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder.resolve()
        self.followed: set[Path] = set()

    def files(self, folder: Path, source: str) -> Iterator[File]:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            yield _failed(folder, source or folder.name, "not_found", error.strerror)
            return
        names = {path.name for path in paths}
        for path in paths:
            if not _is_litter(path.name, names):
                yield from self._entry(path, f"{source}{path.name}")

    def _entry(self, path: Path, source: str) -> Iterator[File]:
        if path.is_symlink():
            yield from self._link(path, source)
        elif path.is_dir():
            yield from self.files(path, f"{source}/")
        elif path.is_file():
            yield File(path, source)
        else:
            yield _failed(path, source, "unsupported", "not a regular file")

    def _link(self, path: Path, source: str) -> Iterator[File]:
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # a dangling link, one to itself
            yield _failed(path, source, "not_found", str(error))
            return
        if not target.is_relative_to(self.root):
            yield _failed(path, source, "outside", "")
        elif self._is_new(target):
            yield from self._entry(target, source)

    def _is_new(self, target: Path) -> bool:
        """Tell whether a link's target is neither listed by itself nor followed."""
        inside = target.relative_to(self.root).parts
        hidden = any(part.startswith(_LEFT_BEHIND) for part in inside)
        if not hidden or target in self.followed:
            return False
        self.followed.add(target)
        return True


def _is_litter(name: str, beside: set[str]) -> bool:
    """Tell whether a name is no report's: hidden, left behind, a part of a page."""
    if name.startswith(_LEFT_BEHIND) or name.lower() in _LITTER:
        return True
    page = _PAGE_PARTS.fullmatch(name)
    return page is not None and not beside.isdisjoint(
        {f"{page[1]}.html", f"{page[1]}.htm"}
    )


def _failed(path: Path, source: str, reason: Reason, detail: str | None) -> File:
    return File(path, source, UnreadableFile(source, reason, detail or ""))
