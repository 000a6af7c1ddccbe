"""Markets in words: whether they are open, until when, and their hours as people read them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from dash import html

from callbacks.figures import figure
from callbacks.words import name_of, word_for
from geodata.markets.opening import CLOSED, OPEN, SOON_CLOSED, states, until
from geodata.markets.sites import rows as market_rows
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.answer import Answer

    Row = dict[str, Any]

STATE_WORDS = {
    OPEN: Text("开市", "Open"),
    SOON_CLOSED: Text("将收市", "Closing soon"),
    CLOSED: Text("未开市", "Closed"),
}
LAMPS = {OPEN: "green", SOON_CLOSED: "yellow", CLOSED: "grey"}
ORDER = {SOON_CLOSED: 0, OPEN: 1, CLOSED: 2}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = dict(zip(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], "一二三四五六日", strict=True))


def panel(answer: Answer) -> Any:
    """How many markets are open at the moment, and which, the soonest to close first."""
    question = answer.question.of(answer.question.catalog["markets"])
    told = states(answer.reader, question.at)
    listed = [row for b in market_rows(answer.reader, question) for row in b.to_pylist()]
    if not listed:
        return html.P(answer.say(Text("本区域没有市场", "No markets here")), className="nothing")
    counts = [(state, sum(told[row["id"]] == state for row in listed)) for state in STATE_WORDS]
    head = html.Div([_count(answer, state, n) for state, n in counts], className="market-counts")
    ends = {row["id"]: until(answer.reader, row["id"], question.at) for row in listed}
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    listed.sort(key=lambda row: (ORDER[told[row["id"]]], ends[row["id"]] or far, row["name"]))
    items = [_item(answer, row, told[row["id"]], ends[row["id"]]) for row in listed]
    return html.Div([head, html.Ol(items, className="list list--markets")])


def state_lamp(answer: Answer, ident: str) -> Any:
    """The state of one market as a lamp and a word."""
    state = states(answer.reader, answer.question.query.at)[ident]
    return html.Span(answer.say(STATE_WORDS[state]), className=f"lamp lamp--{LAMPS[state]}")


def opening_words(windows: str, lang: str) -> str:
    """Opening windows as people read them; the standard's own words in English."""
    if lang == "en":
        return windows
    text = re.sub(
        rf"\b({'|'.join(_MONTHS)})\b(?: (\d\d?)\b(?!:))?",
        lambda m: f"{_MONTHS.index(m[1]) + 1}月" + (f"{int(m[2])}日" if m[2] else ""),
        windows,
    )
    text = text.replace("Mo-Su", "每天")
    text = re.sub("|".join(_DAYS), lambda m: f"周{_DAYS[m[0]]}", text)
    return text.replace("PH", "节假日").replace("off", "休市").replace(";", ";")


def _count(answer: Answer, state: str, count: int) -> Any:
    return html.Div(
        [
            html.Span(figure(count, 0, answer.lang), className="indicator-value"),
            html.Span(answer.say(STATE_WORDS[state]), className=f"lamp lamp--{LAMPS[state]}"),
        ]
    )


def _soon(answer: Answer, end: dt.datetime) -> str:
    """The hour of a moment, and its day where it is more than a day ahead."""
    is_near = end - answer.question.query.at < dt.timedelta(days=1)
    return f"{answer.local(end):%H:%M}" if is_near else answer.moment(end)


def _item(answer: Answer, row: Row, state: str, end: dt.datetime | None) -> Any:
    moment = _soon(answer, end) if end else ""
    told = Text("{} 开市", "opens {}") if state == CLOSED else Text("{} 收市", "until {}")
    return html.Li(
        html.A(
            [
                html.Span(name_of(row, answer.lang), className="list-what"),
                html.Span(word_for(answer.question, "kind", row["kind"]), className="list-where"),
                html.Span(answer.say(told).format(moment) if moment else "", className="list-time"),
                html.Span(answer.say(STATE_WORDS[state]), className=f"lamp lamp--{LAMPS[state]}"),
            ],
            href=answer.link(selected=("markets", row["id"])),
        ),
        className=f"is-{state}",
    )
