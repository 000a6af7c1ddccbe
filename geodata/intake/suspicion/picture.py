"""A reference as a picture: how far the next line is, or whether there is ground, cell by cell.

All in metres on a plane about the reference (equirectangular: both sides of a comparison are
bent alike, so its bending does no harm).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Box = tuple[float, float, float, float]

METRES = 111_195.0  # per degree of a great circle
FINEST = 10.0  # metres a cell
MOST_CELLS = 2_500_000
REACH = 16  # cells up to which a distance is told


@dataclass(frozen=True, slots=True)
class Plane:
    """Degrees to metres about a middle."""

    lon: float
    lat: float

    def metres(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Metres east and north of the middle."""
        narrow = np.cos(np.radians(self.lat))
        return (lon - self.lon) * METRES * narrow, (lat - self.lat) * METRES

    def shapes(self, shapes: Any) -> Any:
        """Shapes in metres."""
        return shapely.transform(shapes, self.metres, interleaved=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """Cells of a value each; ``beyond`` is the value outside the frame."""

    west: float
    south: float
    cell: float
    values: NDArray[np.float32]
    beyond: float

    def at(self, x: Floats, y: Floats) -> NDArray[np.float32]:
        """Values at positions in metres, of any shape."""
        height, width = self.values.shape
        column = np.floor((x - self.west) / self.cell).astype(np.int64)
        row = np.floor((y - self.south) / self.cell).astype(np.int64)
        seen = (column >= 0) & (row >= 0) & (column < width) & (row < height)
        flat = np.where(seen, row * width + column, 0)
        found: NDArray[np.float32] = np.where(seen, self.values.ravel()[flat], self.beyond)
        return found.astype(np.float32)

    def from_cells(self, x: Floats, y: Floats, margin: float) -> tuple[NDArray[np.float32], Ints]:
        """All values in one row with a margin (metres) around, and the place of each position.

        A shift by whole cells is then a number added to the places (``steps``); positions
        outside the frame are looked up at its edge.
        """
        height, width = self.values.shape
        rim = int(margin / self.cell) + 1
        padded = np.pad(self.values, rim, constant_values=self.beyond)
        column = np.clip(np.floor((x - self.west) / self.cell), 0, width - 1).astype(np.int64)
        row = np.clip(np.floor((y - self.south) / self.cell), 0, height - 1).astype(np.int64)
        return padded.ravel(), (row + rim) * (width + 2 * rim) + column + rim

    def steps(self, shifts: Floats, margin: float) -> Ints:
        """What (m, 2) shifts in metres add to the places of ``from_cells``."""
        rim = int(margin / self.cell) + 1
        cells = np.rint(shifts / self.cell).astype(np.int64)
        steps: Ints = cells[:, 1] * (self.values.shape[1] + 2 * rim) + cells[:, 0]
        return steps


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the cells of a picture lie."""

    west: float
    south: float
    cell: float
    width: int
    height: int


def frame_of(box: Box) -> Frame:
    """Cells of 10 m over a box in metres, or coarser where these would be too many."""
    west, south, east, north = box
    cell = max(FINEST, float(np.sqrt((east - west) * (north - south) / MOST_CELLS)))
    return Frame(west, south, cell, int((east - west) / cell) + 1, int((north - south) / cell) + 1)


def touched(lines: Any, frame: Frame) -> tuple[Ints, Ints]:
    """Rows and columns of the cells some lines (in metres) run through, some more than once."""
    dense = shapely.get_coordinates(shapely.segmentize(lines, frame.cell / 2))
    column = np.floor((dense[:, 0] - frame.west) / frame.cell).astype(np.int64)
    row = np.floor((dense[:, 1] - frame.south) / frame.cell).astype(np.int64)
    seen = (column >= 0) & (row >= 0) & (column < frame.width) & (row < frame.height)
    return row[seen], column[seen]


def distance_to_lines(lines: Any, frame: Frame) -> Picture:
    """Metres to the nearest of some lines (in metres), up to 16 cells."""
    row, column = touched(lines, frame)
    square = np.full((frame.height, frame.width), (REACH + 1) ** 2, np.int16)
    square[row, column] = 0
    square = _spread(_spread(square, 0), 1)
    metres = np.sqrt(np.minimum(square, REACH**2), dtype=np.float32) * np.float32(frame.cell)
    return Picture(frame.west, frame.south, frame.cell, metres, REACH * frame.cell)


def outside_of(polygons: Any, frame: Frame) -> Picture:
    """0 where some polygon (in metres) covers the middle of the cell, 1 where none does.

    Signed crossings of each row's middle line add up to how many polygons lie there, whether
    they overlap or not.
    """
    start, end = _edges(polygons)
    x0, y0 = start[:, 0], (start[:, 1] - frame.south) / frame.cell - 0.5
    x1, y1 = end[:, 0], (end[:, 1] - frame.south) / frame.cell - 0.5
    low = np.clip(np.ceil(np.minimum(y0, y1)), 0, frame.height).astype(np.int64)
    high = np.clip(np.ceil(np.maximum(y0, y1)), 0, frame.height).astype(np.int64)
    edge = np.repeat(np.arange(len(low)), high - low)
    first = np.repeat(np.cumsum(high - low) - (high - low), high - low)
    row = low[edge] + np.arange(len(edge)) - first
    along = (row - y0[edge]) / (y1[edge] - y0[edge])
    x = x0[edge] + along * (x1[edge] - x0[edge])
    column = np.clip(np.ceil((x - frame.west) / frame.cell - 0.5), 0, frame.width).astype(np.int64)
    change = np.bincount(
        row * (frame.width + 1) + column,
        np.where(y1[edge] < y0[edge], 1, -1),
        frame.height * (frame.width + 1),
    ).reshape(frame.height, -1)
    covered = np.cumsum(change, axis=1)[:, :-1]
    return Picture(frame.west, frame.south, frame.cell, (covered < 0.5).astype(np.float32), 1.0)


def _edges(polygons: Any) -> tuple[Floats, Floats]:
    """Start and end of every edge, ground always to the left, as two (m, 2) arrays."""
    oriented = shapely.orient_polygons(polygons, exterior_cw=False)
    rings = shapely.get_rings(shapely.get_parts(oriented))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    return points[:-1][joined], points[1:][joined]


def _spread(square: NDArray[np.int16], axis: int) -> NDArray[np.int16]:
    """The least squared distance along one axis, given that along the other."""
    least = square.copy()
    ahead, behind = least.swapaxes(0, axis), square.swapaxes(0, axis)
    for step in range(1, REACH + 1):
        away = behind + np.int16(step * step)
        np.minimum(ahead[:-step], away[step:], out=ahead[:-step])
        np.minimum(ahead[step:], away[:-step], out=ahead[step:])
    return least
