"""``POST /api/intake/tickets``: what arrives live, acknowledged only when it is on disk."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import time
from typing import TYPE_CHECKING, Any

from flask import Response, request

from api import wire
from api.senders import sender
from geodata.addresses.engine import matcher
from geodata.addresses.locate import located_row
from geodata.errors import DataError
from geodata.intake.desk import Desk, Request, Taken
from geodata.intake.items import Refused
from geodata.intake.live import Usage, batch_of
from geodata.store.journal import Journal, JournalError, Key, KeyUsedError
from geodata.store.terms import terms
from geodata.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from api.settings import Settings
    from geodata.intake.live import Checked
    from geodata.store.journal import Status
    from geodata.store.reader import Reader
    from layers._answers import Answers

log = logging.getLogger(__name__)
ROUTE = "/api/intake/tickets"
KEY = re.compile(r"[\x21-\x7e]{8,128}")
USAGE_SECONDS = 30  # new spellings from elsewhere may take this long to be known
RETRY_SECONDS = 2
TAKEN = ("belongs to another sender", "Put the name of your own system before your ids.")
FORGOTTEN = ("was refused when this key came first", "Send the mended ticket with a new key.")


def register(server: Flask, answers: Answers, settings: Settings) -> None:
    """Add the route."""
    known = Tokens(settings.data)
    desk = Desk(Journal(settings.data), _Usages(answers).now)

    @server.post(ROUTE)
    def intake() -> Response:
        who = sender(known)
        return who if isinstance(who, Response) else _answer(desk, who)


def _answer(desk: Desk, source: str) -> Response:
    """The answer to the request of a sender."""
    if not request.is_json:
        return wire.refused(415, "The body must be sent as application/json.")
    body = request.get_data()
    try:
        asked = Request(source, batch_of(body, request.args.get("crs", "")), _key(body))
    except DataError as error:
        return wire.refused(400, str(error))
    try:
        return _told(desk.take(asked))
    except KeyUsedError:
        return wire.refused(422, "This Idempotency-Key came with another body before.")
    except JournalError:
        log.exception("tickets of %s could not be taken", source)
        return _not_now()


class _Usages:
    """The usage of the place, looked up again now and then by one request at a time."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._looking = threading.Lock()
        self._usage, self._looked = self._read(), time.monotonic()

    def now(self) -> Usage:
        """What the place is used to."""
        if time.monotonic() - self._looked > USAGE_SECONDS and self._looking.acquire(False):
            try:
                self._usage = self._read()
            except DataError:
                log.exception("the categories could not be read; those known before are used")
            finally:
                self._looked = time.monotonic()
                self._looking.release()
        return self._usage

    def _read(self) -> Usage:
        reader = self._answers.reader()
        return Usage(reader.place.timezone, terms(reader, "category").values, _locate(reader))


def _locate(reader: Reader) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    """What finds the address of a ticket, where the place has any."""
    if not reader.has("addresses"):
        return None
    # Made with the first ticket and not with the server: a place may never get one.
    return lambda row: located_row(row, matcher(reader))


def _key(body: bytes) -> Key | None:
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    if not KEY.fullmatch(given):
        raise DataError("Idempotency-Key must be 8 to 128 visible ASCII characters.")
    said = (request.args.get("crs") or "").encode() + b"\n" + body
    return Key(given, hashlib.blake2b(said, digest_size=16).digest())


def _not_now() -> Response:
    refusal = wire.refused(
        503, "The tickets could not be written to disk. None of them is taken; send them again."
    )
    refusal.headers["Retry-After"] = str(RETRY_SECONDS)
    return refusal


def _told(taken: Taken) -> Response:
    """201 when anything is new, 200 when all was known, 422 when anything is refused."""
    items = [_item(i, one, taken.status) for i, one in enumerate(taken.found)]
    rejected = sum(item["status"] == "rejected" for item in items)
    is_new = any(item["status"] in {"created", "updated"} for item in items)
    answer = {"accepted": len(items) - rejected, "rejected": rejected, "items": items}
    return wire.json(answer, 422 if rejected else 201 if is_new else 200)


def _item(index: int, one: Checked, told: Mapping[str, Status]) -> dict[str, Any]:
    if isinstance(one, Refused):
        errors = [
            {"column": e.column, "value": e.value, "reason": e.reason, "cure": e.cure}
            for e in one.errors
        ]
        return _rejected(index, one.id, errors)
    status = told.get(one.id)
    if status is None or status == "taken":
        reason, cure = TAKEN if status else FORGOTTEN
        fault = {"column": "id", "value": one.id, "reason": reason, "cure": cure}
        return _rejected(index, one.id, [fault])
    return {"id": one.id, "status": status}


def _rejected(index: int, ident: Any, errors: list[dict[str, str]]) -> dict[str, Any]:
    return {"index": index, "id": ident, "status": "rejected", "errors": errors}
