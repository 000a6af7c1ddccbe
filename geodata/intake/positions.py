"""Coordinates and shapes in EPSG:4326, from columns, WKT or the file's own geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.space import crs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.intake.rejects import Rows

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

OFF_EARTH = "is not on the earth"
CHECK = "Check the order (lon before lat) and the crs of the mapping."
SWAPPED = "lon and lat look swapped: give lon first."


def place(rows: Rows) -> None:
    """Fill ``lon``, ``lat`` and ``geometry``; rows whose place cannot be meant are held back."""
    columns = rows.columns
    # GEOS computes with what is no number on its way to saying so.
    with np.errstate(invalid="ignore"):
        shapes = _shapes(rows) if {"lon", "geometry"} & set(columns) else None
        if shapes is not None:
            shapes = _of_numbers(rows, shapes)
        if "lon" in columns:
            if shapes is not None and columns["lon"].null_count == len(rows):
                points = _points(shapes)
                columns["lon"] = _known(shapely.get_x(points))
                columns["lat"] = _known(shapely.get_y(points))
            if columns["lon"].null_count + columns["lat"].null_count < 2 * len(rows):
                _to_stored(rows)
        if "geometry" in columns and shapes is not None:
            columns["geometry"] = pa.array(shapely.to_wkb(_stored(rows, shapes)), pa.binary())


def _shapes(rows: Rows) -> Any:
    """Shapes from the mapping's WKT column, else from the file."""
    for column in rows.mapping.columns.values():
        if column.how == "wkt" and set(column.sources) <= set(rows.sheet.head):
            texts = rows.sheet.column(column.sources[0])
            given = texts.to_numpy(zero_copy_only=False)
            shapes = shapely.from_wkt(given, on_invalid="ignore")
            unread = texts.is_valid().to_numpy(zero_copy_only=False) & shapely.is_missing(shapes)
            cure = "Write POINT (x y)."
            rows.refuse_all(unread, column.sources[0], texts, "is not WKT", cure)
            return shapes
    return rows.sheet.geometry


def _points(shapes: Any) -> Any:
    """A point on each shape; a point is its own."""
    points = np.array(shapes, object)
    other = shapely.get_type_id(points) > 0
    points[other] = shapely.point_on_surface(points[other])
    return points


def _of_numbers(rows: Rows, shapes: Any) -> Any:
    """Shapes without those that have a coordinate which is infinite or no number: held back."""
    coordinates, of_row = shapely.get_coordinates(shapes, return_index=True)
    wrong = np.zeros(len(rows), bool)
    wrong[of_row[~np.isfinite(coordinates).all(axis=1)]] = True
    reason = "has a coordinate that is not a number"
    rows.refuse_all(wrong, "geometry", None, reason, "Give every vertex two numbers.")
    return np.where(wrong, None, shapes)


def _to_stored(rows: Rows) -> None:
    given = [np.array(rows.columns[n].to_numpy(zero_copy_only=False)) for n in ("lon", "lat")]
    # 0, 0 lies in the ocean: it is how many systems write "unknown".
    unknown = (given[0] == 0) & (given[1] == 0)
    for values in given:
        values[unknown] = np.nan
    lon, lat = crs.to_stored(given[0], given[1], _crs(rows))
    half = np.isfinite(given[0]) != np.isfinite(given[1])
    outside = (np.abs(lon) > 180) | (np.abs(lat) > 90)
    swapped = outside & (np.abs(lon) <= 90) & (np.abs(lat) <= 180)
    _refuse(rows, half, given, "has half a position", "Give both, or none.")
    _refuse(rows, swapped, given, OFF_EARTH, SWAPPED)
    _refuse(rows, outside, given, OFF_EARTH, CHECK)
    wrong = half | outside
    rows.columns["lon"] = _known(np.where(wrong, np.nan, lon))
    rows.columns["lat"] = _known(np.where(wrong, np.nan, lat))


def _refuse(rows: Rows, which: Flags, given: list[Floats], reason: str, cure: str) -> None:
    for i in np.flatnonzero(which).tolist():
        rows.refuse(i, "lon, lat", f"{given[0][i]}, {given[1][i]}", reason, cure)


def _stored(rows: Rows, shapes: Any) -> Any:
    """Shapes in EPSG:4326, mended where they are not valid."""
    moved = shapely.transform(
        shapes, lambda x, y: crs.to_stored(x, y, _crs(rows)), interleaved=False
    )
    outside = (np.abs(shapely.bounds(moved)) > [180, 90, 180, 90]).any(axis=1)
    rows.refuse_all(outside, "geometry", None, OFF_EARTH, CHECK)
    crossed = ~shapely.is_valid(moved) & ~shapely.is_missing(moved)
    if crossed.any():
        moved[crossed] = shapely.make_valid(
            moved[crossed], method="structure", keep_collapsed=False
        )
    rows.note(crossed, "a shape was not valid and was mended")
    return moved


def _crs(rows: Rows) -> str:
    return rows.mapping.crs or crs.STORED


def _known(values: Floats) -> pa.Array:
    """Degrees; what is not known is null."""
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))
