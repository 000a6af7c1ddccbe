from __future__ import annotations

import csv
import io
import json

import pytest

from geodata import matching
from geodata.errors import DataError
from geodata.matching import ANSWER, match_file
from tests.geodata.addresses.conftest import ROWS
from tests.geodata.intake.conftest import Intake
from tests.town import published

TEXTS = ("世纪花园3号楼2单元501漏水", "金晶花园垃圾没人管", "说不清在哪", "柳泉路88号烧烤冒烟")


@pytest.fixture
def folder(tmp_path):
    given = [{"county": "张店区", "city": "淄博市", "province": "山东省", **row} for row in ROWS]
    published(tmp_path / "data", addresses=given)
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "texts.csv"
    lines = [f"{n},{text},gold" for n, text in enumerate(TEXTS)]
    path.write_text("\n".join(["no,text,status", *lines]), encoding="utf-8")
    return path


def rows(path):
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def run(file, folder, out, **more):
    return match_file(file, "text", folder, out, more.get("tell", lambda *_: None))


def test_every_row_comes_back_in_its_order_with_its_answer(file, folder, tmp_path):
    matched = run(file, folder, tmp_path / "out.csv")
    found = rows(tmp_path / "out.csv")
    assert list(found[0]) == ["no", "text", "given_status", *ANSWER]
    assert [row["no"] for row in found] == ["0", "1", "2", "3"]
    assert [row["status"] for row in found] == ["matched", "review", "none", "matched"]
    assert [row["address_id"] for row in found] == ["Q1-3-2-501", "", "", "R1-88"]
    assert [row["base"] for row in found] == ["Q1", "", "", "R1"]
    assert found[1]["alternatives"] == "Q4|Q5"
    assert [e["label"] for e in json.loads(found[0]["elements"])] == [
        "quarter", "building", "unit", "room"
    ]  # fmt: skip
    assert matched.counts == {"matched": 2, "review": 1, "none": 1}
    assert "renamed, for the answer has such columns: given_status" in matched.notes


BOOK = """id,grid,road,road_no,quarter,level
R,,柳泉路,,,road
D,370303001001002,柳泉路,88号,,road_no
Q,370303001001001,,,世纪花园,quarter
"""


def test_the_grid_is_the_one_a_row_names_where_there_are_no_areas_to_lie_in(file, tmp_path):
    Intake(tmp_path).bring("addresses", BOOK, name="book.csv")
    run(file, tmp_path / "data", tmp_path / "out.csv")
    grids = {row["address_id"]: row["grid"] for row in rows(tmp_path / "out.csv")}
    assert grids == {"Q": "370303001001001", "": "", "D": "370303001001002"}


def test_the_grid_is_the_area_the_address_lies_in_where_there_are_areas(file, tmp_path):
    place = {"lon": 118.001, "lat": 36.815}
    given = [{**row, **place} if row["id"] == "R1-88" else row for row in ROWS]
    reader = published(tmp_path / "data", addresses=given)
    run(file, tmp_path / "data", tmp_path / "out.csv")
    grids = {row["address_id"]: row["grid"] for row in rows(tmp_path / "out.csv")}
    sql = "SELECT code FROM areas WHERE n = (SELECT area FROM addresses WHERE id = 'R1-88')"
    assert grids["R1-88"] == reader.rows(sql)[0]["code"]


def test_a_run_that_was_stopped_goes_on_and_gives_the_same(file, folder, tmp_path, monkeypatch):
    run(file, folder, tmp_path / "whole.csv")
    monkeypatch.setattr(matching, "PIECE", 1)

    def stop(done, _):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(file, folder, tmp_path / "out.csv", tell=stop)
    assert not (tmp_path / "out.csv").exists()
    again = run(file, folder, tmp_path / "out.csv")
    assert again.resumed == 2
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert not list(tmp_path.glob("out.csv.part*"))


def test_another_file_begins_anew(file, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(matching, "PIECE", 1)

    def stop(done, _):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(file, folder, tmp_path / "out.csv", tell=stop)
    file.write_text("no,text\n9,说不清在哪\n", encoding="utf-8")
    assert run(file, folder, tmp_path / "out.csv").resumed == 0
    assert [row["no"] for row in rows(tmp_path / "out.csv")] == ["9"]


def test_a_column_that_is_not_there_is_named(file, folder, tmp_path):
    with pytest.raises(DataError, match="has no column 'said'; it has no, text, status"):
        match_file(file, "said", folder, tmp_path / "out.csv", lambda *_: None)


def test_a_folder_without_addresses_says_what_to_do(file, tmp_path):
    with pytest.raises(DataError, match="holds no addresses yet"):
        run(file, tmp_path / "nothing", tmp_path / "out.csv")
