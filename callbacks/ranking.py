"""Where: the areas below the shown one, or its busiest addresses, by the metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from dash import html

from callbacks.figures import of_metric
from geodata.addresses.records import by_number
from layers._layer import Text
from layers._metrics import rates, values

if TYPE_CHECKING:
    from callbacks.answer import Answer

MOST_DOORS = 20
NOTHING = Text("没有可比的下级单元", "Nothing below to compare")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One bar: a name, where it leads, its value (nan where none)."""

    name: str
    href: str
    value: float
    code: str
    moved: int = 0  # places won since the period before


def panel(answer: Answer) -> Any:
    """Bars from the largest value down, each one step deeper."""
    rows = _doors(answer) if answer.tree.is_leaf[answer.area] else _children(answer)
    if not rows:
        return html.P(answer.say(NOTHING), className="nothing")
    most = max((abs(row.value) for row in rows if np.isfinite(row.value)), default=0) or 1
    return html.Ol([_bar(answer, row, most) for row in rows], className="ranking")


def _children(answer: Answer) -> list[Row]:
    tree = answer.tree
    children = tree.children(answer.area)
    by_metric = values(answer.metric, answer.counted, tree)[children]
    before = answer.counted.measure("previous")[children]
    now = answer.counted.measure("total")[children]
    was, place = _places(before), _places(now)
    ranked = answer.metric.id == "total" and before.any()
    rows = [
        Row(
            name=tree.name(n, answer.lang),
            href=answer.link_to_area(tree.codes[n]),
            value=float(by_metric[i]),
            code=tree.codes[n],
            moved=int(was[i] - place[i]) if ranked else 0,
        )
        for i, n in enumerate(children)
    ]
    return sorted(rows, key=lambda row: (-np.nan_to_num(row.value, nan=-np.inf), row.code))


def _places(counts: Any) -> Any:
    """The place of each in the ranking; equals share a place."""
    return (counts[None, :] > counts[:, None]).sum(axis=1) + 1


def _doors(answer: Answer) -> list[Row]:
    """The addresses of a leaf area with the most tickets; on the wall no one's door is named."""
    doors = answer.counted.doors[: 0 if answer.page.id == "wall" else None]
    numbers = rates(answer.metric, doors[:, 1:], np.nan) if len(doors) else np.array([])
    order = np.argsort(-np.nan_to_num(numbers, nan=-np.inf), kind="stable")[:MOST_DOORS]
    known = by_number(answer.reader, doors[order, 0].tolist())
    rows = []
    for i in order:
        if np.isfinite(numbers[i]) and numbers[i] != 0:
            door = known[int(doors[i, 0])]
            href = answer.link(selected=("addresses", door["id"]))
            rows.append(Row(name=door["name"], href=href, value=float(numbers[i]), code=door["id"]))
    return rows


def _bar(answer: Answer, row: Row, most: float) -> Any:
    has_value = np.isfinite(row.value)
    share = abs(row.value) / most * 100 if has_value else 0
    told = of_metric(answer.metric, row.value if has_value else None, answer.lang)
    return html.Li(
        html.A(
            [
                html.Span(row.name, className="ranking-name"),
                html.Span(_moved(row.moved), className="ranking-moved"),
                html.Span(told, className="ranking-value"),
                html.Span(
                    html.Span(style={"width": f"{share:.1f}%"}, className="ranking-fill"),
                    className="ranking-bar",
                ),
            ],
            href=row.href,
        ),
        **{"data-code": row.code},
    )


def _moved(places: int) -> str:
    return f"↑{places}" if places > 0 else f"↓{-places}" if places < 0 else ""
