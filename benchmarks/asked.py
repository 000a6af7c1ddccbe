"""The questions of the query benchmark, specified once for the product, for SQL and for pandas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np

from geodata.tickets.numbers import MEASURES, trend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from benchmarks.ground import Ground
    from geodata.query import Query
    from geodata.store.reader import Reader
    from geodata.tickets.numbers import Ints, Numbers

    Counts = dict[int, tuple[int, ...]]

STREET = "370303009"  # the one with most appeals
FILTERS = {
    "category": ("街面秩序", "市容环境", "物业管理"),
    "channel": ("电话", "微信", "APP"),
    "department": ("张店区综合行政执法局", "张店区住房和城乡建设局", "市公安局张店分局"),
}
HOURS = (8, 20)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by its parts; ``search`` asks the product the same."""

    title: str
    period: tuple[str, str] | None = None
    street: str = ""
    hours: tuple[int, int] | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def search(self) -> str:
        parts = {"area": self.street} if self.street else {}
        if self.period:
            parts["datetime"] = "/".join(self.period)
        if self.hours:
            parts["hours"] = "{}/{}".format(*self.hours)
        parts |= {f"tickets.{name}": ",".join(values) for name, values in self.filters.items()}
        return "?" + urlencode(parts)


def questions(ground: Ground) -> tuple[Asked, ...]:
    """Thirty days, a year, everything, and one street with four filters over a year."""
    year = (str(ground.last_day - dt.timedelta(days=365)), str(ground.last_day))
    return (
        Asked("the default 30 days"),
        Asked("one year", year),
        Asked("everything", ("..", "..")),
        Asked("one street, 4 filters, one year", year, STREET, HOURS, FILTERS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer in a form in which three ways of getting it can be compared.

    ``own`` counts every area by itself, the unplaced under -1; rows of zeros are left out.
    """

    own: Counts
    days: Counts
    slots: Counts  # weekday * 24 + hour
    categories: Counts
    blocks: Counts


def moments(query: Query, zone: ZoneInfo) -> dict[str, Any]:
    """The moments of a query as the data has them: UTC without an offset."""
    shown = trend(query, zone)
    spans = {
        "now_start": query.period.start,
        "now_end": query.period.end,
        "before_start": query.previous.start,
        "before_end": query.previous.end,
        "first": min(query.period.start, query.previous.start, shown.start),
        "last": max(query.period.end, query.previous.end),
        "as_of": query.as_of,
    }
    return {name: moment.replace(tzinfo=None) for name, moment in spans.items()}


def of_product(reader: Reader, area: int, counted: Numbers) -> Told:
    """The product's answer: its areas are rolled up, so children are taken off again."""
    parents = reader.columns("SELECT parent FROM areas WHERE n > 0 ORDER BY n")["parent"]
    own = counted.areas.copy()
    for n, parent in enumerate(parents, start=1):
        own[parent] -= counted.areas[n]
    unplaced = counted.whole - counted.areas[area]
    slots = counted.slots.reshape(7 * 24, len(MEASURES))
    return Told(
        own=kept(range(-1, len(own)), [unplaced, *own]),
        days=kept(counted.days[:, 0], counted.days[:, 1:]),
        slots=kept(range(7 * 24), slots),
        categories=kept(counted.categories[:, 0], counted.categories[:, 1:]),
        blocks=kept(counted.blocks[:, 0], counted.blocks[:, 1:]),
    )


def kept(keys: Any, counts: Any) -> Counts:
    """Rows by key, without those that count nothing."""
    rows = zip(keys, counts, strict=True)
    return {int(key): tuple(int(n) for n in row) for key, row in rows if any(row)}


def matrix(columns: Mapping[str, Any], names: Sequence[str], rows: Any = slice(None)) -> Ints:
    """Some columns of some rows of an answer, side by side."""
    return np.column_stack([np.ma.filled(columns[name][rows], 0) for name in names]).astype(int)
