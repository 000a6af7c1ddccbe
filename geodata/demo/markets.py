"""Invented tidal markets (潮汐市场) beside the main roads, and seven real night-economy areas.

The night-economy areas have real names, hours and operators; where they lie is known only in words,
so they are marked approximate. They are never called tidal markets.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.demo.doors import SETBACK, inside
from geodata.demo.partition import District
from geodata.demo.plane import Floats, along, rectangles, to_degrees, to_plane
from geodata.demo.roads import Road
from geodata.demo.sheets import column, numbers, sheet
from geodata.store.schema import MARKETS

NIGHT_ECONOMY = "夜间经济"
SIDES = {"L": 1, "R": -1}  # of the way of the road
STEPS = [sign * step / 100 for step in range(0, 20, 2) for sign in (1, -1)]


def markets(place: District) -> pa.Table:
    """Give the markets in the schema ``MARKETS``; the invented ones come first."""
    rows = [*_tidal(place), *_night_economy()]
    return pa.Table.from_pylist(rows, schema=MARKETS)


def spot(roads: list[Road], name: str, part: float) -> tuple[Floats, Floats, Road]:
    """Point (1, 2) at a share of a main road's longest part, and the unit vector of its way."""
    road = max((road for road in roads if road.name == name), key=lambda road: road.metres)
    point, way = along(road.line, [road.metres * part])
    return point, way, road


def _tidal(place: District) -> list[dict[str, Any]]:
    return [_site(place, n, row) for n, row in enumerate(sheet("phrases/tidal_markets"), start=1)]


def _site(place: District, n: int, row: dict[str, str]) -> dict[str, Any]:
    """Lay the market out as a strip beside its road, with a pavement between."""
    middle, way, strip = _strip(place.roads, row)
    side = SIDES[row["side"]]
    lon, lat = to_degrees(middle)[0]
    town = column("facts/streets", "name")[place.street[inside(place, middle)[0]]]
    side_word = _side_word(way[0], side)
    return {
        "id": f"TM{n:03d}",
        "name": row["name"],
        "kind": row["kind"],
        "windows": row["windows"],
        "stalls": int(row["stalls"]),
        "address": f"张店区{town}{row['road']}{side_word}",
        "lon": lon,
        "lat": lat,
        "geometry": shapely.to_wkb(shapely.Polygon(to_degrees(strip))),
        "operator": f"{town}综合行政执法办公室",
        "name_en": row["name_en"],
        "approximate": False,
        "is_demo": True,
    }


def _strip(roads: list[Road], row: dict[str, str]) -> tuple[Floats, Floats, Floats]:
    """Middle (1, 2), way (1, 2) and corners (5, 2) of a site near the wished part of its road.

    It is moved along the road until it lies across no other main road.
    """
    lines = np.array([shapely.LineString(road.line) for road in roads])
    for step in STEPS:
        point, way, road = spot(roads, row["road"], float(row["part"]) + step)
        aside = SETBACK[road.grade] - 6 + float(row["wide"]) / 2
        middle = point + way[:, ::-1] * [-1, 1] * SIDES[row["side"]] * aside
        strip = rectangles(middle, way, float(row["long"]), float(row["wide"]))[0]
        if not shapely.intersects(shapely.Polygon(strip), lines).any():
            break
    return middle, way, strip


def _side_word(way: Floats, side: int) -> str:
    """Which side of the road, in words, that is left (1) or right (-1) of its way."""
    east, north = np.array([-way[1], way[0]]) * side
    if abs(east) > abs(north):
        return "东侧" if east > 0 else "西侧"
    return "北侧" if north > 0 else "南侧"


def _night_economy() -> list[dict[str, Any]]:
    return [
        {
            "id": f"NE{n:03d}",
            "name": row["name"],
            "kind": NIGHT_ECONOMY,
            "windows": row["windows"],
            "stalls": None,
            "address": row["bounds"],
            "lon": float(row["lon"]),
            "lat": float(row["lat"]),
            "geometry": None,
            "operator": row["operator"] or None,
            "name_en": row["name_en"],
            "approximate": True,
            "is_demo": False,
        }
        for n, row in enumerate(sheet("facts/night_economy"), start=1)
    ]


def smoke_sites(place: District) -> tuple[list[str], Floats, Floats]:
    """Names, middles (n, 2) in metres, and strength with radius (n, 2) of the barbecue places."""
    known = {
        "landmark": dict(zip(column("facts/landmarks", "name"),
                             numbers("facts/landmarks", "lon", "lat"), strict=True)),
        "night": dict(zip(column("facts/night_economy", "name"),
                          numbers("facts/night_economy", "lon", "lat"), strict=True)),
    }  # fmt: skip
    rows = sheet("phrases/smoke_sites")
    middles = [
        spot(place.roads, row["road"], float(row["part"]))[0][0]
        if row["of"] == "road"
        else to_plane([known[row["of"]][row["road"]]])[0]
        for row in rows
    ]
    power = np.asarray(numbers("phrases/smoke_sites", "strength", "radius_m"))
    return [row["name"] for row in rows], np.asarray(middles), power
