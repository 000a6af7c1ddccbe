"""The time strip of the planning desk: all of history at a glance, a brush over it, playback."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
import numpy as np
from dash import html

from callbacks.charts import graph, layout
from callbacks.figures import day
from callbacks.pages import control_id
from callbacks.theme import LIGHT
from layers._layer import Text

if TYPE_CHECKING:
    from geodata.store.reader import Reader

EPOCH = dt.date(1970, 1, 1)
ALL = Text("全部诉求,按周", "All appeals, by week")
BRUSH = Text("时段刷选", "Brush a period")
PLAYS = {
    "day": Text("逐日播放", "Play by day"),
    "hour": Text("逐时播放", "Play by hour"),
}


def panel(reader: Reader, lang: str) -> Any:
    """Weekly counts of everything, a two-ended slider over the same days, and the play buttons."""
    days, counts = _history(reader)
    first, last = (int(days[0]), int(days[-1]) + 1) if len(days) else (0, 1)
    buttons = [
        html.Button(title(lang), type="button", className="play", **{"data-play": step})
        for step, title in PLAYS.items()
    ]
    slider = dmc.RangeSlider(
        id=control_id("brush"),
        min=first,
        max=last,
        step=1,
        minRange=1,
        value=[first, last],
        updatemode="mouseup",
        label=None,
        size="sm",
        **{"aria-label": BRUSH(lang)},
    )
    return html.Section(
        [
            html.Div([*buttons, html.Output("", id="playing")], className="plays"),
            html.Div([_chart(days, counts, lang), slider], className="brush"),
        ],
        className="time-strip",
        **{"data-first-day": first, "data-last-day": last},
    )


def _history(reader: Reader) -> tuple[Any, Any]:
    rows = reader.columns("SELECT day, total FROM days ORDER BY day")
    return rows["day"], rows["total"]


def _chart(days: Any, counts: Any, lang: str) -> Any:
    """A bar a week, as a ground for the brush."""
    if not len(days):
        return None
    weeks = np.zeros((int(days[-1]) - int(days[0])) // 7 + 1, np.int64)
    np.add.at(weeks, (days - days[0]) // 7, counts)
    starts = [EPOCH + dt.timedelta(days=int(days[0]) + 7 * i) for i in range(len(weeks))]
    years = [d for d in starts if d.month == 1 and d.day <= 7]
    bars = {
        "type": "bar",
        "x": starts,
        "y": weeks.tolist(),
        "customdata": [day(d, lang, year=True) for d in starts],
        "marker": {"color": LIGHT.ramp("load", 6)[2]},
        "hovertemplate": "%{customdata} %{y}<extra></extra>",
    }
    axes = {
        "xaxis": {
            "tickvals": years,
            "ticktext": [str(d.year) for d in years],
            "range": [starts[0], EPOCH + dt.timedelta(days=int(days[-1]) + 1)],
        },
        "yaxis": {"visible": False, "rangemode": "tozero"},
    }
    margin = {"l": 0, "r": 0, "t": 2, "b": 18}
    figure = {"data": [bars], "layout": layout(LIGHT, **axes, bargap=0.1, margin=margin)}
    return graph("history", figure, ALL(lang))
