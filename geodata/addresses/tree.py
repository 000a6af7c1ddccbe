"""What lies below the base places: doors, buildings, units and rooms, a million and more.

A tree kept in three arrays of whole numbers. The key of a child is its parent's node, its level and
the code of its word, so that finding a child is one bisection; 12 bytes a room.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from geodata.addresses.words import TAIL, said

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_WORD_BITS, _LEVEL_BITS = 25, 3
_NODE_SHIFT = _WORD_BITS + _LEVEL_BITS
_WORD = (1 << _WORD_BITS) - 1
BASE_RANK = -1  # of what is no element below a base place


@dataclass(slots=True)
class Tree:
    """Nodes below base places; those from ``count`` on are implied by their children alone."""

    parent: NDArray[np.int32]  # by node; -1 = none
    keys: array[int]
    nodes: array[int]
    codes: dict[str, int]
    spoken: list[str]

    def child(self, node: int, level: str, word: str) -> int | None:
        """Give the node below one by its level and word, or None where there is none."""
        code = self.codes.get(word)
        if code is None:
            return None
        key = (node << _NODE_SHIFT) | (TAIL.index(level) << _WORD_BITS) | code
        at = bisect_left(self.keys, key)
        return self.nodes[at] if at < len(self.keys) and self.keys[at] == key else None

    def children(self, node: int, level: str) -> list[tuple[str, int]]:
        """Give word and node of everything of a level directly below one."""
        low = (node << _NODE_SHIFT) | (TAIL.index(level) << _WORD_BITS)
        start = bisect_left(self.keys, low)
        end = bisect_left(self.keys, low + _WORD + 1)
        return [
            (self.spoken[key & _WORD], node)
            for key, node in zip(self.keys[start:end], self.nodes[start:end], strict=True)
        ]


def grown(rows: pa.Table, parent: Ints, rank: Ints, implied: int) -> Tree:
    """Grow the tree of rows in order of their numbers.

    ``parent`` is the row above each (-1 = none; from ``len(rows)`` on one of ``implied`` base
    places without a row), ``rank`` the place of its level in ``TAIL``. A row may lie deeper than
    one element below its parent (a room whose unit has no row): what is between becomes a node.
    """
    words: dict[str, int] = {}
    codes = [_coded(rows[level], level, words) for level in TAIL]
    own = parent < len(rows)
    above = np.where(own & (parent >= 0), rank[np.where(own, parent, 0)], BASE_RANK)
    every = [parent.copy(), np.full(implied, -1, np.int64)]
    keys, nodes = _sorted(_keys(parent, rank, codes), np.arange(len(rows)))
    node = parent.copy()
    for at in range(len(TAIL) - 1):
        deep = np.flatnonzero((codes[at] >= 0) & (above < at) & (rank > at))
        wanted = _key(node[deep], at, codes[at][deep])
        missing = np.setdiff1d(wanted, keys)
        made = np.arange(len(missing)) + sum(map(len, every))
        every.append(missing >> _NODE_SHIFT)
        keys, nodes = _sorted(np.append(keys, missing), np.append(nodes, made))
        node[deep] = nodes[np.searchsorted(keys, wanted)] if len(deep) else node[deep]
    moved = node != parent
    every[0] = node
    stays = ~np.isin(nodes, np.flatnonzero(moved))
    lower = _keys(node, rank, codes)
    keys, nodes = _sorted(
        np.append(keys[stays], lower[moved]), np.append(nodes[stays], np.flatnonzero(moved))
    )
    return Tree(
        np.concatenate(every).astype(np.int32), _array(keys), _array(nodes), words, [*words]
    )


def _coded(column: pa.ChunkedArray, level: str, words: dict[str, int]) -> Ints:
    """Give the code of each row's word, -1 where it has none; adds new words."""
    coded = column.combine_chunks().dictionary_encode()
    codes = [
        words.setdefault(said(level, word), len(words)) for word in coded.dictionary.to_pylist()
    ]
    index = pc.fill_null(coded.indices, -1).to_numpy()
    return np.where(index < 0, -1, np.array([*codes, -1], np.int64)[index])


def _key(node: Ints, level: int, code: Ints) -> Ints:
    return (node << _NODE_SHIFT) | (level << _WORD_BITS) | code


def _keys(parent: Ints, rank: Ints, codes: list[Ints]) -> Ints:
    """Give the key of each row below its parent; -1 where it has no parent or no word."""
    key = np.full(len(parent), -1, np.int64)
    for at, code in enumerate(codes):
        here = (rank == at) & (parent >= 0) & (code >= 0)
        key[here] = _key(parent[here], at, code[here])
    return key


def _sorted(keys: Ints, nodes: Ints) -> tuple[Ints, Ints]:
    """Sort keys with their nodes; of two with one key the first stays, what has none goes."""
    order = np.argsort(keys, kind="stable")
    order = order[np.searchsorted(keys[order], 0) :]
    first = np.ones(len(order), bool)
    first[1:] = keys[order[1:]] != keys[order[:-1]]
    return keys[order[first]], nodes[order[first]]


def _array(values: Ints) -> array[int]:
    made = array("q")
    made.frombytes(np.ascontiguousarray(values, np.int64).tobytes())
    return made
