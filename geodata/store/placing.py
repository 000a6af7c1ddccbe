"""Where rows lie: the areas' own numbers and shapes, and the area and cell of every fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.errors import DataError
from geodata.space import cells, crs
from geodata.space.assign import assigned
from geodata.space.numbering import numbering

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

    from geodata.place import Place

NOWHERE = -1
BLOCK_BITS = 18  # blocks of about 120 m at 37° north: fine enough to find the peak of a heat map


def number_areas(connection: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Number ``areas_in`` depth first and write ``areas`` with shape, label point and size."""
    given = connection.sql("SELECT * FROM areas_in").to_arrow_table().to_pydict()
    tree = numbering(given["code"], given["parent"])
    if given["code"][tree.order[0]] != place.root:
        raise DataError(
            f"The root area is {given['code'][tree.order[0]]}, but place.toml names "
            f"{place.root}. Make the two agree."
        )
    rows = {name: [column[i] for i in tree.order] for name, column in given.items()}
    shapes = shapely.from_wkb(rows["geometry"])
    bounds, label = shapely.bounds(shapes), _label_points(shapes)
    _write(
        connection,
        "areas",
        {
            "n": np.arange(len(shapes)),
            **{key: rows[key] for key in ("code", "name", "name_en")},
            "level": tree.level,
            "parent": tree.parent,
            "last": tree.last,
            "population": _populations(rows["population"], tree.parent),
            **dict(zip(("west", "south", "east", "north"), bounds.T, strict=True)),
            "label_lon": shapely.get_x(label),
            "label_lat": shapely.get_y(label),
            "km2": crs.km2(shapes),
            "geometry": rows["geometry"],
            "is_demo": rows["is_demo"],
        },
    )


def place_rows(connection: duckdb.DuckDBPyConnection, table: str, area_column: str) -> None:
    """Make ``placed`` (row, area, cell, block) for a table with lon, lat and an area code.

    Coordinates decide. Only where there are none inside the place does the area code count, which
    may name any level; such a row has an area but no cell, so it is counted and not drawn.
    """
    rows = connection.execute(
        f"SELECT given.rowid AS row, lon, lat, areas.n AS named FROM {table} given "
        f"LEFT JOIN areas ON areas.code = given.{area_column}"
    ).fetchnumpy()
    lon, lat = _degrees(rows["lon"]), _degrees(rows["lat"])
    area = _areas_of(connection, lon, lat)
    has_point = area != NOWHERE
    area = np.where(has_point, area, np.ma.filled(rows["named"], NOWHERE))
    cell = np.full(len(lon), -1)
    cell[has_point] = cells.cells(lon[has_point], lat[has_point])
    block = np.where(has_point, cell >> (2 * (cells.BITS - BLOCK_BITS)), -1)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE placed (row BIGINT, area INTEGER, cell BIGINT, block BIGINT)"
    )
    _write(connection, "placed", {"row": rows["row"], "area": area, "cell": cell, "block": block})


def find_areas(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Set ``area`` of a small table by its point."""
    rows = connection.execute(f"SELECT rowid, lon, lat FROM {table}").fetchnumpy()
    area = _areas_of(connection, _degrees(rows["lon"]), _degrees(rows["lat"]))
    found = pa.table({"row": rows["rowid"], "area": area})
    connection.register("found", found)
    connection.execute(f"UPDATE {table} SET area = found.area FROM found WHERE row = {table}.rowid")
    connection.unregister("found")


def _areas_of(
    connection: duckdb.DuckDBPyConnection, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.int64]:
    leaves = connection.execute("SELECT n, geometry FROM areas WHERE last = n").fetchnumpy()
    shapes = shapely.from_wkb([bytes(wkb) for wkb in leaves["geometry"]])
    return assigned(lon, lat, shapes, leaves["n"].astype(np.int64), NOWHERE)


def _label_points(shapes: Any) -> Any:
    """A point well inside each shape: the centre of its largest circle, where a name has room."""
    west, south, east, north = shapely.bounds(shapes).T
    tolerance = np.maximum(east - west, north - south) / 50
    return shapely.get_point(shapely.maximum_inscribed_circle(shapes, tolerance), 0)


def _populations(given: list[int | None], parent: NDArray[np.int64]) -> list[int | None]:
    """Residents; an area that does not say has what its children say, if all of them do."""
    counts = list(given)
    for n in range(len(counts) - 1, -1, -1):
        if counts[n] is None:
            below = [counts[child] for child in np.flatnonzero(parent == n)]
            known = [count for count in below if count is not None]
            counts[n] = sum(known) if below and len(known) == len(below) else None
    return counts


def _degrees(column: Any) -> NDArray[np.float64]:
    return np.asarray(np.ma.filled(column.astype(np.float64), np.nan))


def _write(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, Any]) -> None:
    connection.register("columns", pa.table(columns))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM columns")
    connection.unregister("columns")
