"""Days: workdays, public holidays and deadlines in working days.

A day is its number since 1970-01-01, a moment is seconds of local time since then; the place has no
daylight saving, so local time is UTC plus eight hours.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.demo.plane import Ints
from geodata.demo.sheets import sheet

DAY = 86_400
UTC_OFFSET = 8 * 3600
END_OF_DUTY = 17 * 3600 + 1800
EPOCH = dt.date(1970, 1, 1)
FIRST = dt.date(2022, 12, 1)
LAST = dt.date(2040, 12, 31)


def number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What each day from ``FIRST`` to ``LAST`` is.

    ``holiday`` is True on the days off of a public holiday, ``spring_festival`` on those of the
    Spring Festival, ``workday`` on days with duty hours, make-up days included. Beyond the years
    of the sheet only weekends are known.
    """

    holiday: Any
    spring_festival: Any
    workday: Any
    worked: Ints  # number of workdays up to and including each day
    workdays: Ints  # the days that are workdays

    def after(self, day: Ints, count: Ints) -> Ints:
        """The count-th workday after each day."""
        return np.asarray(self.workdays[self.worked[day - number(FIRST)] + count - 1])


@functools.cache
def calendar() -> Calendar:
    """Build the calendar from ``facts/holidays.csv``."""
    days = np.arange(number(FIRST), number(LAST) + 1)
    off, work, spring = (np.zeros(len(days), bool) for _ in range(3))
    for row in sheet("facts/holidays"):
        start, end = (number(dt.date.fromisoformat(row[key])) - days[0] for key in ("start", "end"))
        (off if row["kind"] == "off" else work)[start : end + 1] = True
        spring[start : end + 1] |= row["name"] == "春节" and row["kind"] == "off"
    workday = ((weekday(days) < 5) | work) & ~off
    return Calendar(
        holiday=off,
        spring_festival=spring,
        workday=workday,
        worked=np.cumsum(workday),
        workdays=days[workday],
    )


def weekday(days: Ints) -> Ints:
    """Day of the week, Monday 0."""
    return np.asarray((days + 3) % 7)


def on_duty(moments: Ints) -> Ints:
    """Move moments into the hours when offices work, 8 to 20 o'clock, keeping their order.

    The night is squeezed into the early morning, and the day after it makes room.
    """
    since = (moments - 20 * 3600) % DAY  # since 20 o'clock of the evening before
    evening = moments - since
    half = DAY // 2
    night = since * 5400 // half
    day = 5400 + (since - half) * (half - 5400) // half
    return np.asarray(evening + half + np.where(since < half, night, day))
