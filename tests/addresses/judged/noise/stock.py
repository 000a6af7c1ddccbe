"""What stands in the compounds: buildings, units and rooms as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

BUILDING, UNIT, ROOM = 0, 1, 2
LETTERS = 61  # building numbers from here on are A, B, C …
# Units, floors, doors on a floor, and how common the shape is; no unit: rooms below the building.
SHAPES = np.array(
    [
        *((3, 6, 2), (4, 6, 2), (2, 5, 2), (3, 5, 2), (2, 11, 2), (2, 18, 2), (1, 6, 2)),
        *((1, 28, 4), (1, 18, 4), (2, 26, 2), (2, 33, 2)),
    ]
)
COMMON = np.array([24, 8, 8, 12, 14, 12, 6, 4, 4, 5, 3]) / 100
TOWER = (0, 20, 8)


@dataclass(frozen=True, slots=True)
class Stock:
    """Rows of buildings, units and rooms, sorted by compound; 0 where a row tells no number."""

    quarter: Ints
    level: Ints
    building: Ints
    unit: Ints
    floor: Ints
    room: Ints


def stock(quarters: int, rooms: int, draw: np.random.Generator) -> Stock:
    """Fill the compounds: 5 % hold nothing, 8 % only buildings, 5 % only units, the rest rooms."""
    kind = draw.choice(4, quarters, p=[0.05, 0.08, 0.05, 0.82])
    tower = draw.random(quarters) < 0.03
    count = np.where(kind == 0, 0, np.where(tower, draw.integers(1, 6, quarters), 0))
    count = np.where((kind > 0) & ~tower, _sizes(quarters, rooms, draw), count)
    quarter = np.repeat(np.arange(quarters), count)
    building = _counted(count) + np.where(tower[quarter], LETTERS, 1)
    shape = SHAPES[draw.choice(len(SHAPES), len(quarter), p=COMMON)]
    shape = np.where(tower[quarter, None], np.array(TOWER), shape)
    units = np.where(kind[quarter] >= 2, shape[:, 0], 0)
    full = _affordable(shape, kind[quarter] == 3, rooms, draw)
    parts = [
        _buildings(quarter, building),
        _units(quarter, building, units),
        _rooms(quarter[full], building[full], shape[full]),
    ]
    return _sorted(np.concatenate(parts, axis=1))


def _sizes(quarters: int, rooms: int, draw: np.random.Generator) -> Ints:
    """Give buildings for each compound: twice as many, by rooms, as are needed at most."""
    mean = max(4.0, rooms / quarters / 45)
    return np.clip(draw.gamma(3.0, mean / 3.0, quarters).astype(np.int64) + 2, 2, 60)


def _affordable(
    shape: Ints, wanted: NDArray[np.bool_], rooms: int, draw: np.random.Generator
) -> NDArray[np.bool_]:
    """Tell which buildings list their rooms: in random order, until there are enough rooms."""
    size = np.where(wanted, np.maximum(shape[:, 0], 1) * shape[:, 1] * shape[:, 2], 0)
    order = draw.permutation(len(size))
    before = np.empty_like(size)
    before[order] = np.cumsum(size[order]) - size[order]
    return wanted & (before < rooms)


def _buildings(quarter: Ints, building: Ints) -> Ints:
    none = np.zeros_like(quarter)
    return np.stack([quarter, building, none, none, none, none + BUILDING])


def _units(quarter: Ints, building: Ints, units: Ints) -> Ints:
    owner = np.repeat(np.arange(len(units)), units)
    none = np.zeros_like(owner)
    unit = _counted(units) + 1
    return np.stack([quarter[owner], building[owner], unit, none, none, none + UNIT])


def _rooms(quarter: Ints, building: Ints, shape: Ints) -> Ints:
    size = np.maximum(shape[:, 0], 1) * shape[:, 1] * shape[:, 2]
    owner = np.repeat(np.arange(len(size)), size)
    inside, floors, doors = _counted(size), shape[owner, 1], shape[owner, 2]
    unit = np.where(shape[owner, 0] > 0, inside // (floors * doors) + 1, 0)
    floor = inside % (floors * doors) // doors + 1
    room = floor * 100 + inside % doors + 1
    return np.stack([quarter[owner], building[owner], unit, floor, room, np.full_like(unit, ROOM)])


def _counted(count: Ints) -> Ints:
    """Give 0, 1, 2 … within each owner: ``[2, 3]`` gives ``[0, 1, 0, 1, 2]``."""
    starts = np.cumsum(count) - count
    return np.arange(count.sum()) - np.repeat(starts, count)


def _sorted(rows: Ints) -> Stock:
    order = np.lexsort((rows[4], rows[2], rows[1], rows[0]))
    quarter, building, unit, floor, room, level = rows[:, order]
    return Stock(quarter, level, building, unit, floor, room)
