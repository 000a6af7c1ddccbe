from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks import table
from callbacks.table import BLOCK, COLUMNS, block, panel
from geodata.tickets.pages import SORTS, Order
from tests import town
from tests.api.bodies import ADDRESS, body
from tests.callbacks.conftest import screens
from tests.callbacks.reading import CJK, nodes, props, sent, strings

NEWEST = ["T03", "T04", "T02", "T01", "T09", "T08", "T07", "T05", "T06"]


def ids(place, search: str = "", start: int = 0, order: Order | None = None) -> list[str]:
    told = block(place.answers, search, start, order or Order())
    return [row["id"] for row in told["rowData"]]


def test_the_appeals_of_the_view_stand_the_newest_first(here):
    assert ids(here) == NEWEST
    assert block(here.answers, "", 0, Order())["rowCount"] == 9


def test_a_row_is_told_in_words_on_the_clock_of_the_place(here):
    first, _, third, *_ = block(here.answers, "", 0, Order())["rowData"]
    assert first == {
        "id": "T03",
        "created_at": "2020-11-22 23:59",
        "due_at": "2020-11-22 23:59",
        "closed_at": "",
        "status": "超期",
        "category": "市容环境/餐饮油烟/烧烤油烟",
        "channel": "微信",
        "department": "执法局",
        "area_name": "北二网格",
        "address": "",
        "text": "",
    }
    assert third["text"] == "138****1234 油烟"
    assert set(first) == {name for name, *_ in COLUMNS}


def test_words_are_english_where_there_are_some(here):
    rows = block(here.answers, "?lang=en", 0, Order())["rowData"]
    assert [row["status"] for row in rows[:4]] == ["Overdue", "Open", "Open", "Closed"]
    assert {row["channel"] for row in rows} == {"Phone", "微信", ""}


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        (Order(by="created_at", descending=False), "T06", "T03"),
        (Order(by="due_at", descending=False), "T06", None),
        (Order(by="closed_at", descending=True), "T01", None),  # what is open comes last
        (Order(by="id", descending=False), "T01", "T09"),
        (Order(by="id", descending=True), "T09", "T01"),
    ],
)
def test_rows_can_be_sorted(here, order, first, last):
    told = ids(here, "", 0, order)
    assert told[0] == first
    assert last is None or told[-1] == last
    assert sorted(told) == sorted(NEWEST)


@pytest.mark.parametrize(
    "search", ["?area=12", "?tickets.status=open&hours=18/24", "?datetime=../.."]
)
def test_there_are_as_many_rows_as_the_numbers_say(here, search):
    told = block(here.answers, search, 0, Order())
    assert len(told["rowData"]) == told["rowCount"] == here.answer(search).counted.whole[0]


@settings(max_examples=20)
@given(
    start=st.integers(0, 14),
    order=st.builds(Order, by=st.sampled_from(sorted(SORTS)), descending=st.booleans()),
    search=st.sampled_from(["?datetime=../..", "", "?tickets.status=open"]),
)
def test_wherever_a_block_begins_it_goes_on_where_the_rows_before_it_end(
    monkeypatch_block, here, start, order, search
):
    whole = ids(here, search, 0, order)
    monkeypatch_block(3)
    begins = start - start % 3
    assert ids(here, search, begins, order) == whole[begins : begins + 3]
    monkeypatch_block(BLOCK)


@pytest.fixture
def monkeypatch_block(monkeypatch):
    """Blocks, and the strides to them, of another size."""

    def sized(rows: int) -> None:
        monkeypatch.setattr(table, "BLOCK", rows)
        monkeypatch.setattr(table, "STRIDES", (2 * rows, rows))

    return sized


def test_beyond_the_end_there_is_nothing_and_the_count_is_told(here):
    for start in (BLOCK, 100 * BLOCK, 9_999 * BLOCK):
        assert block(here.answers, "", start, Order()) == {"rowData": [], "rowCount": 9}
    assert block(here.answers, "?datetime=2020-01-01", 0, Order()) == {"rowData": [], "rowCount": 0}


def test_a_reader_may_jump_to_the_middle_of_the_district(tiny):
    search, start = "?datetime=../..", 20 * BLOCK
    told = block(tiny.answers, search, start, Order())
    before = block(tiny.answers, search, start - BLOCK, Order())["rowData"]
    assert told["rowCount"] == tiny.answer(search).counted.whole[0]
    assert len(told["rowData"]) == min(BLOCK, told["rowCount"] - start) > 0
    assert before[-1]["created_at"] >= told["rowData"][0]["created_at"]
    assert not {row["id"] for row in before} & {row["id"] for row in told["rowData"]}


def test_a_block_read_again_reads_only_itself(here, monkeypatch, monkeypatch_block):
    monkeypatch_block(2)
    limits: list[int] = []
    page = table.page

    def counted(*given, limit, **named):
        limits.append(limit)
        return page(*given, limit=limit, **named)

    monkeypatch.setattr(table, "page", counted)
    block(here.answers, "?hours=0/24&metric=smoke", 6, Order())
    assert limits == [4, 2, 2]  # two strides to the sixth row, then the block
    limits.clear()
    block(here.answers, "?hours=0/24&metric=smoke", 6, Order())
    assert limits == [2]


# ---- requests ----


def answered(client, app, request, search="") -> dict:
    said = {"table.getRowsRequest": request, "url.search": search}
    answer = client.post(ADDRESS, json=body(app, "table.getRowsResponse", said))
    assert answer.status_code == 200
    return answer.json["response"]["table"]["getRowsResponse"]


def test_the_table_asks_in_its_own_words(client, app):
    request = {"startRow": 0, "endRow": 100, "sortModel": [{"colId": "id", "sort": "desc"}]}
    assert answered(client, app, request)["rowData"][0]["id"] == "T09"
    request["sortModel"][0]["sort"] = "asc"
    assert answered(client, app, request)["rowData"][0]["id"] == "T01"


@pytest.mark.parametrize(
    "request_",
    [
        None,
        5,
        [],
        {},
        {"startRow": "0"},
        {"startRow": -100},
        {"startRow": True},
        {"startRow": 1e300},
        {"startRow": 10**9},
        {"startRow": 7},
        {"startRow": 0, "sortModel": 3},
        {"startRow": 0, "sortModel": []},
        {"startRow": 0, "sortModel": [3]},
        {"startRow": 0, "sortModel": [{"colId": ["id"]}]},
        {"startRow": 0, "sortModel": [{"colId": {"id": 1}, "sort": "asc"}]},
        {"startRow": 0, "sortModel": [{"colId": "text", "sort": "asc"}]},
        {"startRow": 0, "sortModel": [{"colId": "id; DROP TABLE tickets", "sort": "asc"}]},
        {"startRow": 0, "filterModel": {"text": {"filter": "x"}}},
    ],
)
def test_a_request_that_makes_no_sense_is_answered_from_the_top(client, app, request_):
    assert [row["id"] for row in answered(client, app, request_)["rowData"]] == NEWEST


@pytest.mark.parametrize("search", [None, 5, "?area=999&tickets.smoke=maybe"])
def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(client, app, search):
    assert answered(client, app, {"startRow": 0}, search)["rowCount"] == 9


def test_no_row_has_a_telephone_number(tmp_path):
    said = {"text": "我叫王小明 13800001234", "address": "13900005678 号门口", "category": "x"}
    town.published(
        tmp_path, tickets=[{"id": "P", "created_at": town.moment("11-20 12:00"), **said}]
    )
    (row,) = block(screens(tmp_path).answers, "", 0, Order())["rowData"]
    assert row["text"] == "我叫王** 138****1234"
    assert row["address"] == "139****5678 号门口"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_is_headed_by_its_columns(lang):
    (grid,) = [n for n in nodes(sent(panel(lang))) if n["type"] == "AgGrid"]
    heads = props(grid)["columnDefs"]
    assert [head["field"] for head in heads] == [name for name, *_ in COLUMNS]
    assert {head["field"] for head in heads if head["sortable"]} == set(SORTS)
    told = [head["headerName"] for head in heads]
    told += strings(props(grid)["dashGridOptions"]["localeText"])
    assert all(bool(CJK.search(word)) == (lang == "zh") for word in told)
    assert props(grid)["dashGridOptions"]["cacheBlockSize"] == BLOCK
