from __future__ import annotations

import collections
import re

import numpy as np
import pytest
import shapely

from geodata.demo import SCALES
from geodata.demo.doors import doors
from geodata.demo.lanes import lanes
from geodata.demo.partition import district as build
from geodata.demo.plane import to_degrees
from geodata.store.schema import ADDRESSES

ELEMENTS = ("town", "community", "road", "road_no", "quarter", "building", "unit", "room", "poi")


@pytest.fixture(scope="module")
def rows(district):
    """The book as it stands today."""
    return list({row["id"]: row for row in district["addresses"].to_pylist()}.values())


@pytest.fixture(scope="module")
def roads(rows):
    return [row for row in rows if row["level"] == "road"]


def test_there_are_as_many_as_the_scale_says(rows):
    assert len(rows) == SCALES["tiny"].addresses


def test_the_table_has_the_canonical_schema(district):
    assert district["addresses"].schema == ADDRESSES


def test_ids_and_codes_are_unique(rows):
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"ZD\d{9}", row["id"]) for row in rows)
    assert all(row["code"].startswith(row["grid"]) for row in rows if row["grid"])


def test_every_address_lies_inside_its_grid(district, rows):
    areas = district["areas"].to_pylist()
    grids = {r["code"]: shapely.from_wkb(r["geometry"]) for r in areas if r["level"] == 3}
    polygons = np.array([grids[row["grid"] or row["code"][:15]] for row in below(rows)])
    lon, lat = ([row[axis] for row in below(rows)] for axis in ("lon", "lat"))
    assert shapely.contains_xy(polygons, lon, lat).all()


def below(rows):
    """All but towns and communities, which lie in no grid."""
    return [row for row in rows if row["level"] not in {"town", "community"}]


def test_town_and_community_are_those_of_the_grid(district, rows):
    named = {r["code"]: r["name"] for r in district["areas"].to_pylist()}
    for row in rows:
        assert row["town"] in (None, named[row["code"][:9]])
        assert row["community"] in (None, named.get(row["code"][:12]))
        assert row["level"] == "road" or (row["town"] and (row["community"] or not row["grid"]))


def test_every_town_and_community_has_a_row_with_its_code(district, rows):
    areas = {r["code"]: r["name"] for r in district["areas"].to_pylist() if r["level"] in (1, 2)}
    found = [row for row in rows if row["level"] in {"town", "community"}]
    assert {row["code"]: row[row["level"]] for row in found} == areas


def test_every_road_that_is_named_has_one_row_that_contradicts_none_of_its_doors(rows, roads):
    known = collections.defaultdict(list)
    for row in roads:
        known[row["road"]].append(row)
    for row in rows:
        if row["road"]:
            fitting = [road for road in known[row["road"]] if _agrees(road, row)]
            assert len(fitting) == 1


def _agrees(road, row):
    return all(road[name] in (None, row[name]) for name in ("town", "community", "grid"))


def test_a_road_through_several_towns_names_none_and_a_lane_its_grid(roads):
    known = {row["road"]: row for row in roads}
    assert known["人民西路"]["town"] is known["人民西路"]["grid"] is None
    assert any(row["grid"] for row in roads)
    for row in roads:
        assert row["community"] or not row["grid"]
        assert row["town"] or not row["community"]


def test_a_road_lies_on_its_own_line(district, roads):
    lines = {}
    for row in district["roads"].to_pylist():
        lines.setdefault(row["name"], []).append(shapely.from_wkb(row["geometry"]))
    drawn = [row for row in roads if row["road"] in lines]
    assert len(drawn) == len(lines)
    for row in drawn:
        far = min(shapely.Point(row["lon"], row["lat"]).distance(x) for x in lines[row["road"]])
        assert far * 111_000 < 5


def test_renamed_roads_stood_in_the_book_under_their_old_names(district, roads):
    now = {row["id"]: row for row in roads}
    editions = [row for row in district["addresses"].to_pylist() if row["id"] in now]
    before = [row for row in editions if row["road"] != now[row["id"]]["road"]]
    assert [row["road"] for row in before] == ["机场老路", "缫丝厂路", "苗圃西街"]
    for row in before:
        assert row["is_demo"]
        assert row["valid_from"] is None
        assert now[row["id"]]["valid_from"].year in (2019, 2021, 2024)
        assert row["road"] not in {road["road"] for road in roads}


def test_the_level_is_the_finest_element(rows):
    for row in rows:
        finest = [element for element in ELEMENTS if row[element]][-1]
        assert row["level"] == finest


def test_all_levels_occur(rows):
    assert {row["level"] for row in rows} == set(ELEMENTS)


def test_rooms_have_their_unit_building_and_quarter_as_rows(rows):
    known = {
        (row["quarter"], row["building"], row["unit"], row["grid"])
        for row in rows
        if row["level"] in {"quarter", "building", "unit"}
    }
    quarters = {row["quarter"] for row in rows if row["level"] == "quarter"}
    rooms = [row for row in rows if row["level"] == "room"]
    assert rooms
    for row in rooms:
        assert (row["quarter"], row["building"], row["unit"], row["grid"]) in known
        assert (row["quarter"], row["building"], None, row["grid"]) in known
        assert row["quarter"] in quarters
        assert row["floor"] == f"{int(row['room'][:-1]) // 100}层"


def test_addresses_are_written_like_doorplates(rows):
    patterns = {
        "road_no": r"\d+号",
        "building": r"\d+号楼",
        "unit": r"\d单元",
        "room": r"\d{3,4}室",
    }
    for element, pattern in patterns.items():
        assert all(re.fullmatch(pattern, row[element]) for row in rows if row[element])


def test_no_two_addresses_share_a_point_but_a_lane_and_its_only_door(rows):
    some = [row for row in rows if row["level"] != "road"]
    assert len({(row["lon"], row["lat"]) for row in some}) > 0.99 * len(some)


def test_badaju_is_found_by_its_short_name(rows):
    row = next(row for row in rows if row["poi"] == "八大局便民市场")
    assert "八大局" in row["aliases"].split("|")


def test_door_numbers_rise_along_the_road_odd_on_one_side_even_on_the_other():
    place = build(7)
    roads = [*place.roads, *lanes(place)]
    names = list(dict.fromkeys(road.name for road in roads))
    all_doors = doors(roads)
    for name in ("人民西路", "柳泉路", roads[-1].name):
        parts = [road for road in roads if road.name == name]
        line = max(parts, key=lambda road: road.metres)
        mine = all_doors.take(all_doors.road == names.index(name))
        way = shapely.LineString(line.line)
        close = shapely.distance(shapely.points(mine.point), way) < 60
        side = _side(line.line, mine.point[close])
        number = mine.number[close]
        assert (side[number % 2 == 1] > 0).all()
        assert (side[number % 2 == 0] < 0).all()
        for parity in (0, 1):
            chosen = number % 2 == parity
            place_ = shapely.line_locate_point(way, shapely.points(mine.point[close][chosen]))
            order = np.argsort(number[chosen])
            inner = (place_[order] > 0) & (place_[order] < way.length)
            assert (np.diff(place_[order][inner]) > 0).all()


def _side(line, points):
    """Positive on the left of the way."""
    middle = (line[1:] + line[:-1]) / 2
    nearest = ((points[:, None] - middle[None]) ** 2).sum(axis=2).argmin(axis=1)
    way = np.diff(line, axis=0)[nearest]
    off = points - middle[nearest]
    return way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0]


def test_no_door_number_is_given_twice_on_a_road():
    place = build(7)
    every = doors([*place.roads, *lanes(place)])
    pairs = collections.Counter(zip(every.road.tolist(), every.number.tolist(), strict=True))
    assert pairs.most_common(1)[0][1] == 1
    assert np.isfinite(to_degrees(every.point)).all()
