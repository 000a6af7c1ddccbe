"""The breadcrumb: every level from the district to the single appeal, each one a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from callbacks.words import name_of
from geodata.areas.hierarchy import NOWHERE
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.answer import Answer

LABEL = Text("当前位置", "You are here")
APPEAL = Text("诉求", "Appeal")


def panel(answer: Answer) -> Any:
    """A nav with one link a level; the last one is where we are."""
    steps = [*_areas(answer), *_picked(answer)]
    links = [
        html.A(name, href=href, **({"aria-current": "page"} if i == len(steps) - 1 else {}))
        for i, (name, href) in enumerate(steps)
    ]
    return html.Nav(links, className="crumbs", **{"aria-label": answer.say(LABEL)})


def _areas(answer: Answer) -> list[tuple[str, str]]:
    """The areas down to the shown one, or down to the one the picked thing lies in."""
    deepest = answer.area
    if answer.chosen and answer.chosen.area not in {NOWHERE, None}:
        deepest = answer.chosen.area
    return [
        (answer.tree.name(n, answer.lang), answer.link_to_area(answer.tree.codes[n]))
        for n in answer.tree.path(deepest)
    ]


def _picked(answer: Answer) -> list[tuple[str, str]]:
    chosen = answer.chosen
    if chosen is None or chosen.layer in {"grids", "areas"}:
        return []
    doors = chosen.addresses[-1:] if answer.page.id != "wall" else []
    steps = [(row["name"], answer.link(selected=("addresses", row["id"]))) for row in doors]
    if chosen.layer in {"tickets", "smoke"}:
        steps.append((f"{answer.say(APPEAL)} {chosen.id}", answer.link()))
    elif chosen.layer != "addresses":
        steps.append((name_of(chosen.row, answer.lang, chosen.id), answer.link()))
    return steps
