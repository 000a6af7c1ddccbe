"""One address: its own facts, what it is part of, and what is part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.store.reader import Reader

_COLUMNS = "n, id, code, name, level, area, parent, lon, lat, aliases, is_demo"


def address(reader: Reader, ident: str) -> dict[str, Any] | None:
    """An address by id, or None; ``parents`` are the addresses it is part of, outermost first.

    ``area`` is the number of the grid (or other leaf area) it lies in, ``below`` the count of
    addresses directly under it.
    """
    found = reader.rows(f"SELECT {_COLUMNS} FROM addresses WHERE id = $id", {"id": ident})
    if not found:
        return None
    row = found[0]
    below = reader.rows(
        "SELECT count(*) AS count FROM addresses WHERE parent = $n", {"n": row["n"]}
    )
    return row | {"parents": _parents(reader, row["parent"]), "below": below[0]["count"]}


def by_number(reader: Reader, numbers: list[int]) -> dict[int, dict[str, Any]]:
    """Addresses by their numbers in this generation."""
    found = reader.rows(
        f"SELECT {_COLUMNS} FROM addresses WHERE list_contains($numbers, n)",
        {"numbers": [int(n) for n in numbers]},
    )
    return {row["n"]: row for row in found}


def _parents(reader: Reader, number: int | None) -> list[dict[str, Any]]:
    parents: list[dict[str, Any]] = []
    while number is not None:
        row = by_number(reader, [number])[number]
        parents.insert(0, row)
        number = row["parent"]
    return parents
