"""Readers: a published generation and the journal's tail, and the switch to the next of either."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from geodata.errors import DataError, NoDataError
from geodata.place import Place, read_place
from geodata.store.generation import POINTER, Generation, published, room
from geodata.store.ground import DamagedError, Ground
from geodata.store.journal import Journal, JournalError, TrimmedError
from geodata.store.once import Once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

    Columns = dict[str, Any]  # column name -> numpy array, masked where a value may be missing

T = TypeVar("T")
log = logging.getLogger(__name__)
TAIL_SECONDS = 0.5  # a busy journal is read again no sooner than this
ATTEMPTS = 3


@contextmanager
def _named(sql: str) -> Iterator[None]:
    """Say which query failed."""
    try:
        yield
    except duckdb.Error as error:
        raise DataError(f"This query failed: {error}\n{sql}") from error


class Reader:
    """All facts at one moment; safe to use from many threads at once.

    They are those of a generation or, where the journal held more, with its tail laid over them as
    far as the number ``upto``.
    """

    def __init__(self, ground: Ground, place: Place, upto: int, rows: list[bytes]) -> None:
        self.folder, self.generation, self.place = ground.folder, ground.generation, place
        self.upto = upto
        self._ground = ground
        self._tail = ground.tail(place, upto, rows) if rows else None
        self._local = threading.local()
        self._once = Once()

    @property
    def version(self) -> str:
        """The data version: of the generation, and how far the tail goes where there is one."""
        return self.generation.version + (f"-{self.upto}" if self._tail else "")

    @cached_property
    def data_until(self) -> dt.datetime:
        """The moment, in UTC, up to which facts are complete (exclusive)."""
        until = dt.datetime.fromisoformat(self.generation.data_until).astimezone(dt.UTC)
        if self._tail is None:
            return until
        newest = self.rows("SELECT max(created_at) AS moment FROM tail")[0]["moment"]
        after = newest.replace(tzinfo=dt.UTC) + dt.timedelta(microseconds=1)
        return max(until, self.place.midnight_after(after))

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for this reader, whose facts never change."""
        return self._once(name, make)

    def lasting(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for the generation: nothing that a ticket could change."""
        return self._ground.once(name, make)

    def has(self, table: str) -> bool:
        """Whether a table has any rows."""
        return self.once(f"has/{table}", lambda: bool(self.rows(f"SELECT 1 FROM {table} LIMIT 1")))

    def knows(self, table: str, column: str = "id") -> bool:
        """Whether this generation has such a column; one of an earlier program may not."""
        sql = """SELECT 1 FROM duckdb_columns() WHERE database_name = current_database()
                 AND schema_name = current_schema() AND table_name = $t AND column_name = $c"""
        asked = {"t": table, "c": column}
        # Of the generation, whose lock comes after the reader's: what lasts is made with this too.
        return self.lasting(f"knows/{table}.{column}", lambda: bool(self.rows(sql, asked)))

    def columns(self, sql: str, parameters: Columns | None = None) -> Columns:
        """All rows of a query, as one numpy array a column."""
        return dict(self._run(sql, parameters).fetchnumpy())

    def table(self, sql: str, parameters: Columns | None = None) -> pa.Table:
        """All rows of a query as Arrow columns, each in one piece; no Python object a row."""
        with _named(sql):
            answer = self._cursor().sql(sql, params=parameters or {})
            return answer.to_arrow_table().combine_chunks()

    def rows(self, sql: str, parameters: Columns | None = None) -> list[dict[str, Any]]:
        """All rows of a query, one dict each; for answers of a few dozen rows."""
        answer = self._run(sql, parameters)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def batches(
        self, sql: str, parameters: Columns | None = None, *, size: int = 20_000
    ) -> Iterator[pa.RecordBatch]:
        """Rows of a query, a batch at a time, on a cursor of their own; for exports."""
        with self._ground.cursor(self._tail) as cursor, _named(sql):
            yield from cursor.sql(sql, params=parameters or {}).to_arrow_reader(size)

    def _run(self, sql: str, parameters: Columns | None) -> Any:
        with _named(sql):
            return self._cursor().execute(sql, parameters or {})

    def _cursor(self) -> Any:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._ground.cursor(self._tail)
        return self._local.cursor


class Store:
    """The data folder as readers see it: always the newest published generation and its tail.

    ``mend`` is called with the folder and a generation whose file is not what was written; it is
    to publish a sound one. Without ``compare`` a file is read whatever it is.
    """

    def __init__(
        self,
        folder: Path,
        *,
        mend: Callable[[Path, Generation], None] | None = None,
        compare: bool = True,
    ) -> None:
        self.folder, self._compare = folder, compare
        self._mend = mend
        self._journal = Journal(folder)
        self._ground: Ground | None = None
        self._reader: Reader | None = None
        self._seen: tuple[int, int] = (-1, -1)
        self._looked = 0.0
        self._switching = threading.Lock()

    def reader(self) -> Reader:
        """A reader of the newest facts; keep it for the length of one answer.

        Raises
        ------
        NoDataError
            When nothing has been published yet.
        DataError
            When the pointer, the place or the generation cannot be read.
        """
        # While one thread switches, the others go on with what they have.
        is_new = self._reader is None
        if (is_new or self._is_behind()) and self._switching.acquire(blocking=is_new):
            try:
                if self._reader is None or self._is_behind():
                    self._switch()
            finally:
                self._switching.release()
        assert self._reader
        return self._reader

    def _is_behind(self) -> bool:
        try:
            pointer, seq = self._stamp()
        except JournalError:
            log.exception("the journal cannot be read; what was read before is shown")
            return False
        if pointer != self._seen[0]:
            return True
        return seq != self._seen[1] and time.monotonic() - self._looked >= TAIL_SECONDS

    def _stamp(self) -> tuple[int, int]:
        try:
            pointer = (room(self.folder) / POINTER).stat().st_mtime_ns
        except FileNotFoundError:
            published(self.folder)  # says what is missing and how to get it
            raise
        return pointer, self._journal.last()

    def _switch(self) -> None:
        for _ in range(ATTEMPTS):
            stamp = self._stamp()
            ground = self._standing()
            try:
                upto, rows = self._journal.after(ground.generation.upto)
            except TrimmedError:
                continue  # a newer generation has been published meanwhile
            place = read_place(self.folder)
            self._reader = Reader(ground, place, upto, rows)
            self._ground, self._seen = ground, (stamp[0], upto)
            self._looked = time.monotonic()
            return
        raise DataError(f"The journal of {self.folder} is ahead of every generation.")

    def _standing(self) -> Ground:
        """The ground of the published generation: the one we have, or it is opened and checked."""
        generation = published(self.folder)
        if self._ground and self._ground.generation == generation:
            return self._ground
        try:
            return Ground(self.folder, generation, compare=self._compare)
        except DamagedError:
            if self._mend is None:
                raise
            self._mend(self.folder, generation)
            return Ground(self.folder, published(self.folder))


def newest(folder: Path) -> Reader | None:
    """A reader of the newest facts of a folder, or None where there are none yet."""
    try:
        return Store(folder).reader()
    except NoDataError:
        return None


def shown(generation: Generation, folder: Path) -> Generation:
    """The generation, if there are areas to show its facts on.

    Raises
    ------
    NoDataError
        When there are none: addresses may come before them.
    """
    if generation.has_areas:
        return generation
    raise NoDataError(
        f"{folder} holds addresses but no areas yet, so there is nothing to show them on. "
        f"`python -m geodata import areas FILE --data {folder}` brings them in."
    )


__all__ = ["NoDataError", "Reader", "Store", "newest", "shown"]
