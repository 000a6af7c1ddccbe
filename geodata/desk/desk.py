"""The desk itself: keeps its survey while the data changes, and makes decisions lasting."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from geodata.desk.deciding import Asked, incoming, placed
from geodata.desk.survey import Survey, surveyed
from geodata.place import read_place
from geodata.replay import remade
from geodata.store.batches import DECISION, Batch, Log
from geodata.store.folding import fold
from geodata.store.generation import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geodata.store.reader import Reader

log = logging.getLogger(__name__)
SHOWN, LOOKED_AT = 200, 5000  # decisions that are listed, and the newest batches read for it


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision: its batch, how many appeals have an address by it, of how many."""

    batch: int
    placed: int
    waited: int


class Desk:
    """One desk of a data folder; safe to use from many threads. ``newest`` gives a reader."""

    def __init__(self, folder: Path, newest: Callable[[], Reader]) -> None:
        self.folder, self._newest = folder, newest
        self._survey: Survey | None = None
        self._looking = threading.Lock()  # held by who makes a survey
        self._starting = threading.Lock()
        self._at_work: threading.Thread | None = None
        self.progress = (0, 0)  # appeals looked at, of how many

    def survey(self) -> Survey | None:
        """The survey of the newest facts; an older one, or None, while that is being made.

        Never waits: what is missing is made by a thread of its own.
        """
        reader = self._newest()
        if self._survey is None or self._survey.version != reader.version:
            self._start(reader)
        return self._survey

    def surveyed(self, reader: Reader) -> Survey:
        """The survey of a reader's facts, whoever makes it."""
        with self._looking:
            if self._survey is None or self._survey.version != reader.version:
                self._survey = surveyed(reader, self._survey, self._tell)
            return self._survey

    def preview(self, mention: str, address_id: str | None) -> int:
        """How many appeals a decision would give an address."""
        reader = self._newest()
        return len(placed(reader, self.surveyed(reader), Asked(mention, address_id, "")))

    def decide(self, mention: str, address_id: str | None, by: str) -> Decided:
        """Make a decision: all it frees becomes visible at once, or nothing does.

        Raises
        ------
        UnknownNameError
            When no appeal waits for this name, or there is no such address.
        BusyError
            When another process is writing.
        """
        asked = Asked(mention, address_id, by)
        with writing(self.folder):
            reader = self._folded()
            survey = self.surveyed(reader)
            tickets = placed(reader, survey, asked)
            waited = len(survey.waiting[mention])
            coming = incoming(reader, asked, tickets, waited)
            generation = fold(self.folder, read_place(self.folder), coming, make=remade)
        self.surveyed(self._newest())
        return Decided(generation.batch, len(tickets), waited)

    def _folded(self) -> Reader:
        """The newest facts with nothing left in the journal: a decision moves whole rows."""
        reader = self._newest()
        if reader.upto > reader.generation.upto:
            fold(self.folder, read_place(self.folder), make=remade)
        return self._newest()

    def _start(self, reader: Reader) -> None:
        with self._starting:
            if self._at_work is None or not self._at_work.is_alive():
                self._at_work = threading.Thread(
                    target=self._look, args=(reader,), name="address desk", daemon=True
                )
                self._at_work.start()

    def _look(self, reader: Reader) -> None:
        try:
            self.surveyed(reader)
        except Exception:
            log.exception("the appeals without an address could not be looked at")

    def _tell(self, done: int, of: int) -> None:
        self.progress = (done, of)


def decisions(folder: Path) -> list[dict[str, Any]]:
    """Every decision of the log, the newest first: who, when, what, and how many it placed."""
    log = Log(folder)
    names = sorted((p.name for p in log.room.glob("[0-9]*") if p.name.isdigit()), reverse=True)
    batches = (log.batch(int(name)) for name in names[:LOOKED_AT])
    return [_told(b) for b in islice((b for b in batches if b.kind == DECISION), SHOWN)]


def _told(batch: Batch) -> dict[str, Any]:
    return {
        **{"batch": batch.number, "at": batch.at, "undone": batch.undone},
        **{"mention": batch.file, "placed": batch.accepted, "waited": batch.read},
        **{name: batch.recipe.get(name) for name in ("address_id", "name", "by")},
    }
