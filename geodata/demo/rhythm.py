"""How many appeals of each category come on each day, and at what hour. Invented but plausible.

Week, public holidays, season, weather, a slow drift, and the spring of 2023, when Zibo's barbecue
drew visitors from the whole country.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.demo.calendar import FIRST, calendar, number, weekday
from geodata.demo.plane import Floats, Ints
from geodata.demo.rng import stream
from geodata.demo.sheets import column, numbers, sheet

START = dt.date(2023, 1, 1)
REFERENCE = (dt.date(2023, 1, 1), dt.date(2026, 1, 1))  # over which a scale's average holds
HEATING = (11, 12, 1, 2, 3)  # months
GROWTH = 0.03  # a year
SMOKE_DECLINE = 0.035  # a year: purifiers and inspections
SURGE = (  # days of 2023 and how much of the surge there is
    ("2023-03-05", 0.0), ("2023-03-25", 0.25), ("2023-04-14", 0.6), ("2023-04-28", 0.95),
    ("2023-05-01", 1.0), ("2023-05-04", 0.8), ("2023-05-31", 0.45), ("2023-06-30", 0.0),
)  # fmt: skip
KNOWN_SNOW = (dt.date(2023, 12, 14), dt.date(2023, 12, 15))


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """The categories, one element each: path, weight, and the profiles they follow."""

    path: list[str]
    weight: Floats
    smoke: Any
    season: Floats  # (n, 12) of the middle of each month
    heated: Any  # only in the months with heating
    hours: Floats  # (n, 24) cumulative
    week: Floats  # (n, 8): Monday to Sunday, holiday
    surge: Floats


@functools.cache
def categories() -> Categories:
    """Read ``phrases/categories.csv`` and the profiles its rows name."""
    seasons, hours, weeks = (_profiles(f"phrases/{name}") for name in ("seasons", "hours", "weeks"))
    rows = sheet("phrases/categories")
    hour = np.array([hours[row["hours"]] for row in rows])
    return Categories(
        path=column("phrases/categories", "path"),
        weight=np.array([float(row["weight"]) for row in rows]),
        smoke=np.array([row["smoke"] == "1" for row in rows]),
        season=np.array([seasons[row["season"]] for row in rows]),
        heated=np.array([row["season"] == "heat" for row in rows]),
        hours=np.cumsum(hour, axis=1) / hour.sum(axis=1, keepdims=True),
        week=np.array([weeks[row["week"]] for row in rows]),
        surge=np.array([float(row["surge"]) for row in rows]),
    )


def _profiles(name: str) -> dict[str, list[float]]:
    fields = [field for field in sheet(name)[0] if field != "name"]
    return dict(zip(column(name, "name"), numbers(name, *fields), strict=True))


def expected(days: Ints) -> Floats:
    """Expected appeals (days, categories), in any unit, apart from the weather."""
    known = categories()
    years = (days - number(START))[:, None] / 365.25
    rate = known.weight * _season(days) * _week(days)
    rate *= 1 + known.surge * _surge(days)[:, None]
    rate *= np.where(known.smoke, (1 - SMOKE_DECLINE) ** years, (1 + GROWTH) ** years)
    return np.asarray(rate)


def _season(days: Ints) -> Floats:
    """Between the middles of the months the season changes evenly."""
    known = categories()
    of_year = ((days - number(dt.date(2023, 1, 1))) % 365.25) / 365.25 * 12
    place = of_year - 0.5
    low = np.floor(place).astype(int)
    part = (place - low)[:, None]
    cold = np.isin(_year_and_month(days)[1], HEATING)
    warm = known.heated & ~cold[:, None]
    before, after = known.season[:, low % 12].T, known.season[:, (low + 1) % 12].T
    return np.where(warm, 0.02, before * (1 - part) + after * part)


def _week(days: Ints) -> Floats:
    known, year = categories(), calendar()
    at = days - number(FIRST)
    makeup = year.workday[at] & (weekday(days) > 4)
    day = np.where(year.holiday[at], 7, np.where(makeup, 2, weekday(days)))
    quiet = np.where(year.spring_festival[at], 0.62, 1.0)
    return np.asarray(known.week[:, day].T * quiet[:, None])


def _surge(days: Ints) -> Floats:
    when = [number(dt.date.fromisoformat(day)) for day, _ in SURGE]
    return np.asarray(np.interp(days, when, [size for _, size in SURGE], left=0, right=0))


@functools.cache
def unit() -> float:
    """Mean of ``expected`` over a day of the reference years."""
    days = np.arange(number(REFERENCE[0]), number(REFERENCE[1]))
    return float(expected(days).sum(axis=1).mean())


def weather(seed: int, days: Ints) -> Floats:
    """How the weather of each day moves each category (days, categories)."""
    seasons = np.array(column("phrases/categories", "season"))
    year, month = _year_and_month(days)
    luck = np.zeros(len(days))
    for y in np.unique(year):
        whole = stream(seed, "weather", int(y)).random(366)
        luck[year == y] = whole[_of_year(days[year == y])]
    snow = np.isin(month, (1, 2, 12)) & (luck < 0.06)
    snow |= np.isin(days, [number(day) for day in KNOWN_SNOW])
    rain = np.isin(month, (6, 7, 8, 9)) & (luck < 0.16)
    factor = np.ones((len(days), len(seasons)))
    factor[:, seasons == "snow"] = np.where(_and_after(snow), 14.0, 0.12)[:, None]
    factor[:, seasons == "rain"] = np.where(rain, 2.6, 0.85)[:, None]
    return factor


def _and_after(days: Any) -> Any:
    """A day, or the day after."""
    return days | np.concatenate([[False], days[:-1]])


def _year_and_month(days: Ints) -> tuple[Ints, Ints]:
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(int)
    return months // 12 + 1970, months % 12 + 1


def _of_year(days: Ints) -> Ints:
    dates = days.astype("datetime64[D]")
    return np.asarray((dates - dates.astype("datetime64[Y]")).astype(int))


def drawn(seed: int, days: Ints, a_day: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw the appeals of some days: category, and moment in seconds of local time, by moment."""
    mood = rng.lognormal(0, 0.07, (len(days), 1))
    rate = expected(days) * weather(seed, days) * mood * (a_day / unit())
    count = rng.poisson(rate)
    day, category = (np.repeat(each.ravel(), count.ravel()) for each in np.indices(count.shape))
    hour = (categories().hours[category] < rng.random((len(day), 1))).sum(axis=1)
    moment = days[day] * 86_400 + hour * 3600 + rng.integers(0, 3600, len(day))
    order = np.lexsort((category, moment))
    return category[order], moment[order]
