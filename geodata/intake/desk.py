"""The desk: requests that come at one moment are checked together and share one commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from geodata.intake.live import Batch, Checked, Usage, checked
from geodata.intake.together import Together
from geodata.store.journal import Entry, JournalError, KeyUsedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.store.journal import Journal, Key, Put, Status, Told

Fault: TypeAlias = JournalError | KeyUsedError


@dataclass(frozen=True, slots=True)
class Request:
    """Tickets on their way in: from whom, and the key of the request where it has one."""

    source: str
    batch: Batch
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a request: its tickets in their order, and the status of those by id."""

    found: list[Checked]
    status: dict[str, Status]


class Desk:
    """Takes tickets into a journal; ``usage`` says what the place is used to at the moment."""

    def __init__(self, journal: Journal, usage: Callable[[], Usage]) -> None:
        self._journal, self._usage = journal, usage
        self._together = Together(self._take_all)

    def take(self, request: Request) -> Taken:
        """Check and keep the tickets of a request; when this returns they are on disk.

        Raises
        ------
        JournalError
            When they could not be written; then none of them is taken.
        KeyUsedError
            When the key came with another body before.
        """
        answer = self._together.ask(request)
        if isinstance(answer, Taken):
            return answer
        raise type(answer)(*answer.args) from answer

    def _take_all(self, requests: Sequence[Request]) -> list[Taken | Fault]:
        every = checked([request.batch for request in requests], self._usage())
        good = [[one for one in found if isinstance(one, Entry)] for found in every]
        answers: list[Taken | Fault] = [Taken(found, {}) for found in every]
        # Where nothing is good nothing is written, and the key stays free for a mended body.
        which = [i for i, entries in enumerate(good) if entries]
        puts: list[Put] = [(requests[i].source, good[i], requests[i].key) for i in which]
        for i, told in zip(which, self._put(puts), strict=True):
            answers[i] = Taken(every[i], dict(told)) if isinstance(told, list) else told
        return answers

    def _put(self, puts: Sequence[Put]) -> Sequence[Told | Fault]:
        """One commit for all of them; a fault of the disk is everybody's."""
        try:
            return self._journal.put_all(puts) if puts else []
        except JournalError as fault:
            return [fault] * len(puts)
