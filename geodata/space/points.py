"""Points on their way into a tile: what a layer's queries return, and how a tile is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geodata.space import cells, crs, mvt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.query import Tile

COUNT_STEPS = 7  # a tile of counts has 2**7 = 128 cells each way


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of one tile, or of its surroundings.

    ``cell`` is where each point lies (``geodata.space.cells``), or, for counts, the cell of its
    grid square; ``values`` holds one encoded tile value a point and attribute.
    """

    cell: NDArray[np.int64]
    ids: NDArray[np.int64]
    values: dict[str, Sequence[bytes]] = field(default_factory=dict)


def count_shift(tile: Tile) -> int:
    """How many low bits of a cell make one square of a tile of counts."""
    return 2 * (cells.BITS - tile.z - COUNT_STEPS)


def counted(square: NDArray[np.int64], count: NDArray[np.int64], tile: Tile) -> Points:
    """Counts at the middle of their squares; ``square`` is a cell shifted by ``count_shift``."""
    shift = count_shift(tile)
    middle = (square << shift) + (1 << shift) // 2 + ((1 << shift) // 4 if shift else 0)
    order = np.arange(len(square))
    return Points(cell=middle, ids=order, values={"n": [mvt.number(int(n)) for n in count]})


def cells_of(tile: Tile) -> dict[str, object]:
    """The cells a tile may show: their range, and the tiles around it that hold them.

    Where the display CRS is shifted, a tile may show points of its eight neighbours.
    """
    near = (0,) if tile.display == "WGS84" else (-1, 0, 1)
    side = 1 << tile.z
    around = [
        cells.tile_range(tile.z, (tile.x + east) % side, min(max(tile.y + south, 0), side - 1))
        for east in near
        for south in near
    ]
    shift = 2 * (cells.BITS - tile.z)
    return {
        "low": min(low for low, _ in around),
        "high": max(high for _, high in around) - 1,
        "tile_shift": shift,
        "tiles": sorted({low >> shift for low, _ in around}),
    }


def in_tile(tile: Tile) -> tuple[str, dict[str, object]]:
    """The condition, with its parameters, of the points a tile may show: one range, or several."""
    asked = cells_of(tile)
    if tile.display == "WGS84":
        return "cell BETWEEN $low AND $high", {name: asked[name] for name in ("low", "high")}
    return "cell BETWEEN $low AND $high AND list_contains($tiles, cell >> $tile_shift)", asked


def written(layer: str, tile: Tile, points: Points) -> bytes:
    """The tile as bytes, in the CRS of the base map."""
    x, y = cells.steps(points.cell)
    if tile.display != "WGS84":
        x, y = _displayed(x, y, tile.display)
    shift = cells.BITS - tile.z
    size = mvt.EXTENT
    x = ((x - (tile.x << shift)) * size) >> shift
    y = ((y - (tile.y << shift)) * size) >> shift
    inside = np.flatnonzero((x >= 0) & (x < size) & (y >= 0) & (y < size))
    if len(inside) == len(x):
        return mvt.points(layer, x, y, points.ids, points.values)
    values: dict[str, Sequence[bytes]] = {
        key: [column[int(i)] for i in inside] for key, column in points.values.items()
    }
    return mvt.points(layer, x[inside], y[inside], points.ids[inside], values)


def _displayed(
    x: NDArray[np.int64], y: NDArray[np.int64], display: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    side = 1 << cells.BITS
    lon, lat = cells.lonlat((x + 0.5) / side, (y + 0.5) / side)
    east, south = cells.mercator(*crs.for_display(lon, lat, display))
    return (east * side).astype(np.int64), (south * side).astype(np.int64)
