from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.intake.files import Sheet, read_sheet

HEAD = "编号,内容\n"


def cells(sheet: Sheet) -> list[tuple[str | None, ...]]:
    return list(zip(*(column.to_pylist() for column in sheet.columns), strict=True))


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes, name: str = "sheet.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_chinese_offices_are_found(written, encoding):
    sheet, faults = read_sheet(written((HEAD + "1,噪声扰民㐂\n").encode(encoding)))
    assert (sheet.head, cells(sheet), faults) == (("编号", "内容"), [("1", "噪声扰民㐂")], [])


def test_any_other_encoding_can_be_named(written):
    sheet, _ = read_sheet(written("id,text\n1,café\n".encode("latin-1")), "latin-1")
    assert sheet.column("text").to_pylist() == ["café"]


@pytest.mark.parametrize("encoding", ["", "ascii", "klingon"])
def test_a_file_in_no_known_encoding_is_refused(written, encoding):
    path = written(b"id,text\n1,\xff\xff\xff\n")
    with pytest.raises(DataError, match=r"sheet\.csv is not .*Name its encoding in the mapping"):
        read_sheet(path, encoding)


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.tsv", "\t"), ("a.TXT", ",")])
def test_the_ending_of_a_name_says_what_separates(written, name, separator):
    sheet, _ = read_sheet(written(f"a{separator}b\n1{separator}2\n", name))
    assert cells(sheet) == [("1", "2")]


def test_a_row_knows_the_line_it_begins_on(written):
    text = 'id,text\n1,"two\nlines"\n2,plain\n\n3,"a\r\nb\r\nc"\n4,last'
    sheet, _ = read_sheet(written(text))
    assert dict(zip(sheet.column("id").to_pylist(), sheet.lines.tolist(), strict=True)) == {
        **{"1": 2, "2": 4, "3": 6, "4": 9}
    }


def test_a_row_of_another_length_is_a_fault_with_its_line(written):
    sheet, faults = read_sheet(written("a,b\n1,2\n3\n4,5,6\n7,8\n"))
    assert cells(sheet) == [("1", "2"), ("7", "8")]
    assert faults == [(3, "has 1 columns; the head has 2"), (4, "has 3 columns; the head has 2")]


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_only_line_feeds_end_a_line(written, odd):
    sheet, faults = read_sheet(written(f"id,text\n1,a{odd}b\n2,c\n"))
    assert (sheet.column("id").to_pylist(), sheet.lines.tolist(), faults) == (
        ["1", "2"],
        [2, 3],
        [],
    )


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL).filter(any), max_size=8))
def test_what_python_writes_is_read_again(tmp_path, rows):
    import csv

    path = tmp_path / "law.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    sheet, faults = read_sheet(path, "utf-8")
    kept = [tuple(cell.strip() or None for cell in row) for row in rows]
    assert (cells(sheet), faults) == ([row for row in kept if any(row)], [])


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", "", r"a\.csv is empty; its first line must name the columns"),
        ("a.xls", "x", r"a\.xls is not a format that can be read; use \.csv, \.tsv, \.txt"),
        ("a.geojson", "{", r"a\.geojson is not GeoJSON features"),
        ("a.geojson", '{"features": 3}', r"a\.geojson is not GeoJSON features"),
        ("a.geojson", '[{"properties": {"x": NaN}, "geometry": null}]', "NaN is not a number"),
        ("a.geojson", '{"type": "Topology"}', r"is not GeoJSON features"),
        ("a.geojson", "[" * 100_000, r"is not GeoJSON features"),
        ("a.csv", ",".join("ab" * 2000), r"a\.csv has \d+ columns; 1000 can be read"),
        ("a.csv", 'a,"b\n1,2\n', r"a\.csv: in the head, the quote opened here is never closed"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(written, name, content, fault):
    with pytest.raises(DataError, match=fault):
        read_sheet(written(content, name))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"There is no file .*nowhere\.csv"):
        read_sheet(tmp_path / "nowhere.csv")


def test_geojson_is_rows_with_shapes(written):
    listed = [
        {
            "properties": {"id": 1, "name": "甲"},
            "geometry": {"type": "Point", "coordinates": [1, 2]},
        },
        {"properties": {"id": 2, "x": None}, "geometry": None},
        {"properties": {"id": 3}, "geometry": {"type": "Pentagon", "coordinates": [1]}},
        {"properties": None, "geometry": None},
    ]
    sheet, faults = read_sheet(written(json.dumps(listed), "a.geojson"))
    assert sheet.head == ("id", "name", "x")
    assert cells(sheet) == [("1", "甲", None), ("2", None, None), (None, None, None)]
    assert sheet.lines.tolist() == [1, 2, 4]
    assert [shape is None for shape in sheet.geometry] == [False, True, True]
    assert faults == [(3, "has a geometry that cannot be read")]
