"""Door numbers in villages: lanes of houses around the middle of each grid. Invented."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.demo.book import DOOR, Lot, lot
from geodata.demo.clip import rotated
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints, to_degrees
from geodata.demo.quarters import Quarters
from geodata.demo.rng import stream
from geodata.demo.runs import count_up, ranks
from geodata.demo.scales import Scale

PER_LANE = 24  # doors, half of them on either side
FIRST_LANES = ("中心街", "前街", "后街", "东街", "西街")
TENS = ("", "十", "二十", "三十", "四十", "五十", "六十", "七十", "八十", "九十")
ONES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def village_doors(
    seed: int, place: District, named: Quarters, scale: Scale, before: int
) -> tuple[Lot, list[str]]:
    """Give the doors of all villages, and the names of the lanes they stand on.

    ``before`` is how many road names there are already; the lanes' numbers go on from there.
    """
    grids = np.flatnonzero(np.asarray(named.is_village)[named.of_grid])
    share = np.cumsum(place.residents[grids]) / place.residents[grids].sum() * scale.villages
    counts = np.diff(np.floor(share), prepend=0).astype(int)
    grid = np.repeat(grids, counts)
    n = ranks(counts)
    lane, door = n // PER_LANE, n % PER_LANE
    per_grid = np.maximum(-(-counts // PER_LANE), 1)
    middle = shapely.get_coordinates(shapely.point_on_surface(place.grids))[grid]
    rank = lane - (np.repeat(per_grid, counts) - 1) / 2
    rng = stream(seed, "village doors", scale.salt)
    shift = rng.uniform(-35, 35, (len(place.codes), 64))[grid, lane % 64]
    offset = np.stack(
        [(door // 2 - 5.5) * 15.0 + shift, rank * 38 + np.where(door % 2, -8.0, 8.0)], axis=1
    )
    offset += rng.uniform(-2.5, 2.5, offset.shape)
    offset = rotated(offset, rng.normal(0, 0.2, len(place.codes))[grid])
    fits = _inside(place, grid, middle + offset)
    road, names = _lanes(named, grid, lane)
    number = (door + 1)[fits]
    doors = lot(DOOR, grid[fits], (middle + offset)[fits], road=road[fits] + before, number=number)
    return doors, names


def _inside(place: District, grid: Ints, points: Floats) -> Ints:
    shapely.prepare(place.mapped)
    return np.flatnonzero(shapely.contains_xy(place.mapped[grid], to_degrees(points)))


def _lanes(named: Quarters, grid: Ints, lane: Ints) -> tuple[Ints, list[str]]:
    """Number the lanes through each village, from one grid to the next, and name them."""
    key = named.of_grid[grid].astype(np.int64) * 1_000_000 + grid * 100 + lane
    whole, place = np.unique(key, return_inverse=True)
    village = whole // 1_000_000
    rank = count_up(village) - 1
    bare = [name.removesuffix("社区") for name in named.names]
    return place, [bare[v] + _lane(int(r)) for v, r in zip(village, rank, strict=True)]


def _lane(rank: int) -> str:
    if rank < len(FIRST_LANES):
        return FIRST_LANES[rank]
    rank -= len(FIRST_LANES) - 1
    ones = ONES[rank % 10]
    return f"{'十' if 10 <= rank < 20 else TENS[rank // 10]}{ones}巷"
