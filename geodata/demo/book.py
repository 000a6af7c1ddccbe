"""The address book: every standard address as a row of small numbers, spelled out on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.demo.plane import Floats, Ints, to_degrees
from geodata.demo.runs import count_up
from geodata.demo.sheets import column
from geodata.store.schema import ADDRESSES

KINDS = ("quarter", "building", "unit", "room", "road_no", "poi", "road", "community", "town")
QUARTER, BUILDING, UNIT, ROOM, DOOR, POI, ROAD, COMMUNITY, TOWN = range(9)
# Of the point of each kind, as a survey would say; a whole road or area lies at no one point.
ACCURACY_M = (50.0, 10.0, 5.0, 5.0, 5.0, 10.0, None, None, None)
GRIDS, COMMUNITIES, TOWNS = 1, 2, 3  # of which a row may span several
CHUNK = 100_000
NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Addresses, n of them; numbers that do not apply are -1.

    ``kind`` counts in ``KINDS``; ``grid`` is the row of the grid the point lies in; ``point``
    (n, 2) is in metres; ``spans`` says of what the address spans several, which its row leaves
    blank, with all that is finer; ``quarter``, ``road``, ``poi`` are places in the lists of names;
    ``number`` is the door number.
    """

    kind: Ints
    grid: Ints
    spans: Ints
    point: Floats
    quarter: Ints
    road: Ints
    poi: Ints
    number: Ints
    building: Ints
    unit: Ints
    floor: Ints
    room: Ints

    def __len__(self) -> int:
        return len(self.kind)

    def take(self, which: Any) -> Lot:
        """Give some of the addresses."""
        return Lot(**{f.name: getattr(self, f.name)[which] for f in fields(self)})


def lot(kind: int, grid: Ints, point: Floats, **more: Ints) -> Lot:
    """Make addresses of one kind; what is not given does not apply."""
    n = len(grid)
    columns: dict[str, Any] = {f.name: np.full(n, NONE, np.int32) for f in fields(Lot)}
    columns |= {name: np.asarray(values, np.int32) for name, values in more.items()}
    columns |= {"kind": np.full(n, kind, np.int8), "grid": grid, "point": point}
    return Lot(**columns)


def joined(lots: list[Lot]) -> Lot:
    """Give the addresses of several lots, one after the other."""
    return Lot(**{f.name: np.concatenate([getattr(x, f.name) for x in lots]) for f in fields(Lot)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All addresses with the names they refer to.

    ``…_aliases`` are other names, separated by ``|``; ``nicknames`` what people call a quarter and
    the book does not know; ``former`` and ``since`` what a road was called, and until which day.
    ``codes``, ``community`` and ``street`` tell of each grid its code and its rows in the facts.
    """

    rows: Lot
    quarters: list[str]
    quarter_aliases: list[str | None]
    nicknames: list[str | None]
    roads: list[str]
    former: list[str | None]
    since: list[dt.date | None]
    pois: list[str]
    poi_aliases: list[str | None]
    codes: Any
    community: Ints
    street: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def tables(self) -> Iterator[pa.Table]:
        """Spell the book out in the schema ``ADDRESSES``, in chunks."""
        serial = self._serials()
        for start in range(0, len(self), CHUNK):
            yield self._table(np.arange(start, min(start + CHUNK, len(self))), serial)

    def before(self) -> pa.Table:
        """Spell out how the renamed roads stood in the book before: the same ids, the old names."""
        renamed = np.array([name is not None for name in self.former])
        which = np.flatnonzero((self.rows.kind == ROAD) & renamed[self.rows.road])
        roads = [old or new for old, new in zip(self.former, self.roads, strict=True)]
        earlier = replace(self, roads=roads, since=[None] * len(roads))
        return earlier._table(which, self._serials())

    def ids(self, which: Ints) -> pa.Array:
        """Identifiers of rows; null for -1."""
        number = pa.array(which + 1, mask=which < 0)
        digits = pc.utf8_lpad(pc.cast(number, pa.string()), 9, "0")
        return pc.binary_join_element_wise("ZD", digits, "")

    def _serials(self) -> Ints:
        """Count each grid's addresses of each kind from 1."""
        group = self.rows.grid.astype(np.int64) * len(KINDS) + self.rows.kind
        return count_up(group)

    def _table(self, which: Ints, serial: Ints) -> pa.Table:
        rows = self.rows.take(which)
        lon, lat = to_degrees(rows.point).T
        grid, spans = named(list(self.codes), rows.grid), rows.spans
        street, community = self.street[rows.grid], self.community[rows.grid]
        since = np.where(rows.kind == ROAD, rows.road, NONE)
        columns = {
            "id": self.ids(which),
            "code": _code(grid, rows.kind, serial[which]),
            "province": pa.repeat("山东省", len(which)),
            "city": pa.repeat("淄博市", len(which)),
            "county": pa.repeat("张店区", len(which)),
            "town": named(column("facts/streets", "name"), blank(street, spans >= TOWNS)),
            "community": named(
                column("facts/communities", "name"), blank(community, spans >= COMMUNITIES)
            ),
            "grid": named(list(self.codes), blank(rows.grid, spans >= GRIDS)),
            "road": named(self.roads, rows.road),
            "quarter": named(self.quarters, rows.quarter),
            "poi": named(self.pois, rows.poi),
            "level": named(list(KINDS), rows.kind),
            "lon": pa.array(lon),
            "lat": pa.array(lat),
            "aliases": self._aliases(rows),
            "accuracy_m": pa.array(ACCURACY_M).take(pa.array(rows.kind)),
            "status": pa.repeat("in_use", len(which)),
            "standing": pa.repeat("primary", len(which)),
            "valid_from": named(self.since, since, pa.date32()),
            "valid_to": pa.nulls(len(which), pa.date32()),
            "is_demo": pa.repeat(True, len(which)),
            **numbered_parts(rows),
        }
        return pa.table([columns[field.name] for field in ADDRESSES], schema=ADDRESSES)

    def _aliases(self, rows: Lot) -> pa.Array:
        whole = [*self.quarter_aliases, *self.poi_aliases]
        place = np.where(rows.kind == POI, rows.poi + len(self.quarters), NONE)
        return named(whole, np.where(rows.kind == QUARTER, rows.quarter, place))


def named(names: list[Any], place: Ints, kind: pa.DataType | None = None) -> pa.Array:
    """Names (or what else ``kind`` says) at places of a list; null for -1."""
    place = np.asarray(place, np.int32)
    return pa.array(names, kind or pa.string()).take(pa.array(place, mask=place < 0))


def blank(place: Ints, where: Any) -> Ints:
    """Places of a list, but none where ``where`` holds."""
    return np.where(where, NONE, place)


def numbered(place: Ints, ending: str) -> pa.Array:
    """Numbers with an ending, such as 3号楼; null for -1."""
    place = np.asarray(place, np.int32)
    digits = pc.cast(pa.array(place, mask=place < 0), pa.string())
    return pc.binary_join_element_wise(digits, ending, "")


def numbered_parts(rows: Lot) -> dict[str, pa.Array]:
    """Spell the numbers of addresses in the words of doorplates."""
    return {
        "road_no": numbered(rows.number, "号"),
        "building": numbered(rows.building, "号楼"),
        "unit": numbered(rows.unit, "单元"),
        "floor": numbered(rows.floor, "层"),
        "room": numbered(rows.room, "室"),
    }


def _code(grid: pa.Array, kind: Ints, serial: Ints) -> pa.Array:
    """Grid, one digit for the kind, five for the serial: 21 digits; an area has its own code."""
    digits = pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), 5, "0")
    code = pc.binary_join_element_wise(grid, named(list("123456789"), kind), digits, "")
    for area, length in ((COMMUNITY, 12), (TOWN, 9)):
        code = pc.if_else(pa.array(kind == area), pc.utf8_slice_codeunits(grid, 0, length), code)
    return code
