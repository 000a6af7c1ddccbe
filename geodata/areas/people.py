"""The people who answer for a grid (一网八员): eight roles, names and numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.masking import masked_name

if TYPE_CHECKING:
    from geodata.store.reader import Reader


def people(reader: Reader, area: str) -> list[dict[str, Any]]:
    """The roles of a grid by its code: ``role`` 1–8, ``name`` and ``phone`` masked, ``is_demo``."""
    rows = reader.rows(
        "SELECT role, name, phone_masked AS phone, is_demo FROM people "
        "WHERE area = $area ORDER BY role, name",
        {"area": area},
    )
    return [row | {"name": masked_name(row["name"])} for row in rows]
