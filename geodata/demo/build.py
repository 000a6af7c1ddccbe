"""The demonstration district into a data folder: frames in, one published generation out."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from geodata.demo import frames, place
from geodata.errors import DataError
from geodata.place import place_of, write_place
from geodata.store.batches import DEMO, Batch, Log, now
from geodata.store.generation import Draft, writing
from geodata.store.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.store.generation import Generation


def build(folder: Path, scale: str, seed: int, until: dt.date) -> Generation:
    """Make the district afresh; a demonstration that was there before is replaced in one step.

    Raises
    ------
    DataError
        When the folder holds facts that somebody brought in.
    """
    here, log = place_of(place()), Log(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder), Draft(folder, here, fresh=True) as draft, _Bar() as bar:
        log.discard()
        batch = _batch(folder, log, {"scale": scale, "seed": seed, "until": until.isoformat()})
        log.draft(batch, {})
        for table, rows in frames(scale, seed, until, bar.advance):
            draft.add(table, rows)
        bar.advance("入库 · publishing", 0, 1)
        generation = draft.publish(
            here.midnight(until + dt.timedelta(days=1)),
            batch=batch.number,
            commit=lambda: log.commit([batch.number]),
        )
        write_place(folder, here)
        bar.advance("入库 · publishing", 1, 1)
    return generation


def _batch(folder: Path, log: Log, recipe: dict[str, object]) -> Batch:
    """The demonstration as the next batch of the log, which it begins anew."""
    batches = log.batches()
    if any(b.kind != DEMO and not b.undone for b in batches) or Journal(folder).last():
        raise DataError(
            f"{folder} holds facts that were brought in, which a demonstration would replace. "
            f"Name another folder."
        )
    number = max((b.number for b in batches), default=0) + 1
    return Batch(number=number, kind=DEMO, at=now(), recipe=recipe)


class _Bar:
    """A progress bar on stderr, on a terminal only."""

    def __init__(self) -> None:
        self._bar = None

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=1, unit_scale=True, leave=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage has come."""
        if self._bar is None:
            return
        self._bar.set_description(stage, refresh=False)
        self._bar.total = total
        self._bar.n = done
        self._bar.refresh()
