"""The journal: what arrives live, on disk before it is acknowledged (SQLite, ``synchronous=FULL``).

A row stays here until a generation holds it durably. ``latest`` remembers the content of every id
that ever came, so that a sender may repeat itself without harm. The ledger beside it holds the
highest number ever acknowledged: a journal that is behind its ledger has lost rows.
"""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import apsw

from geodata.errors import DataError
from geodata.store import inbox
from geodata.store.inbox import Entry, Key, KeyUsedError, Put, Status, Told
from geodata.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = [
    "Entry",
    "Journal",
    "JournalError",
    "Key",
    "KeyUsedError",
    "Put",
    "Status",
    "Told",
    "TrimmedError",
]

FILE, ALARM = "journal.sqlite", "journal.alarm"
# Before 3.51.3 two connections may reset the write-ahead log under each other and lose commits.
LEAST_SQLITE = (3, 51, 3)
SYNCHRONOUS = "FULL"
PATIENCE_MS = 5000
ANSWERS_KEPT = dt.timedelta(days=7)


class JournalError(DataError):
    """The journal could not be written or read; nothing of this request is acknowledged."""


class TrimmedError(Exception):
    """The rows asked for are gone from the journal: a newer generation holds them."""


class Journal:
    """The journal of a data folder; any number of threads and processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ledger = Ledger(folder)
        self._local = threading.local()
        version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
        if version < LEAST_SQLITE:
            raise DataError(
                f"SQLite is {apsw.sqlite_lib_version()}; the journal needs 3.51.3 or newer, "
                f"because older ones can lose commits. Install the apsw of requirements.txt."
            )

    def exists(self) -> bool:
        """Whether anything has ever come in live."""
        return (self._folder / FILE).is_file()

    def put(self, source: str, entries: Sequence[Entry], key: Key | None = None) -> Told:
        """Take the rows of one request; when this returns they are on disk.

        Raises
        ------
        JournalError
            When the disk is full or fails; then nothing was taken.
        KeyUsedError
            When the key came with another body before.
        """
        told = self.put_all([(source, entries, key)])[0]
        if isinstance(told, KeyUsedError):
            raise told
        return told

    def put_all(self, requests: Sequence[Put]) -> list[Told | KeyUsedError]:
        """Take the rows of requests with one commit; when this returns they are on disk.

        Returns
        -------
        list, one of each request
            Pairs of id and status: ``created``, ``updated`` (the id came with other content
            before), ``known`` (the same content), ``taken`` (another source owns the id; the row
            was not taken). A key that has been answered gives its answer again; one that came with
            another body before is a KeyUsedError, and of its request alone nothing was taken.

        Raises
        ------
        JournalError
            When the disk is full or fails; then nothing of any request was taken.
        """
        with self._transaction() as connection:
            before = connection.total_changes()
            told = [inbox.put(connection, *request) for request in requests]
            taken = connection.total_changes() > before
            last = inbox.last(connection) if taken else 0
        if last:
            self._ledger.note(last)
        return told

    def last(self) -> int:
        """The highest number ever given; 0 when nothing has come."""
        if not self.exists():
            return 0
        with self._reading() as connection:
            return inbox.last(connection)

    def after(self, seq: int) -> tuple[int, list[bytes]]:
        """The last number, and the rows above ``seq`` in the order they came, as JSON.

        Raises
        ------
        TrimmedError
            When some of them are gone because a newer generation holds them.
        """
        if not self.exists():
            return seq, []
        with self._reading() as connection:
            if inbox.trimmed(connection) > seq:
                raise TrimmedError
            rows = list(
                connection.execute("SELECT seq, row FROM inbox WHERE seq > ? ORDER BY seq", (seq,))
            )
            return (rows[-1][0] if rows else max(seq, inbox.last(connection))), [
                row for _, row in rows
            ]

    def waiting(self, seq: int) -> tuple[int, dt.datetime | None]:
        """How many rows stand above a number, and when the first of them came."""
        if not self.exists():
            return 0, None
        with self._reading() as connection:
            asked = "SELECT count(*), min(received_at) FROM inbox WHERE seq > ?"
            count, first = connection.execute(asked, (seq,)).fetchall()[0]
        return count, dt.datetime.fromisoformat(first) if first else None

    def trim(self, upto: int) -> None:
        """Forget rows up to a number, because a synced generation holds them."""
        if not self.exists():
            return
        with self._transaction() as connection:
            connection.execute("DELETE FROM inbox WHERE seq <= ?", (upto,))
            connection.execute("DELETE FROM trimmed")
            connection.execute("INSERT INTO trimmed VALUES (?)", (upto,))
            oldest = (dt.datetime.now(dt.UTC) - ANSWERS_KEPT).isoformat()
            connection.execute("DELETE FROM answers WHERE at < ?", (oldest,))

    def copy(self, target: Path) -> None:
        """A copy of the whole journal, as it is at this moment."""
        with self._failing() as connection:
            connection.execute("VACUUM INTO ?", (str(target),))

    def alarm(self) -> str | None:
        """What is wrong with the journal, in a sentence: rows acknowledged once are gone."""
        path = self._folder / ALARM
        if path.is_file():
            return path.read_text(encoding="utf-8").strip()
        ledger = self._ledger.read()
        last = self.last()
        if last >= ledger:
            return None
        sentence = (
            f"The journal went backwards: {ledger} rows had been acknowledged, it knows {last}. "
            f"Restore a backup or have the rows since then sent again, then remove {ALARM}."
        )
        path.write_text(sentence + "\n", encoding="utf-8")
        with self._transaction() as connection:  # numbers once given are never given again
            connection.execute("DELETE FROM sqlite_sequence WHERE name = 'inbox'")
            connection.execute("INSERT INTO sqlite_sequence VALUES ('inbox', ?)", (ledger,))
        return sentence

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        with self._failing() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        with self._failing() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _failing(self) -> Iterator[Any]:
        """A connection of this thread; after any failure the next request gets a new one."""
        try:
            yield self._connection()
        except BaseException as error:
            self._drop()
            if isinstance(error, apsw.Error | OSError):
                raise JournalError(f"{type(error).__name__}: {error}") from error
            raise

    def _connection(self) -> Any:
        if getattr(self._local, "connection", None) is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            connection = apsw.Connection(str(self._folder / FILE))
            self._local.connection = connection
            connection.set_busy_timeout(PATIENCE_MS)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            connection.execute(inbox.TABLES)
        return self._local.connection

    def _drop(self) -> None:
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close(True)
