from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
import shapely

from geodata.areas import shapes
from geodata.place import Level
from tests import town


def codes(batches) -> list[str]:
    return [code for batch in batches for code in batch["code"].to_pylist()]


def test_areas_are_all_between_the_root_and_the_grids(reader):
    assert codes(shapes.of_areas(reader)) == ["11", "12", "111", "112", "121"]
    assert codes(shapes.of_grids(reader)) == ["111001", "111002", "112001", "121001", "121002"]
    assert codes(shapes.of_root(reader)) == ["1"]


def test_a_place_without_grids_has_areas_down_to_its_leaves(tmp_path):
    levels = tuple(replace(level, grid=False) for level in town.PLACE.levels)
    reader = town.published(tmp_path, replace(town.PLACE, levels=levels))
    assert len(codes(shapes.of_areas(reader))) == 10
    assert codes(shapes.of_grids(reader)) == []


def test_a_place_may_have_two_levels(tmp_path):
    levels = (Level(name="市"), Level(name="区"))
    whole = shapely.to_wkb(shapely.box(0, 0, 2, 1))
    flat = town.rows(
        "areas",
        {"code": "1", "name": "市", "level": 0, "geometry": whole},
        *[
            {"code": f"{i}", "name": f"{i}区", "level": 1, "parent": "1",
             "geometry": shapely.to_wkb(shapely.box(i - 2, 0, i - 1, 1))}
            for i in (2, 3)
        ],
    )  # fmt: skip
    place = replace(town.PLACE, levels=levels)
    reader = town.published(tmp_path / "flat", place, areas=flat)
    assert codes(shapes.of_areas(reader)) == ["2", "3"]
    assert codes(shapes.of_grids(reader)) == []


def test_the_number_of_a_shape_is_that_of_its_area(reader):
    told = shapes.shapes(reader, [3, 0])
    assert [row["n"] for row in told] == [0, 3]
    assert shapely.from_wkb(told[1]["geometry"]).equals(shapely.box(118.0, 36.81, 118.01, 36.82))


@pytest.mark.parametrize(
    ("name", "parent", "label"),
    [
        ("新华社区居委会", "车站街道", "新华社区"),
        ("商家村委会", "", "商家村"),
        ("商家村村民委员会", "", "商家村"),
        ("新华社区第一网格", "新华社区居委会", "第一网格"),
        ("新华社区", "新华社区", "新华社区"),
        ("居委会", "", "居委会"),
    ],
)
def test_a_map_says_a_name_without_titles_and_parents(name, parent, label):
    assert shapes.label(name, parent) == label


def test_shapes_with_more_corners_than_a_screen_shows_are_thinned_together(monkeypatch):
    round_ = shapely.Point(0, 0).buffer(1, 400)
    halves = [shapely.intersection(round_, shapely.box(x, -2, x + 2, 2)) for x in (-2, 0)]
    wkb = pa.chunked_array([shapely.to_wkb(halves)])
    assert shapes.thinned(wkb).to_pylist() == wkb.to_pylist()
    monkeypatch.setattr(shapes, "MANY_VERTICES", 100)
    west, east = shapely.from_wkb(shapes.thinned(wkb).to_pylist())
    assert shapely.get_num_coordinates(west) < 0.7 * shapely.get_num_coordinates(halves[0])
    assert shapely.area(shapely.intersection(west, east)) == 0
    assert shapely.area(shapely.union(west, east)) == pytest.approx(shapely.area(round_), rel=1e-3)
