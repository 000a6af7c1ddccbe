from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.areas.hierarchy import hierarchy
from geodata.store.terms import branches, terms
from geodata.tickets.numbers import INDEX, category_names, measure, numbers
from layers._view import Stretch, View, to_search, with_filter
from tests import town

MEASURES = tuple(INDEX)
EPOCH = dt.date(1970, 1, 1)


def counted(question):
    return numbers(question.reader, question.of(question.catalog["tickets"]))


def told(counts) -> tuple[int, ...]:
    return tuple(int(n) for n in counts)


# total, smoke, open, overdue, closed, on_time, with_due, previous, previous_smoke
TOWN = {
    "1": (8, 3, 4, 2, 4, 4, 4, 2, 1),
    "11": (7, 3, 4, 2, 3, 3, 3, 1, 1),
    "111": (6, 3, 4, 2, 2, 2, 2, 1, 1),
    "111001": (4, 2, 2, 1, 2, 2, 2, 1, 1),
    "111002": (2, 1, 2, 1, 0, 0, 0, 0, 0),
    "112": (1, 0, 0, 0, 1, 1, 1, 0, 0),
    "112001": (0, 0, 0, 0, 0, 0, 0, 0, 0),
    "12": (1, 0, 0, 0, 1, 1, 1, 1, 0),
    "121": (1, 0, 0, 0, 1, 1, 1, 1, 0),
    "121001": (1, 0, 0, 0, 1, 1, 1, 1, 0),
    "121002": (0, 0, 0, 0, 0, 0, 0, 0, 0),
}


def test_every_area_of_the_town_has_its_numbers(ask):
    question = ask()
    areas = counted(question).areas
    codes = hierarchy(question.reader).codes
    assert {code: told(areas[n]) for n, code in enumerate(codes)} == TOWN


def test_the_whole_town_counts_the_appeal_without_a_place_too(ask):
    assert told(counted(ask()).whole) == (9, 3, 5, 2, 4, 4, 4, 2, 1)


@pytest.mark.parametrize("code", [code for code in TOWN if code != "1"])
def test_an_area_asked_for_alone_has_the_numbers_it_has_in_the_whole(ask, code):
    question = ask(f"?area={code}")
    found, tree = counted(question), hierarchy(question.reader)
    assert told(found.whole) == TOWN[code]
    outside = np.ones(len(tree), bool)
    outside[[tree.number(c) for c in TOWN if c.startswith(code) or code.startswith(c)]] = False
    assert not found.areas[outside].any()


@pytest.mark.parametrize(
    ("search", "total"),
    [
        ("?hours=18/20", 2),  # T01 T02: 18:00 up to 19:59
        ("?hours=19/20", 1),
        ("?hours=22/6", 3),  # T03 23:59, T04 and T06 at midnight
        ("?hours=0/1", 2),
        ("?hours=23/0", 1),
        ("?datetime=2020-11-22/2020-11-23", 2),
        ("?datetime=2020-11-22", 2),
        ("?datetime=2020-11-21T19:10/2020-11-21T19:11", 1),  # the start belongs to it
        ("?datetime=2020-11-21T19:00/2020-11-21T19:10", 0),  # the end does not
        ("?datetime=../2020-10-24", 3),
        ("?datetime=../..", 12),
        ("?datetime=2020-11-22/..", 2),
        ("?tickets.status=open", 5),
        ("?tickets.status=overdue", 2),
        ("?tickets.status=open,closed", 9),
        ("?tickets.status=", 0),
        ("?tickets.smoke=no", 6),
        ("?tickets.smoke=yes,no", 9),
        ("?tickets.channel=微信", 3),
        ("?tickets.department=执法局", 3),
        ("?tickets.state=closed", 4),
        ("?tickets.category=市容环境", 3),
        ("?tickets.category=市容环境/餐饮油烟,社会秩序/噪声扰民", 9),
        ("?tickets.smoke=yes&tickets.status=open&area=111&hours=17/0", 2),
    ],
)
def test_a_filter_leaves_these_appeals(ask, search, total):
    assert measure(counted(ask(search)).whole, "total") == total


def test_an_appeal_is_overdue_as_of_the_answer(ask):
    # T03 is due at 23:59 of the last day, T06 three weeks before.
    due = town.moment("11-22 23:59")
    assert measure(counted(ask("", due)).whole, "overdue") == 1
    assert measure(counted(ask("", due + dt.timedelta(minutes=1))).whole, "overdue") == 2


def test_the_period_before_is_counted_as_far_as_this_one_has_come(ask):
    # At noon of the last day, T10 (10-23 23:59) is still ahead of the same moment a period ago.
    assert measure(counted(ask("", town.moment("11-22 12:00"))).whole, "previous") == 1
    assert measure(counted(ask("", town.moment("11-23 00:00"))).whole, "previous") == 2
    assert measure(counted(ask("", town.moment("11-30 00:00"))).whole, "previous") == 2


@pytest.mark.parametrize(
    ("search", "previous"),
    [
        ("?compare=2020-10-01/2020-10-24", 2),
        ("?compare=2020-09-23", 1),
        ("?compare=2020-11-22", 2),  # may lie inside the period itself
        ("?datetime=2020-11-22", 1),  # the day before: T02
        ("?datetime=2020-11-21/2020-11-23&compare=2020-10-23/2020-10-25", 2),
        ("?datetime=2020-11-22&tickets.smoke=no", 0),
    ],
)
def test_what_a_period_is_compared_with(ask, search, previous):
    assert measure(counted(ask(search)).whole, "previous") == previous


def test_what_came_on_top_is_the_difference(ask):
    assert measure(counted(ask()).whole, "gained") == 7


def test_weekdays_begin_on_monday_and_hours_are_local(ask):
    slots = counted(ask()).slots[:, :, INDEX["total"]]
    there = {(int(d), int(h)): int(slots[d, h]) for d, h in np.argwhere(slots)}
    friday, saturday, sunday = 4, 5, 6
    assert there == {
        (friday, 18): 1,  # T01
        (saturday, 19): 1,  # T02
        (sunday, 23): 1,  # T03
        (sunday, 0): 1,  # T04
        (sunday, 8): 1,  # T05, 1 November
        (saturday, 0): 1,  # T06, 24 October
        (1, 12): 1,  # T07, Tuesday
        (2, 12): 1,  # T08
        (3, 12): 1,  # T09
    }


def test_days_count_everything_that_the_trend_shows(ask):
    days = counted(ask("?datetime=2020-11-22")).days
    shown = {str(EPOCH + dt.timedelta(int(d))): (int(n), int(s)) for d, n, s in days}
    assert shown["2020-11-22"] == (2, 1)
    assert shown["2020-11-20"] == (1, 1)  # before the period, within the thirty days of the trend
    assert "2020-10-23" not in shown


def test_categories_come_with_their_names_the_largest_first(ask):
    question = ask()
    named = category_names(question.reader, counted(question))
    assert [(path, int(counts[0])) for path, counts in named] == [
        ("社会秩序/噪声扰民/广场舞", 6),
        ("市容环境/餐饮油烟/烧烤油烟", 3),
    ]


def test_only_where_nothing_lies_below_are_doors_counted(ask):
    question = ask("?area=111001")
    numbers_by_id = {r["n"]: r["id"] for r in question.reader.rows("SELECT n, id FROM addresses")}
    doors = counted(question).doors
    assert {numbers_by_id[int(row[0])]: int(row[1]) for row in doors} == {"A4": 2}
    assert len(counted(ask("?area=111")).doors) == 0


def test_an_area_without_appeals_has_zeros_and_no_rows(ask):
    found = counted(ask("?area=121002"))
    assert not found.whole.any()
    assert not found.areas.any()
    assert [len(part) for part in (found.days, found.categories, found.blocks, found.doors)] == [
        0
    ] * 4


# ---- laws, on the tiny district, against pandas ----

DAYS = st.dates(dt.date(2022, 12, 20), dt.date(2024, 7, 10))


@st.composite
def views(draw, tiny):
    reader = tiny.reader()
    start, days = draw(st.none() | DAYS), draw(st.none() | st.integers(1, 400))
    end = None if days is None else (start or dt.date(2023, 6, 1)) + dt.timedelta(days)
    hours = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda h: h[0] != h[1])
    codes = hierarchy(reader).codes[:60]
    view = View(
        area=draw(st.just("") | st.sampled_from(codes)),
        period=Stretch(start, end),
        hours=draw(st.none() | hours),
    )
    known = {name: branches(terms(reader, name).values) for name in SUBJECTS}
    for name, values in {**known, **{name: tuple(tests) for name, tests in TESTS.items()}}.items():
        chosen = draw(st.none() | st.frozensets(st.sampled_from(values), max_size=3))
        view = with_filter(view, "tickets", name, chosen)
    return view


SUBJECTS = ("category", "channel", "department", "state")
TESTS = {
    "smoke": {"yes": lambda rows: rows.smoke, "no": lambda rows: ~rows.smoke},
    "status": {
        "open": lambda rows: rows.is_open,
        "overdue": lambda rows: rows.overdue,
        "closed": lambda rows: ~rows.is_open,
    },
}


def inside(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    return rows[np.array([code in codes for codes in rows.codes], bool)]


def expected(facts: pd.DataFrame, question) -> pd.DataFrame:
    """The rows of a view by pandas, whatever the period."""
    view, as_of = question.view, pd.Timestamp(question.query.as_of)
    rows = facts.assign(overdue=facts.is_open & (facts.due_at < as_of))
    rows = inside(rows, view.area) if view.area not in {"", "370303"} else rows
    if view.hours:
        low, high = view.hours
        hour = rows.local.dt.hour
        from_, to = hour >= low, hour < high
        rows = rows[from_ & to if low < high else from_ | to]
    for _, name, chosen in view.filters:
        if name in TESTS:
            some = [TESTS[name][value](rows) for value in chosen]
        else:
            some = [(rows[name] + "/").str.startswith(value + "/") for value in chosen]
        rows = rows[np.logical_or.reduce([np.zeros(len(rows), bool), *some])]
    return rows


def within(rows: pd.DataFrame, span) -> pd.DataFrame:
    return rows[(rows.created_at >= span.start) & (rows.created_at < span.end)]


def counts_of(now: pd.DataFrame, before: pd.DataFrame) -> tuple[int, ...]:
    closed = now[~now.is_open]
    return (
        *(len(now), now.smoke.sum(), now.is_open.sum(), now.overdue.sum(), len(closed)),
        *((closed.closed_at <= closed.due_at).sum(),),
        *((closed.closed_at.notna() & closed.due_at.notna()).sum(),),
        *(len(before), before.smoke.sum()),
    )


@given(data=st.data())
def test_one_scan_counts_what_pandas_counts(tiny, facts, data):
    view = data.draw(views(tiny))
    question = tiny.question(to_search(view), dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    assert not question.notices
    found, tree = counted(question), hierarchy(question.reader)
    rows = expected(facts, question)
    now, before = within(rows, question.query.period), within(rows, question.query.previous)
    assert told(found.whole) == counts_of(now, before)
    for n in tree.children(question.query.area):
        assert told(found.areas[n]) == counts_of(*(inside(r, tree.codes[n]) for r in (now, before)))
    slots = np.zeros((7, 24), int)
    np.add.at(slots, (now.local.dt.day_of_week, now.local.dt.hour), 1)
    assert (found.slots[:, :, 0] == slots).all()
    by_category = {path: int(c[0]) for path, c in category_names(question.reader, found) if c[0]}
    assert by_category == now.category.value_counts().to_dict()


@given(data=st.data())
def test_a_total_is_its_children_and_what_has_no_place_among_them(tiny, data):
    question = tiny.question(to_search(data.draw(views(tiny))))
    found, tree = counted(question), hierarchy(question.reader)
    below = found.areas[tree.children(question.query.area)].sum(axis=0)
    assert (found.whole >= below).all()
    if question.query.area and tree.level[question.query.area] == 3:
        assert (found.whole == found.areas[question.query.area]).all()
