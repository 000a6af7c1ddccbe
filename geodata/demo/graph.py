"""Which blocks are neighbours, and over how many metres of border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.blocks import FINE, Blocks
from geodata.demo.plane import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Neighbouring pairs (m, 2) with the metres they share and whether a bigger road parts them."""

    pairs: Ints
    metres: Floats
    parted: Any


def graph(blocks: Blocks) -> Graph:
    """Find the neighbours: two blocks that have the same edge."""
    corners, owner = shapely.get_coordinates(
        shapely.get_exterior_ring(blocks.shape), return_index=True
    )
    grid = np.round(corners / FINE).astype(np.int64)
    _, corner = np.unique(grid[:, 0] * (1 << 32) + grid[:, 1], return_inverse=True)
    edge = np.flatnonzero(owner[1:] == owner[:-1])
    low = np.minimum(corner[edge], corner[edge + 1])
    high = np.maximum(corner[edge], corner[edge + 1])
    key = low * (len(corner) + 1) + high
    order = np.argsort(key, kind="stable")
    twin = np.flatnonzero(np.diff(key[order]) == 0)
    one, two = edge[order[twin]], edge[order[twin + 1]]
    metres = np.hypot(*(corners[one + 1] - corners[one]).T)
    pairs = np.sort(np.stack([owner[one], owner[two]], axis=1), axis=1)
    return summed(pairs, metres, blocks.within[pairs[:, 0]] != blocks.within[pairs[:, 1]])


def summed(pairs: Ints, metres: Floats, parted: Any) -> Graph:
    """Add up the borders of the same pair; a pair of one and the same is left out."""
    keep = pairs[:, 0] != pairs[:, 1]
    pairs, metres, parted = np.sort(pairs[keep], axis=1), metres[keep], parted[keep]
    size = int(pairs.max()) + 1
    key, first, which = np.unique(
        pairs[:, 0] * size + pairs[:, 1], return_index=True, return_inverse=True
    )
    return Graph(
        pairs=np.stack([key // size, key % size], axis=1),
        metres=np.bincount(which, metres).astype(np.float64),
        parted=parted[first],
    )


def without_slivers(blocks: Blocks, whole: Graph) -> Ints:
    """Give each thin or tiny block to the neighbour it shares most border with.

    Returns
    -------
    array of int
        For each block the number of the body it belongs to, 0, 1, 2 …; bodies never cross streets.
    """
    area = shapely.area(blocks.shape)
    roundness = 4 * np.pi * area / shapely.length(blocks.shape) ** 2
    poor = (area < 2500) | (roundness < 0.38) | ((roundness < 0.5) & (area < 9000))
    pairs, metres = _both_ways(whole)
    fits = poor[pairs[:, 0]] & (blocks.street[pairs[:, 0]] == blocks.street[pairs[:, 1]])
    # Of two poor neighbours the smaller joins the larger, so nobody waits for each other.
    fits &= ~poor[pairs[:, 1]] | (area[pairs[:, 1]] > area[pairs[:, 0]])
    pairs, metres = pairs[fits], metres[fits]
    last = np.lexsort((metres, pairs[:, 0]))
    best = np.append(np.diff(pairs[last, 0]), 1) > 0
    host = np.arange(len(area))
    host[pairs[last[best], 0]] = pairs[last[best], 1]
    for _ in range(6):
        host = host[host]
    return np.unique(host, return_inverse=True)[1]


def _both_ways(whole: Graph) -> tuple[Ints, Floats]:
    return np.concatenate([whole.pairs, whole.pairs[:, ::-1]]), np.tile(whole.metres, 2)


def components(size: int, pairs: Ints) -> Ints:
    """Name each of ``size`` bodies by the lowest number it is connected with."""
    name = np.arange(size)
    while True:
        before = name.copy()
        np.minimum.at(name, pairs[:, 0], name[pairs[:, 1]])
        np.minimum.at(name, pairs[:, 1], name[pairs[:, 0]])
        name = name[name]
        if np.array_equal(name, before):
            return name
