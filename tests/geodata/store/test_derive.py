"""What a generation adds to the rows it is given: places, parents, clocks, states, numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import shapely

from tests import town

NEW_YORK = replace(town.PLACE, timezone="America/New_York")


def ticket(ident: str = "T1", **more) -> dict:
    return {"id": ident, "created_at": town.moment("11-20 18:30"), "category": "噪声", **more}


def placed(folder, *tickets: dict, **tables) -> dict[str, tuple]:
    """Code of the area and whether there is a cell, by ticket."""
    reader = town.published(folder, tickets=list(tickets), **tables)
    found = reader.rows(
        "SELECT id, (SELECT code FROM areas WHERE n = area) AS code, cell >= 0 AS drawn "
        "FROM tickets ORDER BY id"
    )
    return {row["id"]: (row["code"], row["drawn"]) for row in found}


HOME = {"lon": 118.005, "lat": 36.815}  # in the grid 111001
EAST = {"lon": 118.025, "lat": 36.812}  # in the grid 121001
FAR = {"lon": 120.0, "lat": 36.0}  # outside the town


WHERE = (
    ("it has coordinates", HOME, ("111001", True)),
    ("coordinates decide over a code", {**HOME, "area": "121"}, ("111001", True)),
    ("a code alone counts and is not drawn", {"area": "121"}, ("121", False)),
    ("the code may be of any level", {"area": "1"}, ("1", False)),
    ("outside, the code counts", {**FAR, "area": "112001"}, ("112001", False)),
    ("outside, without a code", FAR, (None, False)),
    ("outside, with a strange code", {**FAR, "area": "999"}, (None, False)),
    ("a strange code alone", {"area": "999"}, (None, False)),
    ("half a position", {"lon": 118.005}, (None, False)),
    ("nothing at all", {}, (None, False)),
    ("its address", {"address_id": "A4"}, ("111001", True)),
    ("its address before its code", {"address_id": "A4", "area": "121"}, ("111001", True)),
    ("a strange address", {"address_id": "A9"}, (None, False)),
    ("coordinates before address", {"address_id": "A4", **EAST}, ("121001", True)),
)


def test_where_an_appeal_is_counted_and_drawn(tmp_path):
    tickets = [ticket(why, **given) for why, given, _ in WHERE]
    assert placed(tmp_path, *tickets, addresses=town.addresses()) == {
        why: where for why, _, where in WHERE
    }


def test_on_the_border_of_two_grids_the_lower_number_counts(tmp_path):
    assert placed(tmp_path, ticket(lon=town.X, lat=36.815)) == {"T1": ("111001", True)}


def test_an_appeal_that_comes_before_its_address_is_placed_when_the_address_comes(tmp_path):
    assert placed(tmp_path, ticket(address_id="A4")) == {"T1": (None, False)}
    town.published(tmp_path, addresses=town.addresses())
    assert placed(tmp_path) == {"T1": ("111001", True)}


def test_new_borders_move_every_fact(tmp_path):
    assert placed(tmp_path, ticket(**HOME)) == {"T1": ("111001", True)}
    east = [
        {"code": code, "name": code, "level": 3, "parent": "111", "geometry": shapely.to_wkb(box)}
        for code, box in (
            ("111001", shapely.box(town.W, town.M, 118.001, town.N)),
            ("111002", shapely.box(118.001, town.M, town.Y, town.N)),
        )
    ]
    assert placed(tmp_path, areas=east) == {"T1": ("111002", True)}


def test_an_address_outside_the_place_keeps_the_grid_it_names(tmp_path):
    reader = town.published(
        tmp_path,
        addresses=[
            {"id": "A1", "level": "poi", "poi": "店", **FAR, "grid": "111002"},
            {"id": "A2", "level": "poi", "poi": "店", **FAR},
        ],
    )
    rows = reader.rows("SELECT id, a.area, cell FROM addresses a ORDER BY id")
    grid = reader.rows("SELECT n FROM areas WHERE code = '111002'")[0]["n"]
    assert [(r["id"], r["area"], r["cell"]) for r in rows] == [("A1", grid, -1), ("A2", -1, -1)]


def test_an_address_hangs_on_the_longest_beginning_of_itself(reader):
    rows = reader.rows(
        "SELECT child.id, parent.id AS parent FROM addresses child "
        "LEFT JOIN addresses parent ON parent.n = child.parent ORDER BY child.id"
    )
    assert {row["id"]: row["parent"] for row in rows} == {
        **{"A1": None, "A2": "A1", "A3": "A2", "A4": "A3", "A5": None}
    }


def parents(folder, *addresses: dict) -> dict[str, str | None]:
    reader = town.published(folder, addresses=list(addresses))
    rows = reader.rows(
        "SELECT child.id, parent.id AS parent FROM addresses child "
        "LEFT JOIN addresses parent ON parent.n = child.parent"
    )
    return {row["id"]: row["parent"] for row in rows}


def address(ident: str, **elements) -> dict:
    level = [k for k in elements if k not in {"town", "lon", "lat"}][-1]
    return {"id": ident, "level": level, **elements}


def test_an_address_skips_the_steps_that_are_not_in_the_book(tmp_path):
    garden = {"town": "北街道", "quarter": "世纪花园"}
    room = {**garden, "building": "3号楼", "unit": "2单元", "room": "501室"}
    assert parents(tmp_path, address("Q", **garden), address("R", **room)) == {"Q": None, "R": "Q"}


def test_a_name_that_stands_in_two_towns_is_two_places(tmp_path):
    found = parents(
        tmp_path,
        address("QN", town="北街道", quarter="花园"),
        address("QE", town="东街道", quarter="花园"),
        address("B", town="东街道", quarter="花园", building="1号楼"),
    )
    assert found["B"] == "QE"


def test_of_two_places_with_one_name_in_a_town_the_nearer_is_the_parent(tmp_path):
    garden = {"town": "北街道", "quarter": "花园"}
    found = parents(
        tmp_path,
        address("Q1", **garden, lon=118.001, lat=36.815),
        address("Q2", **garden, lon=118.009, lat=36.815),
        address("B", **garden, building="1号楼", lon=118.008, lat=36.815),
    )
    assert found["B"] == "Q2"


def test_an_address_goes_by_its_elements_and_else_by_where_it_is(tmp_path):
    reader = town.published(
        tmp_path,
        addresses=[
            {"id": "A1", "town": "北街道", "road": "柳泉路", "road_no": "88号", "level": "road_no"},
            {"id": "A2", "town": "北街道", "community": "北关社区", "level": "poi"},
            {"id": "A3", "level": "poi"},
        ],
    )
    names = reader.rows("SELECT name FROM addresses ORDER BY id")
    assert [row["name"] for row in names] == ["柳泉路88号", "北关社区", "A3"]


def clock(folder, place, *moments: str) -> list[tuple[str, int]]:
    """Local day and hour of appeals made at UTC moments."""
    tickets = [
        ticket(f"T{i}", created_at=dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))
        for i, moment in enumerate(moments)
    ]
    rows = town.published(folder, place, tickets=tickets).rows("SELECT * FROM tickets ORDER BY id")
    first = dt.date(1970, 1, 1)
    return [(str(first + dt.timedelta(days=row["day"])), row["hour"]) for row in rows]


def test_day_and_hour_are_those_of_the_place(tmp_path):
    told = clock(tmp_path, town.PLACE, "2020-11-20T15:59:59", "2020-11-20T16:00:00")
    assert told == [("2020-11-20", 23), ("2020-11-21", 0)]


NEW_YORK_TIMES = {
    "2025-01-15T04:59:59": ("2025-01-14", 23),
    "2025-01-15T05:00:00": ("2025-01-15", 0),
    "2025-07-15T03:59:59": ("2025-07-14", 23),
    "2025-07-15T04:00:00": ("2025-07-15", 0),
    "2025-03-09T06:59:59": ("2025-03-09", 1),  # in spring two o'clock is left out
    "2025-03-09T07:00:00": ("2025-03-09", 3),
    "2025-11-02T05:30:00": ("2025-11-02", 1),  # in autumn one o'clock comes twice
    "2025-11-02T06:30:00": ("2025-11-02", 1),
    "2025-11-02T07:00:00": ("2025-11-02", 2),
}


def test_new_york_has_its_own_clock_in_every_season(tmp_path):
    assert clock(tmp_path, NEW_YORK, *NEW_YORK_TIMES) == list(NEW_YORK_TIMES.values())


OPEN = {
    # state, whether it has been closed once: whether it is open
    ("closed", False): False,
    ("archived", False): False,
    ("closed", True): False,
    ("handling", False): True,
    ("handling", True): True,  # reopened: the state says more than an old date
    ("callback", True): True,
    ("suspended", False): True,
    ("Unspecified", False): True,  # a word of the source's own: the date decides
    ("Unspecified", True): False,
}


def test_whether_an_appeal_is_open_follows_its_state_and_else_its_closing(tmp_path):
    tickets = [
        ticket(f"{state} {closed}", state=state, closed_at=town.NOW if closed else None)
        for state, closed in OPEN
    ]
    rows = town.published(tmp_path, tickets=tickets).rows("SELECT id, is_open FROM tickets")
    told = {row["id"]: row["is_open"] for row in rows}
    assert told == {f"{state} {closed}": is_open for (state, closed), is_open in OPEN.items()}


def test_each_delivery_is_numbered_in_order_of_time_after_those_before_it(tmp_path):
    late, early = town.moment("11-21 00:00"), town.moment("11-20 00:00")
    town.published(tmp_path, tickets=[ticket("B", created_at=late), ticket("A", created_at=late)])
    reader = town.published(tmp_path, tickets=[ticket("Z", created_at=early)])
    rows = reader.rows("SELECT id, n FROM tickets ORDER BY n")
    assert [(row["id"], row["n"]) for row in rows] == [("A", 0), ("B", 1), ("Z", 2)]


def test_terms_keep_their_codes_when_new_ones_come(tmp_path):
    def codes(*tickets: dict) -> dict[str, int]:
        rows = town.published(tmp_path, tickets=list(tickets)).rows(
            "SELECT value, code FROM terms WHERE subject = 'category'"
        )
        return {row["value"]: row["code"] for row in rows}

    before = codes(ticket("A", category="噪声"), ticket("B", category="占道"))
    assert codes(ticket("C", category="一号")) == {**before, "一号": 2}


def test_an_area_without_residents_of_its_own_has_those_of_its_parts_if_all_are_known(reader):
    rows = reader.rows("SELECT code, population FROM areas ORDER BY code")
    assert {row["code"]: row["population"] for row in rows} == {
        **{"1": None, "11": 3500, "111": 3000, "111001": 1000, "111002": 2000},
        **{"112": 500, "112001": 500, "12": None, "121": None, "121001": 4000, "121002": None},
    }


def test_days_count_all_appeals_and_smoke(reader):
    first = dt.date(1970, 1, 1)
    rows = reader.rows("SELECT * FROM days")
    told = {str(first + dt.timedelta(r["day"])): (r["total"], r["smoke"]) for r in rows}
    assert told["2020-11-22"] == (2, 1)
    assert told["2020-11-20"] == (1, 1)
    assert sum(total for total, _ in told.values()) == 12


def test_an_english_word_that_comes_again_replaces_the_old_one(tmp_path):
    phone = {"subject": "channel", "value": "电话"}
    town.published(tmp_path, words=[{**phone, "en": "Call"}])
    reader = town.published(tmp_path, words=[{**phone, "en": "Phone"}])
    assert reader.rows("SELECT en FROM words") == [{"en": "Phone"}]
