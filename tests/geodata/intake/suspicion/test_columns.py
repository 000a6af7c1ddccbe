from __future__ import annotations

import numpy as np
import pytest
import shapely

from geodata.intake.suspicion.examine import examine


def doubts(verdict):
    return {doubt.kind: doubt for doubt in verdict.warnings}


@pytest.mark.parametrize(
    "moment",
    ["1900-01-01", "1899-12-31T16:00", "1970-01-01", "1969-12-31T16:00", "9999-12-31T23:00"],
)
def test_a_placeholder_is_no_date_in_any_zone(facts, moment):
    created = np.array(["2023-05-01T08:13", moment, "NaT"], "datetime64[us]")
    verdict = examine(facts([np.nan] * 3, [np.nan] * 3, created_at=created), None)
    assert [fault.index for fault in verdict.held] == [1]
    assert doubts(verdict)["placeholder date"].count == 1


@pytest.mark.parametrize("moment", ["2000-01-01", "1970-01-02T03:04:05", "2023-12-31T16:00"])
def test_real_dates_are_left_alone(facts, moment):
    created = np.array([moment], "datetime64[us]")
    assert examine(facts([np.nan], [np.nan], created_at=created), None).warnings == ()


@pytest.mark.parametrize("rows", [1_000, 5_000, 65_535])
def test_a_file_that_ends_where_services_stop_is_asked_about(facts, rows):
    doubt = doubts(examine(facts([118.0], [36.8], n_read=rows), None))["cut page"]
    assert doubt.asks
    assert f"{rows:,}" in doubt.sentence


@pytest.mark.parametrize("rows", [0, 1, 999, 1_001, 4_969])
def test_any_other_number_of_rows_is_not(facts, rows):
    assert examine(facts([118.0], [36.8], n_read=rows), None).warnings == ()


def test_a_repeated_id_is_held_back_and_its_first_line_named(facts):
    ids = [f"T{i}" for i in range(40)]
    ids[30] = "T4"
    verdict = examine(facts([118.0] * 40, [36.8] * 40, ids=ids), None)
    assert [(f.index, f.value) for f in verdict.held] == [(30, "T4")]
    assert verdict.held[0].reason == "stands already in line 6"
    assert doubts(verdict)["repeated id"].examples == ("line 32: T4",)
    assert not verdict.asks


def test_ids_that_repeat_all_over_are_asked_about(facts):
    verdict = examine(facts([118.0] * 4, [36.8] * 4, ids=["a", "a", "b", "b"]), None)
    assert doubts(verdict)["repeated id"].asks


def test_rows_without_an_id_repeat_nothing(facts):
    assert examine(facts([118.0] * 3, [36.8] * 3, ids=["", None, ""]), None).held == ()


def test_an_invalid_shape_is_mended_and_said(facts):
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    verdict = examine(facts(shapes=np.array([bow, shapely.box(0, 0, 1, 1), None])), None)
    assert shapely.is_valid(verdict.shapes[:2]).all()
    assert doubts(verdict)["invalid geometry"].examples == ("line 2: Self-intersection",)
    assert verdict.held == ()


def test_a_shape_of_which_nothing_is_left_is_held_back(facts):
    needle = shapely.Polygon([(0, 0), (1, 1), (0, 0), (0, 0)])
    verdict = examine(facts(shapes=np.array([needle, shapely.Polygon()])), None)
    assert sorted(fault.index for fault in verdict.held) == [0, 1]


def test_a_row_is_held_back_once(facts):
    created = np.array(["1900-01-01", "1900-01-01"], "datetime64[us]")
    verdict = examine(facts([500.0, 118.0], [36.8, 36.8], created_at=created, ids=["a", "a"]), None)
    assert [fault.index for fault in verdict.held] == [0, 1]
