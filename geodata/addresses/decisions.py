"""What clerks have decided names mean: each names an address, an area, or no place at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geodata.addresses.bases import Base, base_of
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.store.reader import Reader

_COLUMNS = """n, id, level, town, community, road, road_no, quarter, poi, lon, lat, name,
    NULL AS aliases"""


@dataclass(frozen=True, slots=True)
class Decision:
    """A name and the id of what it means, None for no place; ``row`` is that of an address."""

    mention: str
    address_id: str | None
    row: dict[str, Any] | None = None


def decisions(reader: Reader) -> list[Decision]:
    """Give the decisions that stand, in the order they were made."""
    if not reader.knows("decisions"):
        return []
    rows = reader.rows("SELECT mention, address_id FROM decisions ORDER BY decided_at, id")
    meant = _meant(reader, [row["address_id"] for row in rows if row["address_id"]])
    return [Decision(r["mention"], r["address_id"], meant.get(r["address_id"])) for r in rows]


def decision(reader: Reader, mention: str, ident: str | None) -> Decision:
    """Give a decision that is not made yet."""
    return Decision(mention, ident, _meant(reader, [ident]).get(ident) if ident else None)


def named(bases: list[Base], decided: Iterable[Decision]) -> list[Base]:
    """Give base places with the names decided for them; a row below one becomes one of its own."""
    names: dict[str, list[str]] = {}
    rows: dict[str, dict[str, Any] | None] = {}
    for one in decided:
        if one.address_id is not None:
            names.setdefault(one.address_id, []).append(normalised(one.mention))
            rows[one.address_id] = one.row
    found = [
        replace(b, decided=(*b.decided, *names.pop(b.id))) if b.id in names else b for b in bases
    ]
    below = [(row, names[ident]) for ident, row in rows.items() if ident in names and row]
    return found + [_below(row, tuple(called)) for row, called in below]


def _below(row: dict[str, Any], called: tuple[str, ...]) -> Base:
    # Its door number is no evidence for what else that number may mean.
    told = {**row, "level": "poi", "poi": row["name"], "road_no": None}
    return replace(base_of(told), decided=called, is_searched=False)


def _meant(reader: Reader, idents: list[str]) -> dict[str | None, dict[str, Any]]:
    """The rows of addresses by id; an area has none."""
    if not idents:
        return {}
    sql = f"SELECT {_COLUMNS} FROM addresses WHERE list_contains($ids, id)"
    return {row["id"]: row for row in reader.rows(sql, {"ids": idents})}
