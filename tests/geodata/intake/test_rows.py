"""From the cells of a file to canonical rows."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.intake.files import sheet_of
from geodata.intake.mapping import mapping_of
from geodata.intake.rows import Rows, canonical, table
from geodata.space import crs

NOW = dt.datetime(2199, 12, 31, tzinfo=dt.UTC)


def rows_of(kind: str, columns: dict, *cells: tuple[str, ...], geometry=None, **mapping) -> Rows:
    head = ("a", "b", "c", "d")[: len(cells[0])] if cells else ()
    lines = np.arange(2, len(cells) + 2)
    sheet = sheet_of(head, list(map(list, zip(*cells, strict=True))), lines, geometry=geometry)
    mapped = mapping_of({"kind": kind, "columns": columns, **mapping}, "mine")
    return canonical(sheet, mapped, timezone="Asia/Shanghai", is_demo=False, now=NOW)


def told(rows: Rows, name: str) -> list:
    return rows.columns[name].to_pylist()


def moments(*texts: str, **mapping) -> list[str | None]:
    rows = rows_of(
        "tickets",
        {"id": "a", "created_at": "b"},
        *[(str(i), text) for i, text in enumerate(texts)],
        **mapping,
    )
    return [m and m.isoformat() for m in told(rows, "created_at")]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-07-01T08:00:00", "2024-07-01T00:00:00+00:00"),  # the place's clock
        ("2024-07-01 08:00", "2024-07-01T00:00:00+00:00"),
        ("2024-07-01", "2024-06-30T16:00:00+00:00"),
        ("2024-07-01T08:00:00+08:00", "2024-07-01T00:00:00+00:00"),
        ("2024-07-01T08:00:00Z", "2024-07-01T08:00:00+00:00"),
        ("2024-07-01T08:00:00-0500", "2024-07-01T13:00:00+00:00"),
        ("2024-07-01T08:00:00.250", "2024-07-01T00:00:00.250000+00:00"),
        ("", None),
    ],
)
def test_a_moment_is_on_the_clock_of_the_place_unless_it_says_otherwise(text, utc):
    assert moments(text) == [utc]


def test_moments_with_and_without_offsets_may_stand_in_one_column():
    assert moments("2024-07-01T08:00", "2024-07-01T08:00Z", "2024-07-01T08:00+09:00") == [
        *("2024-07-01T00:00:00+00:00", "2024-07-01T08:00:00+00:00", "2024-06-30T23:00:00+00:00")
    ]


def test_the_clock_of_the_mapping_goes_before_that_of_the_place():
    told = moments("2024-07-01T08:00", "2024-12-01T08:00", timezone="America/New_York")
    assert told == ["2024-07-01T12:00:00+00:00", "2024-12-01T13:00:00+00:00"]


def test_an_hour_that_stands_twice_is_the_first_and_one_left_out_the_next():
    told = moments("2025-11-02T01:30", "2025-03-09T02:30", timezone="America/New_York")
    assert told == ["2025-11-02T05:30:00+00:00", "2025-03-09T07:00:00+00:00"]


def test_the_formats_of_a_column_are_tried_in_order_and_iso_last():
    formats = {"created_at": ["%d/%m/%Y %H:%M", "%Y年%m月%d日"], "default": ["%m/%d/%Y"]}
    told = moments("03/07/2024 08:00", "2024年7月3日", "2024-07-03T08:00", formats=formats)
    assert told == [
        *("2024-07-03T00:00:00+00:00", "2024-07-02T16:00:00+00:00", "2024-07-03T00:00:00+00:00")
    ]


def test_a_format_with_an_offset_is_honoured():
    formats = {"default": ["%d.%m.%Y %H:%M %z"]}
    assert moments("03.07.2024 08:00 +0200", formats=formats) == ["2024-07-03T06:00:00+00:00"]


def test_a_format_that_is_none_is_named():
    with pytest.raises(DataError, match="Mapping mine: the format '%Q' is not understood"):
        moments("2024", formats={"default": ["%Q"]})


@pytest.mark.parametrize(
    "text",
    [
        "gestern",
        "2024-13-01",
        "2024-02-30",
        "0001-01-01",
        "31/12/2024",
        "24:00",
    ],
)
def test_what_is_no_time_holds_the_row_back(text):
    rows = rows_of("tickets", {"id": "a", "created_at": "b"}, ("1", text))
    (fault,) = rows.bad.values()
    assert (fault.line, fault.column, fault.value) == (2, "created_at", text)
    assert fault.reason == "is not a time"


def test_date_and_time_may_stand_in_two_columns():
    columns = {"id": "a", "created_at": {"date": "b", "time": "c"}}
    rows = rows_of("tickets", columns, ("1", "2024-07-01", "08:00"), ("2", "2024-07-01", ""))
    assert [m.hour for m in told(rows, "created_at")] == [0, 16]


@given(st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2199, 12, 30)))
def test_every_moment_that_python_writes_is_read(moment):
    (told,) = moments(moment.isoformat() + "+00:00")
    assert dt.datetime.fromisoformat(told) == moment.replace(tzinfo=dt.UTC)


def test_a_path_is_made_of_columns_and_their_slashes_do_not_part_it():
    columns = {"id": "a", "category": ["b", "c"]}
    rows = rows_of("tickets", columns, ("1", "Noise", "Banging/Pounding"), ("2", "Noise", ""))
    assert told(rows, "category") == ["Noise/Banging∕Pounding", "Noise"]


def test_a_constant_stands_in_every_row():
    rows = rows_of("tickets", {"id": "a", "channel": "=电话"}, ("1",), ("2",))
    assert told(rows, "channel") == ["电话", "电话"]


def test_values_are_recoded_and_others_stay():
    recodings = {"state": {"办结": "closed", "作废": ""}}
    columns = {"id": "a", "state": "b"}
    rows = rows_of(
        "tickets", columns, ("1", "办结"), ("2", "作废"), ("3", "在办"), values=recodings
    )
    assert told(rows, "state") == ["closed", None, "在办"]


def test_an_id_must_be_there_and_be_its_own():
    rows = rows_of("tickets", {"id": "a"}, ("1",), ("",), ("1",))
    faults = {fault.line: fault.reason for fault in rows.bad.values()}
    assert faults == {3: "has no id", 4: "stands on line 2 already"}


def test_a_row_is_held_back_for_its_first_fault_only():
    rows = rows_of("tickets", {"id": "a", "created_at": "b"}, ("", "never"))
    assert [fault.reason for fault in rows.bad.values()] == ["has no id"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("40", 40), (" 40 ", 40), ("1e2", 100), ("40.0", 40), ("", None)],
)
def test_whole_numbers_are_read_as_people_write_them(text, number):
    rows = rows_of("markets", {"id": "a", "stalls": "b"}, ("1", text))
    assert (told(rows, "stalls"), rows.bad) == ([number], {})


@pytest.mark.parametrize("text", ["vierzig", "40.5", "nan", "inf", "-1", "99999999999", "1e400"])
def test_what_is_no_whole_number_holds_the_row_back(text):
    rows = rows_of("markets", {"id": "a", "stalls": "b"}, ("1", text))
    assert [fault.reason for fault in rows.bad.values()] == ["is not a number"]
    assert len(table_without_bad(rows)) == 0


def table_without_bad(rows: Rows):
    return [i for i in range(len(rows)) if i not in rows.bad]


PLACE = {"id": "a", "lon": "b", "lat": "c"}


@pytest.mark.parametrize(
    ("lon", "lat", "stored"),
    [
        ("118.05", "36.81", (118.05, 36.81)),
        ("", "", (None, None)),
        ("0", "0", (None, None)),  # how many systems write "unknown"
    ],
)
def test_a_position_is_two_degrees_or_none(lon, lat, stored):
    rows = rows_of("tickets", PLACE, ("1", lon, lat))
    assert ((told(rows, "lon")[0], told(rows, "lat")[0]), rows.bad) == (stored, {})


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        ("118.05", "", "has half a position"),
        ("36.81", "118.05", "is not on the earth"),
        ("913176", "181284", "is not on the earth"),
        ("118,05", "36.81", "is not a number"),
    ],
)
def test_a_position_that_is_none_holds_the_row_back(lon, lat, reason):
    rows = rows_of("tickets", PLACE, ("1", lon, lat))
    assert [fault.reason for fault in rows.bad.values()] == [reason]


@pytest.mark.parametrize("name", ["GCJ-02", "BD-09", "EPSG:4490", "EPSG:32650"])
def test_positions_are_stored_in_degrees_of_the_earth(name):
    given = {
        "GCJ-02": np.ravel(crs.wgs84_to_gcj02(np.array([118.05]), np.array([36.81]))),
        "BD-09": np.ravel(
            crs.gcj02_to_bd09(*crs.wgs84_to_gcj02(np.array([118.05]), np.array([36.81])))
        ),
        "EPSG:4490": (118.05, 36.81),
        "EPSG:32650": (593_662.0, 4_074_303.0),
    }[name]
    rows = rows_of("tickets", PLACE, ("1", *(repr(float(v)) for v in given)), crs=name)
    stored = told(rows, "lon")[0], told(rows, "lat")[0]
    if name == "EPSG:32650":
        expected = np.ravel(crs.to_stored(*(np.array([v]) for v in given), name))
        assert stored == tuple(expected)
        assert abs(stored[0] - 118.05) < 0.01
    else:
        np.testing.assert_allclose(stored, (118.05, 36.81), atol=1e-8)


def test_a_wkt_column_is_a_place():
    columns = {"id": "a", "lon": {"wkt": "b"}}
    rows = rows_of(
        "tickets", columns, ("1", "POINT (118.05 36.81)"), ("2", ""), ("3", "POINT 118 36")
    )
    assert told(rows, "lon") == [118.05, None, None]
    assert {fault.line: fault.reason for fault in rows.bad.values()} == {4: "is not WKT"}


def test_the_geometry_of_a_file_is_a_place():
    shapes = np.array([shapely.Point(118.05, 36.81), None, shapely.box(118, 36, 119, 37)])
    rows = rows_of("tickets", {"id": "a"}, ("1",), ("2",), ("3",), geometry=shapes)
    assert told(rows, "lon") == [118.05, None, 118.5]


def test_a_shape_that_crosses_itself_is_mended():
    bowtie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    rows = rows_of("areas", {"code": "a"}, ("1",), geometry=np.array([bowtie]))
    shape = shapely.from_wkb(told(rows, "geometry")[0])
    assert shape.is_valid
    assert shape.area == pytest.approx(0.5)


def test_a_shape_off_the_earth_holds_the_row_back():
    shape = shapely.box(900_000, 100_000, 900_100, 100_100)  # feet, not declared
    rows = rows_of("areas", {"code": "a"}, ("1",), geometry=np.array([shape]))
    assert [fault.reason for fault in rows.bad.values()] == ["is not on the earth"]


def test_the_rows_that_may_land_have_the_canonical_schema():
    columns = {"id": "a", "name": "b", "kind": "=夜市", "windows": "=24/7"}
    rows = rows_of("markets", columns, ("1", "甲"), ("", "乙"))
    rows.columns["approximate"] = pa.array([False, False])
    landed = table(rows)
    assert landed["name"].to_pylist() == ["甲"]
