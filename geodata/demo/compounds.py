"""Buildings, units and rooms of the quarters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.book import BUILDING, QUARTER, ROOM, UNIT, Lot, lot
from geodata.demo.clip import rotated
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints, rectangles
from geodata.demo.quarters import Quarters
from geodata.demo.rng import stream
from geodata.demo.runs import count_up, ranks, starts
from geodata.demo.scales import Scale

PITCH = (58.0, 34.0)  # metres from building to building, along and across the rows
FOOTPRINT = (44.0, 12.0)
ENTRANCE = 5.5  # metres from the middle line of a building to the doors of its units
TURN = -0.07  # radians: the rows of the town are turned a little from east


@dataclass(frozen=True, slots=True, kw_only=True)
class Houses:
    """Buildings, n of them: grid, middle (n, 2) in metres, unit vector (n, 2) of the long side."""

    grid: Ints
    middle: Floats
    way: Floats
    units: Ints
    floors: Ints
    doors: Ints  # on each floor of a unit

    def take(self, which: Any) -> Houses:
        """Give some of the buildings."""
        return Houses(**{name: getattr(self, name)[which] for name in self.__slots__})


def compounds(seed: int, place: District, named: Quarters, scale: Scale, budget: int) -> list[Lot]:
    """Give the quarters and as many buildings with units and rooms as the budget of rows allows.

    Every row lies inside its grid: a building is only put where its whole footprint fits.
    """
    rng = stream(seed, "compounds", scale.salt)
    heads = _quarter_rows(place, named)
    houses = _houses(place, named, scale, rng)
    rooms = houses.units * houses.floors * houses.doors * scale.rooms
    rows = np.cumsum(1 + houses.units + rooms)
    # A few more than fit: the book cuts the last rooms off.
    enough = np.searchsorted(rows, (budget - len(heads)) * 1.02 + 100)
    houses = houses.take(slice(0, enough))
    order = np.lexsort((houses.middle[:, 0], -houses.middle[:, 1] // 30, houses.grid))
    houses = houses.take(order)
    quarter = named.of_grid[houses.grid]
    number = count_up(quarter)
    keep = rng.random if scale.rooms < 1 else None
    return [heads, *_rows(houses, quarter, number, scale.rooms if keep else 1.0, rng)]


def _quarter_rows(place: District, named: Quarters) -> Lot:
    _, first = np.unique(named.of_grid, return_index=True)
    inner = shapely.get_coordinates(shapely.point_on_surface(place.grids[first]))
    return lot(QUARTER, first.astype(np.int32), inner, quarter=named.of_grid[first])


def _houses(place: District, named: Quarters, scale: Scale, rng: np.random.Generator) -> Houses:
    """Buildings wherever one fits, in the order in which they are taken."""
    town = np.flatnonzero(~np.asarray(named.is_village)[named.of_grid])[:: scale.every_grid]
    turn = TURN + rng.normal(0, 0.03, len(town))
    owner, middle = _lattice(place.grids[town], turn)
    middle += rng.uniform(-3, 3, middle.shape)
    way = np.stack([np.cos(turn), np.sin(turn)], axis=1)[owner]
    shapely.prepare(place.grids)
    plan = shapely.polygons(rectangles(middle, way, FOOTPRINT[0] + 4, FOOTPRINT[1] + 4))
    fits = np.flatnonzero(shapely.contains_properly(place.grids[town[owner]], plan))
    chosen = fits[np.argsort(_turn_to_be_built(place, town, owner[fits], middle[fits], rng))]
    return _built(town[owner[chosen]], middle[chosen], way[chosen], rng)


def _turn_to_be_built(
    place: District, town: Ints, owner: Ints, middle: Floats, rng: np.random.Generator
) -> Floats:
    """Quarters grow from their middle outwards, those with more residents faster."""
    core = shapely.get_coordinates(shapely.point_on_surface(place.grids[town]))
    order = np.lexsort((np.hypot(*(middle - core[owner]).T), owner))
    rank = np.empty(len(owner))
    rank[order] = count_up(owner[order])
    return np.asarray((rank + rng.uniform(-0.5, 0.5, len(rank))) / place.residents[town[owner]])


def _lattice(grids: Any, turn: Floats) -> tuple[Ints, Floats]:
    """Evenly spread points over each grid's bounds, in rows along its direction."""
    corners, owner = shapely.get_coordinates(grids, return_index=True)
    turned = rotated(corners, -turn[owner])
    start = starts(owner)
    low = np.minimum.reduceat(turned, start)
    counts = np.ceil((np.maximum.reduceat(turned, start) - low) / PITCH).astype(int)
    many = counts.prod(axis=1)
    whose = np.repeat(np.arange(len(grids)), many)
    n = ranks(many)
    step = np.stack([n % counts[whose, 0], n // counts[whose, 0]], axis=1) + 0.5
    return whose, rotated(low[whose] + step * PITCH, turn[whose])


def _built(grid: Ints, middle: Floats, way: Floats, rng: np.random.Generator) -> Houses:
    tall = rng.random(len(grid)) < 0.3
    floors = np.where(
        tall, rng.choice([11, 17, 18, 24, 26], len(grid)), rng.choice([4, 5, 6, 6, 6], len(grid))
    )
    return Houses(
        grid=grid,
        middle=middle,
        way=way,
        units=np.where(tall, 2, rng.choice([2, 3, 3, 4], len(grid))),
        floors=floors,
        doors=np.where(tall, rng.choice([2, 3], len(grid)), 2),
    )


def _rows(
    houses: Houses, quarter: Ints, number: Ints, share: float, rng: np.random.Generator
) -> list[Lot]:
    """Rows of the buildings, of their units, and of the rooms of the units."""
    whole = lot(BUILDING, houses.grid, houses.middle, quarter=quarter, building=number)
    house = np.repeat(np.arange(len(number)), houses.units)
    unit = ranks(houses.units)
    width = FOOTPRINT[0] / houses.units[house]
    aside = (unit + 0.5) * width - FOOTPRINT[0] / 2
    front = houses.way[house][:, ::-1] * [1, -1] * ENTRANCE
    point = houses.middle[house] + houses.way[house] * aside[:, None] + front
    units = lot(
        UNIT,
        houses.grid[house],
        point,
        quarter=quarter[house],
        building=number[house],
        unit=unit + 1,
    )
    per_unit = (houses.floors * houses.doors)[house]
    home = np.repeat(np.arange(len(house)), per_unit)
    n = ranks(per_unit)
    kept = rng.random(len(home)) < share
    home, n = home[kept], n[kept]
    return [whole, units, _rooms(houses, units.take(home), house[home], n, width[home])]


def _rooms(houses: Houses, units: Lot, house: Ints, n: Ints, width: Floats) -> Lot:
    """Rooms beside each other along the front, floors stepped back so that none share a point."""
    doors = houses.doors[house]
    floor, door = n // doors + 1, n % doors + 1
    along = ((door - 0.5) / doors - 0.5) * width
    back = ((floor - 0.5) / houses.floors[house] - 0.5) * (FOOTPRINT[1] - 1) + ENTRANCE
    way = houses.way[house]
    point = units.point + way * along[:, None] + way[:, ::-1] * [-1, 1] * back[:, None]
    return lot(
        ROOM,
        units.grid,
        point,
        quarter=units.quarter,
        building=units.building,
        unit=units.unit,
        floor=floor,
        room=floor * 100 + door,
    )
