"""Every format gives the same rows: texts, geometry, and what the file says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from geodata.errors import DataError
from geodata.intake.files import read_sheet
from geodata.intake.files.child import read_here
from tests.geodata.intake import written as make
from tests.geodata.intake.written import cell, workbook, worksheet

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
NAMES = ["张店一中", "实验小学"]


@pytest.fixture
def read(tmp_path):
    def see(content: bytes | str, name: str, **how: str):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_here(path, **how)  # what the child does, without the wait for it to start

    return see


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    return make.written(tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize(
    ("ending", "crs"),
    [
        (".gpkg", "EPSG:4527"),
        (".fgb", "EPSG:4527"),
        (".parquet", "EPSG:4527"),
        (".zip", "EPSG:4527"),
        (".geojson", ""),
        (".ndjson", ""),
    ],
)
def test_features_are_rows_of_text_with_shapes_and_their_crs(read, files, ending, crs):
    sheet, faults = read(files[ending], f"a{ending}")
    assert (len(sheet), sheet.crs, faults) == (2, crs, [])
    named = ("name", "code", "height")
    rows = zip(*(sheet.column(name).to_pylist() for name in named), strict=True)
    assert set(rows) == {("张店一中", "370303", "12.5"), ("实验小学", "370304", None)}
    assert sheet.lines.tolist() == [1, 2]
    assert [shape.geom_type for shape in sheet.geometry] == ["Polygon", "Polygon"]
    assert (sheet.geometry[0].centroid.x > 180) == bool(crs)


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".xlsx"])
def test_another_process_reads_the_same(tmp_path, files, ending):
    path = tmp_path / f"a{ending}"
    path.write_bytes(files[ending])
    (there, faults), (here, _) = read_sheet(path), read_here(path)
    assert (there.head, there.columns, there.notes, there.crs) == (
        *(here.head, here.columns, here.notes, here.crs),
    )
    assert (there.lines.tolist(), faults) == (here.lines.tolist(), [])
    if here.geometry is not None:
        assert shapely.equals(there.geometry, here.geometry).all()


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet", ".geojson"])
def test_moments_are_told_in_iso(read, files, ending):
    sheet, _ = read(files[ending], f"a{ending}")
    opened = {text[:16] for text in sheet.column("opened").to_pylist()}
    assert opened == {"2001-09-01T00:00", "2010-09-01T08:30"}


@pytest.mark.parametrize(
    ("code_page", "asked", "note"),
    [
        (True, "", "encoding gb18030 (declared)"),
        (False, "", "encoding gb18030 (detected)"),
        (False, "gbk", "encoding gbk (declared)"),
    ],
)
def test_texts_of_a_shapefile_are_read_in_its_encoding(read, tmp_path, code_page, asked, note):
    content = make.shapefile(tmp_path, code_page=code_page)
    sheet, _ = read(content, "a.zip", encoding=asked)
    assert (sheet.column("name").to_pylist(), note in sheet.notes) == (NAMES, True)


def test_parquet_without_geometry_is_a_table(read, tmp_path):
    make.schools().drop(columns="geometry").to_parquet(tmp_path / "plain.parquet")
    sheet, _ = read((tmp_path / "plain.parquet").read_bytes(), "a.parquet")
    assert (sheet.head[0], sheet.geometry, sheet.crs) == ("name", None, "")


def test_a_layer_of_several_can_be_named_and_the_note_says_which(read, tmp_path):
    make.schools().to_file(tmp_path / "two.gpkg", layer="schools")
    make.schools().head(1).to_file(tmp_path / "two.gpkg", layer="first", mode="a")
    content = (tmp_path / "two.gpkg").read_bytes()
    assert read(content, "a.gpkg")[0].notes == ("layer schools of schools, first",)
    assert len(read(content, "a.gpkg", layer="first")[0]) == 1
    with pytest.raises(DataError, match=r"a\.gpkg has no layer parks; it has schools, first"):
        read(content, "a.gpkg", layer="parks")


def test_a_spreadsheet_is_read_as_people_see_it(read):
    page = worksheet(
        {
            1: [cell("A1", "2026年台账")],  # a title above the table
            3: [cell("A3", "编号"), cell("B3", "时间"), cell("C3", "数")],
            4: [cell("A4", 7), cell("B4", 45474.354166666664, 1), cell("C4", 12.5)],
            6: [cell("A6", "00123"), cell("B6", 45474, 1)],
        }
    )
    sheet, faults = read(workbook(page), "a.xlsx")
    assert (sheet.head, faults) == (("编号", "时间", "数"), [])
    assert sheet.column("编号").to_pylist() == ["7", "00123"]
    assert sheet.column("时间").to_pylist()[0] == "2024-07-01T08:30:00"
    assert sheet.column("时间").to_pylist()[1][:10] == "2024-07-01"
    assert sheet.column("数").to_pylist() == ["12.5", None]
    assert sheet.lines.tolist() == [4, 6]


def test_the_first_sheet_with_rows_is_read_unless_one_is_named(read):
    filled = worksheet({1: [cell("A1", "a"), cell("B1", "b")], 2: [cell("A2", 1)]})
    other = worksheet({1: [cell("A1", "c"), cell("B1", "d")], 2: [cell("A2", 1)]})
    book = workbook(worksheet({}), filled, other)
    sheet, _ = read(book, "a.xlsx")
    assert (sheet.head, sheet.notes) == (("a", "b"), ("sheet 表2 of 表1, 表2, 表3",))
    assert read(book, "a.xlsx", sheet="表3")[0].head == ("c", "d")
    with pytest.raises(DataError, match=r"a\.xlsx has no sheet 表9; it has 表1, 表2, 表3"):
        read(book, "a.xlsx", sheet="表9")
    with pytest.raises(DataError, match=r"a\.xlsx is empty"):
        read(workbook(worksheet({})), "a.xlsx")


FEATURE = {"type": "Feature", "properties": {"a": 1}, "geometry": None}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.geojson", json.dumps({"type": "FeatureCollection", "features": [FEATURE]})),
        ("a.geojson", json.dumps(FEATURE)),
        ("a.json", "\ufeff" + json.dumps([FEATURE], indent=1)),
        ("a.json", json.dumps(FEATURE, indent=1)),
        ("a.ndjson", json.dumps(FEATURE)),
        ("a.geojsonl", "\n" + json.dumps(FEATURE) + "\n\n"),
        ("a.geojsons", "\x1e" + json.dumps(FEATURE) + "\n"),
    ],
)
def test_geojson_may_be_a_collection_a_feature_a_list_or_lines(read, name, content):
    sheet, faults = read(content, name)
    assert (sheet.column("a").to_pylist(), faults) == (["1"], [])


def test_a_bad_line_of_geojson_costs_that_line(read):
    lines = [json.dumps(FEATURE), '{"type": "Feature", ', json.dumps(FEATURE), "[1]"]
    sheet, faults = read("\n".join(lines), "a.geojson")
    assert sheet.lines.tolist() == [1, 3]
    assert [(line, reason[:11]) for line, reason in faults] == [
        (2, "is not JSON"),
        (4, "is not a Ge"),
    ]


def test_values_of_geojson_are_texts_as_they_stand(read):
    given = {
        "id": 370303002001123456789,
        "w": 3.0,
        "f": 0.1,
        "yes": True,
        "l": [1, "二"],
        "o": {"k": 1},
    }
    sheet, _ = read(json.dumps([{"properties": given, "geometry": None}]), "a.geojson")
    told = {name: sheet.column(name)[0].as_py() for name in sheet.head}
    assert told == {
        **{"id": "370303002001123456789", "w": "3", "f": "0.1", "yes": "true"},
        **{"l": '[1,"二"]', "o": '{"k":1}'},
    }


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:EPSG::4527", "EPSG:4527"),
        ("EPSG:4527", "EPSG:4527"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", ""),
        ("EPSG:4326", ""),
    ],
)
def test_only_a_crs_of_metres_counts_as_declared_in_geojson(read, name, crs):
    said = {"features": [FEATURE], "crs": {"type": "name", "properties": {"name": name}}}
    assert read(json.dumps(said), "a.geojson")[0].crs == crs


def test_the_id_of_features_is_a_column_where_no_property_is(read):
    sheet, _ = read(json.dumps([{**FEATURE, "id": 7}]), "a.geojson")
    assert (sheet.head, sheet.column("id").to_pylist()) == (("id", "a"), ["7"])


@pytest.mark.parametrize(
    ("file", "rows", "first"),
    [
        ("complaints_zh/附件1.xlsx", 517, "城乡建设"),
        ("zibo_polygons/datav2021_370300_full.json", 8, "370302"),
        ("nyc311/animals.csv", 4969, None),
        ("zhangdian/教育服务.geojson", 83, None),
    ],
)
def test_real_files_are_read_whole(file, rows, first):
    path = DATA / file
    if not path.is_file():
        pytest.skip(f"{path} is not there: it comes with the workshop, not with the repository")
    sheet, faults = read_sheet(path)
    assert (len(sheet), faults) == (rows, [])
    assert first is None or sheet.columns[0][0].as_py() == first
    if sheet.geometry is not None:
        assert not shapely.is_missing(sheet.geometry).any()
