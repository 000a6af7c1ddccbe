"""What lies below the base places: doors, buildings, units and rooms, a million and more.

A tree kept in arrays of whole numbers: the children of a node stand together, in order of their
level and the code of their word, so that finding a child is one bisection; 16 bytes a room.
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
_WORD, _BELOW = (1 << _WORD_BITS) - 1, (1 << _NODE_SHIFT) - 1
_KEY_OF = {level: at << _WORD_BITS for at, level in enumerate(TAIL)}  # of its children
NO_RANK = -1  # of what is no element below a base place


@dataclass(slots=True)
class Tree:
    """Nodes below base places; those from ``count`` on are implied by their children alone."""

    parent: array[int]  # by node; -1 = none
    first: array[int]  # by node, where its children begin in the two that follow
    keys: array[int]
    nodes: array[int]
    codes: dict[str, int]
    spoken: list[str]

    def child(self, node: int, level: str, word: str) -> int | None:
        """Give the node below one by its level and word, or None where there is none."""
        code = self.codes.get(word)
        if code is None:
            return None
        key, end = _KEY_OF[level] | code, self.first[node + 1]
        at = bisect_left(self.keys, key, self.first[node], end)
        return self.nodes[at] if at < end and self.keys[at] == key else None

    def children(self, node: int, level: str) -> list[tuple[str, int]]:
        """Give word and node of everything of a level directly below one."""
        low, last = _KEY_OF[level], self.first[node + 1]
        start = bisect_left(self.keys, low, self.first[node], last)
        end = bisect_left(self.keys, low + _WORD + 1, start, last)
        return [
            (self.spoken[key & _WORD], node)
            for key, node in zip(self.keys[start:end], self.nodes[start:end], strict=True)
        ]


def grown(rows: pa.Table, base: Ints, rank: Ints, bases: int, historic: NDArray[np.bool_]) -> Tree:
    """Grow the tree of rows in order of their numbers.

    ``base`` is the base place each row belongs to (-1 = none), of ``bases`` nodes in all, those
    without a row behind those of the rows; ``rank`` the place of its level in ``TAIL``, ``NO_RANK``
    of base places; where two rows say the same, one that is ``historic`` gives way. What a row
    names and no row stands for (the unit of a room) becomes a node.
    """
    words: dict[str, int] = {}
    node, parent = base.copy(), [np.full(bases, -1, np.int64)]
    every_key, every_node = [], []
    of_road = pc.is_null(rows["quarter"]).to_numpy(zero_copy_only=False)
    for at, level in enumerate(TAIL):
        code = _coded(rows[level], level, words)
        # The door number of a compound says where it stands, not what is in it.
        through = (code >= 0) & (node >= 0) & (rank >= at) & (of_road | (at > 0))
        here = np.flatnonzero(through)
        keys, first, inverse = np.unique(
            _key(node[here], at, code[here]), return_index=True, return_inverse=True
        )
        owner = np.flatnonzero(rank[here] == at)
        owner = owner[np.argsort(historic[here[owner]], kind="stable")]
        nodes = _owners(here[owner], inverse[owner], len(keys))
        missing = np.flatnonzero(nodes < 0)
        nodes[missing] = np.arange(len(missing)) + sum(map(len, parent))
        parent[0][nodes[nodes < bases]] = node[here[first[nodes < bases]]]
        parent.append(node[here[first[missing]]])
        node[here] = nodes[inverse]
        every_key.append(keys)
        every_node.append(nodes)
    keys, nodes = np.concatenate(every_key), np.concatenate(every_node)
    order = np.argsort(keys)
    parents = np.concatenate(parent)
    first = np.searchsorted(keys[order] >> _NODE_SHIFT, np.arange(len(parents) + 1))
    return Tree(
        _array(parents),
        _array(first),
        _array(keys[order] & _BELOW),
        _array(nodes[order]),
        words,
        [*words],
    )


def _owners(rows: Ints, key: Ints, count: int) -> Ints:
    """Give the row that stands for each key, the first where there are several, -1 where none."""
    owner = np.full(count, -1, np.int64)
    owner[key[::-1]] = rows[::-1]
    return owner


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


def _array(values: Ints) -> array[int]:
    made = array("i")
    made.frombytes(np.ascontiguousarray(values, np.int32).tobytes())
    return made
