from __future__ import annotations

import pytest

from callbacks.scenes import FAINT, scenes
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import links, nodes, props, texts

WALL = "/wall"


def round_(place, search: str = "") -> dict[str, object]:
    return {scene.id: scene.view for scene in scenes(place.answer(search, WALL))}


def test_the_wall_goes_round_four_scenes(here):
    assert texts(here.panel("scenes", "", WALL)) == ["总览", "昨夜油烟", "此刻市场", "区域排名"]
    english = here.panel("scenes", "?lang=en", WALL)
    assert texts(english) == ["Overview", "Smoke last night", "Markets now", "Ranking"]
    assert all(href.endswith("lang=en") for href in links(english))


def test_each_scene_is_an_address_of_its_own(here):
    panel = here.panel("scenes", "", WALL)
    idents = [props(n)["data-scene-id"] for n in nodes(panel) if "data-scene-id" in props(n)]
    assert idents == list(round_(here))
    found = [here.answers.question(href, here.now) for href in links(panel)]
    assert [question.notices for question in found] == [()] * 4
    assert [question.view for question in found] == list(round_(here).values())
    assert len(set(links(panel))) == 4


def test_the_smoke_of_the_newest_evening_is_shown_alone(here):
    view = round_(here)["smoke"]
    question = here.answers.question(links(here.panel("scenes", "", WALL))[1], here.now)
    assert (view.hours, view.metric) == ((17, 24), "smoke")
    assert here.answers.numbers(question).whole.tolist()[:2] == [1, 1]  # T03 at 23:59


@pytest.mark.parametrize(
    ("now", "zh", "en"),
    [
        ("11-22 20:00", "今夜油烟", "Smoke tonight"),
        ("11-23 08:00", "昨夜油烟", "Smoke last night"),
        ("11-24 08:00", "夜间油烟", "Evening smoke"),
    ],
)
def test_the_newest_evening_is_called_what_it_is_today(here, now, zh, en):
    place = here.at(town.moment(now))
    assert texts(place.panel("scenes", "", WALL))[1] == zh
    assert texts(place.panel("scenes", "?lang=en", WALL))[1] == en


def test_each_scene_has_one_thing_to_see(here):
    shown = {i: {s.id: s.opacity for s in view.layers} for i, view in round_(here).items()}
    assert shown["smoke"] == {"grids": FAINT, "areas": 100, "smoke": 100}
    assert shown["markets"] == {"grids": FAINT, "areas": 100, "markets": 100}
    assert shown["ranking"] == {"areas": 100}
    assert "markets" not in shown["overview"]
    assert round_(here)["ranking"].metric == "per_10k"


def test_without_markets_or_smoke_there_is_no_scene_of_them(tmp_path):
    quiet = [row for row in town.tickets().to_pylist() if not row["smoke"]]
    town.published(tmp_path, tickets=quiet)
    assert list(round_(screens(tmp_path))) == ["overview", "ranking"]


def test_a_scene_does_not_stay_where_a_reader_was(here):
    views = round_(here, "?area=11&metric=open&selected=tickets:T02").values()
    assert {view.area for view in views} == {""}
    assert {view.selected for view in views} == {None}


def test_the_browser_is_told_how_long_to_stay(here):
    assert props(here.panel("scenes", "", WALL))["data-stay"] == str(town.PLACE.wall_seconds)
