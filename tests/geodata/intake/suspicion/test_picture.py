from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.intake.suspicion import picture

FRAME = picture.frame_of((0.0, 0.0, 1_000.0, 1_000.0))
SPOT = st.tuples(st.floats(50, 950), st.floats(50, 950))


def middles() -> np.ndarray:
    row, column = np.mgrid[0 : FRAME.height, 0 : FRAME.width]
    return shapely.points((column + 0.5) * FRAME.cell, (row + 0.5) * FRAME.cell)


@settings(max_examples=25, deadline=None)
@given(st.lists(SPOT, min_size=2, max_size=4, unique=True))
def test_a_distance_is_right_to_a_cell(ends):
    lines = np.array([shapely.linestrings(ends)])
    told = picture.distance_to_lines(lines, FRAME).values
    true = shapely.distance(middles(), lines[0])
    near = true < picture.REACH * FRAME.cell - 2 * FRAME.cell
    assert np.abs(told - true)[near].max(initial=0) <= 1.5 * FRAME.cell
    assert (told[true > (picture.REACH + 2) * FRAME.cell] == picture.REACH * FRAME.cell).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SPOT, st.floats(20, 300)), min_size=1, max_size=4))
def test_ground_is_where_any_polygon_is_whether_they_overlap_or_not(discs):
    rings = [
        shapely.Point(at).buffer(r).difference(shapely.Point(at).buffer(r / 2)) for at, r in discs
    ]
    told = picture.outside_of(np.array(rings), FRAME).values == 0
    whole = shapely.union_all(rings)
    sure = shapely.distance(middles(), shapely.boundary(whole)) > 1e-6
    true = shapely.contains(whole, middles())
    np.testing.assert_array_equal(told[sure], true[sure])


def test_a_whole_shift_of_cells_sees_what_looking_there_sees():
    lines = np.array([shapely.linestrings([(100, 100), (900, 700)])])
    seen = picture.distance_to_lines(lines, FRAME)
    random = np.random.default_rng(1)
    x, y = random.uniform(100, 900, (2, 500))
    look, places = seen.from_cells(x, y, 400)
    shifts = np.array([[0.0, 0.0], [200.0, -300.0], [-390.0, 40.0]])
    for shift, step in zip(shifts, seen.steps(shifts, 400), strict=True):
        np.testing.assert_array_equal(look[places + step], seen.at(x + shift[0], y + shift[1]))


def test_a_large_reference_has_coarser_cells_not_more_of_them():
    frame = picture.frame_of((0.0, 0.0, 200_000.0, 150_000.0))
    assert frame.width * frame.height <= 1.01 * picture.MOST_CELLS
