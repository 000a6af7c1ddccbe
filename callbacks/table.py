"""The appeal table of the planning desk: every row of the view, a block at a time, by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash import Input, Output, State, html

from callbacks.answer import answered
from callbacks.lists import status_of
from callbacks.pages import PLAN, TABLE, URL
from callbacks.words import STATUSES, word_for
from geodata.masking import masked
from geodata.tickets.numbers import measure
from geodata.tickets.pages import SORTS, After, Order, page
from layers._layer import Text

if TYPE_CHECKING:
    from dash import Dash

    from callbacks.answer import Answer
    from layers._answers import Answers, Question

BLOCK = 100
STRIDES = (100 * BLOCK, 10 * BLOCK, BLOCK)  # in which the rows before a block are passed
MOST_ROWS = 1_000_000
COLUMNS = (
    ("created_at", Text("受理时间", "Accepted"), 150),
    ("status", Text("办理", "Status"), 84),
    ("category", Text("类别", "Category"), 260),
    ("area_name", Text("区域", "Area"), 160),
    ("address", Text("地点", "Place"), 220),
    ("department", Text("责任单位", "Department"), 150),
    ("text", Text("内容", "Text"), 360),
    ("channel", Text("渠道", "Channel"), 100),
    ("due_at", Text("办理时限", "Due"), 150),
    ("closed_at", Text("办结时间", "Closed"), 150),
    ("id", Text("编号", "Number"), 170),
)
HEAD = Text("诉求明细", "Appeals")


def panel(lang: str) -> Any:
    """An empty grid that asks for its rows."""
    columns = [
        {
            "field": name,
            "headerName": title(lang),
            "width": width,
            "sortable": name in SORTS,
        }
        for name, title, width in COLUMNS
    ]
    grid = dag.AgGrid(
        id=TABLE,
        columnDefs=columns,
        rowModelType="infinite",
        defaultColDef={"resizable": True, "suppressMovable": True},
        dashGridOptions={
            "cacheBlockSize": BLOCK,
            "maxBlocksInCache": 20,
            "autoSizeStrategy": {
                "type": "fitCellContents",
                "scaleUpToFitGridWidth": True,
                "columnLimits": [{"colId": "text", "maxWidth": 420}],
            },
            "theme": {"function": "onemapTheme(themeQuartz)"},
            "localeText": {
                "noRowsToShow": Text("没有诉求", "No appeals")(lang),
                "loadingOoo": Text("加载中…", "Loading…")(lang),
            },
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
        },
        getRowId="params.data.id",
        className="table",
        style={"height": "100%", "width": "100%"},
    )
    return html.Section([html.H2(HEAD(lang)), grid], className="table-frame")


def register(app: Dash, answers: Answers) -> None:
    """Rows asked for -> rows of the address."""

    @app.callback(
        Output(TABLE, "getRowsResponse"),
        Input(TABLE, "getRowsRequest"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def rows(request: Any, search: Any) -> dict[str, Any]:
        """One block of the table."""
        start, order = _asked(request)
        return block(answers, search if isinstance(search, str) else "", start, order)


def block(answers: Answers, search: str, start: int, order: Order) -> dict[str, Any]:
    """Rows ``start`` to ``start + BLOCK`` of an address.

    The keys of earlier rows are remembered, so that the next block begins where one ended; a
    reader who jumps far ahead makes the rows between be read once, in long strides.
    """
    question = answers.question(search)
    answer = answered(question, answers.numbers(question), PLAN)
    count = int(measure(answer.counted.whole, "total"))
    if start >= count:
        return {"rowData": [], "rowCount": count}
    asked = question.of(question.catalog["tickets"])
    after = _before(answers, question, start, order)
    found = page(question.reader, asked, limit=BLOCK, after=after, order=order)
    return {"rowData": [_row(answer, row) for row in found], "rowCount": count}


def _before(answers: Answers, question: Question, start: int, order: Order) -> After | None:
    """The key of the row before ``start``; None at the beginning."""
    layer = question.catalog["tickets"]
    name = f"rows/{question.key_of(layer)}/{order}"

    def ending(stride: int, after: After | None) -> After:
        found = page(question.reader, question.of(layer), limit=stride, after=after, order=order)
        return After(found[-1]["sort_key"], found[-1]["n"])

    at, after = 0, None
    for stride in STRIDES:
        while at + stride <= start:
            at += stride
            key, read = f"{name}/{at}", partial(ending, stride, after)
            after = answers.once(question.reader, key, read)
    return after


def _asked(request: Any) -> tuple[int, Order]:
    asked = request if isinstance(request, dict) else {}
    start = asked.get("startRow")
    start = start if isinstance(start, int) and 0 <= start < MOST_ROWS else 0
    model = asked.get("sortModel")
    first = model[0] if isinstance(model, list) and model and isinstance(model[0], dict) else {}
    by = first.get("colId")
    if not isinstance(by, str) or by not in SORTS:
        return start - start % BLOCK, Order()
    return start - start % BLOCK, Order(by=by, descending=first.get("sort") == "desc")


def _row(answer: Answer, row: dict[str, Any]) -> dict[str, Any]:
    told = {
        name: f"{answer.local(row[name]):%Y-%m-%d %H:%M}" if row[name] else ""
        for name in ("created_at", "due_at", "closed_at")
    }
    words = {
        subject: word_for(answer.question, subject, row[subject] or "")
        for subject in ("category", "channel", "department")
    }
    return {
        **told,
        **words,
        "id": row["id"],
        "status": answer.say(STATUSES[status_of(answer, row)]),
        "area_name": (answer.lang == "en" and row["area_name_en"]) or row["area_name"] or "",
        "address": masked(row["address"] or ""),
        "text": masked(row["text"] or ""),
    }
