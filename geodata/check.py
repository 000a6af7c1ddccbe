"""Proof that a data folder is whole: nesting, gaps, overlaps, every fact in exactly one area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.addresses import rules
from geodata.areas.hierarchy import hierarchy
from geodata.space import crs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.areas.hierarchy import Hierarchy
    from geodata.store.reader import Reader

    Say = Callable[[str], object]

SHARE = 0.001  # of an area, by which its children's union may differ from it
OVERLAP_M2 = 1.0  # by which two neighbours may overlap
NAMED = 5  # examples given of each fault


def faults(reader: Reader, say: Say) -> list[str]:
    """Every fault of a generation as a sentence; ``say`` is told what was looked at.

    Areas are measured on an equal-area grid. Where a place has grids, all areas must be tiled by
    their children; elsewhere only overlaps count, because two levels may be drawn apart.
    """
    tree = hierarchy(reader)
    shapes = _shapes(reader)
    found = [*_missing(reader, tree), *_invalid(tree, shapes)]
    shapes = shapely.make_valid(shapes)  # so that the rest can be measured all the same
    found += [*_nesting(reader, tree, shapes), *_overlaps(tree, shapes)]
    found += [*_facts(reader, tree, shapes, "addresses"), *_facts(reader, tree, shapes, "tickets")]
    found += [*_references(reader), *rules.faults(reader)]
    for depth in np.unique(tree.level).tolist():
        name = reader.place.level(depth).name
        say(f"{name}: {int((tree.level == depth).sum())}\n")
    for table in ("addresses", "tickets", "markets", "people"):
        say(f"{table}: {_count(reader, f'SELECT count(*) AS count FROM {table}')}\n")
    say(f"{len(found)} faults\n")
    for note in rules.notes(reader):
        say(f"note: {note}\n")
    return found


def _shapes(reader: Reader) -> Any:
    rows = reader.rows("SELECT geometry FROM areas ORDER BY n")
    return shapely.from_wkb([row["geometry"] for row in rows])


def _missing(reader: Reader, tree: Hierarchy) -> Iterator[str]:
    """Levels have as many areas as the place is known to have."""
    for depth, level in enumerate(reader.place.levels):
        there = int((tree.level == depth).sum())
        if level.count not in {None, there}:
            yield f"level {level.name} has {there} areas; place.toml says {level.count}"


def _invalid(tree: Hierarchy, shapes: Any) -> Iterator[str]:
    for n in np.flatnonzero(~shapely.is_valid(shapes)):
        reason = shapely.is_valid_reason(shapes[n])
        yield f"area {tree.codes[n]} is not a valid shape: {reason}"


def _nesting(reader: Reader, tree: Hierarchy, shapes: Any) -> Iterator[str]:
    """The union of the children is the area itself."""
    if reader.place.grid_depth is None:
        return
    sizes = crs.km2(shapes)
    for n in np.flatnonzero(~tree.is_leaf):
        parts = tree.children(int(n))
        union = shapely.union_all(shapes[parts])
        apart = crs.km2(shapely.symmetric_difference(union, shapes[n]))
        if apart > SHARE * sizes[n]:
            yield (
                f"area {tree.codes[n]}: its {len(parts)} parts and itself differ by "
                f"{apart * 1e6:.0f} m² ({apart / sizes[n]:.2%})"
            )


def _overlaps(tree: Hierarchy, shapes: Any) -> Iterator[str]:
    """No two areas of a level share ground."""
    for depth in np.unique(tree.level[1:]).tolist():
        numbers = np.flatnonzero(tree.level == depth)
        level = shapes[numbers]
        left, right = shapely.STRtree(level).query(level, predicate="intersects")
        pairs = left < right
        left, right = left[pairs], right[pairs]
        common = crs.km2(shapely.intersection(level[left], level[right])) * 1e6
        for i in np.flatnonzero(common > OVERLAP_M2):
            codes = " and ".join(tree.codes[numbers[side[i]]] for side in (left, right))
            yield f"areas {codes} overlap by {common[i]:.0f} m²"


def _facts(reader: Reader, tree: Hierarchy, shapes: Any, table: str) -> Iterator[str]:
    """Every placed fact lies in the one leaf area that it names."""
    rows = reader.columns(f"SELECT id, lon, lat, area FROM {table} WHERE cell >= 0 ORDER BY n")
    if not len(rows["id"]):
        return
    leaves = np.flatnonzero(tree.is_leaf)
    lon, lat = (np.ma.filled(rows[name], np.nan) for name in ("lon", "lat"))
    inside = _times_inside(lon, lat, shapes[leaves])
    own = rows["area"].astype(int)
    named = shapely.intersects_xy(shapes[own], lon, lat)
    for what, wrong in (("lie in no area", inside == 0), ("lie outside their own area", ~named)):
        if wrong.any():
            examples = ", ".join(rows["id"][np.flatnonzero(wrong)[:NAMED]])
            yield f"{int(wrong.sum())} {table} {what}: {examples}"
    # On a shared edge a point touches two areas; inside it must be in exactly one.
    if (twice := inside > 1).any():
        deep = _times_inside(lon[twice], lat[twice], shapes[leaves], "contains_properly")
        if (deep > 1).any():
            yield f"{int((deep > 1).sum())} {table} lie in several areas at once"


def _times_inside(lon: Any, lat: Any, leaves: Any, predicate: str = "intersects") -> Any:
    """In how many leaf areas each point lies."""
    shapely.prepare(leaves)
    _, points = shapely.STRtree(shapely.points(lon, lat)).query(leaves, predicate=predicate)
    return np.bincount(points, minlength=len(lon))


def _references(reader: Reader) -> Iterator[str]:
    """What names something else names something that is there."""
    lost = _count(
        reader,
        "SELECT count(*) AS count FROM tickets WHERE address_id IS NOT NULL AND address_n IS NULL",
    )
    if lost and _count(reader, "SELECT count(*) AS count FROM addresses"):
        yield f"{lost} tickets name an address that is not there"
    unknown = _count(
        reader,
        "SELECT count(*) AS count FROM people WHERE area NOT IN (SELECT code FROM areas)",
    )
    if unknown:
        yield f"{unknown} people answer for an area that is not there"


def _count(reader: Reader, sql: str) -> int:
    return int(reader.rows(sql)[0]["count"])
