"""A small hand-made Zhangdian of canonical address rows, against which the judged texts are read.

Real names (ids ``R``, ``Q``, ``P``) come from the public facts; what is invented has an id that
starts with ``T``. Numbers, doors and who lies on which road are made for the tests.

Identities tell what they name: quarter ``Q01``, its building ``Q01-3``, unit ``Q01-3-2``, room
``Q01-3-2-501`` (a building without units: ``T44-A-1203``), door ``R21-88``.
"""

from __future__ import annotations

import csv
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = (
    *("id", "code", "province", "city", "county", "town", "community", "grid", "road", "road_no"),
    *("quarter", "building", "unit", "floor", "room", "poi", "level", "lon", "lat", "aliases"),
)
ROOMS = Path(__file__).parent
FACTS = ROOMS.parents[2] / "geodata" / "demo" / "facts"
DISTRICT = {"province": "山东省", "city": "淄博市", "county": "张店区"}

Row = dict[str, str]


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the library, each with all ``COLUMNS`` as text, empty where it says nothing."""
    found = (*_roads(), *_quarters(), *_pois())
    return tuple({**dict.fromkeys(COLUMNS, ""), **DISTRICT, **row} for row in found)


@cache
def by_id() -> dict[str, Row]:
    """The rows by their id."""
    return {row["id"]: row for row in rows()}


@cache
def areas() -> dict[str, str]:
    """Names of the towns (9 digits) and communities (12 digits) by their code."""
    return {row["code"]: row["name"] for name in ("streets", "communities") for row in _facts(name)}


def write(file: Path) -> Path:
    """Write the library as canonical CSV (``utf-8-sig``), as ``import addresses`` takes it."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows())
    return file


def _roads() -> Iterator[Row]:
    for road in _sheet("roads"):
        base = {key: road[key] for key in ("id", "town", "lon", "lat", "aliases")}
        yield {**base, "road": road["name"], "level": "road"}
        for place, number in enumerate(_spread(road["doors"])):
            yield {
                **{**base, "id": f"{road['id']}-{number}", "aliases": ""},
                **{"lat": _moved(road["lat"], place, 0.0001)},
                **{"road": road["name"], "road_no": f"{number}号", "level": "road_no"},
            }


def _quarters() -> Iterator[Row]:
    for place, quarter in enumerate(_sheet("quarters")):
        base = {
            **_within(quarter["community"], place),
            **{key: quarter[key] for key in ("id", "road", "road_no", "aliases")},
            **{"quarter": quarter["name"], "level": "quarter"},
        }
        yield base
        for part in filter(None, quarter["buildings"].split(";")):
            yield from _buildings({**base, "aliases": ""}, *[*part.split("/"), "", ""][:3])


def _buildings(base: Row, numbers: str, units: str, rooms: str) -> Iterator[Row]:
    """Rows of buildings ``1-9`` or ``A-C``, their units, and rooms as ``floors x doors``."""
    for place, number in enumerate(_spread(numbers)):
        building = {
            **{**base, "id": f"{base['id']}-{number}", "level": "building"},
            **{"building": f"{number}{'号楼' if number.isdigit() else '座'}"},
            **{"lon": _moved(base["lon"], place, 0.0004)},
        }
        yield building
        for unit in _spread(f"1-{units}" if units else ""):
            one = {**building, "id": f"{building['id']}-{unit}", "unit": f"{unit}单元"}
            yield {**one, "level": "unit"}
            yield from _rooms_of(one, rooms)
        if not units:
            yield from _rooms_of(building, rooms)


def _rooms_of(base: Row, rooms: str) -> Iterator[Row]:
    floors, doors = (int(part) for part in rooms.split("x")) if rooms else (0, 0)
    for floor, door in product(range(1, floors + 1), range(1, doors + 1)):
        number = f"{floor}{door:02}"
        yield {
            **{**base, "id": f"{base['id']}-{number}", "level": "room"},
            **{"floor": f"{floor}层", "room": f"{number}室"},
        }


def _pois() -> Iterator[Row]:
    for place, poi in enumerate(_sheet("pois")):
        told = {key: poi[key] for key in ("id", "road", "road_no", "aliases", "lon", "lat")}
        yield {**_within(poi["community"], place), **told, "poi": poi["name"], "level": "poi"}


def _within(code: str, place: int) -> Row:
    """Give town, community and grid of an area code, and a made point near the town's seat."""
    seat = next(row for row in _facts("streets") if row["code"] == code[:9])
    lon, lat = float(seat["seat_lon"]), float(seat["seat_lat"])
    point = {
        "lon": f"{lon + (place * 7 % 11 - 5) * 0.002:.6f}",
        "lat": f"{lat + (place * 5 % 9 - 4) * 0.002:.6f}",
    }
    town = {**point, "town": seat["name"]}
    return {**town, "community": areas()[code], "grid": f"{code}001"} if len(code) > 9 else town


def _spread(numbers: str) -> Iterator[str]:
    """Give the numbers of ``1-3,7,88-1,A-C``; where the second is the smaller, it is one number."""
    for part in filter(None, numbers.split(",")):
        first, _, last = part.partition("-")
        if first.isdigit() and last.isdigit() and int(first) <= int(last):
            yield from map(str, range(int(first), int(last) + 1))
        elif last.isalpha():
            yield from map(chr, range(ord(first), ord(last) + 1))
        else:
            yield part


def _moved(degrees: str, place: int, step: float) -> str:
    return f"{float(degrees) + place * step:.6f}"


@cache
def _sheet(name: str) -> tuple[Row, ...]:
    return tuple(_read(ROOMS / f"{name}.csv"))


@cache
def _facts(name: str) -> tuple[Row, ...]:
    return tuple(_read(FACTS / f"{name}.csv"))


def _read(file: Path) -> Iterable[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
