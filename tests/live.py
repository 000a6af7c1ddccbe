"""Rows of the journal, as a sender's tickets become them."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from geodata.store.journal import Entry, Journal
from geodata.store.schema import TABLES
from tests import town


def entry(ident: str, **values: Any) -> Entry:
    """A ticket of the town in its canonical form; what is left out is null."""
    row: dict[str, Any] = dict.fromkeys(TABLES["tickets"].names)
    row |= {"id": ident, "created_at": town.moment("11-22 12:00"), "category": "噪声"}
    row |= {"state": "accepted", "smoke": False, "is_demo": False, "lon": 118.005, "lat": 36.815}
    row |= values
    for name, value in row.items():
        if hasattr(value, "timestamp"):
            row[name] = int(value.timestamp() * 1_000_000)
    text = orjson.dumps(row)
    return Entry(ident, hashlib.sha256(text).digest(), text)


def put(folder: Any, *entries: Entry, source: str = "12345") -> list[tuple[str, str]]:
    """Take tickets into a folder's journal."""
    return Journal(folder).put(source, entries)
