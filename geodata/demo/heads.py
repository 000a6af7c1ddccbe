"""What others are part of and what is called by its own name: towns, communities and roads."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.demo.book import COMMUNITIES, COMMUNITY, GRIDS, ROAD, TOWN, TOWNS, Lot, joined, lot
from geodata.demo.doors import Doors, all_of, inside
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints
from geodata.demo.runs import starts


def head_rows(place: District, main: Doors, village: Lot) -> Lot:
    """Give a row for every town, every community and every road that has doors.

    ``main`` are the doors of the roads' whole length, whether the book has rows of them or not;
    ``village`` are the rows of those on lanes.
    """
    lanes = Doors(road=village.road, number=village.number, point=village.point)
    return joined([_area_rows(place), _road_rows(place, all_of(main, lanes))])


def _area_rows(place: District) -> Lot:
    """At a grid in the middle of each area."""
    return joined(
        [
            _areas(place, TOWN, _middle(place, place.street), COMMUNITIES),
            _areas(place, COMMUNITY, _middle(place, place.community), GRIDS),
        ]
    )


def _areas(place: District, kind: int, grid: Ints, spans: int) -> Lot:
    widest = shapely.maximum_inscribed_circle(place.grids[grid], 10.0)
    point = shapely.get_coordinates(shapely.get_point(widest, 0))
    return lot(kind, grid, point, spans=np.full(len(grid), spans))


def _road_rows(place: District, doors: Doors) -> Lot:
    """Near the middle of each road, which names an area only if it runs through no other."""
    grid = inside(place, doors.point)
    doors, grid = doors.take(grid >= 0), grid[grid >= 0]
    road, point = _halfway(doors)
    spans = _spans(place, doors.road, grid)[road]
    at = inside(place, point)
    kept = np.flatnonzero(at >= 0)
    return lot(ROAD, at[kept], point[kept], road=road[kept], spans=spans[kept])


def _middle(place: District, group: Ints) -> Ints:
    """Give the grid of each group that lies nearest to its middle."""
    centre = shapely.get_coordinates(shapely.centroid(place.grids))
    count = np.bincount(group)
    mean = np.stack([np.bincount(group, axis) / count for axis in centre.T], axis=1)
    order = np.lexsort((np.hypot(*(centre - mean[group]).T), group))
    return order[starts(group[order])]


def _halfway(doors: Doors) -> tuple[Ints, Floats]:
    """Give every road once, with the point between the doors that face each other in its middle."""
    key = doors.road.astype(np.int64) * 1_000_000 + (doors.number - 1) // 2
    pair, which = np.unique(key, return_inverse=True)
    count = np.bincount(which)
    point = np.stack([np.bincount(which, axis) / count for axis in doors.point.T], axis=1)
    road = pair // 1_000_000
    # Where there are pairs, a door that faces none is no middle.
    order = np.lexsort((pair, -count, road))
    start = starts(road[order])
    paired = np.maximum(np.add.reduceat((count == 2)[order], start), 1)
    middle = order[start + paired // 2]
    return road[middle], point[middle]


def _spans(place: District, road: Ints, grid: Ints) -> Ints:
    """Of what each road has several, by the grids of its doors: places of the words in ``book``."""
    spans = np.zeros(road.max() + 1, int)
    whole = ((GRIDS, grid), (COMMUNITIES, place.community[grid]), (TOWNS, place.street[grid]))
    for several, area in whole:
        low, high = np.full(len(spans), len(place.codes)), np.full(len(spans), -1)
        np.minimum.at(low, road, area)
        np.maximum.at(high, road, area)
        spans[low < high] = several
    return spans
