from __future__ import annotations

import pytest

from callbacks.pages import PAGES
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import having, links, nodes, props, text, texts


def rows(place, name: str = "list", search: str = "", path: str = "/") -> list[list[str]]:
    panel = place.panel(name, search, path)
    return [texts(item) for item in nodes(panel) if item["type"] == "Li"]


def test_the_newest_appeals_come_first_with_time_matter_place_and_state(here):
    assert rows(here)[:6] == [
        ["11月22日 23:59", "烧烤油烟", "北二网格", "超期"],
        ["11月22日 00:00", "广场舞", "北二网格", "在办"],
        ["11月21日 19:10", "烧烤油烟", "北一网格", "在办"],
        ["11月20日 18:30", "烧烤油烟", "北一网格", "办结"],
        ["11月12日 12:00", "广场舞", "南关社区", "办结"],  # known to its community alone
        ["11月11日 12:00", "广场舞", "那边", "在办"],
    ]


def test_a_list_in_english(here):
    first, *_ = rows(here, "list", "?lang=en")
    assert first == ["22 Nov 23:59", "烧烤油烟", "北二网格", "Overdue"]


def test_a_list_is_as_long_as_the_page_wants(here):
    for path, page in PAGES.items():
        assert len(rows(here, "list", "", path)) == min(page.list_length, 9)
        assert len(rows(here, "list", "?datetime=../..", path)) == page.list_length


@pytest.mark.parametrize("search", ["?area=12&", "?hours=18/20&", "?tickets.smoke=no&"])
def test_a_list_follows_the_view(here, search):
    counted = here.answer(search).counted.whole[0]
    assert len(rows(here, "list", search)) == counted


@pytest.mark.parametrize("name", ["list", "red"])
def test_an_appeal_leads_to_its_story_and_the_view_stays(here, name):
    for href in links(here.panel(name, "?area=11&metric=smoke")):
        found = here.answer(href)
        assert found.notices == ()
        assert found.chosen.layer == "tickets"
        assert (found.question.view.area, found.question.view.metric) == ("11", "smoke")


def test_nothing_to_list_is_said(here):
    empty = "?datetime=2020-01-01"
    assert texts(here.panel("list", empty)) == ["时段内没有诉求"]
    assert texts(here.panel("red", empty)) == ["没有超期诉求"]
    assert props(here.panel("red", empty))["className"] == "nothing is-good"
    assert texts(here.panel("list", f"{empty}&lang=en")) == ["No appeals in this period"]
    assert texts(here.panel("red", f"{empty}&lang=en")) == ["Nothing is overdue"]


def test_the_longest_overdue_come_first_with_who_answers(here):
    assert rows(here, "red") == [
        ["广场舞", "超期 23 天", "世纪花园3号楼2单元501", "公安分局 · 网格员 王**"],
        ["烧烤油烟", "超期不足 1 天", "北二网格", "执法局"],
    ]
    assert rows(here, "red", "?lang=en") == [
        ["广场舞", "23 days overdue", "世纪花园3号楼2单元501", "公安分局 · grid worker 王**"],
        ["烧烤油烟", "under a day overdue", "北二网格", "执法局"],
    ]


def test_only_what_is_overdue_is_red(here):
    assert len(rows(here, "red", "?tickets.status=open")) == 2
    assert rows(here, "red", "?area=12") == []
    lamps = having(here.panel("red"), class_="lamp--red")
    assert len(lamps) == 2


def test_what_falls_due_is_red_from_its_moment_on(here):
    due = town.moment("11-22 23:59")
    assert len(rows(here.at(due), "red")) == 1
    assert len(rows(here.at(town.moment("11-23 00:00")), "red")) == 2


@pytest.mark.parametrize(
    ("word", "lamp", "kind"),
    [("超期", "red", "overdue"), ("在办", "yellow", "open"), ("办结", "green", "closed")],
)
def test_a_state_is_a_word_and_a_lamp(here, word, lamp, kind):
    found = [node for node in having(here.panel("list"), class_=f"lamp--{lamp}")]
    assert {text(node) for node in found} == {word}
    assert {props(node)["title"] for node in found} == {kind}


def test_nobody_registered_is_said_where_nobody_is(tmp_path):
    late = {"id": "L", "created_at": town.moment("11-01 12:00"), "state": "handling"}
    late |= {"category": "x", "due_at": town.moment("11-02 12:00"), "lon": 118.005, "lat": 36.815}
    newest = {"id": "N", "category": "x", "created_at": town.moment("11-20 12:00")}
    town.published(tmp_path, tickets=[late, newest])
    assert rows(screens(tmp_path), "red") == [["x", "超期 18 天", "北一网格", "责任人未登记"]]


def test_the_wall_tells_places_no_finer_than_their_area(here):
    places = [row[2] for row in rows(here, "list", "", "/wall")]
    assert places[5:] == ["未定位", "东一网格", "北一网格"]
    assert rows(here, "list", "?lang=en", "/wall")[5][2] == "no place"
