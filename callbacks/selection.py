"""What an address has picked out: one ticket, address, market, grid or other feature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.addresses import records
from geodata.areas.hierarchy import NOWHERE, UnknownAreaError, hierarchy
from geodata.areas.people import people
from geodata.markets.sites import market
from geodata.space import crs
from geodata.tickets.pages import of_address
from geodata.tickets.story import story
from layers._layer import Text
from layers._view import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.reader import Reader
    from layers._answers import Question

    Row = dict[str, Any]

MOST_TICKETS = 500  # of one address, in its detail; more is a compound under siege


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A picked feature: its row, where it is, and what it hangs on.

    ``area`` is the number of the leaf area it lies in (``NOWHERE`` when unknown); ``addresses``
    the standard addresses from the outermost to its own; ``people`` those who answer for its grid.
    """

    layer: str
    id: str
    row: Row
    area: int = NOWHERE
    point: list[float] | None = None
    addresses: list[Row] = field(default_factory=list)
    tickets: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How the address names it."""
        return f"{self.layer}:{self.id}"


def selection(question: Question) -> tuple[Selection | None, tuple[Notice, ...]]:
    """The picked feature of an address; one that is not there is left out and named."""
    if question.view.selected is None:
        return None, ()
    layer, ident = question.view.selected
    found = _FINDERS.get(layer, _any_feature(layer))(question, ident)
    if found is None:
        why = Text(f"没有编号为 {ident} 的记录。", f"there is no record {ident}.")
        return None, (Notice("selected", f"{layer}:{ident}", why),)
    return found, ()


def shown_people(question: Question) -> list[Row]:
    """Those who answer for the shown area, where it is a grid."""
    return people(question.reader, hierarchy(question.reader).codes[question.query.area])


def _ticket(question: Question, ident: str) -> Selection | None:
    reader = question.reader
    row = story(reader, ident)
    if row is None:
        return None
    door = records.by_number(reader, [row["address_n"]]) if row["address_n"] is not None else {}
    chain = _chain(reader, next(iter(door.values()))["id"]) if door else []
    return Selection(
        layer="tickets",
        id=ident,
        row=row,
        area=row["area_n"],
        point=_point(question, row["lon"], row["lat"]),
        addresses=chain,
        people=_people(reader, row["area_n"]),
    )


def _address(question: Question, ident: str) -> Selection | None:
    reader = question.reader
    row = records.address(reader, ident)
    if row is None:
        return None
    return Selection(
        layer="addresses",
        id=ident,
        row=row,
        area=row["area"],
        point=_point(question, row["lon"], row["lat"]),
        addresses=[*row["parents"], row],
        tickets=of_address(reader, row["n"], MOST_TICKETS),
        people=_people(reader, row["area"]),
    )


def _market(question: Question, ident: str) -> Selection | None:
    row = market(question.reader, ident)
    if row is None:
        return None
    return Selection(
        layer="markets",
        id=ident,
        row=row,
        area=row["area"] if row["area"] is not None else NOWHERE,
        point=_point(question, row["lon"], row["lat"]),
    )


def _area(question: Question, ident: str) -> Selection | None:
    tree = hierarchy(question.reader)
    try:
        n = tree.number(ident)
    except UnknownAreaError:
        return None
    row = {"code": ident, "name": tree.names[n], "name_en": tree.names_en[n], "n": n}
    return Selection(
        layer="grids", id=ident, row=row, area=n, people=people(question.reader, ident)
    )


def _any_feature(layer: str) -> Callable[[Question, str], Selection | None]:
    """A feature of a layer that has no subject of its own: found among its rows."""

    def find(question: Question, ident: str) -> Selection | None:
        declared = question.catalog[layer]
        for batch in declared.query(question.reader, question.of(declared)):
            for row in batch.to_pylist():
                if str(row.get("id")) == ident:
                    return Selection(
                        layer=layer, id=ident, row=row, point=_point(question, *_lonlat(row))
                    )
        return None

    return find


_FINDERS: dict[str, Callable[[Question, str], Selection | None]] = {
    "tickets": _ticket,
    "smoke": _ticket,
    "addresses": _address,
    "markets": _market,
    "grids": _area,
    "areas": _area,
}


def _chain(reader: Reader, ident: str) -> list[Row]:
    row = records.address(reader, ident)
    return [*row["parents"], row] if row else []


def _people(reader: Reader, area: int | None) -> list[Row]:
    if area is None or area == NOWHERE:
        return []
    return people(reader, hierarchy(reader).codes[area])


def _lonlat(row: Row) -> tuple[float | None, float | None]:
    if row.get("lon") is not None:
        return row["lon"], row["lat"]
    if row.get("geometry"):
        point = shapely.point_on_surface(shapely.from_wkb(row["geometry"]))
        return float(point.x), float(point.y)
    return None, None


def _point(question: Question, lon: float | None, lat: float | None) -> list[float] | None:
    """Where to look, in the CRS of the base map."""
    if lon is None or lat is None:
        return None
    basemap = question.reader.place.basemap
    east, north = crs.for_display(
        np.array([lon]), np.array([lat]), basemap.crs if basemap.tiles else "WGS84"
    )
    return [float(east[0]), float(north[0])]
