"""The rules a book of standard addresses keeps, as ``python -m geodata check`` proves them.

A fault breaks the book: an id that stands twice, a point outside the grid it names, a bare number
or a word for nothing where a name should be. What is odd but may be true is a note: a row without
the row above it, the same elements under two ids, door numbers out of order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.addresses.doors import unordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.store.reader import Reader

NAMED = 5  # examples given of each finding
METRES_A_DEGREE = 111_320
NEAR_M = 1.0  # a point so close to its grid's edge has only been rounded
EMPTY = ("无", "空", "不详", "未知", "null", "none", "nan", "n/a", "na", "-", "--", "/")
NAMES = ("town", "community", "road", "quarter", "poi")
NUMBERED = ("road_no", "building", "unit", "floor")  # a number with its word, as on the doorplate
_ELEMENTS = ("province", "city", "county", *NAMES, *NUMBERED, "room")
_BARE = r"^[0-9０-９]+$"

_TWICE = "SELECT id FROM addresses GROUP BY id HAVING count(*) > 1 ORDER BY id"

# Which level the row above must have, by what a row names; a road may be a line of its own.
_ORPHANS = """
SELECT a.level, count(*) AS count, arg_min(a.id, a.n, 5) AS ids
FROM addresses a LEFT JOIN addresses p ON p.n = a.parent
WHERE NOT coalesce(CASE
    WHEN a.level IN ('room', 'floor') AND a.unit IS NOT NULL THEN p.level = 'unit'
    WHEN a.level IN ('room', 'floor', 'unit') AND a.building IS NOT NULL THEN p.level = 'building'
    WHEN a.level IN ('room', 'floor', 'unit', 'building')
        THEN p.level IN ('quarter', 'road', 'road_no', 'poi')
    WHEN a.level = 'road_no' AND a.quarter IS NOT NULL THEN p.level IN ('quarter', 'road')
    WHEN a.level = 'road_no'
        THEN a.road IS NOT NULL
             AND (p.level = 'road' OR a.road IN (SELECT name FROM roads))
    ELSE true END, false)
GROUP BY a.level ORDER BY a.level
"""

_SAME = f"""
SELECT list(id ORDER BY n) AS ids FROM addresses
WHERE (coalesce(road, quarter, building, poi) IS NOT NULL OR level IN ('town', 'community'))
  AND hash({", ".join(_ELEMENTS)}) IN (
    SELECT hash({", ".join(_ELEMENTS)}) AS told FROM addresses GROUP BY told HAVING count(*) > 1)
GROUP BY level, {", ".join(_ELEMENTS)} HAVING count(*) > 1 ORDER BY min(n)
"""

# Rows that name a grid and have a point which is not counted there.
_ELSEWHERE = """
SELECT a.id, a.lon, a.lat, g.code, g.geometry FROM addresses a JOIN areas g ON g.code = a.grid
WHERE a.lon IS NOT NULL AND a.lat IS NOT NULL
  AND (a.cell < 0 OR a.area < g.n OR a.area > g.last) ORDER BY a.n
"""
_STRANGE_GRIDS = """
SELECT id FROM addresses WHERE grid IS NOT NULL AND grid NOT IN (SELECT code FROM areas) ORDER BY n
"""


def faults(reader: Reader) -> Iterator[str]:
    """Give every way in which the book is broken, as a sentence."""
    twice = [row["id"] for row in reader.rows(_TWICE)]
    if twice:
        yield f"{len(twice)} ids stand on more than one address: {_some(twice)}"
    yield from _outside(reader)
    for name in NAMES:
        bare = _ids(reader, f"regexp_matches({name}, '{_BARE}')")
        if bare:
            yield f"{len(bare)} addresses have a bare number for a {name}: {_some(bare)}"
    words = ", ".join(f"'{word}'" for word in EMPTY)
    for name in (*NAMES, *NUMBERED, "room"):
        empty = _ids(reader, f"lower(trim({name})) IN ({words})")
        if empty:
            yield (
                f"{len(empty)} addresses have a word for nothing as their {name}: {_some(empty)}; "
                f"leave it empty"
            )


def notes(reader: Reader) -> Iterator[str]:
    """Give what a person should look at, as a sentence each."""
    for row in reader.rows(_ORPHANS):
        yield (
            f"{row['count']} addresses of level {row['level']} are orphans, without the row above "
            f"them: {_more(row['ids'], row['count'])}"
        )
    same = [row["ids"] for row in reader.rows(_SAME)]
    if same:
        pairs = _some([" = ".join(ids[:2]) for ids in same])
        yield f"{len(same)} addresses are duplicates, the same under several ids: {pairs}"
    for name in NUMBERED:
        bare = _ids(reader, f"regexp_matches({name}, '{_BARE}')")
        if bare:
            yield (
                f"{len(bare)} addresses have a bare number for a {name}, without its word: "
                f"{_some(bare)}"
            )
    if reader.generation.has_areas and (strange := reader.rows(_STRANGE_GRIDS)):
        ids = [row["id"] for row in strange]
        yield f"{len(ids)} addresses name a grid that is not there: {_some(ids)}"
    yield from unordered(reader)


def _outside(reader: Reader) -> Iterator[str]:
    rows: Any = reader.rows(_ELSEWHERE)
    if not rows:
        return
    grids = shapely.from_wkb([bytes(row["geometry"]) for row in rows])
    points = shapely.points([row["lon"] for row in rows], [row["lat"] for row in rows])
    # A degree has as many metres to the east as to the north, or fewer: this is never too strict.
    apart = shapely.distance(grids, points) * METRES_A_DEGREE
    out = [rows[i] for i in np.flatnonzero(apart > NEAR_M)]
    if out:
        told = _some([f"{row['id']} ({row['code']})" for row in out])
        yield f"{len(out)} addresses lie outside the grid they name: {told}"


def _ids(reader: Reader, condition: str) -> list[str]:
    return [row["id"] for row in reader.rows(f"SELECT id FROM addresses WHERE {condition}")]


def _some(texts: list[str]) -> str:
    return _more(texts[:NAMED], len(texts))


def _more(texts: list[str], count: int) -> str:
    return ", ".join(texts) + (" …" if count > len(texts) else "")
