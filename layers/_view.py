"""The view: what is on the screen. A value, its address, and how events change it.

``?search`` is the only place view state lives. Pure: no store, no clock, no time zone.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode

from geodata.query import Filter
from layers._layer import Category, Layer, Queryable, Text

Catalog: TypeAlias = Mapping[str, Layer]
Moment: TypeAlias = dt.date | dt.datetime  # without an offset: local to the place
LANGUAGES = ("zh", "en")
YEARS = (1900, 2200)  # outside, no clock can be asked for every moment


class UnreadableError(ValueError):
    """A part of an address that cannot be honoured."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why = Text(zh, en)


@dataclass(frozen=True, slots=True)
class Notice:
    """What was left out of an address, and why."""

    key: str
    value: str
    why: Text

    def __call__(self, lang: str) -> str:
        """Say it as one sentence."""
        given = f"{self.key}={self.value}"
        if lang == "en":
            return f"The link's {given} was left out: {self.why.en}"
        return f"链接中的 {given} 未采用:{self.why.zh}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A layer on the screen and its opacity in percent."""

    id: str
    opacity: int = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open stretch of time; None is an open end."""

    start: Moment | None
    end: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What an address says; empty parts are the defaults of the page."""

    area: str = ""
    layers: tuple[Shown, ...] | None = None  # bottom first; None = the page's own
    period: Stretch | None = None
    compare: Stretch | None = None
    hours: tuple[int, int] | None = None
    at: dt.datetime | None = None
    metric: str = "total"
    selected: tuple[str, str] | None = None
    filters: tuple[tuple[str, str, Filter], ...] = ()
    lang: str = "zh"

    def filters_of(self, layer: Layer) -> dict[str, Filter]:
        """The filters that govern a layer, by queryable name."""
        return {name: value for owner, name, value in self.filters if owner == layer.owner}


def from_search(search: str, catalog: Catalog) -> tuple[View, tuple[Notice, ...]]:
    """Read an address. Whatever cannot be honoured is left out and named in a notice."""
    view, notices = View(), []
    for key, text in parse_qsl(search.removeprefix("?"), keep_blank_values=True):
        try:
            view = _read(view, key, text, catalog)
        except UnreadableError as error:
            notices.append(Notice(key, text, error.why))
    return view, tuple(notices)


def to_search(view: View) -> str:
    """The address of a view, always in the same order; empty for the opening view."""
    pairs = [
        ("area", view.area),
        ("layers", None if view.layers is None else ",".join(map(_shown, view.layers))),
        ("datetime", _stretch(view.period)),
        ("hours", view.hours and f"{view.hours[0]}/{view.hours[1]}"),
        ("at", view.at and view.at.isoformat()),
        ("metric", view.metric if view.metric != "total" else ""),
        ("selected", view.selected and ":".join(view.selected)),
        ("compare", _stretch(view.compare)),
        *((f"{owner}.{name}", _filter(value)) for owner, name, value in view.filters),
        ("lang", view.lang if view.lang != "zh" else ""),
    ]
    kept = [
        (key, value)
        for key, value in pairs
        if value or (value == "" and (key == "layers" or "." in key))
    ]
    return "?" + urlencode(kept, safe=",/:") if kept else ""


def with_filter(view: View, owner: str, name: str, value: Filter | None) -> View:
    """The view with one filter set, or cleared when value is None."""
    rest = tuple(f for f in view.filters if f[:2] != (owner, name))
    added = () if value is None else ((owner, name, value),)
    return replace(view, filters=tuple(sorted(rest + added, key=lambda f: f[:2])))


def queryable(owner: str, name: str, catalog: Catalog) -> Queryable:
    """The declared filter of that name."""
    for candidate in catalog[owner].queryables if owner in catalog else ():
        if candidate.name == name:
            return candidate
    raise UnreadableError(f"没有筛选项 {owner}.{name}。", f"no layer has a filter {owner}.{name}.")


def _read(view: View, key: str, text: str, catalog: Catalog) -> View:
    if reader := _READERS.get(key):
        return reader(view, text, catalog)
    owner, dot, name = key.partition(".")
    if not dot:
        raise UnreadableError("没有这个参数。", "there is no such part.")
    return with_filter(view, owner, name, _chosen(queryable(owner, name, catalog), text))


def _read_layers(view: View, text: str, catalog: Catalog) -> View:
    shown = []
    for part in dict.fromkeys(filter(None, text.split(","))):
        ident, _, opacity = part.partition(":")
        if ident not in catalog:
            raise UnreadableError(f"没有图层 {ident}。", f"no layer is called {ident}.")
        if not (opacity or "100").isdecimal() or int(opacity or 100) > 100:
            raise UnreadableError("不透明度应为 0 到 100。", "opacity is a number from 0 to 100.")
        shown.append(Shown(ident, int(opacity or 100)))
    if len({s.id for s in shown}) < len(shown):
        raise UnreadableError("同一图层出现两次。", "a layer stands there twice.")
    return replace(view, layers=tuple(shown))


def _read_hours(view: View, text: str, _: Catalog) -> View:
    start, _slash, end = text.partition("/")
    if not (start.isdecimal() and end.isdecimal() and len(start) <= 2 and len(end) <= 2):
        raise UnreadableError("小时写作 17/23。", "hours read 17/23.")
    low, high = int(start), int(end) or 24
    if low > 23 or high > 24 or low == high:
        raise UnreadableError(
            "小时应在 0 到 24 之间且首尾不同。", "hours go from 0 to 24 and differ."
        )
    return replace(view, hours=(low, high))


def _read_at(view: View, text: str, _: Catalog) -> View:
    moment = _moment(text)
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    return replace(view, at=moment)


def _read_metric(view: View, text: str, catalog: Catalog) -> View:
    known = {metric.id for layer in catalog.values() for metric in layer.metrics}
    if text not in known:
        raise UnreadableError(f"没有指标 {text}。", f"no metric is called {text}.")
    return replace(view, metric=text)


def _read_selected(view: View, text: str, catalog: Catalog) -> View:
    owner, _, feature = text.partition(":")
    if owner not in catalog or not feature:
        raise UnreadableError("应写作 图层:编号。", "it should read layer:id.")
    return replace(view, selected=(owner, feature))


def _read_lang(view: View, text: str, _: Catalog) -> View:
    if text not in LANGUAGES:
        raise UnreadableError("语言为 zh 或 en。", "the languages are zh and en.")
    return replace(view, lang=text)


_READERS: Mapping[str, Callable[[View, str, Catalog], View]] = {
    "area": lambda view, text, _: replace(view, area=text),
    "layers": _read_layers,
    "datetime": lambda view, text, _: replace(view, period=_read_stretch(text)),
    "compare": lambda view, text, _: replace(view, compare=_read_stretch(text)),
    "hours": _read_hours,
    "at": _read_at,
    "metric": _read_metric,
    "selected": _read_selected,
    "lang": _read_lang,
}


def _read_stretch(text: str) -> Stretch:
    """``start/end``, ``..`` for an open end; one date alone is that day."""
    first, slash, last = text.partition("/")
    if not slash:
        day = _moment(first)
        if isinstance(day, dt.datetime) or day.year == YEARS[1]:
            raise UnreadableError("时段写作 起/止。", "a stretch of time reads start/end.")
        return Stretch(day, day + dt.timedelta(days=1))
    start, end = (None if part == ".." else _moment(part) for part in (first, last))
    if start is not None and end is not None and not _before(start, end):
        raise UnreadableError("起始应早于结束。", f"{first} is not before {last}.")
    return Stretch(start, end)


def _moment(text: str) -> Moment:
    try:
        kind = dt.date if len(text) == 10 else dt.datetime
        moment = kind.fromisoformat(text)
        if not YEARS[0] <= moment.year <= YEARS[1]:
            raise ValueError
    except ValueError:
        raise UnreadableError(
            "时间写作 2026-11-01 或 2026-11-01T08:00。",
            "a time reads 2026-11-01 or 2026-11-01T08:00.",
        ) from None
    return moment


def _before(start: Moment, end: Moment) -> bool:
    low, high = (
        m if isinstance(m, dt.datetime) else dt.datetime.combine(m, dt.time()) for m in (start, end)
    )
    if (low.tzinfo is None) != (high.tzinfo is None):
        raise UnreadableError("两端应同样带或不带时区。", "give both ends an offset, or neither.")
    return low < high


def _chosen(declared: Queryable, text: str) -> Filter:
    if isinstance(declared, Category):
        chosen = frozenset(map(_unescaped, filter(None, text.split(","))))
        if strange := sorted(chosen - set(declared.values)):  # type: ignore[arg-type]
            names = "、".join(strange)
            raise UnreadableError(f"{names} 不是可选值。", f"{names} is not one of its values.")
        return chosen
    low, slash, high = text.partition("/")
    bounds = _bound(low, -math.inf), _bound(high, math.inf)
    if not slash or not bounds[0] <= bounds[1]:
        raise UnreadableError(
            "范围写作 低/高,开放端写 ..", "a range reads low/high, with .. for an open end."
        )
    return bounds


def _bound(text: str, if_open: float) -> float:
    if text == "..":
        return if_open
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def _shown(shown: Shown) -> str:
    return shown.id if shown.opacity == 100 else f"{shown.id}:{shown.opacity}"


def _stretch(stretch: Stretch | None) -> str:
    if stretch is None:
        return ""
    return "/".join(".." if m is None else m.isoformat() for m in (stretch.start, stretch.end))


def _filter(value: Filter) -> str:
    if isinstance(value, frozenset):
        return ",".join(_escaped(v) for v in sorted(value))
    return "/".join(".." if math.isinf(v) else repr(v).removesuffix(".0") for v in value)


def _escaped(value: str) -> str:
    """A value that may stand in a list: its own commas are not the list's."""
    return value.replace("%", "%25").replace(",", "%2C")


def _unescaped(text: str) -> str:
    return text.replace("%2C", ",").replace("%25", "%")
