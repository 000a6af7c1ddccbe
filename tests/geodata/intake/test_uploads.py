"""Uploads on disk: safe names, nothing half, nothing for ever; and what is shown of rows."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.intake.files import FORMATS, sheet_of
from geodata.intake.rejects import Reject
from geodata.intake.suspicion import Doubt
from geodata.intake.uploads import folder, shown, steps
from geodata.intake.uploads.choice import chosen, kind_of
from geodata.intake.uploads.locks import is_held, taken
from geodata.place import Basemap
from geodata.space import crs
from geodata.store.generation import writing
from tests import town

DAY = folder.KEPT_SECONDS

# ---- names ----


@pytest.mark.parametrize(
    ("given_", "safe"),
    [
        ("十一月工单.csv", "十一月工单.csv"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\files\\a b.XLSX", "a_b.xlsx"),
        ("/etc/.csv", "file.csv"),
        ("..csv", "file.csv"),
        ("a\0b\n.geojson", "a_b_.geojson"),
        ("~$plan (2).zip", "plan_(2).zip"),
        (f"{'长' * 300}.csv", f"{'长' * 80}.csv"),
    ],
)
def test_a_file_keeps_its_name_as_far_as_it_is_safe(given_, safe):
    assert folder.safe_name(given_) == safe


@given(st.text(max_size=400), st.sampled_from(FORMATS))
def test_a_safe_name_is_one_name_of_a_format_and_fits_a_disk(stem, ending):
    name = folder.safe_name(f"{stem}{ending}")
    assert name.endswith(ending)
    assert not set(name) & set("/\\\0\n")
    assert not name.startswith(".")
    assert len(name.encode()) <= 255
    assert folder.safe_name(name) == name


@pytest.mark.parametrize("name", ["", "a", "..", "a.exe", "a.csv/", "a.html", "a.csv\\x"])
def test_what_is_no_format_is_refused_by_its_name(name):
    with pytest.raises(DataError, match=r"use one of \.csv"):
        folder.safe_name(name)


# ---- on disk ----


def uploaded(data, name: str = "a.csv", content: bytes = b"x") -> folder.Upload:
    with folder.arriving(data, name) as (ident, handle):
        handle.write(content)
    return folder.found(data, ident)


def test_an_upload_is_found_again_with_its_size_and_only_by_its_owner(tmp_path):
    upload = uploaded(tmp_path, "a.csv", b"12345")
    assert (upload.name, upload.size, upload.file.read_bytes()) == ("a.csv", 5, b"12345")
    assert upload.folder.stat().st_mode & 0o077 == 0


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    def half() -> None:
        with folder.arriving(tmp_path, "a.csv") as (_, handle):
            handle.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert list((tmp_path / folder.ROOM).iterdir()) == []


@pytest.mark.parametrize("ident", ["", ".", "..", "0" * 32, "../batches", "x" * 32, "0" * 33])
def test_there_is_no_upload_by_any_other_name(tmp_path, ident):
    uploaded(tmp_path)
    with pytest.raises(folder.NoUploadError, match="Send the file again"):
        folder.found(tmp_path, ident)


def test_what_is_older_than_a_day_goes_unless_it_is_at_work(tmp_path):
    old, busy, fresh = (uploaded(tmp_path) for _ in range(3))
    half = tmp_path / folder.ROOM / f"{'0' * 32}{folder.DRAFT}"
    half.mkdir()
    now = fresh.folder.stat().st_mtime
    held = taken(busy.lock)
    for path in (old.folder, busy.folder, half):
        os.utime(path, (now - DAY - 60, now - DAY - 60))
    folder.sweep(tmp_path, now)
    left = {path.name for path in (tmp_path / folder.ROOM).iterdir()}
    assert left == {busy.id, fresh.id}
    os.close(held)


def test_a_lock_is_held_until_it_is_let_go(tmp_path):
    path = tmp_path / "lock"
    assert not is_held(path)
    held = taken(path)
    assert is_held(path)
    assert taken(path, patience=0) is None
    os.close(held)
    assert not is_held(path)


# ---- what a file may be ----


def sheet(head: dict[str, list[str]], geometry=None):
    columns = [pa.array(values, pa.string()) for values in head.values()]
    return replace(sheet_of(list(head), columns), geometry=geometry)


TICKETS = {"工单编号": ["A1", "A2"], "受理时间": ["2026-11-01 08:00"] * 2, "诉求类别": ["噪声"] * 2}


def test_the_kind_is_that_of_the_shipped_mapping_or_of_the_columns():
    canonical = {"code": ["1"], "name": ["a"], "level": ["0"], "parent": [""], "population": [""]}
    assert kind_of(sheet(TICKETS)) == "tickets"
    box = np.array([shapely.box(0, 0, 1, 1)])
    assert kind_of(sheet(canonical, box)) == "areas"
    assert kind_of(sheet({"colour": ["red"]}, box)) == "layer"


def test_a_mapping_is_the_shipped_one_or_a_proposal_that_says_what_it_lacks():
    proposal = chosen("tickets", sheet(TICKETS), "十一月")
    assert (proposal.name, proposal.complete) == ("proposed", True)
    assert proposal.mapping.columns["id"].sources == ("工单编号",)
    lacking = chosen("tickets", sheet({"诉求类别": ["噪声"]}), "十一月")
    assert not lacking.complete
    assert any("needs" in doubt for doubt in lacking.doubts)


def test_a_mapping_that_is_no_toml_is_refused_without_naming_a_path(tmp_path):
    choice = replace(chosen("tickets", sheet(TICKETS), "a"), toml="kind = [")
    with pytest.raises(DataError, match=r"^The mapping cannot be read"):
        _ = choice.mapping


# ---- what is shown ----


@pytest.mark.parametrize("crs_", ["GCJ-02", "EPSG:4548"])
def test_a_warning_speaks_of_the_button_where_the_command_line_has_an_option(crs_):
    doubt = Doubt(
        kind="shift",
        count=9,
        sentence=f"All lie to the east. If that is what they are, give --crs {crs_}.",
        sentence_zh=f"整体向东偏移。若确实如此，请用 --crs {crs_} 指明。",
    )
    told = shown.warning(doubt)
    assert told["sentence_zh"] == f"整体向东偏移。若确实如此，可用下方按钮改用 {crs_}。"
    assert told["sentence"].endswith("If that is what they are, use the button below.")
    assert told["kind"] == "shift"


def test_a_row_that_was_held_back_is_told_in_both_languages():
    told = shown.reject(Reject(3, "id", "", "has no id", "Give every row an id of its own."))
    assert (told["reason"], told["reason_zh"]) == ("has no id", "没有编号")
    assert told["cure_zh"] == "请给每行一个唯一编号。"


def test_who_waits_in_vain_for_another_writer_is_not_told_where_the_data_lies(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(steps, "PATIENCE", -1)
    with writing(tmp_path), pytest.raises(DataError, match=r"^Another import is under way"):
        steps.undo(tmp_path, {"batch": 1})


def table(**columns) -> pa.Table:
    return pa.table(columns)


def test_ten_rows_are_shown_in_the_place_s_own_time_and_without_empty_columns():
    at = pa.array([1_600_000_000_000_000] * 12, pa.timestamp("us", tz="UTC"))
    told = shown.rows(
        table(
            id=[str(i) for i in range(12)], created_at=at, text=[None] * 12, is_demo=[False] * 12
        ),
        town.PLACE,
    )
    assert told["columns"] == ["id", "created_at"]
    assert told["rows"][0] == ["0", "2020-09-13 20:26"]
    assert len(told["rows"]) == shown.ROWS


def test_a_map_of_many_rows_shows_some_from_first_to_last():
    points = shapely.points(np.linspace(118, 119, 50_000), 36.8)
    points[7] = None
    drawn = shown.collection(table(id=[str(i) for i in range(50_000)]), points, town.PLACE)
    names = [feature["properties"]["name"] for feature in drawn["features"]]
    assert len(names) == shown.FEATURES
    assert (names[0], names[-1]) == ("0", "49999")
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn


def test_a_stray_point_does_not_make_the_city_a_dot():
    points = shapely.points([118.0] * 500 + [-74.0], [36.8] * 500 + [40.7])
    west, _, east, _ = shown.collection(table(id=["a"] * 501), points, town.PLACE)["bounds"]
    assert west == east == 118.0


def test_where_nothing_has_a_place_there_is_nothing_to_look_at():
    drawn = shown.collection(table(id=["a"]), np.array([None]), town.PLACE)
    assert (drawn["features"], drawn["bounds"]) == ([], None)


def test_the_map_is_moved_where_the_base_map_is():
    place = replace(town.PLACE, basemap=Basemap(tiles="https://x/{z}", crs="GCJ-02"))
    drawn = shown.collection(table(id=["a"]), shapely.points([118.0], [36.8]), place)
    x, y = crs.for_display(np.array([118.0]), np.array([36.8]), "GCJ-02")
    found = drawn["features"][0]["geometry"]["coordinates"]
    assert found == pytest.approx([x[0], y[0]], abs=1e-6)


def test_shapes_of_too_many_vertices_are_drawn_simpler_and_none_is_lost():
    round_ = shapely.buffer(shapely.points(np.linspace(118, 119, 40), 36.8), 0.01, quad_segs=2000)
    drawn = shown.collection(table(id=["a"] * 40), round_, town.PLACE)
    assert len(drawn["features"]) == 40
    assert len(json.dumps(drawn)) < 1_000_000


def test_a_row_is_drawn_as_its_own_shape_or_as_its_point():
    box = shapely.to_wkb(shapely.box(0, 0, 1, 1))
    shapes = shown.positions(
        table(
            lon=pa.array([1.0, 2.0, None], pa.float64()),
            lat=pa.array([1.0, 2.0, None], pa.float64()),
            geometry=pa.array([box, None, None], pa.binary()),
        )
    )
    assert [None if s is None else s.geom_type for s in shapes] == ["Polygon", "Point", None]
