"""Which tiles cover an area."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geodata.query import Tile

if TYPE_CHECKING:
    from benchmarks.ground import Ground

WHOLE = ("370303",)
CENTRE = ("370303001", "370303002", "370303004", "370303005", "370303006")  # the old town


def covering(ground: Ground, codes: Sequence[str], zoom: int) -> list[Tile]:
    """The tiles of a zoom that touch the bounding box of any of some areas."""
    found = set()
    for code in codes:
        sql = "SELECT west, south, east, north FROM areas WHERE code = $code"
        west, south, east, north = ground.reader.rows(sql, {"code": code})[0].values()
        columns = range(_column(west, zoom), _column(east, zoom) + 1)
        rows = range(_row(north, zoom), _row(south, zoom) + 1)
        found |= {(x, y) for x in columns for y in rows}
    return [Tile(zoom, x, y) for x, y in sorted(found)]


def _column(lon: float, zoom: int) -> int:
    return int((lon / 360 + 0.5) * (1 << zoom))


def _row(lat: float, zoom: int) -> int:
    sine = math.sin(math.radians(lat))
    return int((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * (1 << zoom))
