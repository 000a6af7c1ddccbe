"""Standard addresses as points: counts and single ones for tiles, and rows for the export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.areas.hierarchy import hierarchy
from geodata.space.mvt import Packed
from geodata.space.points import Points, count_shift, counted, in_tile

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from geodata.query import Query, Tile
    from geodata.store.reader import Reader

LEVELS = (
    *("town", "community", "road", "road_no", "quarter", "building", "unit", "floor", "room"),
    "poi",
)
_COLUMNS = """id, code, province, city, county, town, community, grid, road, road_no, quarter,
    building, unit, floor, room, poi, level, lon, lat, aliases, name"""


def counts(reader: Reader, query: Query, tile: Tile) -> Points:
    """Addresses per square of a tile."""
    condition, parameters = _selected(reader, query)
    within, cells = in_tile(tile)
    rows = reader.columns(
        f"SELECT cell >> $shift AS square, count(*) AS n FROM addresses "
        f"WHERE {condition} AND {within} GROUP BY square ORDER BY square",
        parameters | cells | {"shift": count_shift(tile)},
    )
    return counted(rows["square"], rows["n"], tile)


def points(reader: Reader, query: Query, tile: Tile) -> Points:
    """The single addresses of a tile with id and name, encoded when the generation was written.

    They lie in order of their numbers, and a scan keeps the order.
    """
    condition, parameters = _selected(reader, query)
    within, cells = in_tile(tile)
    rows = reader.table(
        f"SELECT n, cell, ident, label FROM addresses WHERE {condition} AND {within}",
        parameters | cells,
    )
    return Points(
        cell=rows["cell"].to_numpy(),
        ids=rows["n"].to_numpy().astype(np.int64),
        values={key: _packed(rows[name]) for key, name in (("id", "ident"), ("name", "label"))},
    )


def _packed(column: pa.ChunkedArray) -> Packed | list[bytes]:
    return Packed(column.chunk(0)) if column.num_chunks else []


def rows(reader: Reader, query: Query) -> Iterator[pa.RecordBatch]:
    """The addresses of the shown area that pass the filters, for the export."""
    condition, parameters = _selected(reader, query)
    return reader.batches(
        f"SELECT {_COLUMNS} FROM addresses WHERE {condition} ORDER BY n", parameters
    )


def _selected(reader: Reader, query: Query) -> tuple[str, dict[str, Any]]:
    parts, parameters = (
        ["area <= $last_area"],
        {"last_area": int(hierarchy(reader).last[query.area])},
    )
    if query.area:
        parts.append(f"area >= {int(query.area)}")
    for name, chosen in query.filters.items():
        parts.append(f"list_contains(${name}, {name})")
        parameters[name] = sorted(chosen)  # type: ignore[assignment]
    return " AND ".join(parts), parameters
