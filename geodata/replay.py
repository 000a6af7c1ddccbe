"""Getting back: a store made anew from its log, a damaged generation mended, a batch undone.

What the log holds is enough to make every generation again; a demonstration is made again from its
recipe, everything else from the rows as they came.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geodata.errors import DataError, NoDataError
from geodata.place import read_place
from geodata.store.batches import DEMO, LAYER, LIVE, SNAPSHOT, Batch, Log, standing
from geodata.store.derive import NO_AREAS
from geodata.store.disk import copied, sync
from geodata.store.folding import fold, mended
from geodata.store.generation import Generation, point, published, writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa


def remade(recipe: dict[str, Any]) -> Iterable[tuple[str, pa.Table]]:
    """The tables of a demonstration, made again from its recipe."""
    from geodata.demo import frames

    until = dt.date.fromisoformat(str(recipe["until"]))
    return frames(str(recipe["scale"]), int(recipe["seed"]), until, lambda *_: None)


def replay(folder: Path) -> Generation:
    """Make the store anew, from the first batch on, with what waits in the journal."""
    with writing(folder):
        return fold(folder, read_place(folder), make=remade, afresh=True)


def mend(folder: Path, damaged: Generation) -> None:
    """Publish a sound generation in place of a damaged one, which is set aside."""
    with writing(folder):
        mended(folder, read_place(folder), damaged, remade)


def undo(folder: Path, number: int) -> Batch:
    """Take a batch back: its rows go, and what they had replaced comes again.

    Raises
    ------
    DataError
        When there is no such batch, it has been taken back, or others cannot stand without it.
    """
    with writing(folder):
        log = Log(folder)
        batch = log.batch(number)
        if batch.kind in {LIVE, SNAPSHOT, DEMO}:
            raise DataError(f"Batch {number} is no import ({batch.kind}); it cannot be taken back.")
        if batch.undone:
            raise DataError(f"Batch {number} has been taken back already.")
        if batch.kind == "areas" and not _are_left(log, number):
            raise DataError(NO_AREAS)
        log.mark_undone(number)
        try:
            if batch.kind == LAYER:
                show_layer(folder, log, batch.layer)
            else:
                fold(folder, read_place(folder), make=remade)
        except BaseException:
            log.unmark(number)
            raise
    return batch


def _are_left(log: Log, number: int) -> bool:
    """Whether there are areas without those of a batch: what is shown needs them."""
    kinds = {b.kind for b in standing(log.batches()) if b.number != number}
    return bool(kinds & {"areas", SNAPSHOT, DEMO})


def show_layer(folder: Path, log: Log, ident: str) -> None:
    """Put a plain layer's files where they are read: those of its last batch that counts."""
    target = folder / "layers"
    target.mkdir(exist_ok=True)
    of_it = [b for b in standing(log.batches()) if b.kind == LAYER and b.layer == ident]
    for suffix in (".parquet", ".toml"):  # the rows first: a declaration without rows is a fault
        name = f"{ident}{suffix}"
        if not of_it:
            (target / name).unlink(missing_ok=True)
            continue
        draft = target / f".{name}.tmp"
        copied(log.path(of_it[-1].number) / "layer" / name, draft)
        sync(draft)
        draft.replace(target / name)
    _tell_readers(folder, log)


def _tell_readers(folder: Path, log: Log) -> None:
    """The same generation under another version, so that what is drawn from layers is read again.

    A layer that was taken back counts as a change after the last batch.
    """
    try:
        generation = published(folder)
    except NoDataError:
        return
    last = max(batch.number for batch in log.batches())
    changed = last if generation.layers != last else last + 1
    point(folder, replace(generation, layers=changed))
