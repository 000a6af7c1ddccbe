from __future__ import annotations

import pytest

from callbacks.pages import PAGES
from layers._metrics import METRICS
from tests.callbacks.reading import having, links, nodes, props, text, texts


def rows(place, search: str = "", path: str = "/") -> list[list[str]]:
    """Name, places moved, value of each bar from the top down."""
    panel = place.panel("ranking", search, path)
    parts = ("ranking-name", "ranking-moved", "ranking-value")
    return [
        [text(having(item, class_=part)[0]) for part in parts]
        for item in nodes(panel)
        if item["type"] == "Li"
    ]


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("", [["北街道", "", "7"], ["东街道", "↓1", "1"]]),
        ("?area=11", [["北关社区", "", "6"], ["南关社区", "", "1"]]),
        ("?area=111&metric=smoke", [["北一网格", "", "2"], ["北二网格", "", "1"]]),
        ("?area=111&metric=per_10k", [["北一网格", "", "40.0"], ["北二网格", "", "10.0"]]),
        ("?area=12&metric=per_10k", [["东关社区", "", "—"]]),
        ("?metric=change", [["北街道", "", "+600.0"], ["东街道", "", "0.0"]]),
        ("?metric=closed_rate", [["东街道", "", "100.0"], ["北街道", "", "42.9"]]),
    ],
)
def test_areas_stand_from_the_largest_value_down(here, search, told):
    assert rows(here, search) == told


def test_what_has_no_value_stands_last(here):
    # Nobody knows how many live in 121002.
    assert rows(here, "?area=121&metric=per_10k") == [
        ["东一网格", "", "2.5"],
        ["东二网格", "", "—"],
    ]


def test_equals_stand_by_their_code(here):
    assert [name for name, *_ in rows(here, "?datetime=2020-01-01")] == ["北街道", "东街道"]


@pytest.mark.parametrize("path", PAGES)
def test_a_bar_leads_one_step_deeper_and_keeps_the_rest_of_the_view(here, path):
    found = links(here.panel("ranking", "?metric=smoke&hours=17/24&selected=tickets:T02", path))
    views = [here.answers.question(href, here.now).view for href in found]
    assert [view.area for view in views] == ["11", "12"]
    for view in views:
        assert (view.metric, view.hours, view.selected) == ("smoke", (17, 24), None)


def shares(place, search: str) -> list[float]:
    fills = having(place.panel("ranking", search), class_="ranking-fill")
    return [float(props(node)["style"]["width"].rstrip("%")) for node in fills]


@pytest.mark.parametrize("metric", [metric.id for metric in METRICS])
def test_the_longest_bar_is_the_largest_value(here, metric):
    told = shares(here, f"?metric={metric}")
    assert max(told) in {100, 0}
    assert all(0 <= share <= 100 for share in told)


def test_a_bar_is_as_long_as_its_share_of_the_largest(here):
    assert shares(here, "") == [100.0, 14.3]
    assert shares(here, "?datetime=2020-01-01") == [0, 0]


def test_in_a_grid_its_addresses_are_ranked_and_can_be_opened(here):
    assert rows(here, "?area=111001") == [["世纪花园3号楼2单元501室", "", "2"]]
    (href,) = links(here.panel("ranking", "?area=111001"))
    assert here.answers.question(href, here.now).view.selected == ("addresses", "A4")


@pytest.mark.parametrize("search", ["?area=112001", "?area=111001&metric=smoke"])
def test_a_grid_without_appeals_from_an_address_says_so(here, search):
    assert texts(here.panel("ranking", search)) == ["没有可比的下级单元"]
    assert texts(here.panel("ranking", f"{search}&lang=en")) == ["Nothing below to compare"]


def test_the_wall_names_no_ones_door(here):
    assert texts(here.panel("ranking", "?area=111001", "/wall")) == ["没有可比的下级单元"]


def test_places_won_and_lost_are_told_by_an_arrow(tiny):
    told = {name: moved for name, moved, _ in rows(tiny) if moved}
    assert told
    assert all(moved[0] in "↑↓" and int(moved[1:]) > 0 for moved in told.values())


def test_only_counts_of_all_appeals_have_places_to_move(here):
    assert all(moved == "" for _, moved, _ in rows(here, "?metric=smoke"))
    # Nothing came in the time before: nobody had a place.
    assert all(moved == "" for _, moved, _ in rows(here, "?datetime=2020-11-22&compare=2020-01-01"))
