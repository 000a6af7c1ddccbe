"""Door numbers along their roads: odd on one side, even on the other, each side in order.

A judgement by rule of thumb. The doors of a side are laid along their road's line or, where the
roads of the place have no single line of that name, along the direction in which they spread; a
side that bends too much for that is passed over. What does not rise or fall with the numbers is
out of order, and a tenth of a side may be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from geodata.store.reader import Reader

    Floats = NDArray[np.float64]

NAMED = 5  # examples given
FEWEST = 4  # doors of a side that can be out of order
MOST_OUT = 10  # one door in so many may be
STRAIGHT = 0.25  # how much of its length a side may be wide, where there is no line
_NUMBER = re.compile(r"\d+")

_DOORS = """
SELECT road, town, road_no, lon, lat FROM addresses
WHERE level = 'road_no' AND road IS NOT NULL AND lon IS NOT NULL AND lat IS NOT NULL
ORDER BY road, town, n
"""


def unordered(reader: Reader) -> Iterator[str]:
    """Give one sentence about the roads whose doors are out of order, if there are any."""
    lines = _lines(reader)
    doors = reader.rows(_DOORS)
    found = []
    for (road, town), rows in groupby(doors, key=lambda row: (row["road"], row["town"])):
        for side, out, count in _sides(list(rows), lines.get(road)):
            where = f"{road} ({town})" if town else road
            found.append(f"{where} {side} side {out} of {count}")
    if found:
        told = "; ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")
        yield f"{len(found)} sides of roads have doors that lie out of the order of numbers: {told}"


def out_of_order(positions: Floats) -> int:
    """How many of some positions must go so that the rest only rises, or only falls."""
    return len(positions) - max(_rising(positions), _rising(-positions))


def _lines(reader: Reader) -> dict[str, Any]:
    """The line of every road that is one line."""
    parts: dict[str, list[Any]] = {}
    for row in reader.rows("SELECT name, geometry FROM roads WHERE name <> '' ORDER BY id"):
        parts.setdefault(row["name"], []).append(shapely.from_wkb(bytes(row["geometry"])))
    merged = {name: shapely.line_merge(shapely.union_all(lines)) for name, lines in parts.items()}
    return {name: line for name, line in merged.items() if line.geom_type == "LineString"}


def _sides(doors: list[dict[str, Any]], line: Any) -> Iterator[tuple[str, int, int]]:
    """The sides with more doors out of order than may be: which, how many, of how many."""
    points: dict[int, tuple[float, float]] = {}
    for door in doors:
        if number := _NUMBER.search(door["road_no"]):
            points.setdefault(int(number[0]), (door["lon"], door["lat"]))
    for side, parity in (("odd", 1), ("even", 0)):
        numbers = sorted(number for number in points if number % 2 == parity)
        if len(numbers) < FEWEST:
            continue
        positions = _along(np.array([points[number] for number in numbers]), line)
        out = 0 if positions is None else out_of_order(positions)
        if out > len(numbers) // MOST_OUT:
            yield side, out, len(numbers)


def _along(points: Floats, line: Any) -> Floats | None:
    """How far along its road each point lies; None where there is no telling."""
    if line is not None:
        return np.asarray(shapely.line_locate_point(line, shapely.points(points)))
    flat = (points - points.mean(axis=0)) * (np.cos(np.radians(points[0, 1])), 1)
    _, spread, ways = np.linalg.svd(flat, full_matrices=False)
    return np.asarray(flat @ ways[0]) if spread[1] <= STRAIGHT * spread[0] else None


def _rising(values: Iterable[float]) -> int:
    """The length of the longest run of values, others left out, that never falls."""
    ends: list[float] = []
    for value in values:
        at = bisect_right(ends, value)
        ends[at : at + 1] = [value]
    return len(ends)
