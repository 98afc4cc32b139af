"""A web page as a tree (the only module that meets selectolax).

The parser grows quadratic on deep nesting, so tags are counted before it sees them.
Everything here walks without recursion.
"""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from seeds.errors import UnreadableFile

Node = LexborNode


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set: long lists of names stay readable."""
    return frozenset(text.split())


_VOID = words("area base br col embed hr img input link meta param source track wbr")
# A parser opens these again in every block until they are closed.
_FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_MOST_TAGS = 1_000_000
_DEEPEST = 10_000
_MOST_REOPENED = 2_000_000


def parse(page: str, name: str) -> Node | None:
    """Return the root element of a page, None of an empty one.

    Raises:
        UnreadableFile: `too_large` or `broken` for what would stall the parser.
    """
    _refuse_bombs(page, name)
    return LexborHTMLParser(page).root


def _refuse_bombs(page: str, name: str) -> None:
    """Count what is open at once: nested elements, and formatting to be opened again."""
    opened: dict[str, int] = {}
    depth = formatting = reopened = 0
    for number, match in enumerate(_TAG.finditer(page)):
        tag = match[2].lower()
        if tag in _VOID:
            continue
        if match[1]:
            step = -1 if opened.get(tag) else 0
        else:
            step = 1
            reopened += formatting
        opened[tag] = opened.get(tag, 0) + step
        depth += step
        formatting += step if tag in _FORMATTING else 0
        if depth > _DEEPEST:
            raise UnreadableFile(name, "broken", f"tags nested {depth} deep")
        if reopened > _MOST_REOPENED:
            raise UnreadableFile(name, "broken", f"{formatting} tags are never closed")
        if number > _MOST_TAGS:
            raise UnreadableFile(name, "too_large", f"more than {_MOST_TAGS} tags")


def walk(root: Node, wanted: Callable[[Node], bool]) -> Iterator[tuple[Node, bool]]:
    """Yield the wanted nodes below `root` in order: (node, True), then (node, False).

    What is not wanted is left out with all it holds; `root` itself is not asked for.
    """
    end = root.mem_id
    node = root.child
    while node is not None:
        if wanted(node):
            yield node, True
            if node.child is not None:
                node = node.child
                continue
            yield node, False
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == end:
                return
            node = parent
            yield node, False
        node = node.next


def ancestors(node: Node) -> Iterator[Node]:
    """Yield the elements around a node, innermost first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def text_of(node: Node) -> str:
    """Return the text of a node as one line."""
    return " ".join(node.text(deep=True, separator="").split())


def named(node: Node) -> str:
    """Return the class and the id of an element, in lower case."""
    found = node.attributes
    return f"{found.get('class') or ''} {found.get('id') or ''}".lower()
