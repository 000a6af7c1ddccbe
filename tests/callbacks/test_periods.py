from __future__ import annotations

import datetime as dt

import pytest

from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import links, nodes, props, texts


def spans(place, search: str = "") -> dict[str, tuple[str, str]]:
    """What each ready period means: its first and its last day, on the place's clock."""
    panel = place.panel("periods", search)
    zone = place.answers.reader().place.zone
    told = {}
    for title, href in zip(texts(panel), links(panel), strict=True):
        question = place.answers.question(href, place.now)
        assert question.notices == ()
        ends = (question.query.period.start, question.query.period.end - dt.timedelta(seconds=1))
        told[title] = tuple(f"{end.astimezone(zone):%Y-%m-%d}" for end in ends)
    return told


def test_ready_periods_end_with_the_data(here):
    assert spans(here) == {
        "末日": ("2020-11-22", "2020-11-22"),
        "近7天": ("2020-11-16", "2020-11-22"),
        "近30天": ("2020-10-24", "2020-11-22"),
        "本月": ("2020-11-01", "2020-11-30"),
        "本年": ("2020-01-01", "2020-12-31"),
        "全部": ("2020-09-23", "2020-11-22"),
    }


@pytest.mark.parametrize(("newest", "month"), [("12-31 23:30", "12-31"), ("02-29 08:00", "02-29")])
def test_the_month_is_that_of_the_newest_day(tmp_path, newest, month):
    town.published(
        tmp_path, tickets=[{"id": "N", "category": "x", "created_at": town.moment(newest)}]
    )
    told = spans(screens(tmp_path))
    assert told["末日"] == (f"2020-{month}",) * 2
    assert told["本月"] == (f"2020-{month[:2]}-01", f"2020-{month}")
    assert told["本年"] == ("2020-01-01", "2020-12-31")


@pytest.mark.parametrize(
    ("search", "current"),
    [
        ("", ["近30天"]),
        ("?datetime=2020-11-22", ["末日"]),
        ("?datetime=2020-11-16/2020-11-23", ["近7天"]),
        ("?datetime=../..", ["全部"]),
        ("?datetime=2020-11-03", []),
    ],
)
def test_the_shown_period_is_marked(here, search, current):
    panel = here.panel("periods", search)
    marked = [texts(n)[0] for n in nodes(panel) if props(n).get("aria-current")]
    assert marked == current


def test_a_period_keeps_the_rest_of_the_view(here):
    for href in links(here.panel("periods", "?area=11&hours=17/23&selected=tickets:T02")):
        view = here.answers.question(href, here.now).view
        assert (view.area, view.hours, view.selected) == ("11", (17, 23), ("tickets", "T02"))


def test_periods_in_english(here):
    panel = here.panel("periods", "?lang=en")
    assert texts(panel) == ["Last day", "7 days", "30 days", "Month", "Year", "All"]
    assert props(panel)["aria-label"] == "Period"
