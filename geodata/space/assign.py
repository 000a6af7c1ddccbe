"""Which area a point lies in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

from geodata.space.mosaic import mosaic

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Way: TypeAlias = Callable[[Floats, Floats], Ints]

NONE = int(np.iinfo(np.int64).max)
SURFACES = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
CHUNK = 500_000
LEAST, MOST = 8, 512  # cells of a mosaic each way


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
    way = _way(polygons, numbers, len(lon))
    parts = [slice(at, at + CHUNK) for at in range(0, len(lon), CHUNK)]
    found = np.concatenate([way(lon[part], lat[part]) for part in parts] or [np.empty(0, int)])
    return np.asarray(np.where(found == NONE, nowhere, found))


def _way(polygons: Any, numbers: Ints, count: int) -> Way:
    """The faster way for so many points: a mosaic costs as much as a point for each vertex."""
    is_many = 0 < np.sum(shapely.get_num_coordinates(polygons)) < count
    if is_many and np.isin(shapely.get_type_id(polygons), SURFACES).all():
        side = int(np.clip(np.sqrt(count) / 2, LEAST, MOST))
        return mosaic(polygons, numbers, NONE, side).lowest
    return partial(_by_tree, polygons, numbers)


def _by_tree(polygons: Any, numbers: Ints, lon: Floats, lat: Floats) -> Ints:
    found = np.full(len(lon), NONE)
    points = shapely.points(lon, lat)
    points[~np.isfinite(lon + lat)] = None
    # The tree holds the points, so that each polygon is asked once, prepared.
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    np.minimum.at(found, point, numbers[polygon])
    return found
