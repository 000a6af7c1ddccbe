"""Standard addresses as a file: into an empty folder, areas later, further columns, levels."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import shapely

import app
from api.settings import Settings
from geodata.__main__ import main
from geodata.errors import DataError, NoDataError
from geodata.place import read_place
from geodata.replay import undo
from tests import town
from tests.geodata.intake.conftest import features

HEAD = "id,town,community,grid,road,road_no,quarter,level,lon,lat,aliases\n"
BOOK = HEAD + (
    "R1,,,,柳泉路,,,road,,,大马路|老马路\n"
    "D1,东街道,,121001,柳泉路,88号,,road_no,118.025,36.81,\n"
    "Q1,北街道,北关社区,111002,,,世纪花园,quarter,,,\n"
    "T1,北街道,,,,,,town,,,\n"
    "C1,北街道,北关社区,,,,,community,,,\n"
)
WHERE = "SELECT a.id, a.grid, g.code FROM addresses a LEFT JOIN areas g ON g.n = a.area ORDER BY id"


def town_areas(root: str | None = None) -> str:
    """The town's areas as GeoJSON; the root alone has no parent."""
    rows = []
    for code, (name, level, parent, _, edges) in town.BOXES.items():
        shape = json.loads(shapely.to_geojson(shapely.box(*edges)))
        told = {"code": code, "name": name, "level": level, "parent": parent or root}
        rows.append((told, shape))
    return features(*rows)


def test_addresses_come_into_an_empty_folder_with_their_ids_and_grid_codes(empty_intake):
    report = empty_intake.bring("addresses", BOOK)
    assert (report.accepted, report.mapping) == (5, "canonical_addresses")
    found = empty_intake.rows("SELECT id, grid, area, cell FROM addresses ORDER BY id")
    assert [(r["id"], r["grid"], r["area"], r["cell"]) for r in found] == [
        *(("C1", None, -1, -1), ("D1", "121001", -1, -1), ("Q1", "111002", -1, -1)),
        *(("R1", None, -1, -1), ("T1", None, -1, -1)),
    ]
    assert main(["check", "--data", str(empty_intake.data)]) == 0


def test_areas_that_come_later_place_them_by_coordinates_else_by_grid_code(empty_intake):
    empty_intake.bring("addresses", BOOK)
    assert empty_intake.bring("areas", town_areas(), name="a.geojson").accepted == 11
    found = {row["id"]: (row["grid"], row["code"]) for row in empty_intake.rows(WHERE)}
    assert (found["D1"], found["Q1"]) == (("121001", "121001"), ("111002", "111002"))
    place = read_place(empty_intake.data)
    assert (place.root, place.title) == ("1", "小城")


def test_a_place_that_somebody_has_written_stays(empty_intake):
    empty_intake.bring("addresses", BOOK)
    town.write_place(empty_intake.data, town.PLACE)
    empty_intake.bring("areas", town_areas(), name="a.geojson")
    assert read_place(empty_intake.data) == town.PLACE


def test_without_one_root_the_areas_say_what_is_missing(empty_intake):
    empty_intake.bring("addresses", BOOK)
    flat = features(
        *(
            ({"code": c, "name": c, "level": 1}, json.loads(shapely.to_geojson(shapely.box(*b))))
            for c, (*_, b) in list(town.BOXES.items())[:2]
        )
    )
    with pytest.raises(DataError, match=r"names no root yet, and 2 of these areas have no parent"):
        empty_intake.bring("areas", flat, name="a.geojson")


def test_appeals_land_without_areas_and_are_placed_when_these_come(empty_intake):
    empty_intake.bring("addresses", BOOK)
    text = "id,created_at,category,address_id,lon,lat\n"
    text += "1,2024-07-01T08:00,噪声,D1,,\n2,2024-07-01T09:00,噪声,,118.005,36.815\n"
    assert empty_intake.bring("tickets", text).accepted == 2
    assert empty_intake.rows("SELECT DISTINCT area FROM tickets") == [{"area": -1}]
    empty_intake.bring("areas", town_areas(), name="a.geojson")
    sql = "SELECT id, code FROM tickets t JOIN areas a ON a.n = t.area ORDER BY id"
    found = empty_intake.rows(sql.replace("id, code", "t.id, a.code").replace("BY id", "BY t.id"))
    assert [(r["id"], r["code"]) for r in found] == [("1", "121001"), ("2", "111001")]


def test_without_areas_there_is_nothing_to_serve_and_it_says_so(empty_intake, capsys):
    empty_intake.bring("addresses", BOOK)
    assert app.main(["--data", str(empty_intake.data)]) == 2
    assert "holds addresses but no areas yet" in capsys.readouterr().err
    with pytest.raises(NoDataError, match="import areas"):
        app.create_app(Settings(data=empty_intake.data))


def test_the_only_areas_cannot_be_taken_back(empty_intake):
    empty_intake.bring("addresses", BOOK)
    batch = empty_intake.bring("areas", town_areas(), name="a.geojson").batch
    with pytest.raises(DataError, match="There are no areas"):
        undo(empty_intake.data, batch)


def test_other_kinds_still_ask_for_areas_first(empty_intake):
    with pytest.raises(DataError, match=r"has no place\.toml"):
        empty_intake.bring("tickets", "id,created_at,category\n1,2024-07-01T08:00,噪声\n")


MORE = "id,road,level,accuracy_m,status,standing,valid_from,valid_to\n"


def test_what_else_is_said_of_an_address_is_kept(intake):
    text = MORE + "a,东路,road,2.5,启用,主,2020-01-01,\nb,西路,road,,历史,辅,2010-05-01,2020/1/1\n"
    intake.bring("addresses", text + "c,南路,road,,待核,,,\nd,北路,road,,,,,\n")
    columns = "id, accuracy_m, status, standing, valid_from, valid_to"
    found = intake.rows(f"SELECT {columns} FROM addresses ORDER BY id")
    assert [tuple(row.values()) for row in found] == [
        ("a", 2.5, "in_use", "primary", dt.date(2020, 1, 1), None),
        ("b", None, "historic", "secondary", dt.date(2010, 5, 1), dt.date(2020, 1, 1)),
        ("c", None, "to_check", None, None, None),
        ("d", None, "in_use", None, None, None),
    ]


def test_other_words_are_held_back(intake):
    text = (
        MORE + "a,东路,road,,拆除,,,\nb,西路,road,,,偏,,\nc,南路,road,近,,,,\nd,北路,road,,,,昨,\n"
    )
    assert [(r.column, r.reason) for r in intake.bring("addresses", text).rejects] == [
        ("status", "is not a known status"),
        ("standing", "is not a known standing"),
        ("accuracy_m", "is not a number"),
        ("valid_from", "is not a time"),
    ]


LEVELS = (
    ("town alone", "北街道,,,,", "town", "town"),
    ("a town that does not say so", "北街道,,,,", "", None),
    ("a community", "北街道,北关社区,,,", "community", "community"),
    ("a town finer than it says", "北街道,北关社区,,,", "town", None),
    ("a storey", "北街道,,3号楼,5层,", "floor", "floor"),
    ("a storey nobody names", "北街道,,3号楼,5层,", "", "floor"),
    ("the building of a storey", "北街道,,3号楼,5层,", "building", "building"),
    ("a room on a storey", "北街道,,3号楼,5层,501室", "room", "room"),
)


def test_the_level_is_the_finest_element(intake):
    rows = [f"{why},{elements},{level}" for why, elements, level, _ in LEVELS]
    text = "id,town,community,building,floor,room,level\n" + "\n".join(rows) + "\n"
    intake.bring("addresses", text)
    found = {row["id"]: row["level"] for row in intake.rows("SELECT id, level FROM addresses")}
    assert found == {why: level for why, _, _, level in LEVELS if level}
