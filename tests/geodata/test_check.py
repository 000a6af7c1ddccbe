"""The proof must fail on a folder that is broken, in every way it can be."""

from __future__ import annotations

import shutil
from dataclasses import replace

import duckdb
import numpy as np
import pytest
import shapely

from geodata.__main__ import main
from geodata.check import faults
from geodata.store.generation import published, room
from geodata.store.reader import Store
from tests import town


def found(reader) -> list[str]:
    return faults(reader, lambda _: None)


def test_the_town_is_whole(reader):
    assert found(reader) == []


def test_the_district_is_whole(tiny_folder):
    said = []
    reader = Store(tiny_folder).reader()
    assert faults(reader, said.append) == []
    assert {"区: 1\n", "街道/镇: 13\n", "社区/村: 304\n", "网格: 1466\n"} <= set(said)


def with_area(folder, code: str, shape: shapely.Geometry) -> list[str]:
    """Faults of the town in which one area has another shape."""
    name, level, parent, *_ = town.BOXES[code]
    row = {"code": code, "name": name, "level": level, "parent": parent}
    return found(town.published(folder, areas=[{**row, "geometry": shapely.to_wkb(shape)}]))


def moved(shape: shapely.Polygon, corner: int, east: float, north: float) -> shapely.Polygon:
    ring = shapely.get_coordinates(shape)[:-1]
    ring[corner] += (east, north)
    return shapely.Polygon(ring)


GRID = shapely.box(town.W, town.M, town.X, town.N)  # 111001, beside 111002


def test_one_vertex_moved_outwards_is_an_overlap(tmp_path):
    town.build(tmp_path)
    assert any(
        "111001 and 111002 overlap by" in f
        for f in with_area(tmp_path, "111001", moved(GRID, 1, 1e-4, 0))
    )


def test_one_vertex_moved_inwards_is_a_gap(tmp_path):
    town.build(tmp_path)
    shape = moved(GRID, 1, -1e-4, 0)
    told = with_area(tmp_path, "111001", shape)
    assert any(f.startswith("area 111: its 2 parts and itself differ by") for f in told)


def test_one_vertex_of_one_grid_of_the_district_breaks_it(tiny_folder, tmp_path, capsys):
    copy = shutil.copytree(tiny_folder, tmp_path / "copy", ignore=shutil.ignore_patterns("cache"))
    file = room(copy) / published(copy).file
    with duckdb.connect(str(file)) as connection:
        n, wkb = connection.execute(
            "SELECT n, geometry FROM areas WHERE level = 3 ORDER BY km2 LIMIT 1 OFFSET 700"
        ).fetchone()
        shape = shapely.from_wkb(bytes(wkb))
        ring = shapely.get_coordinates(shape)
        ring[1] += (shapely.get_coordinates(shape.centroid)[0] - ring[1]) * 0.5
        broken = shapely.to_wkb(shapely.Polygon(ring))
        connection.execute("UPDATE areas SET geometry = ? WHERE n = ?", [broken, n])
    assert main(["check", "--data", str(copy)]) == 1
    assert "broken: area 370303" in capsys.readouterr().out


def test_a_missing_grid_is_missed_by_number_and_by_ground(tmp_path):
    counts = (1, 2, 3, 6)
    levels = tuple(replace(v, count=n) for v, n in zip(town.PLACE.levels, counts, strict=True))
    assert found(town.published(tmp_path, replace(town.PLACE, levels=levels))) == [
        "level 网格 has 5 areas; place.toml says 6"
    ]


def test_the_demonstration_knows_how_many_areas_it_has(tiny_folder):
    counts = [level.count for level in Store(tiny_folder).reader().place.levels]
    assert counts == [1, 13, 304, 1466]


def test_a_gap_where_a_grid_should_be_is_found(tmp_path):
    boxes = [row for row in town.areas().to_pylist() if row["code"] != "121002"]
    reader = town.published(tmp_path, areas=town.rows("areas", *boxes))
    # 121002 is half of 121, which therefore is not what its parts are.
    assert [f.partition(":")[0] for f in found(reader)] == ["area 121"]


def test_a_shape_that_crosses_itself_is_invalid(tmp_path):
    town.build(tmp_path)
    bowtie = shapely.Polygon(
        [(town.W, town.M), (town.X, town.N), (town.X, town.M), (town.W, town.N)]
    )
    assert (
        "area 111001 is not a valid shape: Self-intersection"
        in with_area(tmp_path, "111001", bowtie)[0]
    )


def changed(folder, *statements: str) -> list[str]:
    """Faults of the town after somebody has written into its file."""
    town.build(folder)
    with duckdb.connect(str(room(folder) / published(folder).file)) as connection:
        for statement in statements:
            connection.execute(statement)
    return found(Store(folder, compare=False).reader())


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE addresses SET area = 4 WHERE id = 'A5'",
            "1 addresses lie outside their own area: A5",
        ),
        (
            "UPDATE tickets SET lon = 120 WHERE id = 'T01'",
            "1 tickets lie in no area: T01",
        ),
        (
            "UPDATE tickets SET address_id = 'A9', address_n = NULL WHERE id = 'T05'",
            "1 tickets name an address that is not there",
        ),
        (
            "UPDATE people SET area = '999' WHERE role = 1",
            "1 people answer for an area that is not there",
        ),
    ],
)
def test_a_fact_in_the_wrong_place_is_named(tmp_path, statement, fault):
    assert fault in changed(tmp_path, statement)


def test_a_point_on_a_shared_edge_is_in_one_area(tmp_path):
    edge = {"id": "E", "created_at": town.NOW, "category": "噪声", "lon": town.X, "lat": 36.815}
    assert found(town.published(tmp_path, tickets=[edge])) == []


def test_where_a_place_has_no_grids_two_levels_may_be_drawn_apart(tmp_path):
    levels = tuple(replace(level, grid=False) for level in town.PLACE.levels)
    rows = town.areas().to_pylist()
    for row in rows:
        if row["code"] == "121002":
            smaller = shapely.box(town.Y, town.S, town.Z - 0.002, 36.805)
            row["geometry"] = shapely.to_wkb(smaller)
    areas = town.rows("areas", *rows)
    assert found(town.published(tmp_path, replace(town.PLACE, levels=levels), areas=areas)) == []


def test_the_smallest_overlap_that_counts_is_a_square_metre(tmp_path):
    town.build(tmp_path)
    metre = 1 / 111_000
    width = 0.01 * 111_000  # of the grid's side, in metres
    for share, counts in ((0.5, False), (2.0, True)):
        shape = shapely.box(town.W, town.M, town.X + share / width * metre, town.N)
        told = with_area(tmp_path, "111001", shape)
        assert bool([f for f in told if "overlap" in f]) == counts
        assert np.isclose(shapely.area(GRID), shapely.area(shape), rtol=1e-3)
