"""Invented minor streets: the longer cuts between the blocks of the built-up parts, with names."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from geodata.demo.partition import District
from geodata.demo.plane import Floats
from geodata.demo.roads import Road
from geodata.demo.sheets import sheet

GRADE = "街巷"
BUILT_UP = 2200.0  # residents per km² of the grid around a lane
ROUNDS = (  # a name is a stem and an ending: along the north, across it; in this order
    ("路", "街", "{} Road", "{} Street"),
    ("南路", "东街", "{} South Road", "{} East Street"),
    ("北路", "西街", "{} North Road", "{} West Street"),
    ("巷", "巷", "{} Lane", "{} Lane"),
    ("一巷", "一巷", "{} 1st Lane", "{} 1st Lane"),
    ("二巷", "二巷", "{} 2nd Lane", "{} 2nd Lane"),
    ("三巷", "三巷", "{} 3rd Lane", "{} 3rd Lane"),
)


def lanes(place: District) -> list[Road]:
    """Give the named minor streets; no two have the same name, none that of a main road."""
    lines = _built_up(place)
    stems = sheet("phrases/street_stems")
    count = min(len(lines), len(ROUNDS) * len(stems))
    return [_named(line, n, stems) for n, line in enumerate(lines[:count])]


def _built_up(place: District) -> list[Floats]:
    """Lines from north-west to south-east or so, long ones first."""
    middle = shapely.line_interpolate_point(place.lanes, 0.5, normalized=True)
    lane, grid = shapely.STRtree(place.grids).query(middle, predicate="intersects")
    crowd = place.residents[grid] / shapely.area(place.grids[grid]) * 1e6
    kept = np.unique(lane[crowd > BUILT_UP])
    kept = kept[np.argsort(-shapely.length(place.lanes[kept]), kind="stable")]
    return [_turned(shapely.get_coordinates(line)) for line in place.lanes[kept]]


def _turned(line: Floats) -> Floats:
    step = line[-1] - line[0]
    return line[::-1] if step[0] - step[1] < 0 else line


def _named(line: Floats, n: int, stems: Any) -> Road:
    # 37 is prime to the number of stems, so that neighbours in length are not neighbours in name.
    stem = stems[n * 37 % len(stems)]
    along_north = abs(line[-1] - line[0])[1] > abs(line[-1] - line[0])[0]
    ends = ROUNDS[n // len(stems)]
    zh, en = (ends[0], ends[2]) if along_north else (ends[1], ends[3])
    return Road(
        name=stem["stem"] + zh,
        name_en=en.format(stem["stem_en"]),
        grade=GRADE,
        line=line,
        is_demo=True,
    )
