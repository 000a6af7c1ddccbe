"""A local plane in metres, so that the generator can think in metres without a projection library.

Equirectangular around the middle of the district on the WGS84 ellipsoid; over its 25 km a length is
off by less than 0.2 %. Shapes are made here and handed over in EPSG:4326 degrees.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ORIGIN = (118.06, 36.81)  # lon, lat
GRID = 1e-7  # degrees; about a centimetre: every corner of an area lies on this grid

_LAT = math.radians(ORIGIN[1])
# Metres in a degree at the origin: series of the WGS84 ellipsoid.
METRES = np.array(
    [
        111412.84 * math.cos(_LAT) - 93.5 * math.cos(3 * _LAT) + 0.118 * math.cos(5 * _LAT),
        111132.954 - 559.822 * math.cos(2 * _LAT) + 1.175 * math.cos(4 * _LAT),
    ]
)


def to_plane(degrees: Any) -> Floats:
    """Lon, lat in degrees, shape (n, 2), as east and north of the origin in metres."""
    return np.asarray((np.asarray(degrees, np.float64) - ORIGIN) * METRES)


def to_degrees(metres: Any) -> Floats:
    """East and north in metres, shape (n, 2), as lon, lat on the grid of all corners."""
    return np.asarray(np.round(np.asarray(metres, np.float64) / METRES + ORIGIN, 7))


def length(line: Floats) -> Floats:
    """Metres from the first vertex to each vertex of a line, shape (n,)."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def along(line: Floats, metres: Any) -> tuple[Floats, Floats]:
    """Points at distances along a line and the unit vectors of the way, each (n, 2)."""
    at = length(line)
    metres = np.asarray(metres, np.float64)
    part = np.clip(np.searchsorted(at, metres, side="right") - 1, 0, len(line) - 2)
    steps = np.diff(line, axis=0) / np.diff(at)[:, None]
    return line[part] + steps[part] * (metres - at[part])[:, None], steps[part]


def rectangles(centre: Floats, way: Floats, long: Any, wide: Any) -> Floats:
    """Corners (n, 5, 2) of rectangles about centres, ``long`` metres along the unit vector."""
    half_long = way * (np.asarray(long, np.float64) / 2).reshape(-1, 1)
    half_wide = way[:, ::-1] * [-1, 1] * (np.asarray(wide, np.float64) / 2).reshape(-1, 1)
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return np.stack([centre + a * half_long + b * half_wide for a, b in signs], axis=1)


def gentle(corners: Floats, rng: np.random.Generator, sway: float, step: float) -> Floats:
    """Redraw a line with soft bends, a vertex each ``step`` metres.

    It sways ``sway`` metres aside at most, and 3 % of its length; the ends stay where they are.
    """
    at = length(corners)
    n = max(int(at[-1] / step), 2)
    spots = np.union1d(np.linspace(0, at[-1], n + 1), at)
    points, way = along(corners, spots)
    part = spots / at[-1]
    waves = np.arange(1, 4)
    size = rng.uniform(-1, 1, 3) / waves
    turns = max(at[-1] / 4500, 1.0)
    aside = np.sin(np.pi * part[:, None] * waves * turns + rng.uniform(0, 6, 3)) @ size
    aside *= min(sway, at[-1] * 0.03) / 1.5 * np.minimum(np.minimum(part, 1 - part) * 6, 1)
    return np.asarray(points + way[:, ::-1] * [-1, 1] * aside[:, None])
