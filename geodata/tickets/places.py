"""Tickets as points: counts and single ones for vector tiles, and the peak of a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.space import cells, mvt
from geodata.space.points import Points, count_shift, counted, in_tile
from geodata.store.placing import BLOCK_BITS
from geodata.store.terms import terms
from geodata.tickets.selection import selected, smoke_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.query import Query, Tile
    from geodata.store.reader import Reader
    from geodata.tickets.numbers import Numbers

EQUATOR_M = 40_075_016.686
OF_BLOCKS = ("block", "total", "smoke")  # the columns of Numbers.blocks


def counts(reader: Reader, query: Query, tile: Tile) -> Points:
    """Tickets per square of a tile."""
    condition, parameters = selected(reader, query, query.period)
    within, asked = in_tile(tile)
    rows = reader.columns(
        f"SELECT cell >> $shift AS square, count(*) AS n FROM tickets "
        f"WHERE {condition} AND {within} GROUP BY square ORDER BY square",
        parameters | asked | {"shift": count_shift(tile)},
    )
    return counted(rows["square"], rows["n"], tile)


def points(reader: Reader, query: Query, tile: Tile) -> Points:
    """The single tickets of a tile: id, leaf of the category, whether open, overdue or closed."""
    condition, parameters = selected(reader, query, query.period)
    within, asked = in_tile(tile)
    rows = reader.columns(
        f"""SELECT n, id, cell, category, smoke,
                   CASE WHEN NOT is_open THEN 'closed' WHEN due_at < $due_before THEN 'overdue'
                        ELSE 'open' END AS status
            FROM tickets WHERE {condition} AND {within} ORDER BY cell, n""",
        parameters | asked | {"due_before": query.as_of.replace(tzinfo=None)},
    )
    leaf = [mvt.text(v.rpartition("/")[2]) for v in terms(reader, "category").values]
    return Points(
        cell=rows["cell"],
        ids=rows["n"].astype(np.int64),
        values={
            "id": [mvt.text(ident) for ident in rows["id"]],
            "name": [leaf[code] for code in rows["category"]],
            "status": [mvt.text(status) for status in rows["status"]],
        },
    )


def smoke_counts(reader: Reader, query: Query, tile: Tile) -> Points:
    """Smoke tickets per square of a tile."""
    return counts(reader, smoke_only(query), tile)


def smoke_points(reader: Reader, query: Query, tile: Tile) -> Points:
    """The single smoke tickets of a tile."""
    return points(reader, smoke_only(query), tile)


def has_smoke(reader: Reader) -> bool:
    """Whether any smoke ticket has a place, whatever its time."""
    return reader.once(
        "has_smoke",
        lambda: bool(reader.rows("SELECT 1 FROM tickets WHERE smoke AND cell >= 0 LIMIT 1")),
    )


def peak(counted_: Numbers, of: str, bandwidth_m: float) -> float:
    """The highest density of tickets, per square kilometre, of a kernel of that bandwidth.

    ``of`` is ``total`` or ``smoke``. The kernel is laid over blocks of about 120 m, which is fine
    enough to set a colour scale.
    """
    column = OF_BLOCKS.index(of)
    blocks = counted_.blocks[counted_.blocks[:, column] > 0]
    if not len(blocks):
        return 0.0
    x, y = cells.steps(blocks[:, 0])
    x, y = x - x.min(), y - y.min()
    side_km = _block_km(int(blocks[0, 0]))
    grid = np.zeros((y.max() + 1, x.max() + 1))
    np.add.at(grid, (y, x), blocks[:, column])
    sigma = bandwidth_m / 1000 / side_km
    smooth = _convolved(_convolved(grid, sigma, 0), sigma, 1)
    return float(smooth.max() / side_km**2)


def _convolved(grid: NDArray[np.float64], sigma: float, axis: int) -> NDArray[np.float64]:
    reach = max(1, round(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    padded = np.pad(grid, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)])
    return np.apply_along_axis(np.convolve, axis, padded, kernel, mode="valid")


def _block_km(block: int) -> float:
    """Length of a block's side at its latitude."""
    _, row = cells.steps(np.array([block]))
    side = 1 << BLOCK_BITS
    _, lat = cells.lonlat(np.array([0.5]), (row + 0.5) / side)
    return float(EQUATOR_M / side * np.cos(np.radians(lat[0])) / 1000)
