"""Zip containers: what they claim is checked before anything is inflated.

Nothing is ever written to disk, so a member's name is only something to print.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Literal

from seeds.errors import UnreadableFile

LARGEST_MEMBER = 64_000_000  # bytes, inflated
LARGEST_TOTAL = 200_000_000
MOST_MEMBERS = 10_000
STEEPEST = 200  # inflated / deflated; only members above _SMALL are held to it
_SMALL = 1_000_000
_ENTRY = b"PK\1\2"  # begins each entry of the list of members, whatever its end says
_MOST_ENTRIES = 5 * MOST_MEMBERS  # those of zips inside it are seen too
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_LONGEST_NAME = 200
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError,
    EOFError, OSError, ValueError, LookupError, OverflowError,
)  # fmt: skip

ZipKind = Literal["docx", "xlsx", "ofd", "odf", "pptx", "zip"]
_OFFICE = "[Content_Types].xml"
_OFFICE_SIGNS: tuple[tuple[ZipKind, str], ...] = (
    ("docx", "word/"),
    ("xlsx", "xl/"),
    ("pptx", "ppt/"),
)


def open_zip(data: bytes, path: str) -> zipfile.ZipFile:
    """Open a zip whose list of members is of a sane size.

    Raises:
        UnreadableFile: `broken`, or `too_large`.
    """
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise UnreadableFile(path, "too_large", f"more than {MOST_MEMBERS} members")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableFile(path, "broken", str(error)) from error


def zip_kind(archive: zipfile.ZipFile, path: str) -> ZipKind:
    """Tell what a zip is by the names in it, once its claims are checked.

    Raises:
        UnreadableFile: `too_large` where it would inflate beyond the limits.
    """
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_MEMBERS or total > LARGEST_TOTAL:
        raise UnreadableFile(
            path, "too_large", f"{len(infos)} members, {total} bytes inflated"
        )
    kind = _kind({info.filename for info in infos})
    if kind != "zip":
        check_members(infos, path)
    return kind


def _kind(names: set[str]) -> ZipKind:
    if _OFFICE in names:
        for kind, folder in _OFFICE_SIGNS:
            if any(name.startswith(folder) for name in names):
                return kind
    if "OFD.xml" in names:
        return "ofd"
    return "odf" if "META-INF/manifest.xml" in names else "zip"


def check_members(infos: list[zipfile.ZipInfo], path: str) -> None:
    """Refuse a container one of whose members is a bomb.

    Raises:
        UnreadableFile: `too_large`.
    """
    for info in infos:
        if _is_bomb(info):
            raise UnreadableFile(path, "too_large", _claim(info))


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> bytes:
    """Inflate one member, never beyond the size it claims.

    Raises:
        UnreadableFile: `too_large`, `encrypted`, `unsupported`, `broken`.
    """
    if _is_bomb(info):
        raise UnreadableFile(path, "too_large", _claim(info))
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile(path, "encrypted")
    if info.compress_type not in _METHODS:
        raise UnreadableFile(
            path, "unsupported", f"compression method {info.compress_type}"
        )
    try:
        return archive.read(info)
    except _BROKEN as error:
        said = str(error).partition(" for file")[0]  # the rest is its name as bytes
        raise UnreadableFile(path, "broken", said) from error


def files(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the files of a plain zip with names safe to print, doubles numbered."""
    seen: dict[str, int] = {}
    for info in archive.infolist():
        name = _printable(_name(info))
        if info.is_dir() or _is_litter(name):
            continue
        seen[name] = seen.get(name, 0) + 1
        yield (f"{name}({seen[name]})" if seen[name] > 1 else name), info


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    steep = info.file_size > STEEPEST * max(info.compress_size, 1)
    return info.file_size > LARGEST_MEMBER or (steep and info.file_size > _SMALL)


def _claim(info: zipfile.ZipInfo) -> str:
    return f"{info.compress_size} bytes claim to inflate to {info.file_size}"


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag it is UTF-8 or GB18030."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _printable(name: str) -> str:
    """Return a name without drive, `..` and characters that do not print."""
    parts = name.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..")]
    if kept and kept[0].endswith(":"):
        del kept[0]
    shown = "".join(char if char.isprintable() else "_" for char in "/".join(kept))
    return shown[-_LONGEST_NAME:] or "_"


def _is_litter(name: str) -> bool:
    """Tell whether a file is what an operating system or an office leaves behind."""
    last = name.rsplit("/", 1)[-1]
    return (
        name.startswith("__MACOSX/")
        or last.startswith(("._", "~$"))
        or last in (".DS_Store", "Thumbs.db", "desktop.ini")
    )
