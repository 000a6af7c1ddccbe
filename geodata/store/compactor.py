"""The compactor: folds what the journal holds into a new generation, while readers go on.

One at a time works on a data folder, in a thread of a web worker or in a process of its own; the
writer's lock, which a killed holder lets go, decides which.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from typing import TYPE_CHECKING

from geodata.errors import DataError, NoDataError
from geodata.place import read_place
from geodata.store.folding import fold
from geodata.store.generation import BusyError, Generation, published, room, writing
from geodata.store.journal import Journal, JournalError

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.store.folding import Maker

log = logging.getLogger(__name__)
MOST_ROWS = 5_000  # a longer tail makes every answer slower
OLDEST = dt.timedelta(minutes=5)
PERIOD = 2.0  # seconds between two looks
BEAT = "compactor.beat"


def compact(folder: Path, make: Maker | None = None) -> Generation | None:
    """Fold what waits in the journal now; None when nothing waits.

    Raises
    ------
    BusyError
        When another process is writing.
    """
    with writing(folder):
        if not Journal(folder).waiting(published(folder).upto)[0]:
            return None
        return fold(folder, read_place(folder), make=make)


def is_due(folder: Path, most: int = MOST_ROWS, oldest: dt.timedelta = OLDEST) -> bool:
    """Whether the tail has become long or old enough to be folded."""
    rows, since = Journal(folder).waiting(published(folder).upto)
    age = dt.datetime.now(dt.UTC) - since if since else dt.timedelta()
    return rows >= most or (rows > 0 and age >= oldest)


def run(
    folder: Path,
    stop: threading.Event,
    make: Maker | None = None,
    *,
    most: int = MOST_ROWS,
    oldest: dt.timedelta = OLDEST,
) -> None:
    """Compact whenever it is due, until told to stop; a failure is logged and tried again."""
    beat = room(folder) / BEAT
    while not stop.wait(PERIOD):
        try:
            if is_due(folder, most, oldest):
                compact(folder, make)
            beat.touch()
        except (BusyError, NoDataError):
            continue  # somebody else writes, or there is nothing to fold into yet
        except (DataError, JournalError, OSError):
            log.exception("the journal of %s could not be folded", folder)
