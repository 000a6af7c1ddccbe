from __future__ import annotations

import math
from dataclasses import replace

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.query import Tile
from geodata.space import cells, mvt
from geodata.space.points import written
from geodata.store.placing import BLOCK_BITS
from geodata.tickets.numbers import numbers
from geodata.tickets.places import counts, peak, points, smoke_counts, smoke_points


def tile_at(z: int, lon: float, lat: float) -> Tile:
    x, y = (int(v[0] * (1 << z)) for v in cells.mercator(np.array([lon]), np.array([lat])))
    return Tile(z, x, y)


def query(question, layer: str = "tickets"):
    return question.of(question.catalog[layer])


def decoded(layer: str, tile: Tile, found) -> list[dict]:
    body = written(layer, tile, found)
    return mapbox_vector_tile.decode(body)[layer]["features"] if body else []


def test_a_single_appeal_carries_its_id_its_category_and_its_status(ask):
    question = ask("?datetime=2020-11-22")
    tile = tile_at(15, 118.015, 36.818)
    features = decoded("tickets", tile, points(question.reader, query(question), tile))
    assert [f["properties"] for f in features] == [
        {"id": "T04", "name": "广场舞", "status": "open"},
        {"id": "T03", "name": "烧烤油烟", "status": "overdue"},
    ]


def test_a_closed_appeal_is_closed(ask):
    question = ask("?datetime=2020-11-20")
    tile = tile_at(15, 118.002, 36.812)
    (feature,) = decoded("tickets", tile, points(question.reader, query(question), tile))
    assert feature["properties"]["status"] == "closed"


def test_smoke_tiles_hold_smoke_alone(ask):
    question = ask("?datetime=2020-11-22")
    tile = tile_at(15, 118.015, 36.818)
    found = smoke_points(question.reader, query(question, "smoke"), tile)
    assert found.values["id"] == [mvt.text("T03")]


@pytest.mark.parametrize(
    ("search", "placed", "smoke"),
    [
        ("", 7, 3),  # T08 and T09 have no point
        ("?tickets.smoke=no", 4, 0),
        ("?tickets.smoke=yes", 3, 3),
        ("?tickets.smoke=", 0, 0),
        ("?area=111001", 4, 2),
        ("?hours=18/19", 1, 1),
    ],
)
def test_a_tile_of_the_whole_world_counts_what_has_a_point(ask, search, placed, smoke):
    question, world = ask(search), Tile(0, 0, 0)

    def total(ask_counts, layer: str) -> int:
        found = ask_counts(question.reader, query(question, layer), world)
        return sum(f["properties"]["n"] for f in decoded(layer, world, found))

    assert total(counts, "tickets") == placed
    assert total(smoke_counts, "smoke") == smoke


@given(
    z=st.integers(8, 14),
    east=st.integers(0, 2),
    search=st.sampled_from(["?datetime=../..", "?hours=17/23", "?tickets.status=open"]),
)
def test_the_counts_of_a_tile_are_its_points(tiny, z, east, search):
    question = tiny.question(search)
    middle = tile_at(z, 118.05, 36.81)
    tile = Tile(z, middle.x + east - 1, middle.y)
    for many, single, layer in ((counts, points, "tickets"), (smoke_counts, smoke_points, "smoke")):
        asked = query(question, layer)
        one_by_one = single(question.reader, asked, tile)
        summed = sum(
            f["properties"]["n"] for f in decoded(layer, tile, many(question.reader, asked, tile))
        )
        assert summed == len(one_by_one.ids)
        assert len(decoded(layer, tile, one_by_one)) == len(one_by_one.ids)


def with_blocks(ask, *blocks: tuple[int, int]):
    """Numbers of the town but for the blocks: as many smoke appeals each, and ten times as many."""
    question = ask()
    counted = numbers(question.reader, query(question))
    rows = [(block, 10 * smoke, smoke) for block, smoke in blocks]
    return replace(counted, blocks=np.array(rows, np.int64).reshape(-1, 3))


def block_at(lon: float, lat: float) -> int:
    return int(cells.cells(np.array([lon]), np.array([lat]))[0]) >> (2 * (cells.BITS - BLOCK_BITS))


@pytest.mark.parametrize("bandwidth", [300, 1000, 3000])
def test_the_peak_of_one_spot_is_the_middle_of_its_kernel(ask, bandwidth):
    # A Gaussian of n appeals has the density n / (2πσ²) in its middle.
    counted = with_blocks(ask, (block_at(118.05, 36.81), 60))
    expected = 60 / (2 * math.pi * (bandwidth / 1000) ** 2)
    assert peak(counted, "smoke", bandwidth) == pytest.approx(expected, rel=0.02)


def test_two_spots_far_apart_peak_as_the_stronger_one(ask):
    near, far = block_at(118.05, 36.81), block_at(118.15, 36.81)
    alone = peak(with_blocks(ask, (near, 60)), "smoke", 300)
    assert peak(with_blocks(ask, (near, 60), (far, 59)), "smoke", 300) == pytest.approx(alone)


def test_two_spots_side_by_side_peak_higher_than_one(ask):
    near = block_at(118.05, 36.81)
    alone = peak(with_blocks(ask, (near, 60)), "smoke", 1000)
    assert peak(with_blocks(ask, (near, 60), (near + 1, 60)), "smoke", 1000) == pytest.approx(
        2 * alone, rel=0.02
    )


def test_without_smoke_there_is_no_peak(ask):
    assert peak(with_blocks(ask), "smoke", 300) == 0
    assert peak(with_blocks(ask, (block_at(118.05, 36.81), 0)), "smoke", 300) == 0


def test_all_appeals_peak_by_their_own_count(ask):
    counted = with_blocks(ask, (block_at(118.05, 36.81), 60))
    assert peak(counted, "total", 300) == pytest.approx(10 * peak(counted, "smoke", 300))
