"""Where a reference lies: its lines, its outlines, and whether a position is on its ground."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.intake.suspicion import picture
from geodata.space.assign import assigned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.intake.suspicion.facts import Reference

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
AROUND = 5_000.0  # metres about roads that still count as their ground
MARGIN = 1_500.0  # metres of a picture about what it shows


class Ground:
    """A reference, made ready for questions."""

    def __init__(self, reference: Reference) -> None:
        shapes = np.asarray(reference.shapes, object)
        shapes = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
        kind = shapely.get_type_id(shapes)
        self.lines: Any = shapes[np.isin(kind, LINES)]
        self.outlines: Any = shapely.make_valid(shapes[np.isin(kind, POLYGONS)], method="structure")

    def __bool__(self) -> bool:
        return bool(len(self.lines) or len(self.outlines))

    @cached_property
    def plane(self) -> picture.Plane:
        """The plane in metres all pictures lie on."""
        west, south, east, north = shapely.total_bounds(self.polygons)
        return picture.Plane((west + east) / 2, (south + north) / 2)

    @cached_property
    def polygons(self) -> Any:
        """The outlines; where there are none, what lies about the lines."""
        if len(self.outlines):
            return self.outlines
        _, south, _, north = shapely.total_bounds(self.lines)
        hull = shapely.convex_hull(shapely.multilinestrings(shapely.get_parts(self.lines)))
        degrees = AROUND / picture.METRES / np.cos(np.radians((south + north) / 2))
        return np.array([shapely.buffer(hull, degrees)])

    @cached_property
    def frame(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres of what can be compared, with a rim."""
        shapes = self.plane.shapes(np.concatenate([self.lines, self.outlines]))
        west, south, east, north = shapely.total_bounds(shapes)
        return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN

    @cached_property
    def roads(self) -> picture.Picture:
        """How far the nearest line is."""
        lines = self.plane.shapes(self.lines)
        return picture.distance_to_lines(lines, _frame(lines))

    @cached_property
    def edges(self) -> picture.Picture:
        """How far the nearest edge of an outline is."""
        rings = shapely.boundary(self.plane.shapes(self.outlines))
        return picture.distance_to_lines(rings, _frame(rings))

    @cached_property
    def outside(self) -> picture.Picture:
        """1 where there is no outline."""
        polygons = self.plane.shapes(self.polygons)
        return picture.outside_of(polygons, _frame(polygons))

    @cached_property
    def _mixed(self) -> picture.Picture:
        """1 where an edge runs through a cell or a neighbour: only there must be looked closely."""
        polygons = self.plane.shapes(self.polygons)
        marks = np.zeros(self.outside.values.shape, bool)
        marks[picture.touched(shapely.boundary(polygons), _frame(polygons))] = True
        for axis in (0, 1):
            marks = marks | np.roll(marks, 1, axis) | np.roll(marks, -1, axis)
        frame = self.outside
        return picture.Picture(frame.west, frame.south, frame.cell, marks.astype(np.float32), 0.0)

    def holds(self, lon: Floats, lat: Floats) -> Bools:
        """Whether each position (EPSG:4326 degrees) lies on the ground; false for nan and inf."""
        there = np.isfinite(lon) & np.isfinite(lat)
        x, y = self.plane.metres(np.where(there, lon, 0.0), np.where(there, lat, 0.0))
        inside: Bools = there & (self.outside.at(x, y) == 0)
        close = np.flatnonzero(there & (self._mixed.at(x, y) == 1))
        numbers = np.zeros(len(self.polygons), np.int64)
        inside[close] = assigned(lon[close], lat[close], self.polygons, numbers, 1) == 0
        return inside


def _frame(shapes: Any) -> picture.Frame:
    west, south, east, north = shapely.total_bounds(shapes)
    return picture.frame_of((west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN))
