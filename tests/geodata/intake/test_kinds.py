"""What each kind of row must be."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake import uscc
from geodata.intake.files import sheet_of
from geodata.intake.kinds import CHECKS
from geodata.intake.mapping import KINDS, mapping_of
from geodata.intake.rows import Rows, canonical, table
from geodata.store.schema import TABLES
from tests.geodata.intake.conftest import box, features

VALID = "91350100M000100Y43", "91512081MA62K0260E"


def rows_of(kind: str, columns: dict[str, list], geometry=None) -> Rows:
    mapping = mapping_of({"kind": kind, "columns": {name: name for name in columns}}, "mine")
    sheet = sheet_of(list(columns), list(columns.values()), geometry=geometry)
    rows = canonical(sheet, mapping, timezone="Asia/Shanghai", is_demo=False)
    CHECKS[kind](rows)
    return rows


def faults(rows: Rows) -> dict[int, tuple[str, str]]:
    return {fault.line: (fault.column, fault.reason) for fault in rows.bad.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_checks_and_a_table_and_takes_no_rows_as_none(kind):
    key = "code" if kind == "areas" else "id"
    assert len(table(rows_of(kind, {key: []}, np.array([], object)))) == 0
    assert kind in TABLES


def test_a_credit_code_is_known_by_its_last_letter():
    given = [*VALID, "91350100M000100Y4Z", "9135", "91350100M000100Y4I", "", None, "张店"]
    assert uscc.are_valid(pa.array(given)).tolist() == [True, True, *[False] * 6]


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from(uscc.LETTERS))
def test_one_wrong_letter_in_a_credit_code_is_always_seen(code, at, letter):
    changed = code[:at] + letter + code[at + 1 :]
    assert uscc.are_valid(pa.array([changed])).tolist() == [changed == code]


def test_merchants_need_a_name_and_a_right_credit_code_or_none():
    codes = [
        VALID[0].lower(),
        "９１５１２０８１ＭＡ６２Ｋ０２６０Ｅ",
        None,
        "91350100M000100Y4Z",
        None,
    ]
    rows = rows_of(
        "merchants", {"id": list("abcde"), "name": ["一", "二", "三", "四", None], "uscc": codes}
    )
    assert faults(rows) == {
        4: ("uscc", "is not a unified social credit code"),
        5: ("name", "is missing"),
    }
    assert table(rows)["uscc"].to_pylist() == [*VALID, None]


def test_roads_are_lines_and_may_be_nameless():
    shapes = [shapely.LineString([(0, 0), (1, 1)]), shapely.Point(0, 0), None]
    rows = rows_of("roads", {"id": ["a", "b", "c"]}, np.array(shapes, object))
    assert faults(rows) == {2: ("geometry", "has no line"), 3: ("geometry", "has no line")}
    assert table(rows)["name"].to_pylist() == [""]


def test_places_need_a_name_and_a_position():
    columns = {"id": ["a", "b", "c"], "name": ["八大局", None, "海岱楼"]}
    rows = rows_of("places", columns | {"lon": ["118.0", "118.0", ""], "lat": ["36.8", "36.8", ""]})
    assert faults(rows) == {2: ("name", "is missing"), 3: ("lon, lat", "has no position")}
    assert table(rows)["approximate"].to_pylist() == [False]


def test_a_place_may_come_as_a_shape():
    rows = rows_of("places", {"id": ["a"], "name": ["园"]}, np.array([shapely.box(0, 0, 2, 2)]))
    assert (table(rows)["lon"].to_pylist(), rows.bad) == ([1.0], {})


def test_merchants_roads_and_places_can_be_brought_in_and_found(intake):
    for kind, row in (
        (
            "merchants",
            {
                "id": "m",
                "name": "面馆",
                "kind": "餐饮",
                "uscc": VALID[0],
                "lon": "118.005",
                "lat": "36.815",
            },
        ),
        ("places", {"id": "p", "name": "广场", "kind": "广场", "lon": "118.005", "lat": "36.815"}),
    ):
        text = f"{','.join(row)}\n{','.join(row.values())}\n"
        assert intake.bring(kind, text).accepted == 1
    line = {"type": "LineString", "coordinates": [[118.0, 36.81], [118.01, 36.82]]}
    assert intake.bring(
        "roads", features(({"id": "r", "name": "路", "grade": "主干路"}, line)), name="a.geojson"
    ).accepted
    found = intake.rows("SELECT m.id, uscc, code FROM merchants m JOIN areas ON n = area")
    assert [(row["id"], row["uscc"]) for row in found] == [("m", VALID[0])]
    assert intake.rows("SELECT id FROM roads WHERE id = 'r'") == [{"id": "r"}]


def test_a_second_import_of_merchants_updates_by_id(intake):
    for name in ("旧名", "新名"):
        intake.bring("merchants", f"id,name,kind\n1,{name},餐饮\n")
    assert intake.rows("SELECT id, name FROM merchants") == [{"id": "1", "name": "新名"}]


def test_a_road_that_is_an_area_is_held_back(intake):
    shape = box(118.0, 36.81, 118.01, 36.82)
    report = intake.bring(
        "roads", features(({"id": "r", "name": "路", "grade": "主干路"}, shape)), name="a.geojson"
    )
    assert [reject.reason for reject in report.rejects] == ["has no line"]
