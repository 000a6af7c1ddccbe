"""Address and widgets say the same thing.

The address a moved widget asks for is handed to the browser (``GO``), which alone writes addresses:
``dcc.Location`` would put back the one it knows, without the camera.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dash import Input, Output, State, ctx, no_update

from callbacks.moves import revised, shown
from callbacks.pages import CONTROLS, GO, PAGES, URL
from layers._view import to_search

if TYPE_CHECKING:
    from dash import Dash

    from layers._answers import Answers


def register(app: Dash, answers: Answers) -> None:
    """Address moved -> set the widgets. Widget moved -> set the address."""

    @app.callback(
        Output(GO, "data"),
        Output(CONTROLS, "value"),
        Input(URL, "search"),
        Input(CONTROLS, "value"),
        State(URL, "pathname"),
        State(CONTROLS, "id"),
    )
    def sync(search: Any, values: Any, path: Any, ids: Any) -> tuple[Any, list[Any]]:
        """Only the widget that was moved speaks; the others follow the address."""
        text = search if isinstance(search, str) else ""
        page = PAGES.get(path if isinstance(path, str) else "", PAGES["/"])
        keys = [str(ident.get("key")) for ident in ids]
        question = answers.question(text)
        moved = _moved(keys)
        if moved is not None:
            after = to_search(revised(question, moved, values[keys.index(moved)], page))
            if after != to_search(question.view):
                # The moment makes it news even where it is the address last asked for.
                asked = {"search": after or "?", "at": time.time_ns()}
                return asked, [no_update] * len(keys)
        told = [shown(question, key, page) for key in keys]
        return no_update, [
            no_update if value == now else value for value, now in zip(told, values, strict=True)
        ]


def _moved(keys: list[str]) -> str | None:
    """Key of the one widget that was moved; widgets that have just appeared have not been."""
    triggered = ctx.triggered_id
    if len(ctx.triggered) != 1 or not isinstance(triggered, dict):
        return None
    key = triggered.get("key")
    return key if key in keys else None
