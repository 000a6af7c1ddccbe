"""The detail card: a ticket's whole story, an address and its appeals, a grid and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from callbacks import lists
from callbacks.figures import NO_VALUE, figure
from callbacks.market_words import opening_words, state_lamp
from callbacks.selection import shown_people
from callbacks.words import LEVELS, ROLES, STATES, name_of, word_for, words_of
from layers._layer import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callbacks.answer import Answer
    from callbacks.selection import Selection
    from layers._layer import Field, Layer

    Row = dict[str, Any]

CLOSE = Text("关闭", "Close")
PEOPLE = Text("一网八员", "Eight roles of the grid")
UNKNOWN_PEOPLE = Text("本单元未登记八员", "No people registered")


def panel(answer: Answer) -> Any:
    """What is picked; with nothing picked, the people who answer for a shown grid."""
    chosen = answer.chosen
    if chosen is None:
        people = shown_people(answer.question)
        return html.Div(_people(answer, people), className="detail") if people else None
    close = html.A(
        "×",
        href=answer.link(selected=None),
        className="detail-close",
        **{"aria-label": answer.say(CLOSE)},
    )
    body = _BODIES.get(chosen.layer, _feature)(answer, chosen)
    return html.Article([close, *body], className="detail", **{"data-selected": chosen.key})


def _ticket(answer: Answer, chosen: Selection) -> list[Any]:
    row = chosen.row
    due = answer.moment(row["due_at"], year=True) if row["due_at"] else NO_VALUE
    facts = [
        (Text("受理渠道", "Channel"), word_for(answer.question, "channel", row["channel"] or "")),
        (
            Text("责任单位", "Department"),
            word_for(answer.question, "department", row["department"] or ""),
        ),
        (Text("办理时限", "Due"), due),
        (Text("群众所述地点", "Place as told"), row["address"]),
        (Text("标准地址", "Standard address"), _door_link(answer, chosen)),
        (
            Text("满意度", "Satisfaction"),
            word_for(answer.question, "satisfaction", row["satisfaction"] or ""),
        ),
    ]
    category = word_for(answer.question, "category", row["category"]).replace("/", " › ")
    return [
        html.Header([html.H3(lists.leaf(answer, row)), lists.lamp(answer, row)]),
        html.P(category, className="detail-path"),
        html.Blockquote(row["text"]) if row["text"] else None,
        _facts(answer, facts),
        _steps(answer, row),
        html.P(row["result"], className="detail-result") if row["result"] else None,
        *_people(answer, chosen.people),
    ]


def _steps(answer: Answer, row: Row) -> Any:
    """The steps of a ticket's life in order, the last one marked as where it stands."""
    items = []
    for i, (step, at) in enumerate(row["steps"]):
        last = i == len(row["steps"]) - 1
        items.append(
            html.Li(
                [
                    html.Span(answer.say(STATES[step]), className="step-name"),
                    html.Time(answer.moment(at, year=True)),
                ],
                className="is-last" if last else None,
            )
        )
    if row["is_open"]:
        state = word_for(answer.question, "state", row["state"])
        waiting = answer.say(Text("当前环节:", "Now at: "))
        items.append(html.Li(f"{waiting}{state}", className="is-waiting"))
    return html.Ol(items, className="steps")


def _door_link(answer: Answer, chosen: Selection) -> Any:
    if not chosen.addresses:
        return None
    door = chosen.addresses[-1]
    return html.A(door["name"], href=answer.link(selected=("addresses", door["id"])))


def _address(answer: Answer, chosen: Selection) -> list[Any]:
    row = chosen.row
    parents = [
        html.A(parent["name"], href=answer.link(selected=("addresses", parent["id"])))
        for parent in chosen.addresses[:-1]
    ]
    separated = [part for parent in parents for part in (parent, " › ")][:-1]
    facts = [
        (Text("级别", "Level"), answer.say(LEVELS[row["level"]]) if row["level"] in LEVELS else ""),
        (Text("地址编码", "Code"), row["code"]),
        (Text("隶属", "Part of"), separated or None),
        (Text("别名", "Aliases"), (row["aliases"] or "").replace("|", "、")),
        (Text("下级地址", "Below"), figure(row["below"], 0, answer.lang) if row["below"] else ""),
    ]
    head = answer.say(Text("该地址的诉求", "Appeals from here"))
    return [
        html.Header(html.H3(row["name"])),
        _facts(answer, facts),
        html.H4(f"{head} · {len(chosen.tickets)}"),
        _tickets(answer, chosen.tickets),
        *_people(answer, chosen.people),
    ]


def _tickets(answer: Answer, rows: Sequence[Row]) -> Any:
    if not rows:
        return html.P(answer.say(Text("没有诉求", "No appeals")), className="nothing")
    return html.Ol(
        [
            html.Li(
                html.A(
                    [
                        html.Span(
                            answer.moment(row["created_at"], year=True), className="list-time"
                        ),
                        html.Span(lists.leaf(answer, row), className="list-what"),
                        lists.lamp(answer, row),
                    ],
                    href=lists.link(answer, row),
                )
            )
            for row in rows
        ],
        className="list",
    )


def _market(answer: Answer, chosen: Selection) -> list[Any]:
    row = chosen.row
    about = Text("位置为示意", "place approximate")
    facts = [
        (Text("类型", "Kind"), word_for(answer.question, "kind", row["kind"])),
        (Text("开市时间", "Hours"), opening_words(row["windows"], answer.lang)),
        (Text("摊位", "Stalls"), figure(row["stalls"], 0, answer.lang) if row["stalls"] else ""),
        (Text("地点", "Place"), row["address"]),
        (Text("运营单位", "Operator"), row["operator"]),
        (Text("说明", "Note"), answer.say(about) if row["approximate"] else ""),
    ]
    head = [html.H3(name_of(row, answer.lang)), state_lamp(answer, chosen.id)]
    return [html.Header(head), _facts(answer, facts)]


def _area(answer: Answer, chosen: Selection) -> list[Any]:
    enter = answer.say(Text("进入", "Enter"))
    return [
        html.Header(html.H3(name_of(chosen.row, answer.lang))),
        html.P(html.A(enter, href=answer.link_to_area(chosen.id), className="more")),
        *_people(answer, chosen.people),
    ]


def _feature(answer: Answer, chosen: Selection) -> list[Any]:
    """Any other feature: its declared fields."""
    layer = answer.question.catalog[chosen.layer]
    name = name_of(chosen.row, answer.lang, chosen.id)
    told = {"name": name} if "name" in chosen.row else {}
    facts = [
        (field.title, told.get(field.name) or _value(answer, layer, field, chosen.row))
        for field in layer.fields
        if chosen.row.get(field.name) is not None
    ]
    return [html.Header(html.H3(name)), _facts(answer, facts)]


def _value(answer: Answer, layer: Layer, field: Field, row: Row) -> str:
    """A field of a feature in words, with its unit."""
    value = str(row[field.name])
    word = words_of(answer.question, layer, field.name).get(value, value)
    return " ".join(filter(None, [word, answer.say(field.unit)]))


_BODIES = {
    "tickets": _ticket,
    "smoke": _ticket,
    "addresses": _address,
    "markets": _market,
    "grids": _area,
    "areas": _area,
}


def _facts(answer: Answer, facts: Sequence[tuple[Text, Any]]) -> Any:
    pairs = [
        part
        for title, value in facts
        if value
        for part in (html.Dt(answer.say(title)), html.Dd(value))
    ]
    return html.Dl(pairs, className="facts")


def _people(answer: Answer, people: Sequence[Row]) -> list[Any]:
    """Who answers: role, masked name, masked number. Never on the wall."""
    if not people or answer.page.id == "wall":
        return []
    rows = [
        html.Li(
            [
                html.Span(answer.say(ROLES[p["role"] - 1]), className="role"),
                html.Span(p["name"], className="person"),
                html.Span(p["phone"] or "", className="phone"),
            ]
        )
        for p in people
    ]
    return [html.H4(answer.say(PEOPLE)), html.Ol(rows, className="people")]
