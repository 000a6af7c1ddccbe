"""The tables of the journal, and the statements that take the rows of a request into them.

``latest`` remembers the content of every id that ever came, ``answers`` what a key was told.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Status = Literal["created", "updated", "known", "taken"]
Told: TypeAlias = list[tuple[str, Status]]

TABLES = """
CREATE TABLE IF NOT EXISTS inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, id TEXT NOT NULL,
    row BLOB NOT NULL, received_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS latest (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    source TEXT NOT NULL, key TEXT NOT NULL, digest BLOB NOT NULL, answer BLOB NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS trimmed (upto INTEGER NOT NULL);
"""


class KeyUsedError(Exception):
    """An Idempotency-Key came back with another body."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row on its way in: its id, a digest of its content, and the canonical row as JSON."""

    id: str
    digest: bytes
    row: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """An Idempotency-Key with a digest of the body it came with."""

    name: str
    digest: bytes


# What one request brings: its source, its rows, and its key where it has one.
Put: TypeAlias = "tuple[str, Sequence[Entry], Key | None]"


def put(
    connection: Any, source: str, entries: Sequence[Entry], key: Key | None
) -> Told | KeyUsedError:
    """Take the rows of one request; a key is looked at before anything is written."""
    if key and (before := _answered(connection, source, key)):
        return before
    told = [(entry.id, _take(connection, source, entry)) for entry in entries]
    if key:
        _keep_answer(connection, source, key, told)
    return told


def _answered(connection: Any, source: str, key: Key) -> Told | KeyUsedError | None:
    found = connection.execute(
        "SELECT digest, answer FROM answers WHERE source = ? AND key = ?", (source, key.name)
    ).fetchall()
    if not found:
        return None
    digest, answer = found[0]
    if digest != key.digest:
        return KeyUsedError()
    return [(ident, status) for ident, status in json.loads(answer)]


def _keep_answer(connection: Any, source: str, key: Key, told: Told) -> None:
    connection.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?)",
        (source, key.name, key.digest, json.dumps(told).encode(), _now()),
    )


def _take(connection: Any, source: str, entry: Entry) -> Status:
    found = connection.execute(
        "SELECT source, digest FROM latest WHERE id = ?", (entry.id,)
    ).fetchall()
    if found and found[0][0] != source:
        return "taken"
    if found and found[0][1] == entry.digest:
        return "known"
    connection.execute(
        "INSERT INTO inbox (source, id, row, received_at) VALUES (?, ?, ?, ?)",
        (source, entry.id, entry.row, _now()),
    )
    connection.execute(
        "INSERT INTO latest VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET digest = excluded.digest",
        (entry.id, source, entry.digest),
    )
    return "updated" if found else "created"


def last(connection: Any) -> int:
    """The highest number ever given; 0 when nothing has come."""
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'inbox'").fetchall()
    return int(found[0][0]) if found else 0


def trimmed(connection: Any) -> int:
    """The number up to which rows have been given away."""
    found = connection.execute("SELECT upto FROM trimmed").fetchall()
    return int(found[0][0]) if found else 0


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
