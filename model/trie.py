"""Grams and lexicon terms of many texts at once: one trie, walked by whole arrays.

Every position of the text takes one step a level; positions that leave the trie drop
out. A transition (node, character) is looked up in an open-addressing hash table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

CHARACTER_BITS = 16  # of a character: the plane all our characters are in
NODE_BITS = 20  # of a node
_NODES = 1 << NODE_BITS
EMPTY = -1
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Fibonacci hashing


class Hits(NamedTuple):
    """What was found: node numbers with their place."""

    node: Ints
    start: Ints  # position in the joined text
    size: Ints  # characters


@dataclass(frozen=True, slots=True)
class Trie:
    """Transitions of a trie as a hash table; node 0 is the root."""

    slots: Ints  # (slots,) (node << 16 | character) << 20 | where it leads; -1 is empty
    depth: int

    @property
    def shift(self) -> np.uint64:
        """Bits that a hash loses on its way to a slot number."""
        return np.uint64(64 - (len(self.slots).bit_length() - 1))

    def transitions(self) -> tuple[Ints, Ints]:
        """Return all transitions: node << 16 | character, and where it leads."""
        used = self.slots[self.slots != EMPTY]
        return used >> NODE_BITS, used & (_NODES - 1)

    def step(self, node: Ints, character: Ints) -> Ints:
        """Return the next node of each pair, -1 where there is none."""
        wanted = (node << CHARACTER_BITS) | character
        slot = ((wanted.view(np.uint64) * _MIX) >> self.shift).view(np.int64)
        found = self.slots[slot]
        result = np.where(found >> NODE_BITS == wanted, found & (_NODES - 1), -1)
        open_ = np.flatnonzero((result < 0) & (found != EMPTY))
        while len(open_):
            slot[open_] = (slot[open_] + 1) & (len(self.slots) - 1)
            found = self.slots[slot[open_]]
            hit = found >> NODE_BITS == wanted[open_]
            result[open_[hit]] = found[hit] & (_NODES - 1)
            open_ = open_[~hit & (found != EMPTY)]
        return result

    def walk(self, characters: Ints) -> Hits:
        """Return every node met from every position, in order of its depth."""
        start: Ints = np.flatnonzero(characters)
        node: Ints = np.zeros(len(start), dtype=np.int64)
        met: list[tuple[Ints, Ints, Ints]] = []
        for level in range(self.depth):
            inside = start + level < len(characters)
            start, node = start[inside], node[inside]
            node = self.step(node, characters[start + level])
            alive = node >= 0
            start, node = start[alive], node[alive]
            met.append((node, start, np.full(len(node), level + 1)))
        nodes, starts, sizes = zip(*met, strict=True)
        return Hits(
            np.concatenate(nodes), np.concatenate(starts), np.concatenate(sizes)
        )


def build_trie(terms: Iterable[str]) -> tuple[Trie, dict[str, int]]:
    """Return the trie of some terms and the node of each."""
    children: dict[tuple[int, int], int] = {}
    ends: dict[str, int] = {}
    depth = 0
    for term in terms:
        node = 0
        for character in term:
            node = children.setdefault((node, ord(character)), len(children) + 1)
        ends[term] = node
        depth = max(depth, len(term))
    if len(children) >= _NODES:
        raise ValueError(f"a trie of {len(children)} nodes; at most {_NODES - 1}")
    slots = np.full(1 << max(4, (2 * len(children)).bit_length()), EMPTY)
    shift = 64 - (len(slots).bit_length() - 1)
    for (parent, point), child in children.items():
        key = (parent << CHARACTER_BITS) | point
        slot = ((key * int(_MIX)) & (2**64 - 1)) >> shift
        while slots[slot] != EMPTY:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = key << NODE_BITS | child
    return Trie(slots, depth), ends


def characters(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the joined texts as code points and the row of each position.

    Breaks between texts and characters beyond the plane are 0: no term holds them.
    """
    joined = "\n".join(texts).encode("utf-32-le", "surrogatepass")
    points = np.frombuffer(joined, dtype="<u4").astype(np.int64)
    breaks = points == ord("\n")
    row = np.cumsum(breaks)
    points[breaks | (points >= 1 << CHARACTER_BITS)] = 0
    return points, row
