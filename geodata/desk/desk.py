"""The desk itself: keeps its survey while the data changes, and gives the orders of a clerk."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.addresses.decisions import decisions
from geodata.addresses.engine import matcher
from geodata.desk.coverage import coverage
from geodata.desk.deciding import NotReadyError, Order, freed, order_of
from geodata.desk.groups import Groups, Queue, queue
from geodata.desk.survey import Survey, surveyed
from geodata.desk.trial import Engine, meanings

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.desk.survey import Unaddressed
    from geodata.store.reader import Reader

log = logging.getLogger(__name__)
FIRST = 20  # groups that are made before anybody asks
REST = 3.0  # seconds before what is long to make is made ahead
TRIED = 500  # decisions that are kept as they were tried
PREPARING = (
    "The appeals are still being looked at. Try again in a moment.",
    "诉求还在整理,请稍后再试。",
)
NONE_READY = (
    "No appeal can be placed without a decision.",
    "没有不需认定就能定位的诉求。",
)


class Desk:
    """One desk of a data folder; safe to use from many threads. ``newest`` gives a reader."""

    def __init__(self, newest: Callable[[], Reader]) -> None:
        self._newest = newest
        self._survey: Survey | None = None
        self._looking = threading.Lock()  # held by who makes a survey
        self._groups = Groups()
        self._tried: dict[tuple[str, str | None], tuple[object, list[Unaddressed]]] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._starting = threading.Lock()
        self.progress = (0, 0)  # appeals looked at, of how many

    def survey(self) -> Survey | None:
        """The survey of the newest facts; an older one, or None, while that is being made.

        Never waits: what is missing is made by a thread of its own.
        """
        reader = self._newest()
        if self._survey is None or self._survey.version != reader.version:
            self._start("address desk", self._look, reader)
        return self._survey

    def surveyed(self, reader: Reader) -> Survey:
        """The survey of a reader's facts, whoever makes it."""
        with self._looking:
            if self._survey is None or self._survey.version != reader.version:
                self._survey = surveyed(reader, self._survey, self._tell)
            return self._survey

    def queue(self, reader: Reader, survey: Survey, limit: int, offset: int = 0) -> Queue:
        """A part of the queue; groups that were told before are told again."""
        return queue(reader, survey, limit, offset, self._groups)

    def preview(self, mention: str, address_id: str | None) -> int:
        """How many appeals a decision would give an address; raises as ``order`` does."""
        return len(self._freed(self._made(), mention, address_id))

    def order(self, mention: str, address_id: str | None, by: str) -> Order:
        """The order of a decision, to be carried out.

        Raises
        ------
        UnknownNameError
            When no appeal waits for this name, or there is no such address.
        NotReadyError
            When there is no survey yet.
        """
        survey = self._made()
        placed = self._freed(survey, mention, address_id)
        return order_of(survey, mention, address_id, placed, by)

    def ready(self, by: str) -> Order:
        """The order for all appeals that have an address by now and need no decision.

        Raises
        ------
        NotReadyError
            When there are none, or there is no survey yet.
        """
        survey = self._made()
        if not len(survey.ready):
            raise NotReadyError(*NONE_READY)
        count = len(survey.ready)
        return Order(by=by, library=survey.library, waited=count, found=survey.ready)

    def _made(self) -> Survey:
        if (survey := self.survey()) is None:
            raise NotReadyError(*PREPARING)
        return survey

    def _freed(self, survey: Survey, mention: str, address_id: str | None) -> list[Unaddressed]:
        """What a decision would free; tried once for the same appeals, book and decisions."""
        reader, asked = self._newest(), (mention, address_id)
        made = (survey.library, survey.decided, survey.waiting.get(mention))
        kept = self._tried.get(asked)
        if kept and kept[0] == made:
            return kept[1]
        found = freed(reader, survey, mention, address_id)
        self._tried = dict([*self._tried.items(), (asked, (made, found))][-TRIED:])
        return found

    def _start(self, name: str, act: Callable[[Reader], None], reader: Reader) -> None:
        with self._starting:
            at_work = self._threads.get(name)
            if at_work is None or not at_work.is_alive():
                new = threading.Thread(target=act, args=(reader,), name=name, daemon=True)
                self._threads[name] = new
                new.start()

    def _look(self, reader: Reader) -> None:
        try:
            survey = self.surveyed(reader)
            self.queue(reader, survey, FIRST)
        except Exception:
            log.exception("the appeals without an address could not be looked at")
        else:
            self._start("address desk ahead", self._rest, reader)

    def _rest(self, _: Reader) -> None:
        """Let a clerk go on deciding first, who needs no new matcher for that."""
        threading.Event().wait(REST)
        self._go_ahead(self._newest())

    def _go_ahead(self, reader: Reader) -> None:
        """Make what is asked next, so that nobody waits for it."""
        try:
            coverage(reader)
            self._learn(Engine(matcher(reader), meanings(decisions(reader))))
        except Exception:
            log.exception("what the address desk needs next could not be made")

    def _learn(self, engine: Engine) -> None:
        """Go on with a full matcher: an old one need not be kept beside it."""
        with self._looking:
            if self._survey and engine.knows <= self._survey.decided:
                survey = self._survey = replace(self._survey, engine=engine)
                self.queue(self._newest(), survey, FIRST)

    def _tell(self, done: int, of: int) -> None:
        self.progress = (done, of)
