from __future__ import annotations

import collections
import csv
import datetime as dt
import re
from pathlib import Path

import pytest
import shapely

from geodata import demo
from geodata.demo.outline import outline
from geodata.place import place_of
from geodata.store.schema import TABLES

FACTS = Path(demo.__file__).parent / "facts"


def _facts(name):
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The district has no register of merchants yet, and nobody has decided anything.
DEMONSTRATED = sorted(set(TABLES) - {"merchants", "decisions"})


@pytest.mark.parametrize("name", DEMONSTRATED)
def test_every_table_has_the_canonical_schema(district, name):
    assert district[name].schema == TABLES[name]
    for field in TABLES[name]:
        assert field.nullable or district[name][field.name].null_count == 0


def test_place_toml_can_be_made_of_what_place_gives():
    place = place_of(demo.place())
    assert (place.root, place.timezone, place.is_demo) == ("370303", "Asia/Shanghai", True)
    assert [level.grid for level in place.levels] == [False, False, False, True]


def test_areas_come_first_and_progress_reaches_its_end():
    said = []
    tables = demo.frames("tiny", 7, dt.date(2023, 2, 10), lambda *step: said.append(step))
    names = [name for name, _ in tables]
    assert names[0] == "areas"
    assert set(names) == set(DEMONSTRATED)
    assert said[-1][1] == said[-1][2] == 2


def test_landmarks_stand_at_the_coordinates_of_the_facts(district):
    rows = district["places"].to_pylist()
    facts = _facts("landmarks")
    assert len(rows) == 29
    for row, fact in zip(rows, facts, strict=True):
        assert (row["name"], row["lon"], row["lat"]) == (
            fact["name"], float(fact["lon"]), float(fact["lat"]),
        )  # fmt: skip
        assert not row["is_demo"]


def test_places_known_only_roughly_say_so(district):
    rough = {row["name"] for row in district["places"].to_pylist() if row["approximate"]}
    assert rough == {"牧羊村烧烤", "八大局便民市场"}


def test_main_roads_are_real_and_lie_inside_minor_ones_are_marked(district):
    rows = district["roads"].to_pylist()
    real = [row for row in rows if not row["is_demo"]]
    assert {row["name"] for row in real} == {row["name"] for row in _facts("main_roads")}
    assert {row["grade"] for row in rows if row["is_demo"]} == {"街巷"}
    inside = outline().buffer(1e-6)
    assert all(inside.covers(shapely.from_wkb(row["geometry"])) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_there_are_at_least_thirty_tidal_markets_of_five_kinds(district):
    tidal = [row for row in district["markets"].to_pylist() if row["is_demo"]]
    assert len(tidal) >= 30
    assert {row["kind"] for row in tidal} == {"早市", "夜市", "瓜果", "节令", "早餐"}
    for row in tidal:
        site = shapely.from_wkb(row["geometry"])
        assert site.is_valid
        assert outline().contains(site)
        assert site.covers(shapely.Point(row["lon"], row["lat"]))
        assert row["stalls"] > 0


def test_tidal_markets_do_not_lie_across_a_main_road(district):
    roads = [
        shapely.from_wkb(row["geometry"])
        for row in district["roads"].to_pylist()
        if not row["is_demo"]
    ]
    for row in district["markets"].to_pylist():
        if row["geometry"]:
            assert not shapely.intersects(roads, shapely.from_wkb(row["geometry"])).any(), row[
                "name"
            ]


def test_windows_are_opening_hours(district):
    from opening_hours import OpeningHours

    for row in district["markets"].to_pylist():
        OpeningHours(row["windows"])


def test_from_five_to_midnight_something_is_open(district):
    from opening_hours import OpeningHours

    hours = [OpeningHours(text) for text in district["markets"]["windows"].to_pylist()]
    for day in (dt.datetime(2026, 1, 14), dt.datetime(2026, 7, 15), dt.datetime(2026, 10, 11)):
        for hour in range(6, 24):
            moment = day + dt.timedelta(hours=hour, minutes=10)
            assert any(window.is_open(moment) for window in hours), moment


def test_night_economy_is_never_called_a_tidal_market(district):
    real = [row for row in district["markets"].to_pylist() if not row["is_demo"]]
    facts = _facts("night_economy")
    assert [row["name"] for row in real] == [fact["name"] for fact in facts]
    for row, fact in zip(real, facts, strict=True):
        assert row["kind"] == "夜间经济"
        assert row["approximate"]
        assert (row["operator"] or "") == fact["operator"]
        assert not any("潮汐" in str(value) for value in row.values())
        assert row["windows"] == "Mo-Su 18:00-24:00"


def test_every_grid_has_the_eight_roles(district):
    rows = district["people"].to_pylist()
    assert len(rows) == 1466 * 8
    roles = collections.defaultdict(set)
    for row in rows:
        roles[row["area"]].add(row["role"])
    assert len(roles) == 1466
    assert all(found == set(range(1, 9)) for found in roles.values())


def test_there_are_1466_grid_workers_and_253_cadres(district):
    who = collections.defaultdict(set)
    for row in district["people"].to_pylist():
        who[row["role"]].add((row["name"], row["phone_masked"]))
    assert len(who[1]) == 1466
    assert len(who[8]) == 253
    assert len(who[4]) == len(who[7]) == 304


def test_phones_are_masked(district):
    assert all(
        re.fullmatch(r"1\d\d\*{4}\d{4}", phone)
        for phone in district["people"]["phone_masked"].to_pylist()
    )


def test_every_value_has_an_english_word(district):
    known = collections.defaultdict(set)
    for row in district["words"].to_pylist():
        assert row["en"].isascii()
        known[row["subject"]].add(row["value"])
    tickets = district["tickets"]
    elements = {
        part for path in tickets["category"].unique().to_pylist() for part in path.split("/")
    }
    assert elements <= known["category"]
    for subject in ("channel", "department", "state"):
        assert set(tickets[subject].unique().to_pylist()) <= known[subject]
    assert set(tickets["satisfaction"].drop_null().unique().to_pylist()) <= known["satisfaction"]
    kinds = {*district["markets"]["kind"].to_pylist(), *district["places"]["kind"].to_pylist()}
    assert kinds <= known["kind"]
    assert set(district["roads"]["grade"].to_pylist()) <= known["grade"]
