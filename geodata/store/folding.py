"""From the log and the journal to a generation: the one way by which anything becomes visible.

The log of batches is the truth, and a generation is what it adds up to. Importing appends a batch,
taking back marks one, compaction turns the journal's rows into one; each then folds. A crash at any
point leaves the old generation or the new one, and the next fold catches up with the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.errors import DataError, NoDataError
from geodata.store.batches import (
    BASE,
    DECISION,
    DEMO,
    LAYER,
    LIVE,
    SNAPSHOT,
    Batch,
    Log,
    now,
    standing,
)
from geodata.store.disk import copied
from geodata.store.generation import (
    Draft,
    Generation,
    generations,
    is_sound,
    published,
    room,
    set_aside,
)
from geodata.store.ground import canonical
from geodata.store.journal import Journal, TrimmedError
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from geodata.place import Place

    Tables = dict[str, pa.Table]

SLICE = 200_000  # rows of a batch that are in memory at once
# Makes the tables of a demonstration from its recipe, a piece at a time.
Maker = Callable[[dict[str, Any]], Iterable[tuple[str, pa.Table]]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A batch that is to join the log, with its canonical tables; its number is given here.

    ``rejects`` is the text of the rows that were held back, to be kept with it.
    """

    batch: Batch
    tables: Tables = field(default_factory=dict)
    rejects: str = ""


def fold(
    folder: Path,
    place: Place,
    incoming: Incoming | None = None,
    *,
    make: Maker | None = None,
    afresh: bool = False,
) -> Generation:
    """Publish everything: the log, what waits in the journal, and what comes in now.

    The caller holds the writer's lock. ``afresh`` begins with the first batch; else the newest
    sound generation that the log still agrees with is built upon.

    Raises
    ------
    DataError
        When the facts do not fit together; then nothing has changed.
    """
    log, journal = Log(folder), Journal(folder)
    log.discard()
    know_the_beginning(folder, log)
    batches = log.batches()
    base = None if afresh else _base(folder, batches)
    upto, rows = _waiting(journal, batches, base)
    fresh = _new(batches, rows, upto, incoming)
    beginning, missing = _beginning(folder, log, batches, base)
    try:
        # The log is written while the generation is made; both are there before ``commit``.
        with (
            ThreadPoolExecutor(1) as beside,
            Draft(folder, place, fresh=beginning is None, base=beginning) as draft,
        ):
            for batch in missing:
                _apply(draft, log, batch, make, place)
            kept = [beside.submit(log.draft, n.batch, n.tables, n.rejects) for n in fresh]
            for new in fresh:
                for name, table in new.tables.items():
                    draft.add(name, table, place.day(new.batch.at))
            generation = draft.publish(
                batch=max([b.number for b in batches] + [new.batch.number for new in fresh] + [0]),
                undone=_undone(batches),
                upto=upto,
                layers=max([b.number for b in batches if b.kind == LAYER], default=0),
                commit=lambda: _commit(log, fresh, kept),
            )
    finally:
        log.discard()
    _trim(folder, journal, generation)
    return generation


def _commit(log: Log, fresh: list[Incoming], kept: list[Future[Path]]) -> None:
    """Make what has come in part of the log, once it is all written."""
    for draft in kept:
        draft.result()
    log.commit(new.batch.number for new in fresh)


def mended(folder: Path, place: Place, damaged: Generation, make: Maker | None) -> Generation:
    """Set a damaged generation aside and publish what the log and the journal add up to.

    The caller holds the writer's lock; another process may have mended it meanwhile.
    """
    current = published(folder)
    if current != damaged and is_sound(folder, current):
        return current
    set_aside(folder, damaged)
    return fold(folder, place, make=make)


def know_the_beginning(folder: Path, log: Log) -> None:
    """Facts from before there was a log become its first batch: a copy of their generation.

    Raises
    ------
    DataError
        When there are facts and no generation of them is sound: nothing could bring them back.
    """
    if log.batches():
        return
    try:
        noted = [published(folder), *generations(folder)]
    except NoDataError:
        return
    generation = next((g for g in noted if is_sound(folder, g)), None)
    if generation is None:
        raise DataError(f"No generation of {folder} is sound, and it has no log. Restore a backup.")
    batch = Batch(number=1, kind=SNAPSHOT, at=now(), sha256=generation.sha256)
    copied(room(folder) / generation.file, log.draft(batch, {}) / BASE)
    log.commit([1])


def _base(folder: Path, batches: list[Batch]) -> Generation | None:
    """The newest sound generation that holds nothing the log has taken back or replaced since."""
    starts = [batch.number for batch in batches if batch.kind == DEMO]
    for generation in generations(folder):
        # What was taken back and came after a generation was never in it.
        undone = tuple(n for n in _undone(batches) if n <= generation.batch)
        is_of_log = generation.undone == undone
        is_of_log &= generation.batch >= max(starts, default=0)
        if is_of_log and is_sound(folder, generation):
            return generation
    return None


def _beginning(
    folder: Path, log: Log, batches: list[Batch], base: Generation | None
) -> tuple[tuple[Path, str] | None, list[Batch]]:
    """The file to begin with, if any, and the batches that are to be added to it."""
    counted = standing(batches)
    if base:
        missing = [b for b in counted if b.number > base.batch and b.kind != SNAPSHOT]
        return (room(folder) / base.file, ""), missing  # compared by ``_base``
    if counted and counted[0].kind == SNAPSHOT:
        return (log.path(counted[0].number) / BASE, counted[0].sha256), counted[1:]
    return None, counted


def _undone(batches: list[Batch]) -> tuple[int, ...]:
    """Batches whose facts are left out; a plain layer has none in a generation."""
    return tuple(b.number for b in batches if b.undone and b.kind != LAYER)


def _waiting(
    journal: Journal, batches: list[Batch], base: Generation | None
) -> tuple[int, list[bytes]]:
    """The rows of the journal that neither the log nor the base holds, and the last number."""
    folded = max([batch.upto for batch in batches] + [base.upto if base else 0])
    try:
        return journal.after(folded)
    except TrimmedError as error:
        raise DataError(
            "The journal has given rows away that the log does not hold. Restore a backup."
        ) from error


def _new(
    batches: list[Batch], rows: list[bytes], upto: int, incoming: Incoming | None
) -> list[Incoming]:
    """What joins the log: first the rows that were acknowledged before, then what comes in."""
    number = max((batch.number for batch in batches), default=0) + 1
    found = []
    if rows:
        count = len(rows)
        live = Batch(number=number, kind=LIVE, at=now(), read=count, accepted=count, upto=upto)
        found.append(Incoming(live, {"tickets": canonical(rows)}))
    if incoming:
        batch = replace(incoming.batch, number=number + len(found))
        if found and batch.kind == DECISION:
            incoming = _without(incoming, found[0].tables["tickets"])
        found.append(replace(incoming, batch=batch))
    return found


def _without(decision: Incoming, newer: pa.Table) -> Incoming:
    """A decision moves tickets as they were; those that came meanwhile are newer."""
    tickets = decision.tables["tickets"]
    kept = pc.invert(pc.is_in(tickets["id"], newer["id"].combine_chunks()))
    return replace(decision, tables={**decision.tables, "tickets": tickets.filter(kept)})


def _apply(draft: Draft, log: Log, batch: Batch, make: Maker | None, place: Place) -> None:
    """Hand the tables of a batch of the log over."""
    if batch.kind == DEMO:
        if make is None:
            raise DataError("A demonstration is made anew by `python -m geodata replay` alone.")
        for name, rows in make(batch.recipe):
            draft.add(name, rows)
    for name, path in log.tables(batch).items():
        for rows in _slices(path):
            draft.add(name, _whole(name, rows), place.day(batch.at))


def _whole(name: str, rows: pa.Table) -> pa.Table:
    """Rows with the columns that came to their table after they were logged; null in them."""
    schema = TABLES[name]
    if rows.schema.names == schema.names:
        return rows
    had = set(rows.schema.names)
    columns = [rows[f.name] if f.name in had else pa.nulls(len(rows), f.type) for f in schema]
    return pa.table(columns, schema=schema)


def _slices(path: Path) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for part in file.iter_batches(SLICE):
            yield pa.Table.from_batches([part])


def _trim(folder: Path, journal: Journal, generation: Generation) -> None:
    """Forget rows that the generation before this one holds too: its readers need the others."""
    before = [g.upto for g in generations(folder) if g.number < generation.number]
    if before:
        journal.trim(min(max(before), generation.upto))
