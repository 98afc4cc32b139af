"""The published models of a data directory: list them, choose one, remove one."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.bundle import current, load_tagger, make_current
from model.errors import BundleError


@dataclass(frozen=True, slots=True)
class Published:
    """A bundle as its files describe it; what they do not tell is "" or None."""

    name: str
    made: str  # ISO, UTC
    sentences: int | None  # it was trained on
    codebook: str  # version
    micro_f1: float | None  # on held-out reports
    size: int  # bytes of all files
    current: bool
    wrong: str  # why it cannot be used, "" if it can


def published(data_dir: Path) -> list[Published]:
    """Return the bundles of a data directory, oldest first, unusable ones too."""
    used = _used(data_dir)
    found = (_describe(folder, used) for folder in _folders(data_dir))
    return sorted(found, key=lambda bundle: (bundle.made, bundle.name))


def use(data_dir: Path, name: str) -> str:
    """Make a bundle the current one after checking all of it.

    Returns:
        The name of the one used before, "" if there was none.

    Raises:
        BundleError: it is unknown, damaged or foreign; the old one stays in use.
    """
    folder = _folder(data_dir, name)
    _check(folder)
    before = _used(data_dir)
    make_current(folder)
    return before


def remove(data_dir: Path, name: str) -> None:
    """Delete a bundle.

    Raises:
        BundleError: it is unknown, in use or cannot be deleted.
    """
    folder = _folder(data_dir, name)
    if name == _used(data_dir):
        raise BundleError(f"{name}: in use; `policy-themes models use` another first")
    gone = folder.with_name(f".{name}.part")  # no half bundle under its own name
    try:
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise BundleError(f"{name}: not removed: {error}") from error


def _folders(data_dir: Path) -> Iterator[Path]:
    models = data_dir / "models"
    for folder in models.iterdir() if models.is_dir() else ():
        hidden = folder.name.startswith(".")
        if folder.is_dir() and not folder.is_symlink() and not hidden:
            yield folder


def _folder(data_dir: Path, name: str) -> Path:
    """Return the folder that is called so; a path into another folder is no name."""
    for folder in _folders(data_dir):
        if folder.name == name:
            return folder
    raise BundleError(
        f"{name}: no such model; `policy-themes models list` names those of {data_dir}"
    )


def _used(data_dir: Path) -> str:
    try:
        return current(data_dir).name
    except BundleError:
        return ""


def _check(folder: Path) -> None:
    """Refuse a bundle that cannot be used, or that bears another's name."""
    name = load_tagger(folder).name
    if name != folder.name:
        raise BundleError(f"{folder.name}: name: expected {folder.name}, found {name}")


def _describe(folder: Path, used: str) -> Published:
    wrong = ""
    try:
        _check(folder)
    except BundleError as error:
        wrong = str(error)
    size = sum(file.lstat().st_size for file in folder.iterdir())
    return Published(
        folder.name, *_told(folder), _micro_f1(folder), size, folder.name == used, wrong
    )


def _told(folder: Path) -> tuple[str, int | None, str]:
    """Return when it was made, on how many sentences, and the codebook's version."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        number = manifest["labels"]["report"] + manifest["labels"]["authored"]
        return str(manifest["made"]), int(number), str(manifest["codebook"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", None, ""


def _micro_f1(folder: Path) -> float | None:
    try:
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        return float(metrics["micro_f1"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
