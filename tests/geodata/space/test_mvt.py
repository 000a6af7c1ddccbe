from __future__ import annotations

import mapbox_vector_tile
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.space import mvt

STEP = st.integers(0, mvt.EXTENT - 1)
POINT = st.tuples(
    STEP, STEP, st.integers(0, 2**28 - 1), st.text(max_size=40), st.integers(0, 2**40)
)


def decoded(tile: bytes) -> dict:
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})


@given(st.lists(POINT, min_size=1, max_size=60))
def test_a_tile_decodes_to_what_was_written_into_it(points):
    x, y, ids = (np.array([p[i] for p in points], np.int64) for i in range(3))
    values = {
        "name": [mvt.text(p[3]) for p in points],
        "n": [mvt.number(p[4]) for p in points],
    }
    layer = decoded(mvt.points("市场", x, y, ids, values))["市场"]
    assert (layer["extent"], layer["version"]) == (4096, 2)
    read = [
        (*f["geometry"]["coordinates"], f["id"], f["properties"]["name"], f["properties"]["n"])
        for f in layer["features"]
    ]
    assert read == points


def test_points_need_no_attributes():
    layer = decoded(mvt.points("dots", *np.array([[5], [7], [1]]), {}))["dots"]
    assert [f["geometry"]["coordinates"] for f in layer["features"]] == [[5, 7]]


def test_a_tile_without_points_has_no_bytes():
    nothing = np.empty(0, np.int64)
    assert mvt.points("dots", nothing, nothing, nothing, {"n": []}) == b""


def test_twenty_thousand_points_keep_their_own_values():
    # A value's number is a varint of three bytes: two attributes need numbers up to 40,000.
    n = np.arange(20_000)
    values = {"a": [mvt.number(int(i)) for i in n], "b": [mvt.text(str(i)) for i in n]}
    features = decoded(mvt.points("p", n % 4096, n // 8, n, values))["p"]["features"]
    assert all(f["properties"] == {"a": f["id"], "b": str(f["id"])} for f in features)
    assert len(features) == 20_000
