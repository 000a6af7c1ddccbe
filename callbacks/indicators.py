"""The headline numbers of an area, each one click from painting the map by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from callbacks.figures import NO_VALUE, figure, of_metric, signed
from geodata.tickets.numbers import measure
from layers._layer import Text
from layers._metrics import METRICS, headline

if TYPE_CHECKING:
    from callbacks.answer import Answer
    from layers._layer import Metric

# A count and the count of the period before, where both are known.
BEFORE = {"total": "previous", "smoke": "previous_smoke"}
NO_PLACE = Text("其中未定位", "without a place")


def panel(answer: Answer) -> Any:
    """One card a metric, the shown metric first among equals, and the unplaced below."""
    values = headline(answer.counted, answer.tree, answer.area)
    cards = [_card(answer, metric, values[metric.id]) for metric in METRICS]
    whole = not answer.tree.is_leaf[answer.area]
    note = [_unplaced(answer, values["unplaced"])] if whole else []
    return html.Div([*cards, *note], className="indicators")


def _card(answer: Answer, metric: Metric, value: float | None) -> Any:
    current = metric.id == answer.question.view.metric
    text = of_metric(metric, value, answer.lang)
    return html.A(
        [
            html.Span(answer.say(metric.title), className="indicator-title"),
            html.Span(
                [
                    html.Span(text, className=f"indicator-value{_mood(metric, value)}"),
                    html.Span(
                        answer.say(metric.unit) if text != NO_VALUE else "",
                        className="indicator-unit",
                    ),
                ],
                className="indicator-figure",
            ),
            html.Span(_against(answer, metric), className="indicator-change"),
        ],
        href=answer.link(metric=metric.id),
        title=answer.say(metric.note),
        className="indicator",
        **{
            "data-indicator": metric.id,
            "data-value": plain(value),
            "aria-current": "true" if current else None,
        },
    )


def plain(value: float | None) -> str:
    """The plain number of a card; empty where there is none."""
    return "" if value is None else f"{value:.15g}"


def _mood(metric: Metric, value: float | None) -> str:
    """Colour only where it means something: the change, by whether up is good or bad."""
    if metric.id == "overdue" and value:
        return " is-red"
    if metric.id != "change" or not value:
        return ""
    return " is-bad" if (value > 0) == (metric.up_is == "bad") else " is-good"


def _against(answer: Answer, metric: Metric) -> str:
    """How a count compares with the period before: an arrow, a figure, and the count then."""
    if metric.id not in BEFORE:
        return ""
    now = int(measure(answer.counted.whole, metric.numerator))
    before = int(measure(answer.counted.whole, BEFORE[metric.id]))
    if not before:
        return answer.say(Text("上期 0", "0 before"))
    change = (now - before) / before * 100
    arrow = "↑" if change > 0 else "↓" if change < 0 else "→"
    told = answer.say(Text("上期 {}", "{} before")).format(figure(before, 0, answer.lang))
    return f"{arrow}{abs_percent(change)} · {told}"


def abs_percent(change: float) -> str:
    """A change without its sign, which the arrow has."""
    return f"{signed(abs(change)).lstrip('+')}%"


def _unplaced(answer: Answer, value: float | None) -> Any:
    return html.Div(
        [
            answer.say(NO_PLACE),
            " ",
            figure(value, 0, answer.lang),
            " ",
            answer.say(METRICS[0].unit),
        ],
        className="indicator-note",
        **{"data-indicator": "unplaced", "data-value": plain(value)},
    )
