from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.tickets.pages import (
    SORTS,
    After,
    Order,
    by_number,
    every,
    every_smoke,
    first_pages,
    of_address,
    page,
)

ALL = "?datetime=../.."


def ticket_query(question):
    return question.of(question.catalog["tickets"])


def ids(rows) -> list[str]:
    return [row["id"] for row in rows]


def whole(question, order: Order) -> list[str]:
    """Every appeal in order, sorted by Python; those without the moment come last."""
    rows = [row for b in every(question.reader, ticket_query(question)) for row in b.to_pylist()]
    missing = dt.datetime.min if order.descending else dt.datetime.max
    told = sorted(
        rows,
        key=lambda row: (missing if row[order.by] is None else row[order.by], row["n"]),
        reverse=order.descending,
    )
    return ids(told)


@given(
    by=st.sampled_from(sorted(SORTS)),
    descending=st.booleans(),
    sizes=st.lists(st.integers(1, 5), min_size=12),
    search=st.sampled_from(
        [ALL, "?area=111", "?datetime=../..&tickets.status=open", "?hours=22/6"]
    ),
)
def test_pages_one_after_another_are_the_whole_list(ask, by, descending, sizes, search):
    question, order = ask(search), Order(by=by, descending=descending)
    read, after = [], None
    for size in sizes:
        rows = page(question.reader, ticket_query(question), limit=size, after=after, order=order)
        read += ids(rows)
        if len(rows) < size:
            break
        after = After(rows[-1]["sort_key"], rows[-1]["n"])
    assert read == whole(question, order)


@pytest.mark.parametrize("search", [ALL, "?area=111", "?area=999999&datetime=2020-01-01"])
@pytest.mark.parametrize("limit", [1, 4, 100])
def test_lists_found_together_are_those_found_one_by_one(ask, search, limit):
    question = ask(search)
    overdue = replace(ticket_query(question), filters={"status": frozenset({"overdue"})})
    asked = {
        "newest": (ticket_query(question), Order()),
        "overdue": (overdue, Order(by="due_at", descending=False)),
    }
    found = first_pages(question.reader, asked, limit)
    assert {name: ids(rows) for name, rows in found.items()} == {
        name: ids(page(question.reader, query, limit=limit, order=order))
        for name, (query, order) in asked.items()
    }


def test_no_list_is_asked_for_nothing(ask):
    assert first_pages(ask().reader, {}, 8) == {}


def test_the_newest_come_first_unless_ordered_otherwise(ask):
    question = ask()
    newest = page(question.reader, ticket_query(question), limit=3)
    assert ids(newest) == ["T03", "T04", "T02"]


def test_rows_without_the_moment_come_last_both_ways(ask):
    question = ask()
    for descending in (True, False):
        order = Order(by="closed_at", descending=descending)
        rows = page(question.reader, ticket_query(question), limit=20, order=order)
        assert [row["closed_at"] is None for row in rows] == [False] * 4 + [True] * 5


def test_a_row_has_words_instead_of_codes(ask):
    question = ask("?datetime=2020-11-20")
    (row,) = page(question.reader, ticket_query(question), limit=5)
    told = {
        k: row[k] for k in ("id", "category", "channel", "state", "department", "area", "area_name")
    }
    assert told == {
        **{"id": "T01", "category": "市容环境/餐饮油烟/烧烤油烟", "channel": "电话"},
        **{"state": "closed", "department": "执法局", "area": "111001", "area_name": "北一网格"},
    }
    assert (row["smoke"], row["is_open"]) == (True, False)


def test_an_address_is_as_the_person_said_it_and_else_as_the_register_has_it(ask):
    question = ask("?area=111001&tickets.smoke=no")
    rows = page(question.reader, ticket_query(question), limit=5)
    assert {row["address"] for row in rows} == {"世纪花园3号楼2单元501"}


def test_an_appeal_without_a_place_has_the_code_it_was_given(ask):
    question = ask("?datetime=2020-11-11/2020-11-13")
    rows = {row["id"]: row for row in page(question.reader, ticket_query(question), limit=5)}
    assert (rows["T08"]["area"], rows["T08"]["area_name"]) == (None, None)
    assert (rows["T09"]["area"], rows["T09"]["area_name"]) == ("112", "南关社区")


def test_an_export_has_every_row_in_order_of_time(ask):
    question = ask(ALL)
    found = [i for b in every(question.reader, ticket_query(question)) for i in b["id"].to_pylist()]
    assert found == [
        *("T12", "T11", "T10", "T06", "T05", "T07"),
        *("T08", "T09", "T01", "T02", "T04", "T03"),
    ]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", ["T01", "T02", "T03"]),
        ("?tickets.smoke=yes", ["T01", "T02", "T03"]),
        ("?tickets.smoke=no", []),  # smoke, but not smoke
    ],
)
def test_an_export_of_smoke_has_smoke_alone(ask, search, expected):
    question = ask(search)
    batches = every_smoke(question.reader, question.of(question.catalog["smoke"]))
    assert [i for b in batches for i in b["id"].to_pylist()] == expected


def test_appeals_are_given_back_in_the_order_of_their_numbers_asked_for(reader):
    assert ids(by_number(reader, [11, 0, 5])) == ["T03", "T12", "T07"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [("A4", ["T05", "T06"]), ("A3", ["T05", "T06"]), ("A1", ["T05", "T06"]), ("A5", [])],
)
def test_an_address_has_the_appeals_of_the_rooms_below_it(reader, address, expected):
    n = reader.rows("SELECT n FROM addresses WHERE id = $id", {"id": address})[0]["n"]
    assert ids(of_address(reader, n, 10)) == expected
    assert ids(of_address(reader, n, 1)) == expected[:1]
