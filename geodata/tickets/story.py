"""The whole story of one ticket: what was asked, where, who answered, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.masking import masked
from geodata.store.terms import terms
from geodata.tickets.pages import by_number

if TYPE_CHECKING:
    from geodata.store.reader import Reader

# The order in which a ticket lives; glossary: domain.md §6.
STEPS = (
    ("accepted", "created_at"),
    ("dispatched", "dispatched_at"),
    ("signed", "signed_at"),
    ("first_contact", "contacted_at"),
    ("submitted", "handled_at"),
    ("callback", "visited_at"),
    ("closed", "closed_at"),
)


def story(reader: Reader, ident: str) -> dict[str, Any] | None:
    """One ticket by id, or None.

    Returns
    -------
    dict
        The columns of ``pages`` and ``result``, what people wrote masked, and ``steps``: pairs of
        a step's name and its UTC moment, as far as it has come; ``satisfaction``, ``area_n``,
        ``address_n``.
    """
    found = reader.rows(
        "SELECT n, area AS area_n, address_n, result, satisfaction, dispatched_at, signed_at, "
        "contacted_at, handled_at, visited_at FROM tickets WHERE id = $id",
        {"id": ident},
    )
    if not found:
        return None
    row = by_number(reader, [found[0]["n"]])[0] | found[0]
    row["satisfaction"] = terms(reader, "satisfaction").value(found[0]["satisfaction"])
    row |= {name: masked(row[name] or "") for name in ("text", "address", "result")}
    row["steps"] = [(step, row[column]) for step, column in STEPS if row[column]]
    return row
