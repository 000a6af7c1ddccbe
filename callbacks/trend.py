"""The trend: the days of the period, with the days before them for company."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from callbacks.charts import graph, layout
from callbacks.figures import day
from geodata.tickets.numbers import trend
from layers._layer import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from callbacks.answer import Answer

EPOCH = dt.date(1970, 1, 1)
MOST_BARS = 92  # above this, days are summed to weeks
BEFORE = Text("上期", "before")


def panel(answer: Answer) -> Any:
    """Bars a day (or a week), and the stretch they are compared with as a line."""
    smoke = answer.metric.numerator == "smoke"
    first, last = _days(answer)
    now = daily(answer, first, last, smoke=smoke)
    shift = _shift(answer)
    before = daily(answer, first - shift, last - shift, smoke=smoke)
    counted_from, counted_to = _counted(answer)
    if first - shift < counted_from or last - shift > counted_to:
        before = before[:0]  # in part not counted, which is not the same as none
    step = 7 if len(now) > MOST_BARS else 1
    now, before = _summed(now, step), _summed(before, step)
    days = [EPOCH + dt.timedelta(days=first + i * step) for i in range(len(now))]
    label = Text("每日件数", "Appeals a day") if step == 1 else Text("每周件数", "Appeals a week")
    figure = _figure(answer, days, now, before, smoke=smoke)
    return graph("trend", figure, answer.say(label))


def daily(answer: Answer, first: int, last: int, *, smoke: bool) -> NDArray[np.int64]:
    """Counts of local days from first to last, both included."""
    counts = np.zeros(max(last - first + 1, 0), np.int64)
    days = answer.counted.days
    inside = (days[:, 0] >= first) & (days[:, 0] <= last)
    counts[days[inside, 0] - first] = days[inside, 2 if smoke else 1]
    return counts


def _counted(answer: Answer) -> tuple[int, int]:
    """The local days of which all tickets were counted, first and last, as days since 1970."""
    query = answer.question.query
    before = min(trend(query, answer.reader.place.zone).start, query.previous.start) - dt.timedelta(
        microseconds=1
    )
    after = max(query.period.end, query.previous.end)
    days = [(answer.local(moment).date() - EPOCH).days for moment in (before, after)]
    return days[0] + 1, days[1] - 1


def _shift(answer: Answer) -> int:
    """How many days lie between a day of the period and the day it is compared with."""
    query = answer.question.query
    return (
        answer.local(query.period.start).date() - answer.local(query.previous.start).date()
    ).days


def _days(answer: Answer) -> tuple[int, int]:
    """First and last local day of the trend, as days since 1970."""
    span = trend(answer.question.query, answer.reader.place.zone)
    first = answer.local(span.start).date()
    last = answer.local(span.end - dt.timedelta(microseconds=1)).date()
    return (first - EPOCH).days, (last - EPOCH).days


def _summed(counts: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    if step == 1 or not len(counts):
        return counts
    return np.add.reduceat(counts, np.arange(0, len(counts), step))


def _figure(
    answer: Answer,
    days: list[dt.date],
    now: NDArray[np.int64],
    before: NDArray[np.int64],
    *,
    smoke: bool,
) -> dict[str, Any]:
    theme, lang = answer.page.theme, answer.lang
    told = [day(d, lang) for d in days]
    ticks = _ticks(days)
    bars = {
        "type": "bar",
        "x": days,
        "y": now.tolist(),
        "customdata": told,
        "marker": {"color": theme.ramp("smoke" if smoke else "load", 6)[4]},
        "hovertemplate": "%{customdata} %{y}<extra></extra>",
    }
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": days[: len(before)],
        "y": before.tolist(),
        "line": {"color": theme.color("faint"), "width": 1.4, "dash": "dot"},
        "hovertemplate": f"{BEFORE(lang)} %{{y}}<extra></extra>",
    }
    axes = {
        "xaxis": {"tickvals": [days[i] for i in ticks], "ticktext": [told[i] for i in ticks]},
        "yaxis": {
            "rangemode": "tozero",
            "nticks": 4,
            "showgrid": True,
            "gridcolor": theme.color("line"),
            "ticklabelposition": "inside top",
        },
    }
    shown = [bars, line] if before.any() else [bars]
    return {"data": shown, "layout": layout(theme, **axes)}


def _ticks(days: list[dt.date]) -> list[int]:
    """Four or five days, the last one among them."""
    if len(days) < 2:
        return list(range(len(days)))
    step = max(1, round(len(days) / 4))
    return sorted(range(len(days) - 1, -1, -step))
