"""Lists of tickets: the newest ones, or what is red and who answers for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from dash import html

from callbacks.words import STATUSES, word_for
from geodata.areas.people import people
from geodata.masking import masked
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.answer import Answer

    Row = dict[str, Any]

NEWEST_NOTHING = Text("时段内没有诉求", "No appeals in this period")
RED_NOTHING = Text("没有超期诉求", "Nothing is overdue")
LATE = Text("超期 {} 天", "{} days overdue")
A_DAY_LATE = Text("超期 1 天", "1 day overdue")
JUST_LATE = Text("超期不足 1 天", "under a day overdue")
NO_ONE = Text("责任人未登记", "nobody registered")
LAMPS = {"overdue": "red", "open": "yellow", "closed": "green"}


def panel(answer: Answer) -> Any:
    """The newest tickets of the view, each leading to its story."""
    rows = answer.listed["list"]
    if not rows:
        return html.P(answer.say(NEWEST_NOTHING), className="nothing")
    return html.Ol([_newest(answer, row) for row in rows], className="list")


def red(answer: Answer) -> Any:
    """The tickets longest overdue, with the department and the grid worker who answer."""
    rows = answer.listed["red"]
    if not rows:
        return html.P(answer.say(RED_NOTHING), className="nothing is-good")
    return html.Ol([_red(answer, row) for row in rows], className="list list--red")


def lamp(answer: Answer, row: Row) -> Any:
    """The state of a ticket: a lamp and its word."""
    status = status_of(answer, row)
    return html.Span(
        answer.say(STATUSES[status]), className=f"lamp lamp--{LAMPS[status]}", title=status
    )


def status_of(answer: Answer, row: Row) -> str:
    """Whether a ticket is open, overdue or closed as of the answer."""
    if not row["is_open"]:
        return "closed"
    due = row["due_at"]
    return "overdue" if due and due.replace(tzinfo=dt.UTC) < answer.question.query.as_of else "open"


def leaf(answer: Answer, row: Row) -> str:
    """The finest category of a ticket in the reader's language."""
    return word_for(answer.question, "category", row["category"]).rpartition("/")[2]


def where(answer: Answer, row: Row) -> str:
    """The place of a ticket; on the wall no finer than its area."""
    place = None if answer.page.id == "wall" else row["address"]
    area = (answer.lang == "en" and row["area_name_en"]) or row["area_name"]
    return masked(place or area or "") or answer.say(Text("未定位", "no place"))


def link(answer: Answer, row: Row) -> str:
    """The address of a ticket's story."""
    return answer.link(selected=("tickets", row["id"]))


def _newest(answer: Answer, row: Row) -> Any:
    return html.Li(
        html.A(
            [
                html.Span(answer.moment(row["created_at"]), className="list-time"),
                html.Span(leaf(answer, row), className="list-what"),
                html.Span(where(answer, row), className="list-where"),
                lamp(answer, row),
            ],
            href=link(answer, row),
        )
    )


def _red(answer: Answer, row: Row) -> Any:
    due = row["due_at"].replace(tzinfo=dt.UTC)
    late = max((answer.question.query.as_of - due).days, 0)
    department = word_for(answer.question, "department", row["department"] or "")
    return html.Li(
        html.A(
            [
                html.Span(leaf(answer, row), className="list-what"),
                html.Span(_lateness(answer, late), className="lamp lamp--red"),
                html.Span(where(answer, row), className="list-where"),
                html.Span(
                    " · ".join(filter(None, [department, _worker(answer, row)])),
                    className="list-who",
                ),
            ],
            href=link(answer, row),
        )
    )


def _lateness(answer: Answer, days: int) -> str:
    return answer.say({0: JUST_LATE, 1: A_DAY_LATE}.get(days, LATE)).format(days)


def _worker(answer: Answer, row: Row) -> str:
    """The grid worker of the ticket's grid, masked."""
    first = next((p for p in people(answer.reader, row["area"] or "") if p["role"] == 1), None)
    if first is None:
        return "" if row["department"] else answer.say(NO_ONE)
    return f"{answer.say(Text('网格员', 'grid worker'))} {first['name']}"
