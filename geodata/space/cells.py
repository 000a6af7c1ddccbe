"""Cells: one integer that says where a point lies, and in which tile at every zoom.

A cell is the Morton code (x and y bits interleaved, x lowest) of a point on the Web Mercator
square divided 2**27 times each way: 27 = zoom 15 plus the 12 bits of a tile's 4,096 steps. All
points of tile z/x/y are one range of cells, and a coarser grid is a shift to the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.int64]
    Floats = NDArray[np.float64]

BITS = 27
MAX_LATITUDE = 85.0511287798066
# Each step halves the blocks of bits and moves the upper half one block up.
_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def mercator(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Position on the unit Web Mercator square, x to the east, y to the south."""
    sine = np.sin(np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE)))
    return lon / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)


def lonlat(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Degrees of a position on the unit Web Mercator square; the inverse of ``mercator``."""
    return (x - 0.5) * 360, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))


def cells(lon: Floats, lat: Floats) -> Cells:
    """Cells of points in EPSG:4326 degrees; nan has no cell and must be left out before."""
    x, y = mercator(lon, lat)
    top = (1 << BITS) - 1
    column, row = (np.clip(v * (1 << BITS), 0, top).astype(np.uint64) for v in (x, y))
    return (_spread(column) | (_spread(row) << np.uint64(1))).astype(np.int64)


def steps(cell: Cells) -> tuple[Cells, Cells]:
    """Column and row of cells: the inverse of the interleaving."""
    bits = cell.astype(np.uint64)
    return _gather(bits), _gather(bits >> np.uint64(1))


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """First cell of a tile and the first beyond it."""
    corner = np.array([x]), np.array([y])
    code = int(
        (_spread(corner[0].astype(np.uint64)) | (_spread(corner[1].astype(np.uint64)) << 1))[0]
    )
    shift = 2 * (BITS - z)
    return code << shift, (code + 1) << shift


def _spread(v: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, mask in _SPREAD:
        v = (v | (v << np.uint64(shift))) & np.uint64(mask)
    return v


def _gather(v: NDArray[np.uint64]) -> Cells:
    v = v & np.uint64(_SPREAD[-1][1])
    for (shift, _), mask in zip(reversed(_SPREAD), _GATHER_MASKS, strict=True):
        v = (v | (v >> np.uint64(shift))) & np.uint64(mask)
    return v.astype(np.int64)


_GATHER_MASKS = (
    0x3333333333333333,
    0x0F0F0F0F0F0F0F0F,
    0x00FF00FF00FF00FF,
    0x0000FFFF0000FFFF,
    0x00000000FFFFFFFF,
)
