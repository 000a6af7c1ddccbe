"""Tickets and their addresses: found from what was said, compared where both are known.

The same code for a file, for what comes live and for what a clerk's decision moves.
"""

from __future__ import annotations

from functools import cache
from itertools import tee
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.addresses.evidence import metres
from geodata.addresses.mentions import readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geodata.addresses.answers import Match
    from geodata.addresses.match import Matcher
    from geodata.addresses.packed import Row

    Point = tuple[float, float]  # lon, lat
    Asked = tuple[str, Point | None]  # what a ticket says of its place, and where it lies

MATCHED, CLERK = "matched", "clerk"
STRETCHES = frozenset({"town", "community", "road"})
FAR_M = 300.0  # an address this far from the ticket's own point is flagged


def located(tickets: pa.Table, matcher: Matcher) -> pa.Table:
    """Give canonical tickets with the address of each that came without one and says where it is.

    ``address_id`` and ``address_by`` are set where the text is matched; ``distance_m`` where a
    ticket has coordinates of its own and an address the library knows. Nothing else changes: a
    ticket without coordinates takes those of its address when it is stored.
    """
    given = tickets.select(["address_id", "address", "text", "lon", "lat"]).to_pylist()
    # Many speak of one place in the same words: each is looked up and matched once.
    find = cache(matcher.library.find)
    asked = dict.fromkeys(_asked(row) for row in given if not row["address_id"])
    matches = dict(zip(asked, found_all(asked, matcher), strict=True))
    told = [_told(row, find, matches) for row in given]
    columns: dict[str, list[Any]] = {
        "address_id": [ident for ident, _, _ in told],
        "address_by": [how for _, how, _ in told],
        "distance_m": [distance_m for _, _, distance_m in told],
    }
    for name, values in columns.items():
        at = tickets.schema.get_field_index(name)
        field = tickets.schema.field(at)
        tickets = tickets.set_column(at, field, pa.array(values, field.type))
    return tickets


def located_row(row: dict[str, Any], matcher: Matcher) -> dict[str, Any]:
    """Give one ticket, as ``located`` would."""
    asked = () if row["address_id"] else (_asked(row),)
    matches = dict(zip(asked, found_all(asked, matcher), strict=True))
    ident, how, distance_m = _told(row, matcher.library.find, matches)
    return {**row, "address_id": ident, "address_by": how, "distance_m": distance_m}


def said(address: str | None, text: str | None) -> str:
    """Give what a ticket says of its place: its address as it was told, else its text."""
    return address or text or ""


def _asked(row: dict[str, Any]) -> Asked:
    return said(row["address"], row["text"]), _point(row)


def _point(row: dict[str, Any]) -> Point | None:
    lon, lat = row["lon"], row["lat"]
    return None if lon is None or lat is None else (lon, lat)


def _told(
    row: dict[str, Any], find: Callable[[str], Row | None], matches: dict[Asked, Match]
) -> tuple[str | None, str | None, float | None]:
    point = _point(row)
    if row["address_id"]:
        known = find(row["address_id"]) if point else None
        return row["address_id"], None, distance(known, point)
    match = matches[_asked(row)]
    if match.address_id is None:
        return None, None, None
    return match.address_id, MATCHED, distance(match, point)


def found_all(asked: Iterable[Asked], matcher: Matcher) -> Iterator[Match]:
    """Match what tickets say; where one lies may tell homonyms apart, and no more."""
    pairs, texts = tee(asked)
    for (_, point), read in zip(
        pairs, readings((text for text, _ in texts), matcher.gazetteer), strict=True
    ):
        match = matcher.matched(read)
        yield matcher.matched(read, point) if match.address_id is None and point else match


def found(text: str, point: Point | None, matcher: Matcher) -> Match:
    """Match what one ticket says."""
    return next(found_all([(text, point)], matcher))


def distance(place: Match | Row | None, point: Point | None) -> float | None:
    """Metres between an address and a ticket's own point; None where either is not known.

    A road, a town or a community is no point: that a ticket lies far from its middle says nothing.
    """
    if place is None or place.lon is None or place.lat is None or point is None:
        return None
    if place.level in STRETCHES:
        return None
    return round(metres((place.lon, place.lat), point), 1)
