"""All of Dash: the pages and the few callbacks, whatever the number of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Input, Output, State

from callbacks import refresh, search, sync, table
from callbacks.document import dress
from callbacks.layout import body, shell
from callbacks.pages import PAGE, PAGES, URL

if TYPE_CHECKING:
    from dash import Dash

    from api.settings import Settings
    from layers._answers import Answers


def register(app: Dash, answers: Answers, settings: Settings) -> None:
    """Wire the app. A new layer needs no change here."""
    app.layout = shell
    dress(app, answers, settings)
    refresh.register(app, answers)
    sync.register(app, answers)
    search.register(app, answers)
    table.register(app, answers)

    @app.callback(Output(PAGE, "children"), Input(URL, "pathname"), State(URL, "search"))
    def page(path: Any, search: Any) -> Any:
        """Path -> the page's body, empty of facts."""
        question = answers.question(search if isinstance(search, str) else "")
        shown = PAGES.get(path if isinstance(path, str) else "", PAGES["/"])
        return body(shown, question.reader, question.catalog, settings, question.view.lang)
