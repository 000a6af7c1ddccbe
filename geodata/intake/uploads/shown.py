"""Rows as they would land, small enough to be looked at: ten of them, and a map of some."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.intake.chinese import in_chinese
from geodata.space import crs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from geodata.intake.rejects import Reject
    from geodata.intake.suspicion import Doubt
    from geodata.place import Place

ROWS, FEATURES = 10, 2000
VERTICES = 60_000  # of all shapes of a preview; the map could draw more, but who looks cannot
CHARACTERS = 60  # of a value
DECIMALS = 6  # a tenth of a metre
_OURS = {"is_demo", "geometry", "smoke"}  # columns that say nothing to a person
_NAMES = ("name", "category", "id", "code")  # the first of these names a row
# How a sentence for the command line ends, and what stands on the page instead.
_BUTTON = (
    (r"give --crs (\S+)\.$", r"use the button below."),
    (r"请用 --crs (\S+) 指明。$", r"可用下方按钮改用 \1。"),
    (r"Give --crs if not\.$", "Choose another one above if not."),
    (r"必要时用 --crs 指明。$", "必要时在上方改选坐标系。"),
)


def both(name: str, sentences: Iterable[str]) -> dict[str, list[str]]:
    """Sentences as they are, under a name, and in Chinese, under ``<name>_zh``."""
    listed = list(sentences)
    return {name: listed, f"{name}_zh": [in_chinese(one) for one in listed]}


def reject(row: Reject) -> dict[str, Any]:
    """A row that was held back; its reason and its cure in both languages."""
    chinese = {"reason_zh": in_chinese(row.reason), "cure_zh": in_chinese(row.cure)}
    return {**asdict(row), **chinese}


def warning(doubt: Doubt) -> dict[str, Any]:
    """What is doubtful; where the command line has an option, the page has a button."""
    told = asdict(doubt)
    for name in ("sentence", "sentence_zh"):
        for option, button in _BUTTON:
            told[name] = re.sub(option, button, told[name])
    return told


def rows(table: pa.Table, place: Place) -> dict[str, list[Any]]:
    """The first rows: ``columns`` that hold anything, and the texts of their values."""
    first = table.slice(0, ROWS).to_pylist()
    names = [n for n in table.schema.names if n not in _OURS]
    names = [n for n in names if any(row[n] not in {None, ""} for row in first)]
    return {"columns": names, "rows": [[_text(row[n], place) for n in names] for row in first]}


def collection(table: pa.Table, shapes: Any, place: Place) -> dict[str, Any]:
    """Some of the rows as a FeatureCollection with ``bounds``, as the place's map shows them.

    ``shapes`` are those of the rows in EPSG:4326, None where a row has none. The coordinates are
    moved where the base map is a moved one. ``bounds`` leave out the farthest hundredth, so that
    one stray point does not make the city a dot; they are None where nothing has a place.
    """
    there = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    some = there[np.unique(np.linspace(0, len(there) - 1, min(len(there), FEATURES)).astype(int))]
    drawn = shapely.transform(
        _simple(shapes[some]),
        lambda x, y: tuple(np.round(v, DECIMALS) for v in crs.for_display(x, y, place.basemap.crs)),
        interleaved=False,
    )
    names = _names(table, some)
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": json.loads(text)}
        for name, text in zip(names, shapely.to_geojson(drawn), strict=True)
    ]
    return {"type": "FeatureCollection", "bounds": _bounds(drawn), "features": features}


def positions(table: pa.Table) -> Any:
    """The shapes of canonical rows: their own, else points, else None; an array of shape (n,)."""
    shapes = np.full(len(table), None)
    if "lon" in table.schema.names:
        lon, lat = (np.array(table[name].to_numpy(), float) for name in ("lon", "lat"))
        has = np.isfinite(lon) & np.isfinite(lat)
        shapes[has] = shapely.points(lon[has], lat[has])
    if "geometry" in table.schema.names:
        own = shapely.from_wkb(table["geometry"].to_numpy())
        shapes = np.where(shapely.is_missing(own), shapes, own)
    return shapes


def _simple(shapes: Any) -> Any:
    """The shapes with fewer vertices, where they have too many; no shape is lost."""
    count = int(shapely.get_num_coordinates(shapes).sum())
    if count <= VERTICES:
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    tolerance = max(east - west, north - south) / 2000 * min(10.0, count / VERTICES)
    return shapely.simplify(shapes, tolerance)


def _bounds(shapes: Any) -> list[float] | None:
    if not len(shapes):
        return None
    west, south, east, north = shapely.bounds(shapes).T
    low, high = (np.percentile(ends, at) for ends, at in ((west, 1), (east, 99)))
    bottom, top = (np.percentile(ends, at) for ends, at in ((south, 1), (north, 99)))
    return [float(low), float(bottom), float(high), float(top)]


def _names(table: pa.Table, which: Any) -> list[str]:
    named = next((name for name in _NAMES if name in table.schema.names), None)
    if named is None:
        return [""] * len(which)
    return [str(value or "")[:CHARACTERS] for value in table[named].take(which).to_pylist()]


def _text(value: object, place: Place) -> str:
    if isinstance(value, dt.datetime):
        value = value.astimezone(place.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        value = round(value, DECIMALS)
    text = "" if value is None else str(value)
    return text if len(text) <= CHARACTERS else f"{text[: CHARACTERS - 1]}…"
