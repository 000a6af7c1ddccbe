"""The search box: results while typing, Enter goes there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State

from callbacks.pages import GO, SEARCH, URL
from geodata.addresses.suggest import suggestions
from geodata.areas.hierarchy import NOWHERE, hierarchy
from layers._layer import Text
from layers._view import to_search

if TYPE_CHECKING:
    from dash import Dash

    from geodata.addresses.suggest import Suggestion
    from layers._answers import Answers, Question

MOST = 12
PLACEHOLDER = Text("搜索地址、道路、网格、地标、市场", "Search a place, road, grid or market")
NOTHING = Text("没有匹配的地点", "No such place")
LABEL = Text("搜索", "Search")


def box(lang: str) -> Any:
    """An empty search box."""
    return dmc.Select(
        id=SEARCH,
        data=[],
        searchable=True,
        value=None,
        placeholder=PLACEHOLDER(lang),
        nothingFoundMessage=NOTHING(lang),
        filter={"function": "everyOption"},
        selectFirstOptionOnChange=True,
        maxDropdownHeight=420,
        withCheckIcon=False,
        rightSection=" ",
        className="search",
        **{"aria-label": LABEL(lang)},
    )


def register(app: Dash, answers: Answers) -> None:
    """Typing -> suggestions (server). Choosing, or moving a widget -> the address (browser)."""

    @app.callback(
        Output(SEARCH, "data"),
        Input(SEARCH, "searchValue"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def suggest(text: Any, search: Any) -> list[dict[str, Any]]:
        """Options whose value is the address they lead to."""
        question = answers.question(search if isinstance(search, str) else "")
        found = suggestions(question.reader, text if isinstance(text, str) else "", MOST)
        return options(question, found)

    app.clientside_callback(
        ClientsideFunction("onemap", "follow"),
        Input(SEARCH, "value"),
        Input(GO, "data"),
        prevent_initial_call=True,
    )


def options(question: Question, found: list[Suggestion]) -> list[dict[str, Any]]:
    """Suggestions by kind, each labelled with where it lies."""
    groups: dict[str, list[dict[str, str]]] = {}
    for hit in found:
        title = question.catalog[hit.kind].title(question.view.lang)
        groups.setdefault(title, []).append(
            {"value": _href(question, hit), "label": _label(question, hit)}
        )
    return [{"group": title, "items": items} for title, items in groups.items()]


def _label(question: Question, hit: Suggestion) -> str:
    lang = question.view.lang
    name = (hit.name_en if lang == "en" else None) or hit.name
    tree = hierarchy(question.reader)
    if hit.area is None or hit.area == NOWHERE:
        return name
    where = next((tree.name(n, lang) for n in tree.path(hit.area)[1:2]), name)
    return name if where == name else f"{name} · {where}"


def _href(question: Question, hit: Suggestion) -> str:
    """An area is entered; anything else is picked, within the area it lies in."""
    tree = hierarchy(question.reader)
    if hit.kind == "areas":
        code = "" if hit.area == 0 else hit.id
        return to_search(replace(question.view, area=code, selected=None)) or "?"
    picked = replace(question.view, selected=(hit.kind, hit.id))
    if hit.kind == "addresses" and hit.area not in {None, NOWHERE}:
        picked = replace(picked, area=tree.codes[hit.area])
    return to_search(picked)
