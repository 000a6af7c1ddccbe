"""Which area a point lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CHUNK = 250_000


def assigned(lon: Floats, lat: Floats, polygons: Any, numbers: Ints, nowhere: int) -> Ints:
    """Number of the polygon that holds each point.

    Parameters
    ----------
    lon, lat : arrays of float
        EPSG:4326 degrees; nan = no place.
    polygons : array of shapely geometries
        In the same degrees. A point on a shared edge belongs to the lowest number.
    numbers : array of int
        The number of each polygon.
    nowhere : int
        What a point outside all polygons gets.
    """
    shapely.prepare(polygons)
    # The same doors are named again and again: each point is asked for once.
    spots, spot = np.unique(lon + 1j * lat, return_inverse=True)
    found = np.full(len(spots), np.iinfo(np.int64).max)
    for start in range(0, len(spots), CHUNK):
        part = spots[start : start + CHUNK]
        points = shapely.points(part.real, part.imag)
        points[~np.isfinite(part)] = None
        # The tree holds the points, so that each polygon is asked once, prepared.
        polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
        np.minimum.at(found, start + point, numbers[polygon])
    return np.asarray(np.where(found == np.iinfo(np.int64).max, nowhere, found)[spot])
