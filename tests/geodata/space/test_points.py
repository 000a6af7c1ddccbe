from __future__ import annotations

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.query import Tile
from geodata.space import cells, crs, mvt
from geodata.space.points import Points, cells_of, count_shift, counted, written

# Around Zhangdian, so that a handful of tiles at zoom 12 holds every point.
PLACES = st.lists(
    st.tuples(st.floats(117.9, 118.2), st.floats(36.7, 36.92)), min_size=1, max_size=40
)


def features(tile: bytes) -> list[dict]:
    if not tile:
        return []
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})["p"]["features"]


def points_of(places: list[tuple[float, float]]) -> Points:
    lon, lat = np.array(places).T
    return Points(cell=cells.cells(lon, lat), ids=np.arange(len(places)))


def asked(points: Points, tile: Tile) -> Points:
    """What the condition of ``in_tile`` keeps, told again in numpy."""
    told = cells_of(tile)
    shifted = points.cell >> told["tile_shift"]
    kept = (points.cell >= told["low"]) & (points.cell <= told["high"])
    kept &= np.isin(shifted, told["tiles"])
    return Points(cell=points.cell[kept], ids=points.ids[kept])


@pytest.mark.parametrize("display", ["WGS84", "GCJ-02"])
@given(places=PLACES)
def test_every_point_is_drawn_in_the_one_tile_where_the_base_map_shows_it(display, places):
    points = points_of(places)
    z = 12
    for n, (lon, lat) in enumerate(places):
        shown = crs.for_display(np.array([lon]), np.array([lat]), display)
        x, y = (float(v[0]) * (1 << z) for v in cells.mercator(*shown))
        tile = Tile(z, int(x), int(y), display)
        found = [f for f in features(written("p", tile, asked(points, tile))) if f["id"] == n]
        near_edge = min(x % 1, y % 1, 1 - x % 1, 1 - y % 1) * 4096 < 0.2
        assert len(found) == 1 or near_edge
        for feature in found:
            expected = ((x - tile.x) * 4096, (y - tile.y) * 4096)
            # One step of the tile is cut off, and the cell itself is an eighth of a step.
            np.testing.assert_allclose(feature["geometry"]["coordinates"], expected, atol=1.2)


def test_a_shifted_map_asks_the_neighbouring_tiles_too():
    assert len(cells_of(Tile(12, 3390, 1600, "WGS84"))["tiles"]) == 1
    assert len(cells_of(Tile(12, 3390, 1600, "GCJ-02"))["tiles"]) == 9
    assert len(cells_of(Tile(0, 0, 0, "GCJ-02"))["tiles"]) == 1


@given(PLACES, st.integers(0, 14))
def test_a_count_stands_inside_its_square(places, z):
    lon, lat = np.array(places).T
    tile = Tile(z, 0, 0)
    squares, count = np.unique(cells.cells(lon, lat) >> count_shift(tile), return_counts=True)
    told = counted(squares, count, tile)
    assert (told.cell >> count_shift(tile)).tolist() == squares.tolist()
    assert told.values["n"] == [mvt.number(int(n)) for n in count]


def test_a_count_stands_in_the_middle_of_its_square():
    square = np.array([0])
    told = counted(square, np.array([1]), Tile(0, 0, 0))
    column, row = cells.steps(told.cell)
    side = 1 << (cells.BITS - 7)  # a tile of counts has 2**7 squares each way
    assert (column.tolist(), row.tolist()) == ([side // 2], [side // 2])
