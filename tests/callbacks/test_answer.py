from __future__ import annotations

import datetime as dt

import pytest

from layers._view import Stretch
from tests import town


@pytest.mark.parametrize(
    ("search", "zh", "en"),
    [
        ("", "2020年10月24日–11月22日", "24 Oct – 22 Nov 2020"),
        ("?datetime=2020-11-22", "2020年11月22日", "22 Nov 2020"),
        ("?datetime=2020-11-22T08:00/2020-11-22T12:00", "2020年11月22日", "22 Nov 2020"),
        (
            "?datetime=2019-12-30/2020-01-02",
            "2019年12月30日–2020年1月1日",
            "30 Dec 2019 – 01 Jan 2020",
        ),
        ("?datetime=../..", "2020年9月23日–11月22日", "23 Sep – 22 Nov 2020"),
        ("?datetime=2020-12-01/..", "2020年11月23日", "23 Nov 2020"),  # begins after its end
        (
            "?datetime=2020-11-22&hours=17/24",
            "2020年11月22日 17:00–24:00",
            "22 Nov 2020 17:00–24:00",
        ),
        (
            "?datetime=2020-11-22&hours=22/6",
            "2020年11月22日 22:00–06:00",
            "22 Nov 2020 22:00–06:00",
        ),
    ],
)
def test_the_period_is_told_with_its_last_day_and_its_hours(here, search, zh, en):
    assert here.answer(search).period() == zh
    assert here.answer(f"{search or '?'}&lang=en").period() == en


def test_moments_are_told_on_the_clock_of_the_place(here):
    answer = here.answer()
    midnight = dt.datetime(2020, 11, 22, 16, tzinfo=dt.UTC)
    assert answer.moment(midnight) == "11月23日 00:00"
    assert answer.moment(midnight.replace(tzinfo=None), year=True) == "2020年11月23日 00:00"
    assert here.answer("?lang=en").moment(midnight) == "23 Nov 00:00"


@pytest.mark.parametrize(
    ("search", "changes", "link"),
    [
        ("", {}, "?"),
        ("?area=11", {"area": ""}, "?"),
        ("?area=11", {"metric": "smoke"}, "?area=11&metric=smoke"),
        (
            "?lang=en&area=11",
            {"period": Stretch(None, None)},
            "?area=11&datetime=../..&lang=en",
        ),
    ],
)
def test_a_link_is_the_view_with_changes(here, search, changes, link):
    assert here.answer(search).link(**changes) == link


def test_a_link_to_an_area_picks_nothing_and_the_root_needs_no_code(here):
    answer = here.answer("?area=11&selected=tickets:T02&metric=smoke")
    assert answer.link_to_area("111") == "?area=111&metric=smoke"
    assert answer.link_to_area("1") == "?metric=smoke"


def test_what_is_lost_is_named_once_and_no_link_leads_there_again(here):
    answer = here.answer("?area=11&selected=tickets:T99&datetime=yesterday")
    assert [notice.key for notice in answer.notices] == ["datetime", "selected"]
    assert answer.link(metric="smoke") == "?area=11&metric=smoke"
    assert here.answer(answer.link()).notices == ()


def test_an_answer_knows_who_asks_what(here):
    answer = here.answer("?area=111&metric=overdue&lang=en", "/plan")
    assert (answer.lang, answer.page.id, answer.metric.id) == ("en", "plan", "overdue")
    assert answer.tree.codes[answer.area] == "111"
    assert answer.reader.data_until == town.moment("11-23 00:00")
