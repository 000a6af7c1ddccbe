"""The wall's round: a few views of the same district, each with one thing to see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html

from callbacks.shown import opening
from geodata.tickets.places import has_smoke
from layers._layer import Text
from layers._view import Shown, Stretch, View, to_search, with_filter

if TYPE_CHECKING:
    from callbacks.answer import Answer

EVENING = (17, 24)
FAINT = 25  # percent of the choropleth where something else is the thing to see


@dataclass(frozen=True, slots=True)
class Scene:
    """One view of the round."""

    id: str
    title: Text
    view: View


def scenes(answer: Answer) -> tuple[Scene, ...]:
    """Overview, smoke of the newest evening, markets, ranking; each where there is any of it."""
    lang, catalog = answer.lang, answer.question.catalog
    newest = answer.local(answer.reader.data_until - dt.timedelta(microseconds=1)).date()
    smoke = View(
        lang=lang,
        layers=(Shown("grids", FAINT), Shown("areas"), Shown("smoke")),
        period=Stretch(newest, newest + dt.timedelta(days=1)),
        hours=EVENING,
        metric="smoke",
    )
    smoke = with_filter(smoke, "tickets", "smoke", frozenset({"yes"}))
    markets = View(lang=lang, layers=(Shown("grids", FAINT), Shown("areas"), Shown("markets")))
    ranking = View(lang=lang, layers=(Shown("areas"),), metric="per_10k")
    told = [item for item in opening(answer.question, answer.page) if item.id != "markets"]
    overview = View(lang=lang, layers=tuple(i for i in told if not catalog[i.id].is_base))
    round_ = [
        Scene("overview", Text("总览", "Overview"), overview),
        Scene("smoke", _evening(answer, newest), smoke),
        Scene("markets", Text("此刻市场", "Markets now"), markets),
        Scene("ranking", Text("区域排名", "Ranking"), ranking),
    ]
    there = {"smoke": has_smoke(answer.reader), "markets": answer.reader.has("markets")}
    return tuple(s for s in round_ if there.get(s.id, True))


def panel(answer: Answer) -> Any:
    """One link a scene; the browser goes round them."""
    links = [
        html.A(
            answer.say(scene.title),
            href=to_search(scene.view) or "?",
            **{"data-scene-id": scene.id},
        )
        for scene in scenes(answer)
    ]
    stay = {"data-stay": str(answer.reader.place.wall_seconds)}
    return html.Nav(links, id="scenes", className="scenes", **stay)


def _evening(answer: Answer, day: dt.date) -> Text:
    """What the newest evening is called today."""
    today = answer.local(answer.question.query.at).date()
    if day == today:
        return Text("今夜油烟", "Smoke tonight")
    if day == today - dt.timedelta(days=1):
        return Text("昨夜油烟", "Smoke last night")
    return Text("夜间油烟", "Evening smoke")
