"""The ground readers stand on: one generation, opened read-only, and tails laid over it.

The generation is attached to a database in memory, so that a schema there can stand before it:
the same tables, but ``tickets`` (and their ``terms`` and ``days``) with what the journal holds
beyond the generation. A reader uses one schema for its whole life.
"""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

import duckdb
import orjson
import pyarrow as pa

from geodata.errors import DataError
from geodata.store import derive, sql
from geodata.store.generation import Generation, is_sound, room
from geodata.store.once import Once
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.place import Place

MEMORY = "400MB"
THREADS = 2
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    **{"memory_limit": MEMORY, "threads": THREADS, "TimeZone": "UTC"},
    "autoinstall_known_extensions": False,
}
_LOCK = "SET enable_external_access = false; SET lock_configuration = true"
_CHANGED = ("tickets", "terms", "days")  # what a tail lays over the generation


class DamagedError(DataError):
    """The file of a generation is not what was written."""


class Tail:
    """A schema with a tail; it is dropped when no reader holds it any more."""

    def __init__(self, schema: str) -> None:
        self.schema = schema


class Ground:
    """One generation, open for reading; safe to use from many threads at once.

    ``compare`` is off for who wants to see what is in a file, whoever wrote it.

    Raises
    ------
    DamagedError
        When the file is missing or is not what was written.
    """

    def __init__(self, folder: Path, generation: Generation, *, compare: bool = True) -> None:
        self.folder, self.generation = folder, generation
        path = room(folder) / generation.file
        if compare and not is_sound(folder, generation):
            raise DamagedError(f"{path} cannot be opened: it is missing or damaged.")
        # A database in memory would spill into the folder the server was started in.
        spill = {"temp_directory": str(path.with_suffix(".spill"))}
        self._connection = duckdb.connect(":memory:", config={**_CONFIG, **spill})
        quoted = str(path).replace("'", "''")
        try:
            self._connection.execute(f"ATTACH '{quoted}' AS base (READ_ONLY); {_LOCK}")
        except duckdb.Error as error:
            raise DamagedError(f"{path} cannot be opened: {error}") from error
        self.once = Once()  # what is made once for this generation
        self._laying = threading.Lock()
        self._schemas: dict[str, weakref.ref[Tail]] = {}

    def cursor(self, tail: Tail | None = None) -> Any:
        """A cursor of one thread that sees the generation, or the tail over it."""
        cursor = self._connection.cursor()
        cursor.execute(f"USE memory.{tail.schema}" if tail else "USE base")
        return cursor

    def tail(self, place: Place, upto: int, rows: list[bytes]) -> Tail:
        """Lay the journal's rows, up to a number, over the generation."""
        with self._laying:
            self._drop_unused()
            tail = Tail(f"tail_{upto}")
            self._connection.execute(f"DROP SCHEMA IF EXISTS {tail.schema} CASCADE")
            self._connection.execute(f"CREATE SCHEMA {tail.schema}")
            with self.cursor(tail) as cursor:
                self._lay(cursor, place, canonical(rows))
            self._schemas[tail.schema] = weakref.ref(tail)
        return tail

    def _lay(self, cursor: Any, place: Place, rows: pa.Table) -> None:
        names = [row[0] for row in cursor.execute(sql.TABLES_OF_BASE).fetchall()]
        for name in set(names) - set(_CHANGED):
            cursor.execute(f"CREATE VIEW {name} AS FROM base.{name}")
        cursor.execute("CREATE TABLE terms AS FROM base.terms")
        cursor.execute("CREATE TABLE tickets AS FROM base.tickets LIMIT 0")
        cursor.execute(sql.NEW_COLUMNS)
        cursor.register("rows", rows)
        cursor.execute("CREATE OR REPLACE TEMP TABLE tickets_in AS SELECT * FROM rows")
        cursor.unregister("rows")
        first = cursor.execute(sql.FIRST_NUMBER.format(tickets="base.tickets")).fetchall()[0][0]
        derive.settle_tickets(cursor, place, first)
        cursor.execute(sql.TAIL_OVER_BASE)
        replaced = [str(row[0]) for row in cursor.execute(sql.REPLACED_BY_TAIL).fetchall()]
        cursor.execute(sql.TICKETS_WITH_TAIL.format(replaced=", ".join(replaced) or "-1"))

    def _drop_unused(self) -> None:
        for schema in [name for name, held in self._schemas.items() if held() is None]:
            self._connection.execute(f"DROP SCHEMA {schema} CASCADE")
            del self._schemas[schema]


def canonical(rows: list[bytes]) -> pa.Table:
    """Rows of the journal as canonical tickets; of several with one id the last stays last."""
    return pa.Table.from_pylist([orjson.loads(row) for row in rows], TABLES["tickets"])
