"""The rules of the address book: what breaks it, and what a person is told to look at."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
import shapely

from geodata.addresses.doors import out_of_order
from geodata.addresses.rules import faults, notes
from geodata.check import faults as check
from geodata.store.generation import published, room
from geodata.store.reader import Store
from tests import town

HOME = {"lon": 118.005, "lat": 36.815}  # in the grid 111001


def book(folder, *rows: dict):
    return town.published(folder, addresses=[{"level": "quarter", **row} for row in rows])


def test_the_town_keeps_the_rules(reader):
    assert list(faults(reader)) == []


def test_an_id_that_stands_twice_breaks_the_book(tmp_path):
    town.build(tmp_path)
    with duckdb.connect(str(room(tmp_path) / published(tmp_path).file)) as connection:
        connection.execute("UPDATE addresses SET id = 'A1' WHERE id = 'A2'")
    found = list(faults(Store(tmp_path, compare=False).reader()))
    assert found == ["1 ids stand on more than one address: A1"]


@pytest.mark.parametrize("lon", [118.015, 120.0], ids=["in another grid", "in none"])
def test_a_point_outside_the_grid_it_names_breaks_the_book(tmp_path, lon):
    reader = book(tmp_path, {"id": "a", "quarter": "园", "grid": "111001", **HOME, "lon": lon})
    assert list(faults(reader)) == ["1 addresses lie outside the grid they name: a (111001)"]


@pytest.mark.parametrize(
    "row",
    [{"grid": "111001", **HOME}, {"grid": "11", **HOME}, {"grid": "111001", "lon": town.X + 5e-6}],
    ids=["inside", "in a coarser area", "rounded over its edge"],
)
def test_a_point_in_the_grid_it_names_is_right(tmp_path, row):
    assert not list(faults(book(tmp_path, {"id": "a", "quarter": "园", "lat": 36.815, **row})))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"quarter": "12"}, "1 addresses have a bare number for a quarter: a"),
        ({"road": "８８", "level": "road"}, "1 addresses have a bare number for a road: a"),
        ({"community": "3", "quarter": "园"}, "1 addresses have a bare number for a community: a"),
        ({"quarter": "无"}, "1 addresses have a word for nothing as their quarter: a; leave it e"),
        ({"poi": "NULL"}, "1 addresses have a word for nothing as their poi: a; leave it empty"),
    ],
)
def test_a_name_that_is_none_breaks_the_book(tmp_path, row, fault):
    (found,) = faults(book(tmp_path, {"id": "a", **row}))
    assert found.startswith(fault)


def test_numbers_without_their_word_are_noted(tmp_path):
    rows = {"id": "q", "quarter": "园"}, {"id": "b", "quarter": "园", "building": "3"}
    reader = book(tmp_path, rows[0], {**rows[1], "level": "building"})
    assert list(faults(reader)) == []
    assert list(notes(reader)) == [
        "1 addresses have a bare number for a building, without its word: b"
    ]


def test_a_row_without_the_row_above_it_is_an_orphan(tmp_path):
    unit = {"quarter": "园", "building": "3号楼", "unit": "1单元"}
    reader = book(
        tmp_path,
        {"id": "q", "quarter": "园"},
        {"id": "u", **unit, "level": "unit"},
        {"id": "r", **unit, "room": "101室", "level": "room"},
        {"id": "d", "road": "柳泉路", "road_no": "1号", "level": "road_no"},
    )
    assert [note.partition(",")[0] for note in notes(reader)] == [
        "1 addresses of level road_no are orphans",
        "1 addresses of level unit are orphans",
    ]


def test_a_door_on_a_road_that_is_drawn_is_no_orphan(tmp_path):
    line = shapely.to_wkb(shapely.LineString([(118.0, 36.81), (118.01, 36.81)]))
    door = {"id": "d", "road": "柳泉路", "road_no": "1号", "level": "road_no", "is_demo": True}
    roads = [{"id": "r", "name": "柳泉路", "geometry": line}]
    assert list(notes(town.published(tmp_path, roads=roads, addresses=[door]))) == []


def test_the_same_elements_under_two_ids_are_duplicates(tmp_path):
    twins = [{"id": ident, "town": "北街道", "quarter": "园"} for ident in "ab"]
    other = {"id": "c", "town": "东街道", "quarter": "园"}
    assert list(notes(book(tmp_path, *twins, other))) == [
        "1 addresses are duplicates, the same under several ids: a = b"
    ]


def test_a_grid_that_is_not_there_is_noted(tmp_path):
    reader = book(tmp_path, {"id": "a", "quarter": "园", "grid": "999"})
    assert list(notes(reader)) == ["1 addresses name a grid that is not there: a"]


def doors(numbers: list[int]) -> list[dict]:
    """Doors one after the other along a road to the east."""
    return [
        {
            **{"id": f"{n}", "road": "柳泉路", "road_no": f"{n}号", "level": "road_no"},
            **{"town": "北街道", "lon": 118.001 + i / 5000, "lat": 36.815},
        }
        for i, n in enumerate(numbers)
    ]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([1, 3, 5, 7, 2, 4, 6, 8], ""),
        ([8, 6, 4, 2, 7, 5, 3, 1], ""),
        ([1, 3, 9, 5, 7], "柳泉路 (北街道) odd side 1 of 5"),
        ([2, 8, 4, 6], "柳泉路 (北街道) even side 1 of 4"),
    ],
)
def test_doors_out_of_the_order_of_their_numbers_are_noted(tmp_path, numbers, told):
    road = {"id": "r", "road": "柳泉路", "level": "road"}
    found = [note for note in notes(book(tmp_path, road, *doors(numbers))) if "order" in note]
    assert [note.partition(": ")[2] for note in found] == ([told] if told else [])


def test_a_road_that_bends_is_followed_along_its_line(tmp_path):
    way = [(118.001, 36.811), (118.009, 36.811), (118.009, 36.819), (118.001, 36.819)]
    line = shapely.LineString(way)
    rows = doors(list(range(1, 41, 2)))
    for i, row in enumerate(rows):
        row["lon"], row["lat"] = shapely.get_coordinates(line.interpolate(i / 20, normalized=True))[
            0
        ]
    roads = [{"id": "r", "name": "柳泉路", "geometry": shapely.to_wkb(line)}]
    assert list(notes(town.published(tmp_path, roads=roads, addresses=rows))) == []


def test_how_many_are_out_of_order_is_the_fewest_that_must_go():
    assert out_of_order(np.array([1.0, 2, 3])) == out_of_order(np.array([3.0, 2, 1])) == 0
    assert out_of_order(np.array([1.0, 9, 2, 3, 8, 4])) == 2


def test_notes_come_after_the_counts_and_break_nothing(tmp_path):
    said: list[str] = []
    reader = book(tmp_path, {"id": "a", "quarter": "园", "grid": "999"})
    assert check(reader, said.append) == []
    assert said[-2:] == ["0 faults\n", "note: 1 addresses name a grid that is not there: a\n"]
