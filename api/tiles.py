"""``GET /tiles/<layer>/<z>/<x>/<y>.mvt?<search>``: points as vector tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import wire
from geodata.query import Tile
from geodata.space.points import written
from layers._answers import moves

if TYPE_CHECKING:
    from flask import Flask, Response

    from layers._answers import Answers, Question
    from layers._layer import Layer

MAX_ZOOM = 15  # closer, the map enlarges the tiles of this zoom


def register(server: Flask, answers: Answers) -> None:
    """Add the route."""

    @server.get("/tiles/<layer>/<int:z>/<int:x>/<int:y>.mvt")
    def tile(layer: str, z: int, x: int, y: int) -> Response:
        question = answers.question(wire.search())
        if question.notices:
            return wire.unread(question)
        declared = question.catalog.get(layer)
        if declared is None or declared.tiles is None:
            return wire.refused(404, f"No layer {layer} travels as tiles.")
        if z > MAX_ZOOM or max(x, y) >= 1 << z:
            return wire.refused(
                404, f"There is no tile {z}/{x}/{y}; zooms go from 0 to {MAX_ZOOM}."
            )
        where = Tile(z, x, y, wire.display())
        body = answers.once(
            question.reader,
            f"tile/{layer}/{where}/{question.key_of(declared)}",
            lambda: wire.pack(encoded(declared, question, where), level=1),  # fresh ones are many
            lasting=not moves(declared),
        )
        return wire.packed(body, wire.MVT, wire.lifetime())


def encoded(layer: Layer, question: Question, tile: Tile) -> bytes:
    """One tile of a layer: counts below its split zoom, single points from there."""
    assert layer.tiles
    ask = layer.tiles.counts if tile.z < layer.tiles.split_zoom else layer.tiles.points
    return written(layer.id, tile, ask(question.reader, question.of(layer), tile))
