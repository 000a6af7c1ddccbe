"""Files that want something else than their rows read: refused at once, whatever they hold."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
import zipfile

import numpy as np
import psutil
import pyarrow as pa
import pytest
from pyarrow import parquet

from geodata.errors import DataError
from geodata.intake.files import apart, read_sheet
from tests.geodata.intake.written import archive, cell, collection, workbook, worksheet, written

MB = 1 << 20
SECONDS, MEMORY = 10, 50 * MB  # what a refusal may cost the one who asked


@pytest.fixture
def refused(tmp_path):
    """Write a file, see it refused in time and without growing, and return the reason."""

    def see(content: bytes, name: str) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        here, began = psutil.Process(), time.monotonic()
        before = here.memory_info().rss
        with pytest.raises(DataError) as told:
            read_sheet(path)
        assert time.monotonic() - began < SECONDS
        assert here.memory_info().rss - before < MEMORY
        assert name in str(told.value)
        return str(told.value)

    return see


def test_an_archive_that_unpacks_to_a_hundred_times_its_size_is_refused(refused):
    assert "times its size; 100 are allowed" in refused(archive({"a.shp": bytes(50 * MB)}), "a.zip")


def test_a_spreadsheet_that_unpacks_to_a_hundred_times_its_size_is_refused(refused):
    page = worksheet({n: [cell(f"A{n}", 1)] for n in range(1, 1001)})
    page = page.replace("</sheetData>", " " * (60 * MB) + "</sheetData>")
    assert "times its size; 100 are allowed" in refused(workbook(page), "a.xlsx")


def test_an_archive_that_unpacks_to_too_much_is_refused(refused):
    block = os.urandom(20_000) * 53
    content = archive({f"{i}.shp": block for i in range(200)})
    assert "MB; 200 are allowed" in refused(content, "a.zip")


def test_an_archive_of_too_many_members_is_refused(refused):
    assert "has 2001 members" in refused(archive({f"{i}.shp": "" for i in range(2001)}), "a.zip")


@pytest.mark.parametrize(
    "name", ["../a.shp", "/etc/a.shp", "a/../../a.shp", "..\\a.shp", "C:a.shp"]
)
def test_an_archive_whose_members_lie_outside_it_is_refused(refused, name):
    assert "has a member outside itself" in refused(archive({name: "x"}), "a.zip")


def test_an_archive_with_a_link_is_refused(refused):
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    content = archive({link: "/etc/passwd"})  # type: ignore[dict-item]
    assert "has a link as a member" in refused(content, "a.zip")


def test_an_archive_must_hold_one_shapefile_and_no_folders(refused):
    parts = {"a.shp": "", "a.shx": "", "a.dbf": ""}
    assert "must hold one Shapefile" in refused(archive({"a.shp": "", "b.txt": ""}), "a.zip")
    assert "must hold one Shapefile" in refused(archive({**parts, "b.shp": ""}), "a.zip")
    nested = {f"data/{name}": content for name, content in parts.items()}
    assert "in a folder" in refused(archive(nested), "a.zip")


def test_a_sheet_as_wide_or_as_deep_as_sheets_can_be_is_refused(refused):
    far = worksheet({1: [cell("A1", "id")], 1_048_576: [cell("XFD1048576", 1)]})
    assert "has a cell in column XFD; 200 columns can be read" in refused(workbook(far), "a.xlsx")
    deep = worksheet({1: [cell("A1", "id")], 1_048_576: [cell("A1048576", 1)]})
    assert "has a cell below row 1,000,000" in refused(workbook(deep), "a.xlsx")
    wide = worksheet({1: [cell("GS1", "id")]})
    assert "has a cell in column GS" in refused(workbook(wide), "a.xlsx")


def test_a_row_of_cells_without_names_may_not_be_too_wide_either(refused):
    page = worksheet({1: ["<c><v>1</v></c>" * 16_384]})
    assert "has 16384 columns" in refused(workbook(page), "a.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_sheet_that_declares_entities_is_refused(refused, encoding):
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    page = worksheet({1: [cell("A1", "&l9;")]}, f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>')
    assert "declares entities in" in refused(workbook(page.encode(encoding)), "a.xlsx")


@pytest.mark.parametrize("opened", ["[", '{"features":', '[{"properties":', '{"a":['])
def test_json_nested_without_end_is_refused(refused, opened):
    assert "is not GeoJSON features" in refused(opened.encode() * 200_000, "a.geojson")


def test_a_shape_nested_without_end_is_refused_or_held_back(tmp_path):
    deep = b"[" * 900 + b"]" * 900
    path = tmp_path / "a.geojson"
    path.write_bytes(b'[{"properties":{},"geometry":{"type":"Polygon","coordinates":%b}}]' % deep)
    _, faults = read_sheet(path)
    assert faults == [(1, "has a geometry that cannot be read")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_coordinates_that_json_does_not_know_are_refused(refused, number):
    point = f'[{{"properties":{{}},"geometry":{{"type":"Point","coordinates":[{number},36]}}}}]'
    assert f"{number} is not a number in JSON" in refused(point.encode(), "a.geojson")


def test_a_polygon_of_ten_million_vertices_is_refused(refused):
    ring = b"[118.0123456,36.8123456]," * 10_000_000
    begin = b'[{"properties":{},"geometry":{"type":"Polygon","coordinates":[['
    reason = refused(begin + ring[:-1] + b"]]}}]", "a.geojson")
    assert "has a shape of more than 2,000,000 vertices" in reason


def test_a_shape_of_too_many_vertices_is_refused_in_every_format(refused, tmp_path):
    import geopandas as gpd
    import shapely

    line = shapely.LineString(np.random.default_rng(1).random((2_000_001, 2)))
    gpd.GeoDataFrame({"id": [1]}, geometry=[line], crs=4326).to_parquet(tmp_path / "b.parquet")
    assert "2,000,001 vertices" in refused((tmp_path / "b.parquet").read_bytes(), "a.parquet")


def test_parquet_that_unpacks_to_too_much_is_refused(refused, tmp_path):
    rows = pa.table({"x": pa.array(np.zeros(20_000_001, np.int8))})
    parquet.write_table(rows, tmp_path / "b.parquet")
    reason = refused((tmp_path / "b.parquet").read_bytes(), "a.parquet")
    assert "has 20,000,001 rows" in reason


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet", ".zip", ".xlsx", ".geojson"])
def test_half_a_file_is_refused(refused, tmp_path, ending):
    whole = written(tmp_path)[ending]
    refused(whole[: len(whole) // 2], f"half{ending}")


@pytest.mark.parametrize("ending", [".gpkg", ".fgb"])
def test_a_file_that_points_to_other_files_is_not_read_under_a_false_name(refused, ending):
    sly = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    assert "is not what its name says" in refused(sly, f"a{ending}")


def test_a_database_that_is_no_geopackage_is_refused(refused, tmp_path):
    with sqlite3.connect(tmp_path / "plain.db") as database:
        database.execute("CREATE TABLE secrets (id)")
    database.close()
    refused((tmp_path / "plain.db").read_bytes(), "a.gpkg")


def test_a_reader_that_needs_too_much_memory_is_refused(refused, monkeypatch):
    monkeypatch.setattr(apart, "CHILD_MEMORY", 400 * MB)
    monkeypatch.setattr(apart, "MEMORY_PER_BYTE", 0)
    listed = (
        b'[{"properties":{"x":1},"geometry":null}'
        + b',{"properties":{"x":1},"geometry":null}' * 1_500_000
    )
    assert "memory" in refused(listed + b"]", "a.geojson")


def test_a_reader_that_takes_too_long_is_ended(refused, monkeypatch):
    monkeypatch.setattr(apart, "CHILD_SECONDS", 0)
    assert "could not be read within" in refused(collection(), "a.geojson")


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("import os; os.kill(os.getpid(), 11)", "the reader broke off (SIGSEGV); it is damaged"),
        ("import os; os.kill(os.getpid(), 9)", "it takes too much time or memory"),
        ("import os; os.abort()", "it needs too much memory, or is damaged"),
        ("raise ValueError('odd')", "the reader broke off (ValueError: odd)"),
        ("while True: pass", "it takes too much time or memory"),
    ],
)
def test_whatever_becomes_of_a_reader_there_is_an_answer(refused, monkeypatch, does, reason):
    spinning = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\n" + does
    monkeypatch.setattr(apart, "START", spinning)
    assert reason in refused(collection(), "a.geojson")
