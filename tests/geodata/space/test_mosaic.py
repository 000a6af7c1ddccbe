from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.space.mosaic import mosaic

NOWHERE = 99
whole = st.integers(0, 12)
corners = st.lists(st.tuples(whole, whole), min_size=3, max_size=7)
SIDES = st.sampled_from([1, 3, 8, 37])


@st.composite
def surfaces(draw):
    """Polygons with holes and in parts, that overlap, touch and repeat each other."""
    hulls = [shapely.MultiPoint(draw(corners)).convex_hull for _ in range(draw(st.integers(2, 6)))]
    joined = [shapely.box(2, 2, 4, 3), *hulls, hulls[0] - hulls[1], hulls[0] ^ hulls[1]]
    return np.array([shape for shape in joined if "Polygon" in shape.geom_type], object)


def by_hand(shapes, numbers, lon, lat):
    touches = shapely.intersects(np.array(shapes)[:, None], shapely.points(lon, lat))
    return np.where(touches, np.reshape(numbers, (-1, 1)), NOWHERE).min(axis=0).tolist()


def lattice(shapes):
    """Points on corners, edges and the lines between cells, just beside them, and anywhere."""
    lon, lat = (v.ravel() / 2 for v in np.meshgrid(np.arange(-1, 26), np.arange(-1, 26)))
    shapes = shapes[~shapely.is_empty(shapes)]
    on = shapely.line_interpolate_point(shapely.boundary(shapes), 1 / 3, normalized=True)
    beside = np.nextafter(lon, 99)
    x, y = np.random.default_rng(1).uniform(-1, 13, (2, 100))
    return (
        np.concatenate([lon, beside, lon, shapely.get_x(on), x]),
        np.concatenate([lat, lat, np.nextafter(lat, -99), shapely.get_y(on), y]),
    )


@given(surfaces(), SIDES, st.randoms(use_true_random=False))
def test_a_mosaic_says_what_every_polygon_asked_by_itself_says(shapes, side, random):
    numbers = np.array(random.sample(range(50), len(shapes)), np.int64)
    lon, lat = lattice(shapes)
    found = mosaic(shapes, numbers, NOWHERE, side).lowest(lon, lat)
    assert found.tolist() == by_hand(shapes, numbers, lon, lat)


@given(st.lists(st.tuples(st.floats(0, 1e-3), st.floats(0, 1)), min_size=3, max_size=9), SIDES)
def test_slivers_and_edges_almost_level_are_seen(points, side):
    hull = shapely.MultiPoint([(y, x) for x, y in points]).convex_hull
    shapes = np.array([hull, shapely.box(0, 0, 1, 1)])
    lon, lat = np.random.default_rng(2).uniform(0, [[1], [2e-3]], (2, 300))
    if hull.geom_type == "Polygon":
        found = mosaic(shapes, np.array([3, 4]), NOWHERE, side).lowest(lon, lat)
        assert found.tolist() == by_hand(shapes, [3, 4], lon, lat)


def test_a_polygon_without_a_surface_holds_only_what_is_on_it():
    shapes = np.array([shapely.Polygon([(1, 1)] * 4), shapely.Polygon()])
    made = mosaic(shapes, np.array([1, 2]), NOWHERE, 8)
    lon, lat = np.array([1.0, 1.0, np.nan, np.inf]), np.array([1.0, 0.0, 1.0, 1.0])
    assert made.lowest(lon, lat).tolist() == by_hand(shapes, [1, 2], lon, lat)
