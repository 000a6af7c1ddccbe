"""A few addresses more: brought into a large book, which stays as it is else."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.space import mvt
from geodata.store import derive
from geodata.store.generation import Draft, published, room, writing
from geodata.store.reader import Store
from tests import town

EVERYTHING = """SELECT a.* EXCLUDE (n, parent), above.id AS above FROM addresses a
    LEFT JOIN addresses above ON above.n = a.parent ORDER BY a.id"""
ROAD = {"id": "R", "level": "road", "road": "柳泉路"}
DOOR = {"id": "D", "level": "road_no", "road": "柳泉路", "road_no": "1号", "town": "北街道"}
FEW, MANY = 1e-6, 1e6  # so many times more addresses must be there


@pytest.fixture
def a_few(monkeypatch):
    monkeypatch.setattr(derive, "FEW", FEW)


def numbers(reader):
    return [row["n"] for row in reader.rows("SELECT n FROM addresses")]


@pytest.mark.usefixtures("a_few")
def test_new_ones_come_behind_all_others_which_keep_their_numbers(tmp_path):
    before = {r["id"]: r["n"] for r in town.published(tmp_path, addresses=[ROAD, DOOR]).rows(
        "SELECT id, n FROM addresses")}  # fmt: skip
    far_west = {"id": "A", "level": "quarter", "quarter": "花园", "lon": 118.0001, "lat": 36.8001}
    reader = town.published(tmp_path, addresses=[far_west, {**DOOR, "poi": "面馆", "id": "P"}])
    assert numbers(reader) == [0, 1, 2, 3]
    after = {row["id"]: row["n"] for row in reader.rows("SELECT id, n FROM addresses")}
    assert {ident: after[ident] for ident in before} == before


@pytest.mark.usefixtures("a_few")
def test_a_road_that_comes_after_its_doors_becomes_their_parent(tmp_path):
    town.published(tmp_path, addresses=[DOOR])
    reader = town.published(tmp_path, addresses=[ROAD])
    assert [(r["id"], r["above"]) for r in reader.rows(EVERYTHING)] == [("D", "R"), ("R", None)]


@pytest.mark.usefixtures("a_few")
def test_a_door_that_moves_to_another_road_leaves_the_one_it_had(tmp_path):
    town.published(tmp_path, addresses=[ROAD, DOOR])
    reader = town.published(tmp_path, addresses=[{**DOOR, "road": "西二路"}])
    assert {row["id"]: row["above"] for row in reader.rows(EVERYTHING)} == {"D": None, "R": None}


@pytest.mark.usefixtures("a_few")
def test_a_door_that_names_a_road_as_it_was_called_hangs_on_it(tmp_path):
    town.published(tmp_path, addresses=[ROAD])
    town.published(tmp_path, addresses=[{**ROAD, "road": "新路"}])
    reader = town.published(tmp_path, addresses=[DOOR])
    assert {row["id"]: row["above"] for row in reader.rows(EVERYTHING)} == {"D": "R", "R": None}


@pytest.mark.usefixtures("a_few")
def test_a_book_that_an_earlier_program_has_settled_is_settled_whole(tmp_path):
    town.published(tmp_path, addresses=[DOOR])
    file = room(tmp_path) / published(tmp_path).file
    old = tmp_path / "old.duckdb"
    old.write_bytes(file.read_bytes())
    with duckdb.connect(str(old)) as connection:
        connection.execute("ALTER TABLE addresses DROP COLUMN status")
    with writing(tmp_path), Draft(tmp_path, town.PLACE, base=(old, "")) as draft:
        draft.add("addresses", town.rows("addresses", ROAD))
        draft.publish()
    rows = Store(tmp_path).reader().rows(EVERYTHING)
    assert [(r["id"], r["above"], r["status"]) for r in rows] == [
        ("D", "R", "in_use"),
        ("R", None, "in_use"),
    ]


@pytest.mark.usefixtures("a_few")
def test_a_ticket_that_waited_for_its_address_is_placed(tmp_path):
    ticket = {"id": "1", "created_at": town.NOW, "category": "噪声", "state": "closed",
              "address_id": "A", "smoke": False}  # fmt: skip
    town.published(tmp_path, addresses=[DOOR], tickets=[ticket])
    new = {"id": "A", "level": "quarter", "quarter": "花园", "lon": 118.005, "lat": 36.815}
    reader = town.published(tmp_path, addresses=[new])
    sql = "SELECT a.id, t.cell >= 0 AS drawn FROM tickets t JOIN addresses a ON a.n = t.address_n"
    assert reader.rows(sql) == [{"id": "A", "drawn": True}]


@pytest.mark.parametrize("length", [1, 41, 42, 43, 127, 128, 300])
def test_names_are_kept_as_a_tile_holds_them(tmp_path, length):
    name = "园" * length
    reader = town.published(tmp_path, addresses=[{"id": "Q", "level": "quarter", "quarter": name}])
    row = reader.rows("SELECT label, ident FROM addresses")[0]
    assert (bytes(row["label"]), bytes(row["ident"])) == (mvt.text(name), mvt.text("Q"))


def _row(ident, kind, road, quarter, number, in_town):
    where = {"town": "北街道", "community": "北关社区"} if in_town else {"town": None}
    elements = {
        "town": {"town": "北街道"},
        "community": {"town": "北街道", "community": "北关社区"},
        "road": {**where, "road": road},
        "road_no": {**where, "road": road, "road_no": number},
        "quarter": {**where, "quarter": quarter, "road": road if number == "1" else None},
        "building": {**where, "quarter": quarter, "building": number},
        "unit": {**where, "quarter": quarter, "building": number, "unit": "1"},
        "poi": {**where, "building": number if in_town else None, "poi": quarter},
    }
    return {"id": ident, "level": kind, **elements[kind]}


some = st.builds(
    _row,
    st.sampled_from("abcdefgh"),
    st.sampled_from(["town", "community", "road", "road_no", "quarter", "building", "unit", "poi"]),
    st.sampled_from(["东路", "西路"]),
    st.sampled_from(["东园", "西园"]),
    st.sampled_from("12"),
    st.booleans(),
)
books = st.lists(some, min_size=1, max_size=7, unique_by=lambda row: row["id"])


@settings(max_examples=6, deadline=None)
@given(st.lists(books, min_size=2, max_size=3))
def test_a_few_at_a_time_give_the_same_book_as_settling_it_whole(tmp_path_factory, pieces):
    found = []
    for few in (FEW, MANY):
        folder = tmp_path_factory.mktemp("town")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(derive, "FEW", few)
            readers = [town.published(folder, addresses=piece) for piece in pieces]
        found.append(readers[-1].rows(EVERYTHING))
        assert numbers(readers[-1]) == list(range(len(found[-1])))
        names = readers[-1].rows("SELECT * FROM address_names ORDER BY ALL")
        found[-1].extend(names)
    assert found[0] == found[1]
