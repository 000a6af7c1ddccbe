from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.space import assign
from geodata.space.assign import assigned

# Four squares around the point (1, 1), numbered 7, 5, 9, 6 from the south-west on.
SQUARES = np.array([shapely.box(x, y, x + 1, y + 1) for y in (0, 1) for x in (0, 1)])
NUMBERS = np.array([7, 5, 9, 6])
NOWHERE = -1


def one(lon: float, lat: float) -> int:
    return int(assigned(np.array([lon]), np.array([lat]), SQUARES, NUMBERS, NOWHERE)[0])


@given(st.floats(0, 2), st.floats(0, 2))
def test_a_point_gets_the_lowest_number_of_the_squares_it_touches(x, y):
    touching = [
        int(n) for s, n in zip(SQUARES, NUMBERS, strict=True) if s.intersects(shapely.Point(x, y))
    ]
    assert one(x, y) == min(touching)


def test_on_a_shared_edge_the_lowest_number_wins():
    assert one(1, 0.5) == 5
    assert one(0.5, 1) == 7
    assert one(1, 1) == 5


def test_a_point_outside_every_polygon_is_nowhere():
    assert one(2.000001, 1) == NOWHERE


def test_half_a_position_is_no_place():
    assert [one(np.nan, 1), one(1, np.nan), one(np.nan, np.nan)] == [NOWHERE] * 3


def test_no_points_are_no_areas():
    nothing = np.empty(0)
    assert assigned(nothing, nothing, SQUARES, NUMBERS, NOWHERE).tolist() == []


def test_without_polygons_every_point_is_nowhere():
    nothing = np.empty(0, object), np.empty(0, np.int64)
    assert assigned(np.ones(3), np.ones(3), *nothing, NOWHERE).tolist() == [NOWHERE] * 3


def test_many_points_are_placed_in_chunks_like_few(monkeypatch):
    lon, lat = np.random.default_rng(1).uniform(-0.5, 2.5, (2, 1000))
    whole = assigned(lon, lat, SQUARES, NUMBERS, NOWHERE)
    monkeypatch.setattr(assign, "CHUNK", 7)
    assert assigned(lon, lat, SQUARES, NUMBERS, NOWHERE).tolist() == whole.tolist()


@pytest.mark.parametrize("many", [5, 5000])
def test_few_points_and_many_are_placed_alike(many):
    shapes = np.array([shapely.Point(x, 1).buffer(0.7) for x in range(3)])
    lon, lat = np.random.default_rng(3).uniform(-1, 3, (2, many))
    touches = shapely.intersects_xy(shapes[:, None], lon, lat) * (NUMBERS[:3, None] - 10)
    found = assigned(lon, lat, shapes, NUMBERS[:3] - 10, 0)
    assert found.tolist() == touches.min(axis=0).tolist()


def test_lines_hold_the_points_on_them_however_many_are_asked():
    lines = np.array([shapely.LineString([(0, 0), (2, 0)]), shapely.box(5, 5, 6, 6)])
    lon = np.linspace(-1, 3, 41)
    found = assigned(lon, np.zeros(41), lines, np.array([1, 2]), NOWHERE)
    assert found.tolist() == [1 if 0 <= x <= 2 else NOWHERE for x in lon.tolist()]
