"""Door numbers along the roads, rising from the start, odd on the left and even on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.book import DOOR, Lot, lot
from geodata.demo.lanes import GRADE
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints, along, to_degrees
from geodata.demo.roads import Road

SPACING = {GRADE: 17.0}  # metres between doors of one side; other grades: 25
SETBACK = {"快速路": 38.0, "主干道": 28.0, "次干道": 20.0, "支路": 14.0, GRADE: 8.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Doors, n of them: road (a place in the list of names), number, point (n, 2) in metres."""

    road: Ints
    number: Ints
    point: Floats

    def take(self, which: Any) -> Doors:
        """Give some of the doors."""
        return Doors(road=self.road[which], number=self.number[which], point=self.point[which])


def all_of(*lots: Doors) -> Doors:
    """Give the doors of several lots, one after the other."""
    return Doors(
        road=np.concatenate([lot.road for lot in lots]),
        number=np.concatenate([lot.number for lot in lots]),
        point=np.concatenate([lot.point for lot in lots]),
    )


def road_names(roads: list[Road]) -> list[str]:
    """Names of roads, each once, in order of their first part."""
    return list(dict.fromkeys(road.name for road in roads))


def doors(roads: list[Road]) -> Doors:
    """Number both sides of every road; parts of one name go on where the part before ended."""
    names = {name: n for n, name in enumerate(road_names(roads))}
    used = dict.fromkeys(names, 0)
    found = []
    for road in _in_order(roads):
        part = _part(road, names[road.name], used[road.name])
        used[road.name] += len(part.number) // 2
        found.append(part)
    return all_of(*found)


def _in_order(roads: list[Road]) -> list[Road]:
    """Parts of one name in the order in which they follow each other along its longest part."""
    longest: dict[str, Road] = {}
    for road in sorted(roads, key=lambda road: road.metres):
        longest[road.name] = road

    def beginning(road: Road) -> float:
        line = longest[road.name].line
        return float(road.line[0] @ (line[-1] - line[0]))

    return sorted(roads, key=beginning)


def _part(road: Road, name: int, before: int) -> Doors:
    metres = np.arange(12.0, road.metres - 8, SPACING.get(road.grade, 25.0))
    point, way = along(road.line, metres)
    aside = way[:, ::-1] * [-1, 1] * SETBACK[road.grade]
    number = 2 * (before + np.arange(len(metres)))
    return Doors(
        road=np.full(2 * len(metres), name),
        number=np.concatenate([number + 1, number + 2]),
        point=np.concatenate([point + aside, point - aside]),
    )


def inside(place: District, points: Floats) -> Ints:
    """Row of the grid each point lies in; -1 outside the district."""
    spots = shapely.points(to_degrees(points))
    at, grid = shapely.STRtree(place.mapped).query(spots, predicate="within")
    found = np.full(len(points), -1)
    found[at] = grid
    return found


def door_rows(place: District, chosen: Doors) -> Lot:
    """Give rows for doors that lie in a grid."""
    grid = inside(place, chosen.point)
    kept = np.flatnonzero(grid >= 0)
    part = chosen.take(kept)
    return lot(DOOR, grid[kept], part.point, road=part.road, number=part.number)
