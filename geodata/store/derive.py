"""From canonical rows to the tables readers ask: numbered, placed, coded and ordered.

Runs inside the draft of a generation, in DuckDB. Tables named ``…_in`` hold what has been handed
over, in temporary tables, so that they leave no holes in the published file; ``settle`` joins them
with what the generation already held. This module and its neighbours are the only ones that may use
what only DuckDB understands.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from geodata.errors import DataError
from geodata.store import book, placing, sql
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from geodata.place import Place

# What tells rows apart, where it is not their id.
KEYS = {"areas": "code", "people": "area, role", "words": "subject, value"}
NO_AREAS = "There are no areas yet. Import areas first; everything lies in one."
FEW = 100  # so many times more addresses must be there already for new ones to be few
STRETCH = 500_000  # tickets that are sorted and written at once


def open_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a new generation, or keep those of the one that was copied."""
    connection.execute(sql.FINAL_TABLES)
    for name, schema in TABLES.items():
        connection.register("rows", schema.empty_table())
        connection.execute(f"CREATE TEMP TABLE {name}_in AS SELECT * FROM rows")
        connection.unregister("rows")


def take(
    connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, day: dt.date | None = None
) -> None:
    """Add canonical rows, which came on a day; what came before under the same key gives way."""
    connection.register("rows", rows)
    if table == "addresses":
        book.remember(connection, day)
    key = KEYS.get(table, "id")
    if _count(connection, f"{table}_in"):
        connection.execute(f"DELETE FROM {table}_in WHERE ({key}) IN (SELECT ({key}) FROM rows)")
    connection.execute(f"INSERT INTO {table}_in SELECT * FROM rows")
    connection.unregister("rows")


def settle(
    connection: duckdb.DuckDBPyConnection, place: Place, data_until: dt.datetime | None
) -> dt.datetime:
    """Turn everything handed over into the final tables; returns ``data_until``.

    Raises
    ------
    DataError
        When the areas do not form one tree, or there are neither areas nor addresses.
    """
    if _count(connection, "areas_in"):
        connection.execute(sql.REPLACE_AREAS)
        placing.number_areas(connection, place)
        _take_all_back(connection)
    if not any(_count(connection, name) for name in ("areas", "addresses", "addresses_in")):
        raise DataError(NO_AREAS)
    for table in ("roads", "places", "people", "markets", "merchants", "decisions"):
        connection.execute(sql.REPLACE_SMALL[table])
    for table in ("markets", "merchants", "places"):
        placing.find_areas(connection, table)
    _settle_addresses(connection)
    connection.execute(sql.TRANSLATE_TERMS)
    first = connection.execute(sql.FIRST_NUMBER.format(tickets="tickets")).fetchall()[0][0]
    settle_tickets(connection, place, first)
    connection.execute(sql.DAYS)
    _drop_intake(connection)
    return data_until or _until(connection, place)


def _settle_addresses(connection: duckdb.DuckDBPyConnection) -> None:
    if not _count(connection, "addresses_in"):
        if not _count(connection, "address_names"):
            book.name_again(connection)
        return
    if _are_few(connection):
        book.extend(connection)
    else:
        # Numbers are ranks along the cells, so new rows move the old ones: all are settled again.
        connection.execute(sql.TAKE_BACK["addresses"])
        book.settle(connection)
    connection.execute(sql.TICKETS_FOLLOW_ADDRESSES)
    # Only a new address can end a wait: what was known when a ticket came has been looked at.
    connection.execute(sql.TAKE_WAITING_BACK)


def _are_few(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the addresses that come are few beside those there, which this program has settled.

    Every row that it settles has a status; areas that have come leave none in the table.
    """
    of_before = "SELECT count(*) FROM addresses WHERE status IS NULL"
    few = _count(connection, "addresses_in") * FEW <= _count(connection, "addresses")
    return few and not connection.execute(of_before).fetchall()[0][0]


def has_areas(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether there is any area: without one there is nothing to show facts on."""
    return bool(_count(connection, "areas"))


def settle_tickets(connection: duckdb.DuckDBPyConnection, place: Place, first: int) -> None:
    """Code, place and number the tickets handed over; the first of them gets the number given."""
    for subject in ("category", "channel", "state", "department", "satisfaction"):
        connection.execute(sql.NEW_TERMS.format(subject=subject), {"subject": subject})
    connection.execute(sql.PLACE_BY_ADDRESS)
    placing.place_rows(connection, "tickets_in", "area")
    connection.execute(sql.NUMBER_TICKETS)
    for start in range(0, _count(connection, "numbered"), STRETCH):
        stretch = {"start": start, "end": start + STRETCH}
        connection.execute(sql.TICKETS, stretch | {"first": first, "timezone": place.timezone})
    connection.execute("DROP TABLE numbered")


def _take_all_back(connection: duckdb.DuckDBPyConnection) -> None:
    """New areas move every fact: hand all of them over again."""
    for statement in sql.TAKE_BACK.values():
        connection.execute(statement)


def _drop_intake(connection: duckdb.DuckDBPyConnection) -> None:
    for name in TABLES:
        connection.execute(f"DROP TABLE {name}_in")


def _until(connection: duckdb.DuckDBPyConnection, place: Place) -> dt.datetime:
    newest = connection.execute("SELECT max(created_at) FROM tickets").fetchall()[0][0]
    if newest is None:
        return place.midnight(dt.datetime.now(place.zone).date())
    return place.midnight_after(newest.replace(tzinfo=dt.UTC) + dt.timedelta(microseconds=1))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> Any:
    return connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
