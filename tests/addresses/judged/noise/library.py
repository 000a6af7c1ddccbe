"""The invented district as one table of canonical rows, every room explicit."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tests.addresses.judged.noise import names as named
from tests.addresses.judged.noise.stock import Stock, stock

TEXT = (
    *("id", "code", "province", "city", "county", "town", "community", "grid", "road", "road_no"),
    *("quarter", "building", "unit", "floor", "room", "poi", "level"),
)
DISTRICT = {"province": "山东省", "city": "淄博市", "county": "张店区"}


def library(rooms: int = 1_500_000, seed: int = 7) -> pa.Table:
    """Give canonical rows with at least ``rooms`` rooms (over by less than one building).

    Columns of the house, text all but ``lon`` and ``lat`` (float64, EPSG:4326); empty text where
    a row says nothing. Below 1.4 million rooms there are fewer compounds and shops.
    """
    draw = Random(seed)
    scale = min(1.0, max(0.05, rooms / 1_500_000))
    roads = _roads(named.roads(round(300 * max(scale, 0.3)), draw), draw)
    quarters = _quarters(round(2_400 * scale), roads, draw)
    shops = _shops(round(6_000 * scale), roads, draw)
    doors = _doors(roads, [*quarters, *shops], draw)
    held = stock(len(quarters), rooms, np.random.default_rng(seed))
    parts = [_small([*roads, *doors, *quarters, *shops]), _below(quarters, held)]
    return pa.concat_tables(parts)


def _roads(names: list[str], draw: Random) -> list[dict[str, Any]]:
    towns = sorted(named.seats())
    found = []
    for n, name in enumerate(names):
        town = draw.choice(towns) if name.endswith("巷") else ""
        found.append(_row(f"S{n:03}", "road", town or draw.choice(towns), draw, road=name))
        found[-1]["town"] = town
    return found


def _quarters(count: int, roads: list[dict[str, Any]], draw: Random) -> list[dict[str, Any]]:
    """Give compounds; zones of one name share town, community and road, homonyms never the town."""
    given = named.compounds(count, draw)
    found: list[dict[str, Any]] = []
    for n, (name, alias, group) in enumerate(
        zip(given.names, given.aliases, given.group, strict=True)
    ):
        twin = found[-1] if n and given.group[n - 1] == group else None
        zone = twin is not None and twin["quarter"] != name
        row = _placed(f"C{n:04}", "quarter", None if zone else twin, roads, draw, quarter=name)
        if zone and twin:
            row |= {key: twin[key] for key in ("town", "community", "grid", "road", "road_no")}
        found.append(row | {"aliases": alias})
    return found


def _shops(count: int, roads: list[dict[str, Any]], draw: Random) -> list[dict[str, Any]]:
    given = named.shops(count, [road["road"] for road in roads], draw)
    found: list[dict[str, Any]] = []
    for n, (name, group) in enumerate(zip(given.names, given.group, strict=True)):
        twin = found[-1] if n and given.group[n - 1] == group else None
        found.append(_placed(f"K{n:04}", "poi", twin, roads, draw, poi=name))
    return found


def _placed(
    code: str,
    level: str,
    apart: dict[str, Any] | None,
    roads: list[dict[str, Any]],
    draw: Random,
    **told: str,
) -> dict[str, Any]:
    """Place a row in a community, most on a road, some at a door; apart from a row of its name."""
    places = named.places()
    town, community = draw.choice(places)
    road = draw.choice(roads)
    while apart and town == apart["town"]:
        town, community = draw.choice(places)
    while road["town"] not in ("", town) or (apart and road["road"] == apart["road"]):
        road = draw.choice(roads)
    row = _row(code, level, town, draw, **told)
    row |= {"community": community, "grid": f"{_CODES[town, community]}001"}
    if draw.random() < (0.7 if level == "quarter" else 0.9):
        row["road"] = road["road"]
        if draw.random() < (0.3 if level == "quarter" else 0.8):
            row["road_no"] = f"{draw.randint(1, 300)}号"
    return row


def _doors(
    roads: list[dict[str, Any]], used: list[dict[str, Any]], draw: Random
) -> list[dict[str, Any]]:
    """Give the doors of every road: some in order, those that others lie at, a few with 之."""
    numbers: dict[str, set[str]] = {row["road"]: set() for row in roads}
    for road in numbers:
        top = draw.choice((20, 60, 120, 300))
        numbers[road] |= {f"{n}号" for n in range(1, top + 1) if draw.random() < 0.6}
        numbers[road] |= {f"{draw.randint(1, top)}-{draw.randint(1, 3)}号" for _ in range(2)}
    for row in used:
        if row["road_no"]:
            numbers[row["road"]].add(row["road_no"])
    return [
        road | {"id": f"{road['id']}-{number[:-1]}", "level": "road_no", "road_no": number}
        for road in roads
        for number in sorted(numbers[road["road"]])
    ]


def _row(code: str, level: str, town: str, draw: Random, **told: str) -> dict[str, Any]:
    lon, lat = _SEATS[town]
    return {
        **dict.fromkeys(TEXT, ""),
        **DISTRICT,
        **{"id": code, "level": level, "town": town, **told},
        **{"lon": round(lon + draw.uniform(-0.02, 0.02), 6)},
        **{"lat": round(lat + draw.uniform(-0.01, 0.01), 6), "aliases": ""},
    }


def _small(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _below(quarters: list[dict[str, Any]], held: Stock) -> pa.Table:
    """Give buildings, units and rooms, with what their compound says."""
    above = _small(quarters).take(pa.array(held.quarter))
    building = _words([*_numbers(60, "号楼"), *[f"{letter}座" for letter in "ABCDEFGH"]])
    level = _words(["building", "unit", "room"])
    made = {
        "id": _ids(above["id"], held),
        "building": building.take(pa.array(held.building)),
        "unit": _words(_numbers(9, "单元")).take(pa.array(held.unit)),
        "floor": _words(_numbers(40, "层")).take(pa.array(held.floor)),
        "room": _words(_numbers(4_099, "室")).take(pa.array(held.room)),
        "level": level.take(pa.array(held.level)),
        "lon": pc.add(above["lon"], pa.array(held.building * 0.0002)),
        "aliases": pa.array(np.zeros(len(held.level), "S1")).cast(pa.string()),
    }
    columns = [made.get(name, above[name] if name not in made else None) for name in _SCHEMA.names]
    return pa.Table.from_arrays(columns, schema=_SCHEMA)


def _ids(quarter: pa.ChunkedArray, held: Stock) -> pa.ChunkedArray:
    """Give ids such as ``C0012-3-2-501``; a part that is not told is left out."""
    building = _words([*map(str, range(61)), *"ABCDEFGH"]).take(pa.array(held.building))
    tails = (_tail(held.unit), _tail(held.room))
    return pc.binary_join_element_wise(
        pc.binary_join_element_wise(quarter, building, "-"), *tails, ""
    )


def _tail(numbers: NDArray[np.int64]) -> pa.Array:
    return _words(["", *(f"-{n}" for n in range(1, 4_100))]).take(pa.array(numbers))


def _numbers(top: int, after: str) -> list[str]:
    return ["", *(f"{n}{after}" for n in range(1, top + 1))]


def _words(words: list[str]) -> pa.Array:
    return pa.array(words, pa.string())


_SEATS = named.seats()
_CODES = named.codes()
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in TEXT),
        *(("lon", pa.float64()), ("lat", pa.float64()), ("aliases", pa.string())),
    ]
)
