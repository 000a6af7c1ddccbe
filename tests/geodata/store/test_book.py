"""Standard addresses as they stand in a generation: on whom each hangs, and what it was called."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.addresses.names import found_names, names
from geodata.replay import replay, undo
from geodata.store.compactor import compact
from geodata.store.generation import Draft, published, room, writing
from geodata.store.reader import Store
from tests import town
from tests.geodata.intake.conftest import Intake

GARDEN = {"town": "北街道", "quarter": "世纪花园"}


@pytest.fixture
def intake(tmp_path):
    town.published(tmp_path / "data")
    return Intake(tmp_path)


def parents(folder, *addresses: dict) -> dict[str, str | None]:
    reader = town.published(folder, addresses=list(addresses))
    rows = reader.rows(
        "SELECT child.id, parent.id AS parent FROM addresses child "
        "LEFT JOIN addresses parent ON parent.n = child.parent"
    )
    return {row["id"]: row["parent"] for row in rows}


def address(ident: str, **elements) -> dict:
    beside = {"town", "lon", "lat", "community"}
    level = [name for name in elements if name not in beside][-1]
    return {"id": ident, "level": level, **elements}


def test_a_road_through_several_towns_is_the_parent_of_its_doors_in_each(tmp_path):
    found = parents(
        tmp_path,
        address("R", road="柳泉路"),
        address("N", town="北街道", road="柳泉路", road_no="1号"),
        address("E", town="东街道", road="柳泉路", road_no="99号"),
        address("P", town="东街道", road="柳泉路", road_no="99号", poi="面馆"),
    )
    assert found == {"R": None, "N": "R", "E": "R", "P": "E"}


def test_two_roads_of_one_name_in_two_towns_stay_apart(tmp_path):
    found = parents(
        tmp_path,
        address("RN", town="北街道", road="新村路"),
        address("RE", town="东街道", road="新村路"),
        address("N", town="北街道", road="新村路", road_no="1号"),
        address("E", town="东街道", road="新村路", road_no="1号"),
        address("S", town="南街道", road="新村路", road_no="1号"),
    )
    assert (found["N"], found["E"], found["S"]) == ("RN", "RE", None)


def test_a_road_of_the_town_goes_before_one_without_a_town(tmp_path):
    found = parents(
        tmp_path,
        address("R", road="新村路", lon=118.001, lat=36.815),
        address("RE", town="东街道", road="新村路", lon=118.009, lat=36.815),
        address("D", town="东街道", road="新村路", road_no="1号", lon=118.001, lat=36.815),
    )
    assert found["D"] == "RE"


def test_in_a_compound_the_street_need_not_be_said(tmp_path):
    street = {"road": "柳泉路", "road_no": "88号"}
    found = parents(
        tmp_path,
        address("D", town="北街道", **street),
        {**address("Q", **GARDEN), **street},
        address("B", **GARDEN, building="3号楼"),
        {**address("U", **GARDEN, building="3号楼", unit="2单元"), **street},
    )
    assert found == {"D": None, "Q": "D", "B": "Q", "U": "B"}


def test_of_two_compounds_of_one_name_the_one_in_the_community_is_the_parent(tmp_path):
    found = parents(
        tmp_path,
        address("Q1", community="北关社区", **GARDEN),
        address("Q2", community="南关社区", **GARDEN),
        address("B", community="南关社区", **GARDEN, building="1号楼"),
    )
    assert found["B"] == "Q2"


def test_what_has_no_place_above_it_hangs_on_its_community_and_that_on_its_town(tmp_path):
    found = parents(
        tmp_path,
        {"id": "T", "town": "北街道", "level": "town"},
        {"id": "C", "town": "北街道", "community": "北关社区", "level": "community"},
        address("Q", community="北关社区", **GARDEN),
        address("B", town="北街道", community="西关社区", quarter="花园"),
    )
    assert found == {"T": None, "C": "T", "Q": "C", "B": "T"}


def test_a_storey_is_part_of_its_unit_and_rooms_are_not_part_of_it(tmp_path):
    unit = {**GARDEN, "building": "3号楼", "unit": "2单元"}
    found = parents(
        tmp_path,
        address("U", **unit),
        address("F", **unit, floor="5层"),
        address("R", **unit, floor="5层", room="501室"),
    )
    assert found == {"U": None, "F": "U", "R": "U"}
    rows = Store(tmp_path).reader().rows("SELECT name FROM addresses WHERE id = 'F'")
    assert rows == [{"name": "世纪花园3号楼2单元5层"}]


STEPS = ("quarter", "building", "unit", "room")


@settings(max_examples=15, deadline=None)
@given(st.sets(st.lists(st.integers(1, 2), min_size=1, max_size=4).map(tuple), min_size=1))
def test_the_parent_is_the_longest_beginning_there_is(tmp_path_factory, paths):
    given_ = [address(str(p), **dict(zip(STEPS, map(str, p), strict=False))) for p in paths]
    found = parents(tmp_path_factory.mktemp("town"), *given_)
    for path in paths:
        above = [path[:k] for k in range(len(path) - 1, 0, -1) if path[:k] in paths]
        assert found[str(path)] == (str(above[0]) if above else None)


HEAD = "id,town,road,road_no,quarter,building,level,aliases,valid_from\n"
ROAD = HEAD + "R,,旧路,,,,road,老马路,\nD,北街道,旧路,1号,,,road_no,,\nQ,北街道,,,花园,,quarter,,\n"


def told(folder) -> dict[tuple[str, str], tuple]:
    rows = names(Store(folder).reader()).to_pylist()
    return {(r["address_id"], r["name"]): (r["source"], r["score"], r["valid_to"]) for r in rows}


def test_given_names_are_kept_apart_and_follow_the_row(intake):
    intake.bring("addresses", ROAD)
    assert told(intake.data) == {("R", "老马路"): ("given", 1.0, None)}
    intake.bring("addresses", HEAD + "R,,旧路,,,,road,大马路| |马路,\n")
    assert set(told(intake.data)) == {("R", "大马路"), ("R", "马路")}


def test_a_renamed_road_keeps_its_history(intake):
    intake.bring("addresses", ROAD)
    intake.bring("addresses", HEAD + "R,,新路,,,,road,老马路,2024-05-01\n")
    day = dt.date(2024, 5, 1)
    assert told(intake.data)["R", "旧路"] == ("former", 0.9, day)
    number = intake.rows("SELECT n FROM addresses WHERE id = 'R'")[0]["n"]
    assert found_names(Store(intake.data).reader()) == {number: [("旧路", 0.9)]}


def test_without_a_date_a_name_ends_on_the_day_the_new_one_came(intake):
    intake.bring("addresses", ROAD)
    intake.bring("addresses", HEAD + "Q,北街道,,,新花园,,quarter,,\n")
    (_, _, day) = told(intake.data)["Q", "花园"]
    assert abs((day - dt.datetime.now(town.PLACE.zone).date()).days) <= 1


def test_a_door_that_still_names_the_old_road_hangs_on_the_renamed_one(intake):
    intake.bring("addresses", ROAD)
    intake.bring("addresses", HEAD + "R,,新路,,,,road,,\n")
    sql = "SELECT p.id FROM addresses a JOIN addresses p ON p.n = a.parent WHERE a.id = 'D'"
    assert intake.rows(sql) == [{"id": "R"}]


def test_a_door_on_a_renamed_road_was_called_by_road_and_number(intake):
    intake.bring("addresses", ROAD)
    intake.bring("addresses", HEAD + "D,北街道,新路,1号,,,road_no,,2024-05-01\n")
    assert told(intake.data)["D", "旧路1号"] == ("former", 0.9, dt.date(2024, 5, 1))


def test_a_name_that_comes_back_is_no_former_one(intake):
    for name in ("旧路", "新路", "旧路"):
        intake.bring("addresses", HEAD + f"R,,{name},,,,road,,2024-05-01\n")
    # The same file a third time does nothing, so the name comes back in another.
    intake.bring("addresses", HEAD + "R,,旧路,,,,road,,2024-06-01\n")
    assert told(intake.data) == {("R", "新路"): ("former", 0.9, dt.date(2024, 6, 1))}


def test_what_a_row_only_adds_is_no_new_name(intake):
    intake.bring("addresses", ROAD)
    intake.bring("addresses", HEAD + "Q,北街道,柳泉路,,花园,,quarter,,\n")
    assert set(told(intake.data)) == {("R", "老马路")}


@pytest.mark.parametrize("again", [replay, compact], ids=["replay", "compaction"])
def test_history_survives(intake, again):
    intake.bring("addresses", ROAD)
    intake.bring("addresses", HEAD + "R,,新路,,,,road,,2024-05-01\n")
    intake.bring("tickets", "id,created_at,category\n1,2024-07-01T08:00,噪声\n")
    before = told(intake.data)
    again(intake.data)
    assert told(intake.data) == before
    assert before["R", "旧路"] == ("former", 0.9, dt.date(2024, 5, 1))


def test_history_goes_with_the_batch_that_made_it(intake):
    intake.bring("addresses", ROAD)
    batch = intake.bring("addresses", HEAD + "R,,新路,,,,road,,\n").batch
    undo(intake.data, batch)
    assert told(intake.data) == {("R", "老马路"): ("given", 1.0, None)}
    assert intake.rows("SELECT road FROM addresses WHERE id = 'R'") == [{"road": "旧路"}]


def test_a_generation_from_before_there_were_names_is_named_by_the_next(tmp_path):
    town.build(tmp_path)
    file = room(tmp_path) / published(tmp_path).file
    old = tmp_path / "old.duckdb"
    old.write_bytes(file.read_bytes())
    with duckdb.connect(str(old)) as connection:
        connection.execute("DROP TABLE address_names")
        for column in ("accuracy_m", "status", "standing", "valid_from", "valid_to"):
            connection.execute(f"ALTER TABLE addresses DROP COLUMN {column}")
    with writing(tmp_path), Draft(tmp_path, town.PLACE, base=(old, "")) as draft:
        draft.publish()
    assert set(told(tmp_path)) == {("A1", "世纪"), ("A1", "世纪小区")}
