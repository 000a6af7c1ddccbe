"""Texts as moments in UTC, by the column; a text without an offset is on a place's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.intake.iso import ISO, Told, iso
from geodata.store.schema import MOMENT

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]

DAY = 86_400_000_000  # microseconds
# Nothing outside these years can be shown on every clock, nor is it meant.
FIRST, BEYOND = (int(np.datetime64(f"{y}-01-01", "us").astype(np.int64)) for y in (1900, 2200))
# Days that systems write for "no date"; the first second of 1970 likewise.
SENTINEL_DAYS = [np.datetime64(day, "D").astype(int) for day in ("1900-01-01", "9999-12-31")]
_OFFSET = r"[T ]\d\d(?::?\d\d){0,2}(?:[.,]\d+)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)$"


@dataclass(frozen=True, slots=True)
class Moments:
    """UTC moments, null where there is no text, a ``wrong`` one, or a ``sentinel``."""

    values: pa.Array
    wrong: Flags
    sentinel: Flags


def moments(texts: pa.Array, formats: tuple[str, ...], zone: ZoneInfo) -> Moments:
    """Moments by the formats in their order (strftime), ISO 8601 last.

    Local times that stand twice in autumn are the first of the two; those left out in spring are
    the moment the clock is moved.

    Raises
    ------
    ValueError
        When a format is not understood.
    """
    told = _told(texts, formats)
    given = texts.is_valid().to_numpy(zero_copy_only=False)
    day, read = np.floor_divide(told.wall, DAY), told.read
    within = (told.wall >= FIRST) & (told.wall < BEYOND)
    utc = told.wall - told.offset
    local = read & within & ~told.has_offset
    if local.any():
        utc[local] = in_utc(told.wall[local], zone)
    sentinel = read & (np.isin(day, SENTINEL_DAYS) | (told.wall == 0) | (within & (utc == 0)))
    good = read & within & ~sentinel
    values = pa.array(utc, pa.int64(), mask=~good).cast(pa.timestamp("us")).cast(MOMENT)
    return Moments(values, given & ~read | read & ~within & ~sentinel, sentinel)


def in_utc(wall: Ints, zone: ZoneInfo) -> Ints:
    """Microseconds on the clock of a zone as microseconds of UTC.

    The offset is asked for at both ends of each day; on the few days on which it changes each
    moment is looked at by itself.
    """
    days, of_day = np.unique(np.floor_divide(wall, DAY), return_inverse=True)
    offsets = np.array([(offset(d, zone), offset(d + 1, zone)) for d in days.tolist()], np.int64)
    utc = wall - offsets[of_day, 0]
    turning = (offsets[:, 0] != offsets[:, 1])[of_day]
    if turning.any():
        shown = pd.DatetimeIndex(wall[turning].view("datetime64[us]")).tz_localize(
            zone,
            ambiguous=np.ones(int(turning.sum()), bool),
            nonexistent="shift_forward",
        )
        utc[turning] = shown.tz_convert("UTC").tz_localize(None).as_unit("us").asi8
    return np.asarray(utc)


@lru_cache(maxsize=4096)
def offset(day: int, zone: ZoneInfo) -> int:
    """Microseconds a zone is ahead of UTC at the midnight a day begins with."""
    midnight = dt.datetime(1970, 1, 1, tzinfo=zone) + dt.timedelta(days=day)
    ahead = midnight.utcoffset()
    return ahead // dt.timedelta(microseconds=1) if ahead is not None else 0


def _told(texts: pa.Array, formats: tuple[str, ...]) -> Told:
    """What the texts say, by the first format each of them has."""
    told = Told.nothing(len(texts))
    given = texts.is_valid().to_numpy(zero_copy_only=False)
    for form in formats:
        told.fill(given & ~told.read, partial(_by_format, form=form), texts)
    told.fill(given & ~told.read, iso, texts)
    told.fill(given & ~told.read, partial(_by_format, form=ISO), texts)
    return told


def _by_format(texts: pa.Array, form: str) -> Told:
    told = Told.nothing(len(texts))
    has_offset = _has_offset(texts, form)
    listed = np.array(texts.to_pylist(), object)
    for which in (has_offset, ~has_offset):
        if which.any():
            parsed = _parsed(listed[which], form, bool(has_offset[which][0]))
            told.wall[which] = np.where(parsed.isna(), 0, parsed.asi8)
            told.read[which] = ~parsed.isna()
    told.has_offset[:] = has_offset
    return told


def _has_offset(texts: pa.Array, form: str) -> Flags:
    """Which texts say their own offset from UTC."""
    if form != ISO:
        return np.full(len(texts), "%z" in form.lower())
    return np.asarray(pc.match_substring_regex(texts, _OFFSET).to_numpy(zero_copy_only=False))


def _parsed(texts: Any, form: str, has_offset: bool) -> Any:
    """An index of moments without a zone; NaT where a text has another form."""
    try:
        found = pd.to_datetime(texts, format=form, errors="coerce", utc=has_offset)
    except ValueError as error:
        raise ValueError(f"the format {form!r} is not understood: {error}") from error
    return (found.tz_localize(None) if has_offset else found).as_unit("us")
