"""Reading the table: the rows of some ids, and what a writer of queries must know of it."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

Row = dict[str, str]


def rows(table: pa.Table, ids: Iterable[str]) -> dict[str, Row]:
    """Give the rows of some ids, by id; ids that the table lacks are left out."""
    wanted = pa.array(sorted({one for one in ids if one}), pa.string())
    found = table.filter(pc.is_in(table["id"], wanted)).to_pylist()
    return {row["id"]: row for row in found}


def of_level(table: pa.Table, *levels: str) -> list[Row]:
    """Give the rows of some levels, in the order of the table."""
    found: list[Row] = table.filter(pc.is_in(table["level"], pa.array(levels))).to_pylist()
    return found
