"""The 3° Gauss-Krüger zones of CGCS2000, with and without the zone's number before the easting.

EPSG:4513 to 4533 are zones 25 to 45 with the number (39,582,000 m), EPSG:4534 to 4554 the same
zones by their central meridian, without it (582,000 m). Files mix them up; the two can be told
apart with certainty, because an easting without a number has six digits and one with it eight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

FIRST, LAST = 25, 45  # zones; the central meridian is three times the number
_MILLION = 1_000_000
# A zone reaches 167 km to each side on the equator; sources use one up to twice as far.
_EASTINGS = (100_000, 900_000)
_NORTHINGS = (0, 6_700_000)  # 0 to 60° north


@dataclass(frozen=True, slots=True)
class Zone:
    """One EPSG code of a zone; ``numbered`` when its eastings begin with the zone's number."""

    number: int
    numbered: bool

    @property
    def crs(self) -> str:
        """Its EPSG name."""
        return f"EPSG:{(4513 if self.numbered else 4534) + self.number - FIRST}"

    def eastings(self, x: Floats, y: Floats) -> Floats:
        """Eastings (metres) as this code wants them; infinite where they cannot be of the zone.

        Raises
        ------
        DataError
            When there are coordinates, and none of them can be of this zone.
        """
        there = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
        bare, number = split(x, y)
        fits = (number == 0) | (number == self.number)
        if there.any() and not (fits & there).any():
            raise DataError(self._misfit(x[there], y[there], number[there]))
        offset = self.number * _MILLION if self.numbered else 0
        return np.where(np.isnan(x), np.nan, np.where(fits, bare + offset, np.inf))

    def _misfit(self, x: Floats, y: Floats, number: NDArray[np.int64]) -> str:
        told = f"None of the coordinates fits {self.crs} (zone {self.number}), "
        told += f"such as x = {x[0]:,.3f}, y = {y[0]:,.3f}. "
        if (split(y, x)[1] >= 0).any():
            return told + "They are northing before easting: swap the two columns."
        zones = np.unique(number[number > 0])
        if len(zones):
            names = " or ".join(Zone(int(zone), True).crs for zone in zones)
            return told + f"Their eastings name another zone: declare the crs {names}."
        return told + "An easting has six digits, or eight with the zone: check the declared crs."


def zone_of(crs: str) -> Zone | None:
    """The zone an EPSG name stands for; None when it is no 3° zone of CGCS2000."""
    authority, _, code = crs.partition(":")
    if authority.upper() != "EPSG" or not code.isdecimal() or not 4513 <= int(code) <= 4554:
        return None
    step, unnumbered = (int(code) - 4513) % 21, int(code) >= 4534
    return Zone(FIRST + step, not unnumbered)


def split(x: Floats, y: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Eastings without a number, and the number each carried.

    The number is 0 where none was there and -1 where x, y is no coordinate of any zone.
    """
    known = np.isfinite(x) & np.isfinite(y)
    whole = np.where(known, x, 0.0)
    number = (whole // _MILLION).astype(np.int64)
    bare = whole - number * _MILLION
    good = known & (bare >= _EASTINGS[0]) & (bare <= _EASTINGS[1])
    good &= (number == 0) | ((number >= FIRST) & (number <= LAST))
    good &= (y >= _NORTHINGS[0]) & (y <= _NORTHINGS[1])
    return np.where(good, bare, np.inf), np.where(good, number, -1)
