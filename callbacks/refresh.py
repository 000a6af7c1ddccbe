"""An address becomes a screen: one callback, one round trip, for the map and every panel."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

import orjson
from dash import Input, Output, State
from plotly.io.json import to_json_plotly

from callbacks.answer import answered
from callbacks.pages import MAP, PAGES, PANELS, PULSE, URL
from callbacks.panels import PANELS as DRAWN
from callbacks.scene import scene
from geodata.markets.opening import next_change
from layers._view import to_search

if TYPE_CHECKING:
    from dash import Dash

    from callbacks.pages import Page
    from layers._answers import Answers, Question

log = logging.getLogger(__name__)


def register(app: Dash, answers: Answers) -> None:
    """Wire the address to the map and the panels."""

    @app.callback(
        Output(MAP, "scene"),
        Output(PANELS, "children"),
        Input(URL, "search"),
        Input(PULSE, "data"),
        State(URL, "pathname"),
        State(PANELS, "id"),
    )
    def refresh(search: Any, _: Any, path: Any, ids: Any) -> tuple[Any, list[Any]]:
        """Address (or a pulse of the data) -> scene and panels."""
        text = search if isinstance(search, str) else ""
        page = PAGES.get(path if isinstance(path, str) else "", PAGES["/"])
        names = tuple(str(ident.get("name")) for ident in ids if ident.get("name") in DRAWN)
        shown = orjson.loads(screen(answers, text, page, names))
        shown["scene"]["search"] = text
        return shown["scene"], [shown["panels"].get(ident.get("name")) for ident in ids]


def screen(answers: Answers, search: str, page: Page, names: tuple[str, ...]) -> bytes:
    """Scene and panels of an address as encoded JSON, from the cache where it is."""
    question = answers.question(search)
    key = f"screen/{page.id}/{','.join(names)}/{to_search(question.view)}/{question.query.at}"
    if question.notices:  # what was left out is part of the answer, but not of the view
        return encoded(answers, question, page, names)
    return answers.once(question.reader, key, lambda: encoded(answers, question, page, names))


def encoded(answers: Answers, question: Question, page: Page, names: tuple[str, ...]) -> bytes:
    """Compute and encode what a page shows for a question."""
    answer = answered(question, answers.numbers(question), page)
    drawn = scene(question, answer.counted, page, answer.chosen)
    drawn |= {"lang": answer.lang, "ring": page.theme.color("selected"), "next": _next(question)}
    panels = {name: DRAWN[name](answer) for name in names}
    return str(to_json_plotly({"scene": drawn, "panels": panels})).encode()


def _next(question: Question) -> float | None:
    """Seconds until a state on the screen changes by itself; None when the address fixes it."""
    if question.view.at:
        return None
    change = next_change(question.reader, question.query.at)
    now = dt.datetime.now(dt.UTC)
    return max((change - now).total_seconds(), 1) if change else None
