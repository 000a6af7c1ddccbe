"""The shapes of areas, as they travel to the map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geodata.areas.hierarchy import hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.query import Query
    from geodata.store.reader import Reader

# 新华社区居委会 -> 新华社区, 商家村委会 -> 商家村.
_COMMITTEE = re.compile(r"(居民委员会|居委会|居委|村民委员会|(?<=村)委会)$")
MANY_VERTICES = 60_000  # above this the shapes are thinned for the screen, never for counting


def shapes(reader: Reader, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """Number and WKB of areas, as stored."""
    return reader.rows(
        "SELECT n, geometry FROM areas WHERE list_contains($numbers, n) ORDER BY n",
        {"numbers": [int(n) for n in numbers]},
    )


def of_areas(reader: Reader) -> Iterator[pa.RecordBatch]:
    """All areas between the root and the grids."""
    depth = reader.place.grid_depth
    return _features(reader, "level > 0" + ("" if depth is None else f" AND level < {depth}"))


def of_grids(reader: Reader) -> Iterator[pa.RecordBatch]:
    """All grids; none where the place has none."""
    depth = reader.place.grid_depth
    return _features(reader, "FALSE" if depth is None else f"level = {depth}")


def of_root(reader: Reader) -> Iterator[pa.RecordBatch]:
    """The outline of the whole place."""
    return _features(reader, "level = 0")


def outline_rows(reader: Reader, _: Query) -> Iterator[pa.RecordBatch]:
    """The outline as a row of the export."""
    return of_root(reader)


def _features(reader: Reader, condition: str) -> Iterator[pa.RecordBatch]:
    """Columns n, id, code, name, name_en, level, parent, label_lon, label_lat, geometry, label."""
    batches = list(
        reader.batches(
            "SELECT n, code AS id, code, name, name_en, level, parent, label_lon, label_lat, "
            f"geometry FROM areas WHERE {condition} ORDER BY level, n"
        )
    )
    if batches:
        table = pa.Table.from_batches(batches)
        above = dict(enumerate(hierarchy(reader).names))
        pairs = zip(table["name"].to_pylist(), table["parent"].to_pylist(), strict=True)
        labels = pa.array([label(name, above.get(parent, "")) for name, parent in pairs])
        at = table.schema.get_field_index("geometry")
        table = table.set_column(at, "geometry", [thinned(table["geometry"])])
        yield from table.append_column("label", labels).to_batches()


def label(name: str, parent: str = "") -> str:
    """A name as a map says it: without the committee's title, and without the parent's name."""
    short = _COMMITTEE.sub("", name)
    return short.removeprefix(_COMMITTEE.sub("", parent)) or short or name


def thinned(wkb: pa.ChunkedArray) -> pa.Array:
    """Shapes with no more vertices than a screen can show; shared edges stay shared."""
    geometries = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False))
    vertices = int(shapely.get_num_coordinates(geometries).sum())
    if vertices > MANY_VERTICES:
        west, south, east, north = shapely.total_bounds(geometries)
        # One part in ten thousand of the place's width: below a pixel on the largest wall.
        geometries = shapely.coverage_simplify(geometries, max(east - west, north - south) / 10_000)
    return pa.array(shapely.to_wkb(geometries), pa.binary())
