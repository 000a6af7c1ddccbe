"""Ready periods: one click each, the shown one marked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from dash import html

from layers._layer import Text
from layers._view import Stretch

if TYPE_CHECKING:
    from callbacks.answer import Answer

LABEL = Text("时段", "Period")


def panel(answer: Answer) -> Any:
    """Links to periods that end with the data."""
    current = answer.question.view.period
    links = [
        html.A(
            answer.say(title),
            href=answer.link(period=stretch),
            **({"aria-current": "true"} if stretch == current else {}),
        )
        for title, stretch in ready(answer)
    ]
    return html.Div(links, className="periods", role="group", **{"aria-label": answer.say(LABEL)})


def ready(answer: Answer) -> list[tuple[Text, Stretch | None]]:
    """The last day and week, the default thirty days, this month and year, everything."""
    newest = answer.local(answer.reader.data_until - dt.timedelta(microseconds=1)).date()
    end = newest + dt.timedelta(days=1)

    def last(days: int) -> Stretch:
        return Stretch(end - dt.timedelta(days=days), end)

    return [
        (Text("末日", "Last day"), last(1)),
        (Text("近7天", "7 days"), last(7)),
        (Text("近30天", "30 days"), None),
        (Text("本月", "Month"), Stretch(newest.replace(day=1), _next_month(newest))),
        (Text("本年", "Year"), Stretch(dt.date(newest.year, 1, 1), dt.date(newest.year + 1, 1, 1))),
        (Text("全部", "All"), Stretch(None, None)),
    ]


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
