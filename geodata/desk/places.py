"""Addresses and areas by id, as a clerk reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.areas.hierarchy import hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.areas.hierarchy import Hierarchy
    from geodata.store.reader import Reader

_ADDRESSES = """SELECT id, name, level, town, community, road, road_no, lon, lat FROM addresses
    WHERE list_contains($ids, id)"""
AREA_LEVELS = ("district", "town", "community", "grid")


@dataclass(frozen=True, slots=True)
class Place:
    """An address or an area: its name, its level, and what it lies in, coarse to fine."""

    id: str
    name: str
    level: str
    within: str
    lon: float | None
    lat: float | None


def places(reader: Reader, ids: Iterable[str]) -> dict[str, Place]:
    """Give those of some ids that there are."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = {row["id"]: _address(row) for row in reader.rows(_ADDRESSES, {"ids": wanted})}
    tree = hierarchy(reader)
    numbers = {code: n for n, code in enumerate(tree.codes)} if len(found) < len(wanted) else {}
    areas = {ident: _area(tree, numbers[ident]) for ident in wanted if ident in numbers}
    return areas | found


def place(reader: Reader, ident: str) -> Place | None:
    """Give one of them, or None."""
    return places(reader, [ident]).get(ident)


def _address(row: dict[str, Any]) -> Place:
    door = f"{row['road']}{row['road_no'] or ''}" if row["road"] else None
    around = [row["town"], row["community"], door if door and door != row["name"] else None]
    within = " · ".join(name for name in around if name)
    return Place(row["id"], row["name"], row["level"], within, row["lon"], row["lat"])


def _area(tree: Hierarchy, n: int) -> Place:
    level = AREA_LEVELS[min(int(tree.level[n]), len(AREA_LEVELS) - 1)]
    within = " · ".join(tree.names[up] for up in tree.path(n)[:-1])
    lon, lat = (float(value) for value in tree.label[n])
    return Place(tree.codes[n], tree.names[n], level, within, lon, lat)
