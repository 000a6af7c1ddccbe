"""What a widget shows for a view, and the view after a reader has moved it. No Dash.

A key names the part of the address a widget stands for: ``layers``, ``opacity.<layer>``,
``metric``, ``datetime.start``, ``hours.from``, ``<layer>.<queryable>`` and so on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from callbacks.shown import faded, switched
from layers._layer import Category
from layers._metrics import METRICS
from layers._view import Shown, Stretch, View, from_search, to_search, with_filter

if TYPE_CHECKING:
    from callbacks.pages import Page
    from layers._answers import Question
    from layers._layer import Queryable
    from layers._view import Catalog, Moment

EPOCH = dt.date(1970, 1, 1)


def shown(question: Question, key: str, page: Page) -> Any:
    """What the widget of a key should show for an address."""
    view, catalog = question.view, question.catalog
    kind, _, rest = key.partition(".")
    if kind in _SHOWN:
        return _SHOWN[kind](question, rest, page) if _is_known(kind, rest) else None
    declared = _declared(kind, rest, catalog)
    if declared is None:
        return None
    value = view.filters_of(catalog[kind]).get(rest)
    if isinstance(declared, Category):
        return sorted(value) if isinstance(value, frozenset) else []
    low, high = value if isinstance(value, tuple) else (declared.minimum, declared.maximum)
    return [max(low, declared.minimum), min(high, declared.maximum)]


def revised(question: Question, key: str, value: Any, page: Page) -> View:
    """The view after the widget of a key was moved; what makes no sense changes nothing."""
    try:
        after = _moved(question, key, value, page)
    except ValueError:
        return question.view
    told = from_search(to_search(after), question.catalog)
    return after if told == (after, ()) else question.view


def _moved(question: Question, key: str, value: Any, page: Page) -> View:
    """The view that a value asks for; raises ValueError when it is none of its widget's."""
    kind, _, rest = key.partition(".")
    if kind in _REVISED and _is_known(kind, rest):
        return _REVISED[kind](question, rest, value, page)
    declared = _declared(kind, rest, question.catalog)
    if declared is None:
        return question.view
    return with_filter(question.view, kind, rest, _chosen(declared, value))


def _is_known(kind: str, rest: str) -> bool:
    """Whether a widget may stand for that end of a part of the address."""
    return rest in _ENDS.get(kind, (rest,))


def _shown_opacity(question: Question, which: str, page: Page) -> int:
    layers = switched(question, page)
    return next((s.opacity for s in layers if s.id == which), 100)


def _shown_period(question: Question, end: str, page: Page) -> str:
    """One end of the period; of the default one too, because it is what is counted."""
    if question.view.period:
        return _end_shown(_asked(question), end)
    first, last = _shown_brush(question, "", page)
    return str(EPOCH + dt.timedelta(days=first if end == "start" else last - 1))


def _shown_hour(question: Question, end: str, _: Page) -> Any:
    hours = question.view.hours
    return "" if hours is None else hours[0 if end == "from" else 1]


def _shown_brush(question: Question, _: str, __: Page) -> list[int]:
    """Local days since 1970 of the period: its first day, and the first day after it."""
    zone = question.reader.place.zone
    span = question.query.period
    last = span.end - dt.timedelta(microseconds=1)
    days = [(m.astimezone(zone).date() - EPOCH).days for m in (span.start, max(last, span.start))]
    return [days[0], days[1] + 1]


# Which ends of a part have a widget of their own.
_ENDS = {"datetime": ("start", "end"), "compare": ("start", "end"), "hours": ("from", "to")}
_SHOWN: dict[str, Callable[[Question, str, Page], Any]] = {
    "layers": lambda q, _, page: [s.id for s in switched(q, page)],
    "opacity": _shown_opacity,
    "metric": lambda q, _, __: q.view.metric,
    "datetime": _shown_period,
    "compare": lambda q, end, _: _end_shown(_compared(q), end),
    "hours": _shown_hour,
    "brush": _shown_brush,
}


def _asked(question: Question) -> Stretch:
    """The period as a stretch of the address, also where the address leaves it to us."""
    zone = question.reader.place.zone
    if question.view.period:
        return _local(question.view.period, zone)
    span = question.query.period
    return Stretch(span.start.astimezone(zone).date(), span.end.astimezone(zone).date())


def _compared(question: Question) -> Stretch | None:
    compare = question.view.compare
    return compare and _local(compare, question.reader.place.zone)


def _local(stretch: Stretch, zone: dt.tzinfo) -> Stretch:
    """The same stretch on the place's clock, where a bare date can be one of its ends."""

    def told(moment: Moment | None) -> Moment | None:
        if isinstance(moment, dt.datetime) and moment.tzinfo:
            return moment.astimezone(zone).replace(tzinfo=None)
        return moment

    return Stretch(told(stretch.start), told(stretch.end))


def _revised_brush(question: Question, _: str, value: Any, __: Page) -> View:
    if not isinstance(value, list) or len(value) != 2 or not all(_is_day(v) for v in value):
        raise ValueError
    first, last = sorted(EPOCH + dt.timedelta(days=int(v)) for v in value)
    return replace(question.view, period=Stretch(first, max(last, first + dt.timedelta(days=1))))


def _is_day(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 100_000


_REVISED: dict[str, Callable[[Question, str, Any, Page], View]] = {
    "layers": lambda q, _, v, page: replace(q.view, layers=_switched(q, v, page)),
    "opacity": lambda q, which, v, page: replace(q.view, layers=_after_fading(q, which, v, page)),
    "metric": lambda q, _, v, __: (
        replace(q.view, metric=v) if v in [m.id for m in METRICS] else q.view
    ),
    "datetime": lambda q, end, v, _: replace(q.view, period=_stretch_after(_asked(q), end, v)),
    "compare": lambda q, end, v, _: replace(q.view, compare=_stretch_after(_compared(q), end, v)),
    "hours": lambda q, end, v, _: replace(q.view, hours=_hours_after(q.view.hours, end, v)),
    "brush": _revised_brush,
}


def _declared(owner: str, name: str, catalog: Catalog) -> Queryable | None:
    """The queryable a widget stands for; None when no layer has it."""
    known = catalog[owner].queryables if owner in catalog else ()
    return next((q for q in known if q.name == name), None)


def _switched(question: Question, value: Any, page: Page) -> tuple[Shown, ...]:
    """The layers after a switch: those already there keep their place and their opacity."""
    if not isinstance(value, list):
        raise ValueError
    catalog = question.catalog
    before = switched(question, page)
    wanted = [i for i in value if isinstance(i, str)]
    kept = [s for s in before if s.id in wanted]
    there = {s.id for s in before}
    added = [Shown(i) for i in catalog if i in wanted and i not in there]
    if not added:
        return tuple(kept)
    return tuple(sorted([*kept, *added], key=lambda s: catalog[s.id].order))


def _after_fading(question: Question, which: str, value: Any, page: Page) -> tuple[Shown, ...]:
    if not _is_day(value) or value > 100:
        raise ValueError
    return faded(switched(question, page), which, int(value))


def _end_shown(stretch: Stretch | None, end: str) -> str:
    """One end of a stretch as a date input shows it; its last day is the day before its end."""
    moment = None if stretch is None else getattr(stretch, end)
    if moment is None:
        return ""
    if end == "start":
        return str(moment)[:10]
    last = moment - (
        dt.timedelta(microseconds=1) if isinstance(moment, dt.datetime) else dt.timedelta(1)
    )
    return str(last)[:10]


def _stretch_after(stretch: Stretch | None, end: str, value: Any) -> Stretch | None:
    """A stretch with one end moved to a day; an emptied end is open, and two of them are none."""
    if value and not isinstance(value, str):
        raise ValueError
    moved = dt.date.fromisoformat(value) if value else None
    if moved and end == "end" and moved < dt.date.max:
        moved += dt.timedelta(days=1)
    after = replace(stretch or Stretch(None, None), **{end: moved})
    if after.start is None and after.end is None:
        return None
    if after.start and after.end and str(after.start)[:10] >= str(after.end)[:10]:
        other = "end" if end == "start" else "start"
        return replace(after, **{other: None})
    return after


def _hours_after(hours: tuple[int, int] | None, end: str, value: Any) -> tuple[int, int] | None:
    if value in ("", None):
        return None
    if not _is_day(value) or value > 24:
        raise ValueError
    low, high = hours or (0, 24)
    low, high = (int(value), high) if end == "from" else (low, int(value) or 24)
    return None if (low, high) == (0, 24) else (low, high)


def _chosen(declared: Queryable, value: Any) -> Any:
    """The filter a widget stands for; None when it does not narrow anything."""
    given = value or []
    if not isinstance(given, list):
        raise ValueError
    if isinstance(declared, Category):
        known = set(declared.values)  # type: ignore[arg-type]
        return frozenset(v for v in given if isinstance(v, str) and v in known) or None
    if len(given) != 2 or not all(isinstance(v, int | float) for v in given):
        raise ValueError
    low, high = (float(v) for v in given)
    if (low, high) == (declared.minimum, declared.maximum):
        return None
    return (
        float("-inf") if low == declared.minimum else low,
        float("inf") if high == declared.maximum else high,
    )
