"""Lists of tickets: one page at a time by key, and all rows of a query for an export."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.tickets.selection import selected, smoke_only

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from geodata.query import Query
    from geodata.store.reader import Reader

SORTS = {"created_at": "created_at", "due_at": "due_at", "closed_at": "closed_at", "id": "id"}
NEVER_NULL = {"created_at", "id"}
# Terms are joined as values; the column names are the canonical ones of the exports.
_COLUMNS = """
    t.n, t.id, t.created_at, t.closed_at, category.value AS category, channel.value AS channel,
    state.value AS state, t.due_at, department.value AS department, t.text,
    coalesce(t.address, door.name) AS address, t.address_id, t.lon, t.lat,
    coalesce(area.code, t.given_area) AS area, area.name AS area_name,
    area.name_en AS area_name_en, t.smoke, t.is_open
"""
_JOINS = """
    JOIN terms category ON category.subject = 'category' AND category.code = t.category
    LEFT JOIN terms channel ON channel.subject = 'channel' AND channel.code = t.channel
    JOIN terms state ON state.subject = 'state' AND state.code = t.state
    LEFT JOIN terms department
           ON department.subject = 'department' AND department.code = t.department
    LEFT JOIN addresses door ON door.n = t.address_n
    LEFT JOIN areas area ON area.n = t.area
"""


@dataclass(frozen=True, slots=True)
class After:
    """The last row of the page before: its sort value and its number."""

    value: Any
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By which column a list is sorted; rows without a value come last."""

    by: str = "created_at"
    descending: bool = True


def page(
    reader: Reader,
    query: Query,
    *,
    limit: int,
    after: After | None = None,
    order: Order | None = None,
) -> list[dict[str, Any]]:
    """The next tickets of a query, newest first unless ordered otherwise.

    The rows are found by key first, then their texts are read: no row is skipped over.
    """
    order = order or Order()
    condition, parameters = selected(reader, query, query.period)
    key, beyond = _key(order)
    if after:
        condition += f" AND ({beyond})"
        parameters |= {"after": after.value, "after_n": after.n}
    found = reader.rows(
        f"SELECT n, {key} AS sort_key FROM tickets WHERE {condition} "
        f"ORDER BY {_direction(key, order)} LIMIT $limit",
        parameters | {"limit": limit},
    )
    return _with_keys(reader, found)


def first_pages(
    reader: Reader, asked: Mapping[str, tuple[Query, Order]], limit: int
) -> dict[str, list[dict[str, Any]]]:
    """The first tickets of several lists by name, found in one statement and read in another.

    The queries may differ in the tickets' status alone, because they share their parameters.
    """
    if not asked:
        return {}
    arms, parameters = [], {"limit": limit}
    for i, (query, order) in enumerate(asked.values()):
        condition, more = selected(reader, query, query.period)
        parameters |= more
        way = _direction(_key(order)[0], order)
        arms.append(
            f"SELECT {i} AS list, n, row_number() OVER (ORDER BY {way}) AS place FROM "
            f"(SELECT * FROM tickets WHERE {condition} ORDER BY {way} LIMIT $limit) AS page_{i}"
        )
    found = reader.rows(" UNION ALL ".join(arms), parameters)
    found.sort(key=lambda row: (row["list"], row["place"]))
    rows = {row["n"]: row for row in by_number(reader, list({row["n"] for row in found}))}
    return {
        name: [rows[row["n"]] for row in found if row["list"] == i] for i, name in enumerate(asked)
    }


def by_number(reader: Reader, numbers: list[int]) -> list[dict[str, Any]]:
    """Tickets by their numbers in this generation, in the order given."""
    rows = reader.rows(
        f"SELECT {_COLUMNS} FROM tickets t {_JOINS} WHERE t.n IN (SELECT unnest($numbers))",
        {"numbers": numbers},
    )
    place = {n: i for i, n in enumerate(numbers)}
    return sorted(rows, key=lambda row: place[row["n"]])


def every(reader: Reader, query: Query) -> Iterator[pa.RecordBatch]:
    """All tickets of a query in order of time, a batch at a time, for the export."""
    condition, parameters = selected(reader, query, query.period)
    return reader.batches(
        f"SELECT {_COLUMNS} FROM (SELECT * FROM tickets WHERE {condition}) t {_JOINS} "
        "ORDER BY t.created_at, t.n",
        parameters,
    )


def every_smoke(reader: Reader, query: Query) -> Iterator[pa.RecordBatch]:
    """All smoke tickets of a query in order of time, for the export."""
    return every(reader, smoke_only(query))


def of_address(reader: Reader, number: int, limit: int) -> list[dict[str, Any]]:
    """The newest tickets of an address and of everything below it (its units, its rooms)."""
    found = reader.rows(
        """
        WITH RECURSIVE below(n) AS (
            SELECT $number::INTEGER UNION ALL
            SELECT a.n FROM addresses a JOIN below ON a.parent = below.n)
        SELECT t.n FROM tickets t JOIN below ON t.address_n = below.n
        ORDER BY t.created_at DESC, t.n DESC LIMIT $limit
        """,
        {"number": number, "limit": limit},
    )
    return by_number(reader, [row["n"] for row in found])


def _with_keys(reader: Reader, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = by_number(reader, [row["n"] for row in found])
    return [row | {"sort_key": f["sort_key"]} for row, f in zip(rows, found, strict=True)]


def _key(order: Order) -> tuple[str, str]:
    """The sort expression (never null) and the condition for rows beyond the last one."""
    column = SORTS[order.by]
    if column in NEVER_NULL:
        key = column  # bare, so that a page reads only the rows near its end of the table
    else:
        # A row without the moment sorts after all that have it, in both directions.
        last = dt.datetime(1, 1, 1) if order.descending else dt.datetime(9999, 1, 1)
        key = f"coalesce({column}, TIMESTAMP '{last.isoformat(sep=' ')}')"
    sign = "<" if order.descending else ">"
    return key, f"{key} {sign} $after OR ({key} = $after AND n {sign} $after_n)"


def _direction(key: str, order: Order) -> str:
    way = "DESC" if order.descending else "ASC"
    return f"{key} {way}, n {way}"


__all__ = ["After", "Order", "by_number", "every", "first_pages", "of_address", "page"]
