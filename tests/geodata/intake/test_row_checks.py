"""What a row may say is looked at, whatever format it came in."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
import shapely

from geodata.intake.files import sheet_of
from geodata.intake.mapping import mapping_of
from geodata.intake.rows import Rows, canonical, table

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
TICKETS = {"id": "id", "created_at": "at", "category": "what", "closed_at": "end"}
TICKETS |= {"lon": "lon", "lat": "lat"}


def tickets(**columns: list) -> Rows:
    count = len(next(iter(columns.values())))
    told = {"id": [str(i) for i in range(count)], **columns}
    mapping = mapping_of({"kind": "tickets", "columns": TICKETS}, "mine")
    sheet = sheet_of(list(told), list(told.values()), np.arange(2, count + 2))
    return canonical(sheet, mapping, timezone="Asia/Shanghai", is_demo=False, now=NOW)


def areas(*shapes) -> Rows:
    mapping = mapping_of({"kind": "areas", "columns": {"code": "code"}}, "mine")
    codes = [str(i) for i in range(len(shapes))]
    sheet = sheet_of(["code"], [codes], geometry=np.array(shapes, object))
    return canonical(sheet, mapping, timezone="UTC", is_demo=False)


def reasons(rows: Rows) -> dict[int, str]:
    return {fault.line: fault.reason for fault in rows.bad.values()}


def test_a_placeholder_for_the_time_of_an_appeal_holds_it_back():
    rows = tickets(at=["1900-01-01", "2026-10-01", "9999-12-31T23:59"])
    reason = "is a placeholder, not a time"
    assert reasons(rows) == {2: reason, 4: reason}
    assert rows.bad[0].value == "1900-01-01"


def test_a_placeholder_for_another_time_is_read_as_empty_and_noted():
    rows = tickets(end=["2026-10-01", "1900-01-01", "1970-01-01"])
    assert (rows.bad, rows.columns["closed_at"].null_count) == ({}, 2)
    assert rows.notes == [
        "2 times closed_at was a placeholder such as 1900-01-01 and is left empty, e.g. line 3."
    ]


@pytest.mark.parametrize(
    ("at", "held"),
    [("2026-11-02T07:59", False), ("2026-11-02T08:01", True), ("2026-10-01T00:00", False)],
)
def test_an_appeal_from_the_future_is_held_back(at, held):
    assert reasons(tickets(at=[at])) == ({2: "lies in the future"} if held else {})


@pytest.mark.parametrize("number", ["NaN", "inf", "-Infinity", "1e999", "118.0.5", "东经118"])
def test_coordinates_must_be_finite_numbers(number):
    assert reasons(tickets(lon=[number], lat=["36.8"])) == {2: "is not a number"}


@pytest.mark.parametrize("number", ["+118.05", "1.1805e2", "１１８.０５", " 118.05 ", "118.050"])
def test_numbers_may_be_written_in_several_ways(number):
    rows = tickets(lon=[number, "118.05"], lat=["36.8", "36.8"])
    assert (rows.columns["lon"].to_pylist(), rows.bad) == ([118.05, 118.05], {})


def test_swapped_coordinates_are_named_in_the_cure():
    rows = tickets(lon=["36.8", "913176"], lat=["118.05", "181284"])
    assert [fault.cure for fault in rows.bad.values()] == [
        "lon and lat look swapped: give lon first.",
        "Check the order (lon before lat) and the crs of the mapping.",
    ]
    assert [fault.value for fault in rows.bad.values()] == ["36.8, 118.05", "913176.0, 181284.0"]


def test_shapes_with_a_vertex_that_is_no_number_are_held_back():
    with np.errstate(invalid="ignore"):
        holed = shapely.Polygon([(0, 0), (1, 0), (1, np.nan), (0, 0)])
        endless = shapely.Polygon([(0, 0), (np.inf, 0), (1, 1), (0, 0)])
    reason = "has a coordinate that is not a number"
    assert reasons(areas(shapely.box(0, 0, 1, 1), holed, endless)) == {2: reason, 3: reason}


def test_mended_shapes_are_counted():
    bowtie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    rows = areas(shapely.box(0, 0, 1, 1), bowtie, bowtie, None)
    assert rows.notes == ["2 times a shape was not valid and was mended, e.g. line 2."]


def test_of_several_rows_with_one_id_the_first_is_kept_and_the_others_name_it():
    rows = tickets(id=["a", "b", "a", None, "b", "a"])
    assert reasons(rows) == {
        **{4: "stands on line 2 already", 6: "stands on line 3 already"},
        **{5: "has no id", 7: "stands on line 2 already"},
    }


def test_a_sheet_without_rows_is_a_table_without_rows():
    rows = tickets(at=[])
    assert (len(table(rows)), rows.bad) == (0, {})


def test_empty_cells_can_be_recoded():
    columns, values = {"id": "id", "state": "s"}, {"state": {"": "filed", "办结": "closed"}}
    mapping = mapping_of({"kind": "tickets", "columns": columns, "values": values}, "mine")
    sheet = sheet_of(["id", "s"], [["1", "2", "3"], ["", "办结", "其他"]])
    rows = canonical(sheet, mapping, timezone="UTC", is_demo=False)
    assert rows.columns["state"].to_pylist() == ["filed", "closed", "其他"]
