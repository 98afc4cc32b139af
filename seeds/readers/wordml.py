"""The parts of a .docx: the only module with lxml, and no entity is ever resolved."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from seeds.errors import UnreadableFile
from seeds.readers.archive import check_members, open_zip, read_member

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# "Strict" files have other names for the same things.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATION.encode()),
)
_OFF = frozenset({"0", "false", "off", "none"})


class Package:
    """An open .docx whose size was checked.

    Raises:
        UnreadableFile: where the container is broken or a bomb.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self.archive = open_zip(data, path)
        self.infos = {info.filename: info for info in self.archive.infolist()}
        check_members(list(self.infos.values()), path)

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def main(self) -> tuple[Any, dict[str, str]]:
        """Return the root of the document and the names of its parts by kind.

        Raises:
            UnreadableFile: `broken`, `too_large`.
        """
        name = self._related("").get("officeDocument", "word/document.xml")
        root = self.root(name)
        if root is None:
            raise UnreadableFile(self.path, "broken", "no document in the container")
        return root, self._related(name)

    def root(self, name: str) -> Any:
        """Return the root element of a part, None where there is no such part.

        Raises:
            UnreadableFile: `broken` where it is no XML or brings its own entities.
        """
        info: zipfile.ZipInfo | None = self.infos.get(name)
        if info is None:
            return None
        data = read_member(self.archive, info, self.path)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from error
            raise UnreadableFile(self.path, "broken", f"{name}: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise UnreadableFile(self.path, "broken", f"{name}: a DTD is refused")
        return root

    def _related(self, name: str) -> dict[str, str]:
        """Return kind of relation -> name of the part, for a part ("" is the package)."""
        folder, _, last = name.rpartition("/")
        root = self.root(posixpath.join(folder, "_rels", f"{last}.rels"))
        found: dict[str, str] = {}
        for relation in () if root is None else root:
            target = relation.get("Target") or ""
            kind = (relation.get("Type") or "").rpartition("/")[2]
            where = posixpath.normpath(posixpath.join("/", folder, target))
            found.setdefault(kind, where.lstrip("/"))
        return found


def local(element: Any) -> str:
    """Return an element's name without namespace, "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """Return the first WordprocessingML child of this name, None without one."""
    return None if element is None else element.find(f"{{{_W}}}{name}")


def children(element: Any, name: str) -> Iterator[Any]:
    """Yield the WordprocessingML children of this name."""
    if element is not None:
        yield from element.iterchildren(f"{{{_W}}}{name}")


def attribute(element: Any, name: str) -> str:
    """Return a WordprocessingML attribute, "" where it is missing."""
    found = None if element is None else element.get(f"{{{_W}}}{name}")
    return str(found or "")


def on(element: Any, name: str, *, bare: bool = False) -> bool:
    """Tell whether an on/off attribute is on; `bare` is what its absence means."""
    value = attribute(element, name)
    return value.lower() not in _OFF if value else bare


def number(element: Any, name: str) -> int | None:
    """Return a whole number from an attribute, None where there is none."""
    value = attribute(element, name)
    sane = value.isdecimal() and len(value) < 10
    return int(value) if sane else None
