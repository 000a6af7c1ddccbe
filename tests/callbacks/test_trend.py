from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages import PAGES
from tests.callbacks.reading import figure, having, props

START = dt.date(2020, 10, 24)


def chart(place, search: str = "", path: str = "/") -> dict:
    return figure(place.panel("trend", search, path))


def bars(place, search: str = "") -> dict[str, int]:
    """Day -> appeals, of the days that have some."""
    (trace,) = [t for t in chart(place, search)["data"] if t["type"] == "bar"]
    return {day: n for day, n in zip(trace["x"], trace["y"], strict=True) if n}


def line(place, search: str = "") -> list[int] | None:
    found = [t["y"] for t in chart(place, search)["data"] if t["type"] == "scatter"]
    return found[0] if found else None


def test_every_day_of_the_period_has_a_bar(here):
    (trace, _) = chart(here)["data"]
    assert trace["x"] == [str(START + dt.timedelta(days=i)) for i in range(30)]
    assert bars(here) == {
        **{"2020-10-24": 1, "2020-11-01": 1, "2020-11-10": 1, "2020-11-11": 1, "2020-11-12": 1},
        **{"2020-11-20": 1, "2020-11-21": 1, "2020-11-22": 2},
    }


def test_a_short_period_keeps_thirty_days_of_company(here):
    assert bars(here, "?datetime=2020-11-22") == bars(here)
    assert len(chart(here, "?datetime=2020-11-22")["data"][0]["x"]) == 30


@pytest.mark.parametrize(
    ("search", "days"),
    [
        ("?metric=smoke", {"2020-11-20": 1, "2020-11-21": 1, "2020-11-22": 1}),
        ("?hours=18/20", {"2020-11-20": 1, "2020-11-21": 1}),
        ("?tickets.smoke=yes", {"2020-11-20": 1, "2020-11-21": 1, "2020-11-22": 1}),
        ("?area=12", {"2020-11-10": 1}),
        ("?datetime=2020-01-01", {}),
    ],
)
def test_the_trend_follows_the_view(here, search, days):
    assert bars(here, search) == days


def test_the_days_before_are_a_line_beside_them(here):
    # T11 on 1 October and T10 on 23 October, thirty days before each place of the line.
    before = line(here)
    assert {str(START + dt.timedelta(days=i)): n for i, n in enumerate(before) if n} == {
        **{"2020-10-31": 1, "2020-11-22": 1}
    }
    assert len(before) == 30


@pytest.mark.parametrize(
    "search",
    [
        "?datetime=2020-11-01/2020-11-21",  # counted from ten days before the trend on
        "?datetime=2020-11-16/2020-11-23",
        "?compare=2020-12-20/2020-12-22",  # nothing is known of the end of that January
        "?datetime=2020-11-22&compare=2020-10-23",
    ],
)
def test_days_that_were_not_counted_are_not_told_as_none(here, search):
    assert line(here, search) is None


@settings(max_examples=30)
@given(start=st.integers(0, 40), days=st.integers(1, 40), before=st.none() | st.integers(0, 60))
def test_the_line_is_true_wherever_it_is_drawn(here, start, days, before):
    first = dt.date(2020, 9, 1) + dt.timedelta(days=start)
    last = first + dt.timedelta(days=days)
    search = f"?datetime={first}/{last}"
    if before is not None:
        other = first - dt.timedelta(days=before)
        search += f"&compare={other}/{other + dt.timedelta(days=3)}"
    drawn = line(here, search)
    if drawn is not None:
        shown = chart(here, search)["data"][0]["x"]
        shift = dt.timedelta(days=days if before is None else before)
        start_of_line = dt.date.fromisoformat(shown[0]) - shift
        everything = daily(here)
        days_before = [str(start_of_line + dt.timedelta(days=i)) for i in range(len(shown))]
        assert drawn == [everything.get(day, 0) for day in days_before]


def daily(place) -> dict[str, int]:
    """All appeals of the town by day, by the answers themselves."""
    days = place.answer("?datetime=../..").counted.days
    return {str(dt.date(1970, 1, 1) + dt.timedelta(days=int(d))): int(n) for d, n, _ in days}


def test_a_long_period_is_told_by_weeks(here):
    search = "?datetime=2020-01-01/2021-01-01"
    (trace,) = chart(here, search)["data"]
    assert len(trace["x"]) == 53
    assert sum(trace["y"]) == 12
    gaps = np.diff([dt.date.fromisoformat(day).toordinal() for day in trace["x"]])
    assert set(gaps) == {7}
    label = props(having(here.panel("trend", search), role="img")[0])["aria-label"]
    assert label == "每周件数"


@pytest.mark.parametrize(("days", "bars"), [(30, 30), (92, 92), (93, 14), (94, 14), (99, 15)])
def test_three_months_are_told_by_days_and_more_by_weeks(here, days, bars):
    last = dt.date(2020, 11, 23)
    found = chart(here, f"?datetime={last - dt.timedelta(days=days)}/{last}")
    assert len(found["data"][0]["x"]) == bars


@settings(max_examples=30)
@given(st.integers(1, 400))
def test_no_period_has_more_bars_than_can_be_seen(here, days):
    last = dt.date(2020, 11, 23)
    search = f"?datetime={last - dt.timedelta(days=days)}/{last}"
    (trace, *_) = chart(here, search)["data"]
    assert len(trace["x"]) == (days if 30 <= days <= 92 else 30 if days < 30 else -(-days // 7))
    assert sum(trace["y"]) == sum(
        n for day, n in daily(here).items() if str(trace["x"][0]) <= day < str(last)
    )


@pytest.mark.parametrize(("lang", "last"), [("zh", "11月22日"), ("en", "22 Nov")])
def test_the_last_day_has_a_tick_in_the_readers_words(here, lang, last):
    axis = chart(here, f"?lang={lang}")["layout"]["xaxis"]
    assert axis["ticktext"][-1] == last
    assert axis["tickvals"][-1] == "2020-11-22"
    assert 4 <= len(axis["ticktext"]) <= 6
    label = {"zh": "每日件数", "en": "Appeals a day"}[lang]
    assert props(having(here.panel("trend", f"?lang={lang}"), role="img")[0])["aria-label"] == label


def test_the_colour_is_that_of_the_metric_in_the_theme_of_the_page(here):
    for path, page in PAGES.items():
        for metric, ramp in (("total", "load"), ("smoke", "smoke"), ("open", "load")):
            trace = chart(here, f"?metric={metric}", path)["data"][0]
            assert trace["marker"]["color"] in page.theme.ramps[ramp]
