"""A file's things as points that can be moved: what of them is compared with a reference."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SEED = 370303
MOST_POINTS = 3_000
MOST_THINGS = 400
MOST_INSIDE = 16_000
BLOCK = 500.0  # metres: what lies in one block is one witness
SITE_KM2 = 4.0  # a larger polygon is an area: roads run through it
EDGE = 12.0  # metres a road may cut into a site: its own width, and the drawing


@dataclass(frozen=True)
class Samples:
    """Points in metres, one witness after the other; ``first`` is where each begins."""

    x: Floats
    y: Floats
    first: Ints

    @property
    def count(self) -> int:
        """How many witnesses there are."""
        return len(self.first)

    @cached_property
    def sizes(self) -> Ints:
        """How many points each witness has."""
        return np.diff(self.first, append=len(self.x))


def points(x: Floats, y: Floats) -> Samples:
    """Distinct points, some thousands at most, each block of 500 m one witness."""
    spots = x + 1j * y
    # A door named again is no new witness; a tenfold sample is enough to see that.
    spots = np.unique(_some(spots[np.isfinite(spots)], 10 * MOST_POINTS))
    spots = _some(spots, MOST_POINTS)
    return _by_block(spots.real, spots.imag)


def along(shapes: Any) -> Samples:
    """Points along lines or the edges of polygons, evenly, some thousands at most."""
    lines = shapely.get_parts(_as_lines(shapes))
    length = float(shapely.length(lines).sum())
    step = max(20.0, length / MOST_POINTS)
    dense = shapely.get_coordinates(shapely.segmentize(lines, step))
    return points(dense[:, 0], dense[:, 1])


def inside(sites: Any, margin: float = EDGE) -> Samples:
    """Points inside polygons, a margin away from their edges; each polygon is one witness."""
    kept = _some(shapely.buffer(sites, -margin), MOST_THINGS)
    kept = kept[~shapely.is_empty(kept)]
    step = max(10.0, float(np.sqrt(shapely.area(kept).sum() / MOST_INSIDE)))
    parts = [part for part in (_lattice(site, step) for site in kept) if len(part)]
    sizes = np.array([0, *map(len, parts)])
    spots = np.concatenate([*parts, np.empty((0, 2))])
    return Samples(spots[:, 0], spots[:, 1], np.cumsum(sizes)[:-1])


def _lattice(site: Any, step: float) -> Floats:
    """Points every ``step`` metres in a polygon, as an (m, 2) array."""
    west, south, east, north = shapely.bounds(site)
    x, y = np.meshgrid(
        np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
    )
    shapely.prepare(site)
    within = shapely.contains_xy(site, x.ravel(), y.ravel())
    return np.column_stack([x.ravel()[within], y.ravel()[within]])


def _as_lines(shapes: Any) -> Any:
    ground = np.isin(shapely.get_type_id(shapes), [3, 6])
    return np.where(ground, shapely.boundary(shapes), shapes)


def _by_block(x: Floats, y: Floats) -> Samples:
    block = np.floor(x / BLOCK) + 1j * np.floor(y / BLOCK)
    order = np.argsort(block, kind="stable")
    _, first = np.unique(block[order], return_index=True)
    return Samples(x[order], y[order], first)


def _some(things: Any, most: int) -> Any:
    """At most so many, the same ones every time."""
    if len(things) <= most:
        return things
    return things[np.random.default_rng(SEED).choice(len(things), most, replace=False)]
