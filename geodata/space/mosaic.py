"""Polygons on a raster: most cells lie whole in one of them, and only edges need a closer look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Pairs = tuple[Ints, Ints]  # cells, and with each the index of a polygon

# In cells. An edge counts in every cell it comes this close to, which is far more than rounding
# moves anything; one that rises less than FLAT counts as wide as it is in each of its rows.
RIM, FLAT = 1e-6, 1e-3


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Polygons, and what each cell of a frame has of them.

    Attributes
    ----------
    polygons : array of Polygon and MultiPolygon
    numbers : array of int
        The number of each polygon.
    nowhere : int
        Above all numbers: stands for no polygon.
    frame : Frame
    whole : array of int, one a cell
        The lowest number of the polygons that the whole cell lies in.
    near : array of int
        Indices of the polygons whose edge runs through a cell, cell after cell.
    start : array of int, one a cell and one more
        Where those of each cell begin in ``near``.
    """

    polygons: Any
    numbers: Ints
    nowhere: int
    frame: Frame
    whole: Ints
    near: Ints
    start: Ints

    def lowest(self, lon: Floats, lat: Floats) -> Ints:
        """The lowest number of the polygons that each point lies in or on the edge of."""
        found = np.full(len(lon), self.nowhere)
        within = self.frame.holds(lon, lat)
        cell = self.frame.cells(lon[within], lat[within])
        found[within] = self.whole[cell]
        which, at = _spread(self.start[cell], self.start[cell + 1] - 1)
        point, polygon = within[which], self.near[at]
        touches = shapely.intersects_xy(self.polygons[polygon], lon[point], lat[point])
        np.minimum.at(found, point[touches], self.numbers[polygon[touches]])
        return found


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in ``side`` times ``side`` cells, numbered row by row from the south-west."""

    bounds: Floats  # west, south, east, north
    side: int

    def holds(self, x: Floats, y: Floats) -> Ints:
        """Indices of the points in it; nan is outside."""
        west, south, east, north = self.bounds
        return np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))

    def cells(self, x: Floats, y: Floats) -> Ints:
        """The cell of each point in it."""
        column, row = self.steps(np.stack([x, y], axis=1)).T
        return self.step(row) * self.side + self.step(column)

    def steps(self, xy: Floats) -> Floats:
        """Positions in cells from the south-west corner."""
        size = np.maximum(self.bounds[2:] - self.bounds[:2], np.finfo(float).tiny)
        return np.asarray((xy - self.bounds[:2]) / size * self.side)

    def step(self, steps: Floats) -> Ints:
        """The row or column of a position in cells, the outermost for what is beyond."""
        return np.clip(steps, 0, self.side - 1).astype(np.int64)


def mosaic(polygons: Any, numbers: Ints, nowhere: int, side: int) -> Mosaic:
    """One polygon or more on ``side`` times ``side`` cells; ``nowhere`` is above all numbers.

    What lies in a polygon is what an odd number of its edges stands west of, as GEOS has it.
    """
    frame, count = Frame(shapely.total_bounds(polygons), side), len(polygons)
    edges = _edges(polygons, frame)
    cell, polygon = _passed(edges, frame)
    pairs = np.unique(cell * count + polygon)
    start = np.searchsorted(pairs, np.arange(side * side + 1) * count)
    cell, polygon = _filled(edges, frame)
    # A polygon whose edge runs through a cell does not hold the whole of it.
    may = start[cell] < start[cell + 1]
    may[may] = np.isin(cell[may] * count + polygon[may], pairs)
    whole = np.full(side * side, nowhere)
    np.minimum.at(whole, cell[~may], numbers[polygon[~may]])
    return Mosaic(polygons, numbers, nowhere, frame, whole, pairs % count, start)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges of polygons, each once a row of cells it comes near; lengths in cells."""

    polygon: Ints
    row: Ints
    start: Floats  # x, y
    end: Floats

    def is_flat(self) -> Flags:
        """Which are level, or nearly so: their slope means nothing."""
        return np.asarray(np.abs(self.end[:, 1] - self.start[:, 1]) < FLAT)

    def x(self, y: Floats) -> Floats:
        """Where each crosses a height, or its nearer end; of a flat one somewhere on it."""
        low, high = np.minimum(self.start, self.end), np.maximum(self.start, self.end)
        across, rise = (self.end - self.start).T
        way = np.where(self.is_flat(), 0, across) / np.where(self.is_flat(), 1, rise)
        height = np.clip(y, low[:, 1], high[:, 1]) - self.start[:, 1]
        return np.clip(self.start[:, 0] + height * way, low[:, 0], high[:, 0])


def _edges(polygons: Any, frame: Frame) -> _Edges:
    parts, polygon = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    steps, goes_on = frame.steps(xy), ring[1:] == ring[:-1]
    start, end = steps[:-1][goes_on], steps[1:][goes_on]
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    edge, row = _spread(frame.step(low - RIM), frame.step(high + RIM))
    return _Edges(polygon[part[ring[:-1][goes_on]]][edge], row, start[edge], end[edge])


def _passed(edges: _Edges, frame: Frame) -> Pairs:
    """Cells that an edge comes near, and whose edge it is."""
    row = edges.row.astype(np.float64)
    ends = np.stack([edges.start[:, 0], edges.end[:, 0]])
    within = np.stack([edges.x(row - RIM), edges.x(row + 1 + RIM)])
    x = np.where(edges.is_flat(), ends, within)
    edge, column = _spread(frame.step(x.min(axis=0) - RIM), frame.step(x.max(axis=0) + RIM))
    return edges.row[edge] * frame.side + column, edges.polygon[edge]


def _filled(edges: _Edges, frame: Frame) -> Pairs:
    """Cells whose middle lies in a polygon, and in which."""
    middle = edges.row.astype(np.float64) + 0.5
    crosses = np.flatnonzero((edges.start[:, 1] <= middle) != (edges.end[:, 1] <= middle))
    x, row, polygon = edges.x(middle)[crosses], edges.row[crosses], edges.polygon[crosses]
    order = np.lexsort((x, row, polygon))
    x, row, polygon = x[order], row[order], polygon[order]
    # A ring crosses a height an even number of times: in by one edge, out by the next.
    first = np.clip(np.ceil(x - 0.5), 0, frame.side).astype(np.int64)
    span, column = _spread(first[::2], first[1::2] - 1)
    return row[::2][span] * frame.side + column, polygon[::2][span]


def _spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The numbers from each first to its last, and the index of the two with each number."""
    count = np.maximum(last - first + 1, 0)
    index = np.repeat(np.arange(len(count)), count)
    return index, np.arange(len(index)) + np.repeat(first - (np.cumsum(count) - count), count)
