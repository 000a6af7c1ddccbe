"""A ticket that is plainly good becomes its row by itself, without columns.

What one row costs by the column is paid again for every request. Nothing is refused, mended or
looked up here: a ticket with anything unusual goes the way of all rows (``rows``, ``kinds``), and
one that does not gets exactly the row it would have got there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.intake.iso import EPOCH, MICROSECOND, moment_of
from geodata.intake.items import text
from geodata.intake.moments import BEYOND, DAY, FIRST, SENTINEL_DAYS, offset
from geodata.intake.rows import AHEAD
from geodata.intake.words import is_smoke
from geodata.space.crs import STORED
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from geodata.intake.mapping import Mapping

    Row = dict[str, Any]

_SCHEMA = TABLES["tickets"]
_NAMES = tuple(_SCHEMA.names)
_MOMENTS = frozenset(f.name for f in _SCHEMA if pa.types.is_timestamp(f.type))
_TEXTS = frozenset(f.name for f in _SCHEMA if pa.types.is_string(f.type))
_TOLD = _TEXTS | _MOMENTS | {"lon", "lat", "crs"}
_SENTINELS = frozenset(int(day) for day in SENTINEL_DAYS)


class _UnusualError(Exception):
    """Something that only the way of all rows knows what to do with."""


@dataclass(frozen=True, slots=True)
class Plainly:
    """How plain tickets are read.

    ``mapping`` says what counts as smoke, ``zone`` is the clock of the place, ``knows`` whether a
    category is spelled as it is here.
    """

    mapping: Mapping
    zone: ZoneInfo
    knows: Callable[[str], bool]

    def row(self, item: dict[str, Any], crs: str) -> Row | None:
        """The canonical row of a well-formed ticket (``items.misfit``); None where it is unusual.

        Moments are whole microseconds since 1970 in UTC.
        """
        try:
            return self._row(item) if crs == STORED else None
        except _UnusualError:
            return None

    def _row(self, item: dict[str, Any]) -> Row:
        _need(item.keys() <= _TOLD)
        row: Row = dict.fromkeys(_NAMES)
        for name in _TEXTS & item.keys():
            row[name] = text(item[name]) or None
        for name in _MOMENTS & item.keys():
            row[name] = self._moment(text(item[name]))
        row["lon"], row["lat"] = _position(item.get("lon"), item.get("lat"))
        latest = (dt.datetime.now(dt.UTC).replace(tzinfo=None) + AHEAD - EPOCH) // MICROSECOND
        _need(row["id"] and row["category"] and self.knows(row["category"]))
        _need(row["created_at"] is not None and row["created_at"] <= latest)
        row["state"] = row["state"] or ("accepted" if row["closed_at"] is None else "closed")
        row["smoke"] = is_smoke(row["category"], row["text"], self.mapping)
        row["is_demo"] = False
        return row

    def _moment(self, told: str) -> int | None:
        if not told:
            return None
        moment = moment_of(told)
        if moment is None:
            raise _UnusualError
        wall = (moment.replace(tzinfo=None) - EPOCH) // MICROSECOND
        day = wall // DAY
        _need(FIRST <= wall < BEYOND and day not in _SENTINELS)
        ahead = moment.utcoffset()
        here = offset(day, self.zone) if ahead is None else ahead // MICROSECOND
        # On a day on which the clock is moved each moment is looked at by itself.
        _need(ahead is not None or here == offset(day + 1, self.zone))
        _need(wall and wall - here)
        return wall - here


def _position(lon: Any, lat: Any) -> tuple[float | None, float | None]:
    if lon is None and lat is None:
        return None, None
    _need(lon is not None and lat is not None and (lon or lat))
    _need(abs(lon) <= 180 and abs(lat) <= 90)
    return float(lon), float(lat)


def _need(fact: Any) -> None:
    if not fact:
        raise _UnusualError
