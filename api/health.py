"""``/healthz`` alive · ``/readyz`` can really answer · ``/version.json`` which build and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import wire
from geodata.errors import DataError
from geodata.store.journal import Journal, JournalError

if TYPE_CHECKING:
    from flask import Flask, Response

    from api.settings import Settings
    from layers._answers import Answers


def register(server: Flask, answers: Answers, settings: Settings) -> None:
    """Add the routes."""
    journal = Journal(settings.data)

    @server.get("/healthz")
    def healthz() -> Response:
        return wire.json({"alive": True})

    @server.get("/readyz")
    def readyz() -> Response:
        try:
            reader = answers.reader()
            reader.rows("SELECT count(*) FROM areas")
            waiting, since = journal.waiting(reader.generation.upto)
            alarm = journal.alarm()
        except (DataError, JournalError) as error:
            return wire.refused(503, str(error), ready=False)
        if alarm:
            return wire.refused(503, alarm, ready=False)
        told = {"rows": waiting, "since": since.isoformat() if since else None}
        return wire.json({"ready": True, "journal": told})

    @server.get("/version.json")
    def version() -> Response:
        reader = answers.reader()
        until = reader.data_until.astimezone(reader.place.zone)
        return wire.json(
            {
                "build": settings.build,
                "data_version": reader.version,
                "data_until": until.isoformat(),
            }
        )
