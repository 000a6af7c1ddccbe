from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.space import cells

SIDE = 1 << cells.BITS
LON = st.floats(-180, 180, exclude_max=True)
LAT = st.floats(-85.05, 85.05)
ZOOMS = st.integers(0, 22)


def cell(lon: float, lat: float) -> int:
    return int(cells.cells(np.array([lon]), np.array([lat]))[0])


@given(LON, LAT)
def test_a_cell_gives_back_its_point_to_the_width_of_a_cell(lon, lat):
    column, row = (int(v[0]) for v in cells.steps(np.array([cell(lon, lat)])))
    x, y = (float(v[0]) for v in cells.mercator(np.array([lon]), np.array([lat])))
    half = 0.5 + 1e-6  # of a cell; rounding may put a point on an edge to either side
    assert abs(column + 0.5 - x * SIDE) <= half
    assert abs(row + 0.5 - y * SIDE) <= half


@given(LON, LAT)
def test_degrees_survive_the_way_to_the_square_and_back(lon, lat):
    back = cells.lonlat(*cells.mercator(np.array([lon]), np.array([lat])))
    np.testing.assert_allclose([back[0][0], back[1][0]], [lon, lat], atol=1e-9)


@given(LON, LAT, ZOOMS, st.integers(0, 2**22 - 1), st.integers(0, 2**22 - 1))
def test_a_point_is_in_the_range_of_its_own_tile_and_of_no_other(lon, lat, z, x, y):
    here = cell(lon, lat)
    column, row = (int(v[0]) >> (cells.BITS - z) for v in cells.steps(np.array([here])))
    first, beyond = cells.tile_range(z, column, row)
    assert first <= here < beyond
    x, y = x % (1 << z), y % (1 << z)
    other = range(*cells.tile_range(z, x, y))
    assert (here in other) == ((x, y) == (column, row))


@given(st.integers(0, 21), st.data())
def test_four_tiles_cover_the_tile_above_them_without_gap_or_overlap(z, data):
    x, y = (data.draw(st.integers(0, (1 << z) - 1)) for _ in "xy")
    parts = sorted(
        cells.tile_range(z + 1, 2 * x + east, 2 * y + south) for east in (0, 1) for south in (0, 1)
    )
    assert [first for first, _ in parts[1:]] == [beyond for _, beyond in parts[:-1]]
    assert (parts[0][0], parts[-1][1]) == cells.tile_range(z, x, y)


def test_the_corners_of_the_world_have_cells():
    corners = cells.cells(np.array([-180.0, 180.0, 0.0]), np.array([90.0, -90.0, 0.0]))
    columns, rows = cells.steps(corners)
    assert columns.tolist() == [0, SIDE - 1, SIDE // 2]
    assert rows.tolist() == [0, SIDE - 1, SIDE // 2]


def test_zhangdian_lies_in_the_tile_that_every_map_service_gives_it():
    # 118.05 E, 36.81 N at zoom 10: the well-known slippy-map formula gives 847/399.
    first, beyond = cells.tile_range(10, 847, 399)
    assert first <= cell(118.05, 36.81) < beyond
