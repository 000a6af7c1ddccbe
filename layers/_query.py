"""From an address to a question: local words resolved into numbers and UTC moments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.areas.hierarchy import UnknownAreaError, hierarchy
from geodata.query import Query, Span
from layers._layer import Text
from layers._view import Notice, Stretch

if TYPE_CHECKING:
    from geodata.place import Place
    from geodata.store.reader import Reader
    from layers._layer import Layer
    from layers._view import Moment, View

DEFAULT_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What time it is for an answer: the data's end, and now."""

    place: Place
    data_until: dt.datetime
    now: dt.datetime
    first_day: dt.date

    @property
    def as_of(self) -> dt.datetime:
        """The moment an answer speaks of: the end of the facts, and never the future."""
        return min(self.data_until, self.now)

    def utc(self, moment: Moment) -> dt.datetime:
        """A moment of an address in UTC; without an offset it is local, a date is its midnight."""
        if not isinstance(moment, dt.datetime):
            return self.place.midnight(moment)
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.place.zone)).astimezone(
            dt.UTC
        )

    def local(self, moment: dt.datetime) -> dt.datetime:
        """A UTC moment on the place's wall clock, without its offset."""
        return moment.astimezone(self.place.zone).replace(tzinfo=None)


def clock(reader: Reader, now: dt.datetime) -> Clock:
    """The clock of a generation at a moment."""

    def first_day() -> dt.date:
        day = reader.rows("SELECT min(day) AS day FROM days")[0]["day"]
        return dt.date(1970, 1, 1) + dt.timedelta(days=day or 0)

    return Clock(
        place=reader.place,
        data_until=reader.data_until,
        now=now,
        first_day=reader.once("first_day", first_day),
    )


def resolved(
    view: View, reader: Reader, now: dt.datetime
) -> tuple[View, Query, tuple[Notice, ...]]:
    """The question an address asks of this data; an area it does not have is left out and named."""
    notices: tuple[Notice, ...] = ()
    try:
        area = hierarchy(reader).number(view.area)
    except UnknownAreaError:
        why = Text(f"没有编码为 {view.area} 的区域。", f"no area has the code {view.area}.")
        notices = (Notice("area", view.area, why),)
        view, area = replace(view, area=""), 0
    when = clock(reader, now)
    period = period_of(view.period, when)
    query = Query(
        area=area,
        period=period,
        previous=_previous(view.compare, period, when),
        as_of=when.as_of,
        at=when.utc(view.at) if view.at else now,
        hours=view.hours,
    )
    return view, query, notices


def asked_of(layer: Layer, view: View, query: Query) -> Query:
    """The question of one layer: the shared part and the filters that govern it."""
    return replace(query, filters=view.filters_of(layer))


def period_of(stretch: Stretch | None, when: Clock) -> Span:
    """A stretch of an address in UTC; absent, the thirty days to ``data_until``."""
    newest = when.place.midnight_after(when.data_until)
    if stretch is None:
        first = when.local(newest).date() - dt.timedelta(days=DEFAULT_DAYS)
        return Span(start=when.place.midnight(first), end=newest)
    end = newest if stretch.end is None else when.utc(stretch.end)
    start = (
        when.place.midnight(when.first_day) if stretch.start is None else when.utc(stretch.start)
    )
    return Span(start=min(start, end), end=end)


def _previous(compare: Stretch | None, period: Span, when: Clock) -> Span:
    """What the period is compared with: as much of the other as has elapsed of this one.

    Lengths are taken on the wall clock, so that a day of 23 hours is still a day.
    """
    start, end = when.local(period.start), when.local(period.end)
    elapsed = max(min(end, when.local(when.as_of)) - start, dt.timedelta())
    if compare is None:
        other_start, other_end = start - (end - start), start
    else:
        other = period_of(compare, when)
        other_start, other_end = when.local(other.start), when.local(other.end)
    last = other_end if elapsed == end - start else min(other_end, other_start + elapsed)
    return Span(start=when.utc(other_start), end=when.utc(last))
