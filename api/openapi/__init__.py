"""``GET /api/openapi.json``: what this server answers, as OpenAPI 3.1, made from declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api import wire
from api.openapi.paths import paths
from api.openapi.schemas import schemas

if TYPE_CHECKING:
    from flask import Flask, Response

    from api.settings import Settings
    from layers._answers import Answers
    from layers._view import Catalog

ROUTE = "/api/openapi.json"
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "A sender's token, issued by `python -m geodata token NAME`.",
}


def register(server: Flask, answers: Answers, settings: Settings) -> None:
    """Add the route."""

    @server.get(ROUTE)
    def openapi() -> Response:
        reader, catalog = answers.reader(), answers.catalog()
        title = reader.place.title
        told = reader.once("openapi", lambda: document(catalog, title, settings.build))
        return wire.json(told)


def document(catalog: Catalog, title: str, build: str) -> dict[str, Any]:
    """The whole document for a catalogue whose filters know their values."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": build,
            "description": "Facts of one place: their numbers, shapes, tiles and rows, and the "
            "way in for new tickets. Moments without an offset are on the place's own clock.",
        },
        "servers": [{"url": "/"}],
        "paths": paths(catalog, ROUTE),
        "components": {"schemas": schemas(catalog), "securitySchemes": {"bearer": BEARER}},
    }
