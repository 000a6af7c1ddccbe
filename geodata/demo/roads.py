"""The main roads: real names, grades and ends, drawn as gentle lines between the ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.bend import Bend
from geodata.demo.plane import Floats, gentle, to_degrees, to_plane
from geodata.demo.rng import stream
from geodata.demo.sheets import drawing, sheet

BIG = ("快速路", "主干道", "次干道")
WINDING = ("心环西路", "心环东路", "沿河街")  # a straight line would be no likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One part of a road; ``line`` is (n, 2) metres, ``grade`` as in the facts."""

    name: str
    name_en: str
    grade: str
    line: Floats
    is_demo: bool

    @property
    def metres(self) -> float:
        """Length of the part."""
        return float(np.hypot(*np.diff(self.line, axis=0).T).sum())

    def bent(self, bend: Bend) -> Road:
        """Give the road as it lies after the bending of the whole drawing."""
        return Road(
            name=self.name,
            name_en=self.name_en,
            grade=self.grade,
            line=bend(self.line),
            is_demo=self.is_demo,
        )

    def geometry(self) -> Any:
        """Give the LineString in EPSG:4326."""
        return shapely.LineString(to_degrees(self.line))


def main_roads(seed: int) -> list[Road]:
    """Draw the 92 parts of ``facts/main_roads.csv``, in its order, before any bending."""
    rng = stream(seed, "roads")
    return [_drawn(row, rng) for row in sheet("facts/main_roads")]


def _drawn(row: dict[str, str], rng: np.random.Generator) -> Road:
    ends = [[float(row[f"{end}_{axis}"]) for axis in ("lon", "lat")] for end in ("start", "end")]
    return Road(
        name=row["name"],
        name_en=row["name_en"],
        grade=row["grade"],
        line=gentle(to_plane(ends), rng, 14, 150),
        is_demo=False,
    )


def frame_lines(roads: list[Road]) -> list[Floats]:
    """Lines that cut the town into superblocks.

    They are the bigger roads, the long straight small ones, and those on a border of streets.
    Each is carried on a little past its ends, so that it meets the road it was meant to reach.
    """
    borders = {border["along"] for border in drawing("facts/sketch")["borders"]}
    chosen = [
        road
        for road in roads
        if road.name not in WINDING
        and (road.grade in BIG or road.metres > 1700 or road.name in borders)
    ]
    return [_carried_on(road.line, 260) for road in chosen]


def _carried_on(line: Floats, metres: float) -> Floats:
    first, last = line[0] - line[1], line[-1] - line[-2]
    first, last = first / np.hypot(*first), last / np.hypot(*last)
    return np.vstack([line[0] + first * metres, line, line[-1] + last * metres])
