"""Noisy queries with the answer a careful clerk gives."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tests.addresses.judged.noise import refused, said
from tests.addresses.judged.noise.book import Book, book
from tests.addresses.judged.noise.said import Query
from tests.addresses.judged.noise.view import Row

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("text", "status", "level", "base", "address_id")),
        *(("also", pa.list_(pa.string())), ("kind", pa.string())),
    ]
)
# How often each kind is asked: the level of the row that is meant, or how the text misleads.
SHARES: dict[str, float] = {
    **{"room": 0.36, "building": 0.09, "unit": 0.05, "quarter": 0.10, "road_no": 0.08},
    **{"road": 0.03, "poi": 0.06, "crossing": 0.02, "several": 0.03, "alike": 0.05},
    **{"unlisted": 0.07, "no_unit": 0.02, "unknown": 0.025, "elsewhere": 0.01, "nowhere": 0.005},
}
RESERVE = 1.6  # drawn rows of each level for one query: some are thrown away as ambiguous


def queries(table: pa.Table, n: int = 20_000, seed: int = 11) -> pa.Table:
    """Write ``n`` queries against a library.

    Columns: ``text``, the right ``status`` (matched, review, none), ``level``, ``base``,
    ``address_id``, ``also`` (other right ids; the candidates of a review), and ``kind``:
    answerable, coarser (matched, but something said is not listed), homonym, negative.
    """
    draw = Random(seed)
    known = book(table)
    pools = _pools(table, known, n, seed)
    kinds = draw.choices(list(SHARES), list(SHARES.values()), k=n)
    found = [_one(kind, pools, known, draw) for kind in kinds]
    return pa.Table.from_pylist([query.row() for query in found], schema=SCHEMA)


def _one(kind: str, pools: dict[str, list[Row]], known: Book, draw: Random) -> Query:
    """Write one query of a kind, again until it has an answer that nobody could dispute."""
    while True:
        query = _write(kind, pools, known, draw)
        if query is not None:
            return query


def _write(kind: str, pools: dict[str, list[Row]], known: Book, draw: Random) -> Query | None:
    if kind in pools:
        return said.place(draw.choice(pools[kind]), known, draw)
    return _WRITERS[kind](pools, known, draw)


def _pools(table: pa.Table, known: Book, n: int, seed: int) -> dict[str, list[Row]]:
    """Draw the rows that are asked for, by level."""
    draw = np.random.default_rng(seed)
    found: dict[str, list[Row]] = {
        **{"road": known.roads, "road_no": known.doors},
        **{"quarter": known.quarters, "poi": known.pois},
    }
    for level in ("building", "unit", "room"):
        places = np.flatnonzero(pc.equal(table["level"], level).to_numpy())
        wanted = draw.choice(places, min(len(places), int(n * SHARES[level] * RESERVE) + 50))
        found[level] = table.take(pa.array(np.sort(wanted))).to_pylist()
    return found


_WRITERS: dict[str, Callable[[Any, Book, Random], Query | None]] = {
    "crossing": said.crossing,
    "several": said.several,
    "alike": said.alike,
    "unlisted": said.unlisted,
    "no_unit": said.without_unit,
    "unknown": refused.unknown,
    "elsewhere": refused.elsewhere,
    "nowhere": refused.nowhere,
}
