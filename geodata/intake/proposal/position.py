"""Which reference system a pair of coordinate columns is in, guessed by the size of the values.

GCJ-02 and BD-09 are degrees like any others: only the outlines tell them, so they are never
guessed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

DEGREES = "EPSG:4326"
_Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Guess:
    """A reference system (empty: not known), whether the columns are swapped, and a sentence."""

    crs: str = ""
    swapped: bool = False
    doubt: str = ""

    @property
    def in_degrees(self) -> bool:
        """Whether the coordinates are degrees, shifted ones too."""
        return self.crs in {DEGREES, "GCJ-02", "BD-09"}


def guess(x: Sequence[float], y: Sequence[float]) -> Guess:
    """What a column of longitudes or eastings and one of latitudes or northings must be.

    ``x`` and ``y`` are all finite values of each, in the unit of the file; zeros do not count.
    """
    across, up = _range(x), _range(y)
    if across is None or up is None:
        return Guess(DEGREES)
    for one, other, swapped in ((across, up, False), (up, across, True)):
        if _within(one, -180, 180) and _within(other, -90, 90):
            return Guess(DEGREES, swapped, _order(swapped))
    for one, other, swapped in ((across, up, False), (up, across, True)):
        if found := _projected(one, other):
            crs, doubt = found
            return Guess(crs, swapped, f"{doubt} {_order(swapped)}".strip())
    return Guess("", doubt="The coordinates are of no size that is known; give the crs yourself.")


def _projected(east: _Range, north: _Range) -> tuple[str, str] | None:
    """A reference system in metres or feet, and what to check about it."""
    if zoned := _zoned(east, north):
        return zoned
    if _within(east, 913_000, 1_068_000) and _within(north, 120_000, 273_000):
        return "EPSG:2263", "By their size the coordinates are feet of New York (EPSG:2263)."
    if _within(east, 200_000, 800_000) and _within(north, 1_900_000, 6_000_000):
        return "", (
            "The coordinates look like Gauss–Krüger metres without a zone; give the crs of the "
            "central meridian, for example EPSG:4548 for 117° E."
        )
    if _within(east, 1e6, 20_037_509, sign=True) and _within(north, 1e5, 20_037_509, sign=True):
        return "EPSG:3857", "By their size the coordinates are Web Mercator metres; check it."
    return None


def _zoned(east: _Range, north: _Range) -> tuple[str, str] | None:
    """Gauss–Krüger of CGCS2000 with the zone in front of the easting."""
    zone = int(east[0] // 1e6)
    if int(east[1] // 1e6) != zone or not _within(north, 1_900_000, 6_000_000):
        return None
    if not 200_000 <= east[0] % 1e6 <= east[1] % 1e6 <= 800_000:
        return None
    if 25 <= zone <= 45:
        return f"EPSG:{4513 + zone - 25}", f"By their size the eastings are of 3° zone {zone}."
    if 20 <= zone <= 23:  # below, Web Mercator has the same numbers
        return f"EPSG:{4491 + zone - 13}", f"By their size the eastings are of 6° zone {zone}."
    return None


def _range(values: Sequence[float]) -> _Range | None:
    """Where nearly all values lie: some are always wrong."""
    told = np.array([v for v in values if v])
    if not len(told):
        return None
    low, high = np.quantile(told, [0.05, 0.95])
    return float(low), float(high)


def _within(values: _Range, low: float, high: float, *, sign: bool = False) -> bool:
    if sign:
        values = (min(map(abs, values)), max(map(abs, values)))
    return low <= values[0] and values[1] <= high


def _order(swapped: bool) -> str:
    return "The columns are swapped: the values of each fit only the other." if swapped else ""
