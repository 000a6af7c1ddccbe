from __future__ import annotations

import pytest

from callbacks.pages import PAGES
from tests.callbacks.reading import having, links, nodes, props, text, texts

GRID = ["小城", "北街道", "北关社区", "北一网格"]


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("", ["小城"]),
        ("?area=11", ["小城", "北街道"]),
        ("?area=111001", GRID),
        ("?selected=tickets:T02", [*GRID, "诉求 T02"]),
        ("?area=12&selected=tickets:T02", [*GRID, "诉求 T02"]),  # where it lies, not where we are
        ("?selected=tickets:T05", [*GRID, "世纪花园3号楼2单元501室", "诉求 T05"]),
        ("?selected=tickets:T08", ["小城", "诉求 T08"]),  # without a place
        ("?selected=smoke:T03", ["小城", "北街道", "北关社区", "北二网格", "诉求 T03"]),
        ("?selected=addresses:A5", ["小城", "东街道", "东关社区", "东一网格", "柳泉路88号"]),
        ("?selected=markets:M1", [*GRID, "北关夜市"]),
        ("?selected=grids:111001", GRID),
        ("?selected=areas:11", ["小城", "北街道"]),
        ("?selected=landmarks:P1", ["小城", "人民公园"]),
        ("?selected=tickets:T99", ["小城"]),
    ],
)
def test_the_way_leads_from_the_district_to_the_single_thing(here, search, told):
    assert texts(here.panel("crumbs", search)) == told


def test_an_appeal_is_called_so_in_english(here):
    assert texts(here.panel("crumbs", "?selected=tickets:T08&lang=en")) == ["小城", "Appeal T08"]


def test_it_is_a_navigation_with_a_name_and_the_last_step_is_where_we_are(here):
    for lang, label in (("zh", "当前位置"), ("en", "You are here")):
        nav = here.panel("crumbs", f"?area=111&lang={lang}")
        assert nav["type"] == "Nav"
        assert props(nav)["aria-label"] == label
        marks = [props(node).get("aria-current") for node in nodes(nav) if node["type"] == "A"]
        assert marks == [None, None, "page"]


def test_each_level_is_a_link_that_keeps_the_rest_of_the_view(here):
    found = links(here.panel("crumbs", "?area=111001&metric=smoke&selected=tickets:T02"))
    views = [here.answers.question(href, here.now).view for href in found]
    assert [view.area for view in views] == ["", "11", "111", "111001", "111001"]
    assert [view.selected for view in views] == [None] * 4 + [("tickets", "T02")]
    assert {view.metric for view in views} == {"smoke"}


def test_a_door_on_the_way_can_be_opened(here):
    *_, door, _ = links(here.panel("crumbs", "?selected=tickets:T05"))
    assert here.answer(door).chosen.key == "addresses:A4"


@pytest.mark.parametrize("selected", ["tickets:T05", "addresses:A4"])
def test_the_wall_names_no_ones_door(here, selected):
    told = text(here.panel("crumbs", f"?selected={selected}", "/wall"))
    assert "世纪花园" not in told


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_way(here, path):
    assert len(having(here.panel("crumbs", "?area=11", path), class_="crumbs")) == 1
