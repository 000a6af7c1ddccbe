"""Which layers a page shows: what the address asks for, or what the page opens with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.areas.hierarchy import hierarchy
from layers._view import Shown

if TYPE_CHECKING:
    from callbacks.pages import Page
    from layers._answers import Question

    Layers = tuple[Shown, ...]


def switched(question: Question, page: Page) -> Layers:
    """The layers a reader has on, of those that can be switched; bottom first."""
    catalog = question.catalog
    asked = question.view.layers
    if asked is None:
        asked = opening(question, page)
    return tuple(item for item in asked if not catalog[item.id].is_base)


def opening(question: Question, page: Page) -> Layers:
    """What a page opens with: the place's own choice, or the layers declared for the page."""
    chosen = question.reader.place.layers
    return tuple(
        Shown(ident)
        for ident, layer in question.catalog.items()
        if (ident in chosen if chosen and not layer.is_base else page.id in layer.shown_on)
    )


def layers_shown(question: Question, page: Page) -> list[Shown]:
    """The layers on the screen, bottom first, base layers too.

    What lies directly below the shown area is on: its grids where areas are, at the finest area its
    addresses, and where there are none, its appeals.
    """
    shown = list(question.view.layers or ())
    if question.view.layers is None:
        shown = list(opening(question, page))
    else:
        asked = {item.id for item in shown}
        base = [Shown(i) for i, layer in question.catalog.items() if layer.is_base]
        shown = [item for item in base if item.id not in asked] + shown
    if question.reader.place.grid_depth is None:
        shown = [item for item in shown if item.id != "grids"]
    if hierarchy(question.reader).is_leaf[question.query.area]:
        return _with_children(question, shown)
    return _with_grids(question, shown)


def _with_grids(question: Question, shown: list[Shown]) -> list[Shown]:
    """Grids beneath the areas, where it is grids that lie below the shown one."""
    tree, ids = hierarchy(question.reader), [item.id for item in shown]
    below = int(tree.level[question.query.area]) + 1
    if below != question.reader.place.grid_depth or "areas" not in ids or "grids" in ids:
        return shown
    at = ids.index("areas")
    grids = [Shown("grids", shown[at].opacity)] if "grids" in question.catalog else []
    return [*shown[:at], *grids, *shown[at:]]


def _with_children(question: Question, shown: list[Shown]) -> list[Shown]:
    child = "addresses" if question.reader.has("addresses") else "tickets"
    if child not in question.catalog or any(item.id == child for item in shown):
        return shown
    return [*shown, Shown(child)]


def faded(layers: Layers, which: str, percent: int) -> Layers:
    """The same layers with one of them at another opacity."""
    return tuple(replace(s, opacity=percent) if s.id == which else s for s in layers)
