"""What it is about: the categories one step below the chosen one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dash import html

from callbacks.figures import figure
from callbacks.words import word_for
from geodata.tickets.numbers import INDEX, category_names
from layers._layer import Text
from layers._view import with_filter

if TYPE_CHECKING:
    from callbacks.answer import Answer

MOST = 8
REST = Text("其他", "Other")
BACK = Text("全部类别", "All categories")


def panel(answer: Answer) -> Any:
    """Bars by category; a click narrows every number to it."""
    name = answer.metric.numerator if answer.metric.numerator in INDEX else "total"
    sums = split(answer, name)
    whole = sum(sums.values()) or 1
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    rows = [_bar(answer, path, count, whole) for path, count in ranked[:MOST] if count]
    rest = sum(count for _, count in ranked[MOST:])
    if rest:
        rows.append(_bar(answer, "", rest, whole))
    head = [html.A(answer.say(BACK), href=_link(answer, None), className="more")] * bool(
        _chosen(answer)
    )
    return html.Div([*head, html.Ol(rows, className="ranking ranking--plain")])


def split(answer: Answer, measure: str) -> dict[str, int]:
    """Counts of the nodes below the chosen category, as far down as they first part ways."""
    chosen = _chosen(answer)
    leaves = [
        (path.split("/"), int(counts[INDEX[measure]]))
        for path, counts in category_names(answer.reader, answer.counted)
    ]
    depth = chosen.count("/") + 2 if chosen else 1
    deepest = max((len(path) for path, _ in leaves), default=1)
    while len(sums := _summed(leaves, depth)) == 1 and depth < deepest:
        depth += 1
    return sums


def _summed(leaves: list[tuple[list[str], int]], depth: int) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for path, count in leaves:
        if count:
            sums["/".join(path[:depth])] += count
    return sums


def _chosen(answer: Answer) -> str:
    """The one category the reader has chosen, if it is one."""
    for owner, name, value in answer.question.view.filters:
        if (owner, name) == ("tickets", "category") and len(value) == 1:
            return str(next(iter(value)))
    return ""


def _link(answer: Answer, path: str | None) -> str:
    value = None if path is None else frozenset({path})
    view = with_filter(answer.question.view, "tickets", "category", value)
    return answer.link(filters=view.filters)


def _bar(answer: Answer, path: str, count: int, whole: int) -> Any:
    title = word_for(answer.question, "category", path).rpartition("/")[2] or answer.say(REST)
    share = count / whole * 100
    inside = [
        html.Span(title, className="ranking-name"),
        html.Span(figure(count, 0, answer.lang), className="ranking-value"),
        html.Span(
            html.Span(style={"width": f"{share:.1f}%"}, className="ranking-fill"),
            className="ranking-bar",
        ),
    ]
    return html.Li(html.A(inside, href=_link(answer, path)) if path else html.Div(inside))
