from __future__ import annotations

import collections
import csv
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata import demo
from geodata.demo.outline import outline
from geodata.demo.partition import district as build
from geodata.demo.sheets import column

FACTS = Path(demo.__file__).parent / "facts"


def test_there_are_13_streets_304_communities_and_1466_grids(district):
    levels = collections.Counter(district["areas"]["level"].to_pylist())
    assert levels == {0: 1, 1: 13, 2: 304, 3: 1466}


def test_codes_are_the_parents_code_and_three_digits(district):
    rows = district["areas"].to_pylist()
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows)
    assert rows[0]["code"] == "370303"
    assert rows[0]["parent"] is None
    for row in rows[1:]:
        assert row["parent"] in codes
        assert row["code"][:-3] == row["parent"]
        assert len(row["code"]) == 6 + 3 * row["level"]


def test_streets_and_communities_have_their_official_codes_and_names(district):
    named = dict(
        zip(
            district["areas"]["code"].to_pylist(),
            district["areas"]["name"].to_pylist(),
            strict=True,
        )
    )
    for sheet in ("streets", "communities"):
        with (FACTS / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert named[row["code"]] == row["name"]


def test_grids_are_numbered_from_001_in_each_community(district):
    grids = [r for r in district["areas"].to_pylist() if r["level"] == 3]
    by_community = collections.defaultdict(list)
    for grid in grids:
        by_community[grid["parent"]].append(int(grid["code"][-3:]))
    assert len(by_community) == 304
    for numbers in by_community.values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_name_has_an_english_one(district):
    assert all(district["areas"]["name_en"].to_pylist())


def test_residents_add_up_to_the_census_at_every_level(district):
    rows = district["areas"].to_pylist()
    for level in range(4):
        assert sum(row["population"] for row in rows if row["level"] == level) == 795_837


def test_grids_have_the_size_the_rules_ask_for(district):
    people = np.array([r["population"] for r in district["areas"].to_pylist() if r["level"] == 3])
    assert 400 < np.median(people) < 700
    assert people.min() > 50
    assert people.max() < 2000


def test_every_area_is_one_valid_polygon(shapes):
    for level in shapes.values():
        for polygon in level.values():
            assert polygon.geom_type == "Polygon"
            assert polygon.is_valid


@pytest.mark.parametrize("level", [1, 2, 3])
def test_children_fill_their_parents_exactly(shapes, level):
    children = collections.defaultdict(list)
    for code, polygon in shapes[level].items():
        children[code[:-3]].append(polygon)
    assert children.keys() == shapes[level - 1].keys()
    for code, parts in children.items():
        whole = shapes[level - 1][code]
        assert abs(sum(p.area for p in parts) - whole.area) < 1e-6 * whole.area
        assert shapely.union_all(parts).symmetric_difference(whole).area < 0.01


@pytest.mark.parametrize("level", [1, 2, 3])
def test_neighbours_do_not_overlap(shapes, level):
    polygons = np.array(list(shapes[level].values()))
    one, two = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = one < two
    overlap = shapely.area(shapely.intersection(polygons[one[pairs]], polygons[two[pairs]]))
    assert overlap.max() < 1.0


def test_the_district_is_the_outline(district, shapes):
    root = shapely.from_wkb(district["areas"]["geometry"][0].as_py())
    known = outline()
    assert known.symmetric_difference(root).area < 1e-6 * known.area
    corners = {tuple(c) for c in shapely.get_coordinates(root)}
    assert {tuple(c) for c in shapely.get_coordinates(known)} <= corners
    assert shapes[0]["370303"].area == pytest.approx(359.6e6, rel=0.005)


def test_areas_are_compact(shapes):
    for level, least in ((2, 0.2), (3, 0.15)):
        polygons = list(shapes[level].values())
        round_ = 4 * np.pi * shapely.area(polygons) / shapely.length(polygons) ** 2
        assert round_.min() > least
        assert np.median(round_) > 0.45


def test_streets_lie_where_they_should(district):
    rows = {r["name"]: shapely.from_wkb(r["geometry"]) for r in district["areas"].to_pylist()[1:14]}
    assert rows["车站街道"].contains(shapely.Point(118.050523, 36.78842))  # the railway station
    assert rows["公园街道"].contains(
        shapely.Point(118.032207, 36.803529).buffer(0.0001).centroid
    ) or (rows["公园街道"].distance(shapely.Point(118.032207, 36.803529)) < 0.002)
    west, north = rows["马尚街道"].centroid.x, rows["四宝山街道"].centroid.y
    assert west < rows["公园街道"].centroid.x < rows["湖田街道"].centroid.x
    assert rows["南定镇"].centroid.y < rows["和平街道"].centroid.y < north


@pytest.mark.parametrize("seed", [0, 3, 2023])
def test_any_seed_gives_a_sound_ground(seed):
    place = build(seed)
    assert shapely.is_valid(place.mapped).all()
    assert shapely.coverage_is_valid(place.mapped)
    assert set(shapely.get_type_id(place.mapped)) == {3}
    assert len(np.unique(place.community)) == len(column("facts/communities", "code"))
