"""When it happens: weekday by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callbacks.charts import graph, layout
from callbacks.figures import WEEKDAYS
from geodata.tickets.numbers import INDEX
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.answer import Answer


def panel(answer: Answer) -> Any:
    """A square for every hour of the week, stronger where more came in."""
    name = answer.metric.numerator if answer.metric.numerator in INDEX else "total"
    ramp = "smoke" if name == "smoke" else "load"
    counts = answer.counted.slots[:, :, INDEX[name]]
    theme = answer.page.theme
    days = list(WEEKDAYS[answer.lang])
    hour = answer.say(Text("时", ":00"))
    steps = theme.ramp(ramp, 6)
    squares = {
        "type": "heatmap",
        "z": counts.tolist(),
        "x": list(range(24)),
        "y": days,
        "xgap": 1.5,
        "ygap": 1.5,
        "showscale": False,
        "zmin": 0,
        "zmax": max(int(counts.max()), 1),
        "colorscale": [[i / 5, color] for i, color in enumerate(steps)],
        "hovertemplate": f"{answer.say(Text('周', ''))}%{{y}} %{{x}}{hour} %{{z}}<extra></extra>",
    }
    ticks = [0, 6, 12, 18, 23]
    axes = {
        "xaxis": {"tickvals": ticks, "ticktext": [f"{t}{hour}" for t in ticks]},
        "yaxis": {"autorange": "reversed", "type": "category"},
    }
    label = answer.say(Text("按星期与小时", "By weekday and hour"))
    return graph("pattern", {"data": [squares], "layout": layout(theme, **axes)}, label)
