"""The panels by name, and how one answer fills them."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dash import html

from callbacks import (
    categories,
    crumbs,
    detail,
    indicators,
    legend,
    lists,
    market_words,
    pattern,
    periods,
    ranking,
    scenes,
    trend,
)
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.answer import Answer

UNTIL = Text("数据截至 ", "Data until ")
LATE = Text("数据延迟", "Data is late")


def asof(answer: Answer) -> Any:
    """Up to when the data speaks, and for which period."""
    until = answer.reader.data_until
    late = {
        "data-until": until.isoformat(),
        "data-stale-hours": str(answer.reader.place.stale_hours),
        "data-late": answer.say(LATE),
    }
    return [
        html.Span(answer.period(), className="asof-period"),
        html.Span(
            [answer.say(UNTIL), answer.moment(until, year=True)], className="asof-until", **late
        ),
    ]


def notices(answer: Answer) -> Any:
    """What of the address could not be honoured, a sentence each."""
    return [html.P(notice(answer.lang), role="status") for notice in answer.notices]


def exports(answer: Answer) -> Any:
    """Links that take away exactly what is shown."""
    search = answer.link().removeprefix("?")
    rows = []
    for item in answer.shown:
        layer = answer.question.catalog[item.id]
        links = [
            html.A(form.upper(), href=f"/export/{layer.id}.{form}?{search}", download="")
            for form in ("csv", "geojson")
        ]
        if not layer.is_base:
            rows.append(html.Li([html.Span(answer.say(layer.title)), *links]))
    return html.Ul(rows, className="exports")


PANELS: MappingProxyType[str, Callable[[Answer], Any]] = MappingProxyType(
    {
        "indicators": indicators.panel,
        "trend": trend.panel,
        "pattern": pattern.panel,
        "ranking": ranking.panel,
        "categories": categories.panel,
        "list": lists.panel,
        "red": lists.red,
        "detail": detail.panel,
        "markets": market_words.panel,
        "legend": legend.panel,
        "crumbs": crumbs.panel,
        "periods": periods.panel,
        "scenes": scenes.panel,
        "asof": asof,
        "notices": notices,
        "exports": exports,
    }
)
