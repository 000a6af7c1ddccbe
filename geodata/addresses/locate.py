"""Tickets and their addresses: found from what was said, compared where both are known.

The same code for a file, for what comes live and for what a clerk's decision moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.addresses.evidence import metres

if TYPE_CHECKING:
    from geodata.addresses.library import Row
    from geodata.addresses.match import Match, Matcher

MATCHED, CLERK = "matched", "clerk"
FAR_M = 300.0  # an address this far from the ticket's own point is flagged


def located(tickets: pa.Table, matcher: Matcher) -> pa.Table:
    """Give canonical tickets with the address of each that came without one and says where it is.

    ``address_id`` and ``address_by`` are set where the text is matched; ``distance_m`` where a
    ticket has coordinates of its own and an address the library knows. Nothing else changes: a
    ticket without coordinates takes those of its address when it is stored.
    """
    given = tickets.select(["address_id", "address", "text", "lon", "lat"]).to_pylist()
    found = [_found(row, matcher) for row in given]
    columns: dict[str, list[Any]] = {
        "address_id": [ident for ident, _, _ in found],
        "address_by": [how for _, how, _ in found],
        "distance_m": [distance for _, _, distance in found],
    }
    for name, values in columns.items():
        at = tickets.schema.get_field_index(name)
        field = tickets.schema.field(at)
        tickets = tickets.set_column(at, field, pa.array(values, field.type))
    return tickets


def said(address: str | None, text: str | None) -> str:
    """Give what a ticket says of its place: its address as it was told, else its text."""
    return address or text or ""


def _found(row: dict[str, Any], matcher: Matcher) -> tuple[str | None, str | None, float | None]:
    point = (row["lon"], row["lat"]) if row["lon"] is not None and row["lat"] is not None else None
    if row["address_id"]:
        known = matcher.library.find(row["address_id"]) if point else None
        return row["address_id"], None, _distance(known, point)
    text = said(row["address"], row["text"])
    match = matcher.match(text)
    if match.address_id is None and point:  # where it is may tell homonyms apart
        match = matcher.match(text, point)
    if match.address_id is None:
        return None, None, None
    return match.address_id, MATCHED, _distance(match, point)


def _distance(place: Match | Row | None, point: tuple[float, float] | None) -> float | None:
    if place is None or place.lon is None or place.lat is None or point is None:
        return None
    return round(metres((place.lon, place.lat), point), 1)
