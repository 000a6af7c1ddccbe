"""The product with one promise broken: ``python -m tests.faults.mutants NAME COMMAND ARGUMENT…``.

A test of a promise is worth something only if it fails for a product that does not keep it.
"""

from __future__ import annotations

import csv
import sys
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from geodata import backup
from geodata.intake import importer
from geodata.intake.files.sheet import sheet_of
from geodata.store import folding, generation, journal
from geodata.store.journal import Journal, JournalError


def none() -> None:
    """The product as it is."""


def hasty() -> None:
    """Acknowledges what is only in memory, until 25 rows have come together."""
    real, waiting = Journal.put_all, []

    def put_all(self: Any, requests: Any) -> Any:
        waiting.extend((source, entries, None) for source, entries, _ in requests)
        if len(waiting) >= 25:
            real(self, list(waiting))
            waiting.clear()
        return _created(requests)

    Journal.put_all = put_all  # type: ignore[method-assign]


def unsynced() -> None:
    """Commits without waiting for the disk."""
    journal.SYNCHRONOUS = "NORMAL"


def hopeful() -> None:
    """Acknowledges although the disk has failed."""
    real = Journal.put_all

    def put_all(self: Any, requests: Any) -> Any:
        with suppress(JournalError):
            return real(self, requests)
        return _created(requests)

    Journal.put_all = put_all  # type: ignore[method-assign]


def _created(requests: Any) -> Any:
    """The acknowledgement of everything."""
    return [[(entry.id, "created") for entry in entries] for _, entries, _ in requests]


def swallowing() -> None:
    """Reads a file by a parser to which an open quote is the beginning of a long text."""

    csv.field_size_limit(1 << 30)

    def read(path: Any, *_: Any) -> Any:
        with path.open(encoding="utf-8", newline="") as handle:
            rows = csv.reader(handle)
            head = next(rows)
            kept = [(rows.line_num, row) for row in rows if len(row) == len(head)]
        columns = [[row[i] for _, row in kept] for i in range(len(head))]
        return sheet_of(head, columns, np.array([line for line, _ in kept])), []

    importer.read_sheet = read


def halving() -> None:
    """Publishes the first half of a file before the whole."""
    real = folding.fold

    def fold(folder: Any, place: Any, incoming: Any = None, **more: Any) -> Any:
        if incoming:
            half = {name: t.slice(0, len(t) // 2) for name, t in incoming.tables.items()}
            real(folder, place, folding.replace(incoming, tables=half), **more)
        return real(folder, place, incoming, **more)

    importer.fold = fold


def unlocked() -> None:
    """Lets two write at once."""

    @contextmanager
    def writing(folder: Any) -> Any:
        generation.room(folder).mkdir(parents=True, exist_ok=True)
        yield

    importer.writing = writing


def trusting() -> None:
    """Restores without comparing."""

    def restored(source: Any, target: Any, _: str) -> None:
        backup.copied(source, target)

    backup._restored = restored


MUTANTS = {
    f.__name__: f for f in (none, hasty, unsynced, hopeful, swallowing, halving, unlocked, trusting)
}


def main() -> int:
    """Break the promise, then run the command."""
    name, command, *arguments = sys.argv[1:]
    MUTANTS[name]()
    if command == "serve":
        import app

        return app.main(arguments)
    from geodata.__main__ import main as geodata

    return geodata([command, *arguments])


if __name__ == "__main__":
    sys.exit(main())
