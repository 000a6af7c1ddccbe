"""Places people name without an address: landmarks, crossings, barbecue streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.doors import inside
from geodata.demo.markets import smoke_sites
from geodata.demo.outline import outline
from geodata.demo.partition import District
from geodata.demo.phrasebook import sentences
from geodata.demo.plane import Floats, Ints, to_plane
from geodata.demo.pois import other_names
from geodata.demo.sheets import numbers, sheet

BIG = ("快速路", "主干道", "次干道")
CROWDED = ("八大局便民市场", "牧羊村烧烤", "海岱楼", "淄博站", "齐盛湖公园", "市民广场")
SIDES = {"东": (70, 0), "南": (0, -70), "西": (-70, 0), "北": (0, 70)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Named places, n of them: the words, point (n, 2) in metres, grid, and how far words reach.

    ``kind`` is 0 for landmarks and crossings, 1 for barbecue places, 2 for crowded sights;
    ``power`` is how often one is named among its kind; ``reach`` is metres.
    """

    text: list[str]
    point: Floats
    grid: Ints
    kind: Ints
    power: Floats
    reach: Floats


def spots(place: District) -> Spots:
    """Collect the spots that lie inside the district."""
    found = [*_landmarks(), *_crossings(place), *_barbecues(place), *_sights()]
    text, points, kind, power, reach = zip(*found, strict=True)
    point = np.array(points)
    grid = inside(place, point)
    rim = shapely.transform(outline(), to_plane).boundary
    room = shapely.distance(shapely.points(point), rim) > 3.2 * np.array(reach)
    kept = np.flatnonzero((grid >= 0) & room)
    return Spots(
        text=[text[k] for k in kept],
        point=point[kept],
        grid=grid[kept],
        kind=np.array(kind)[kept],
        power=np.array(power)[kept],
        reach=np.array(reach, float)[kept],
    )


Spot = tuple[str, Any, int, float, float]


def _said(name: str) -> str:
    return other_names().get(name, name).split("|")[0]


def _moved(point: Floats, phrase: str) -> Floats:
    side = next((SIDES[letter] for letter in phrase if letter in SIDES), (0, 0))
    return point + side


def _landmarks() -> list[Spot]:
    points = to_plane(numbers("facts/landmarks", "lon", "lat"))
    return [
        (phrase.format(_said(row["name"])), _moved(point, phrase[2:]), 0, 1.0, 15)
        for row, point in zip(sheet("facts/landmarks"), points, strict=True)
        for phrase in sentences("landmark_said")
    ]


def _crossings(place: District) -> list[Spot]:
    """Where two bigger roads cross."""
    roads = [road for road in place.roads if road.grade in BIG]
    lines = [shapely.LineString(road.line) for road in roads]
    one, two = shapely.STRtree(lines).query(lines, predicate="crosses")
    pairs = [(a, b) for a, b in zip(one, two, strict=True) if a < b]
    meeting = [shapely.get_coordinates(lines[a].intersection(lines[b]))[0] for a, b in pairs]
    return [
        (phrase.format(roads[a].name, roads[b].name), point, 0, 0.6, 12)
        for (a, b), point in zip(pairs, meeting, strict=True)
        for phrase in sentences("crossing_said")
    ]


def _barbecues(place: District) -> list[Spot]:
    names, middles, power = smoke_sites(place)
    return [
        (_grilled(phrase, name), _moved(middle, phrase[2:]), 1, strong, reach / 3)
        for name, middle, (strong, reach) in zip(names, middles, power, strict=True)
        for phrase in sentences("smoke_said")
    ]


def _grilled(phrase: str, name: str) -> str:
    return phrase.format(name).replace("烧烤烧烤", "烧烤")


def _sights() -> list[Spot]:
    points = to_plane(numbers("facts/landmarks", "lon", "lat"))
    return [
        (phrase.format(_said(row["name"])), point, 2, 3.0 if "八大局" in row["name"] else 1.0, 45)
        for row, point in zip(sheet("facts/landmarks"), points, strict=True)
        if row["name"] in CROWDED
        for phrase in sentences("crowd_said")
    ]
