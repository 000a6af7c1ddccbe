from __future__ import annotations

import pytest

from callbacks.pages import PAGES
from tests.callbacks.reading import figure, having, props


def chart(place, search: str = "", path: str = "/") -> dict:
    (trace,) = figure(place.panel("pattern", search, path))["data"]
    return trace


def squares(place, search: str = "") -> dict[tuple[str, int], int]:
    trace = chart(place, search)
    return {
        (trace["y"][day], trace["x"][hour]): n
        for day, hours in enumerate(trace["z"])
        for hour, n in enumerate(hours)
        if n
    }


def test_every_hour_of_the_week_has_a_square(here):
    trace = chart(here)
    assert trace["y"] == list("一二三四五六日")
    assert trace["x"] == list(range(24))
    assert [len(hours) for hours in trace["z"]] == [24] * 7


def test_appeals_stand_where_they_came_in_on_the_clock_of_the_place(here):
    assert squares(here) == {
        **{("五", 18): 1, ("六", 19): 1, ("日", 23): 1, ("日", 0): 1, ("日", 8): 1},
        **{("六", 0): 1, ("二", 12): 1, ("三", 12): 1, ("四", 12): 1},
    }


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("?metric=smoke", {("五", 18): 1, ("六", 19): 1, ("日", 23): 1}),
        ("?metric=overdue", {("日", 23): 1, ("六", 0): 1}),
        ("?metric=change&area=12", {("二", 12): 1}),  # a change has no hours; all appeals have
        ("?datetime=2020-01-01", {}),
    ],
)
def test_the_pattern_follows_the_metric_and_the_view(here, search, told):
    assert squares(here, search) == told


def test_the_strongest_colour_is_the_busiest_hour_and_none_is_the_ground(here):
    for path, page in PAGES.items():
        trace = chart(here, "?area=12", path)
        assert (trace["zmin"], trace["zmax"]) == (0, 1)
        assert [color for _, color in trace["colorscale"]] == list(page.theme.ramps["load"])
        assert [share for share, _ in trace["colorscale"]] == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert chart(here, "?datetime=2020-01-01")["zmax"] == 1  # nothing is not the strongest


def test_days_and_hours_are_told_in_the_language(here):
    layout = figure(here.panel("pattern"))["layout"]
    assert layout["xaxis"]["ticktext"] == ["0时", "6时", "12时", "18时", "23时"]
    assert "周%{y} %{x}时 %{z}" in chart(here)["hovertemplate"]
    english = figure(here.panel("pattern", "?lang=en"))
    assert english["data"][0]["y"][0] == "Mon"
    assert english["layout"]["xaxis"]["ticktext"][1] == "6:00"
    labels = [
        props(having(here.panel("pattern", search), role="img")[0])["aria-label"]
        for search in ("", "?lang=en")
    ]
    assert labels == ["按星期与小时", "By weekday and hour"]
