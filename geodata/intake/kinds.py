"""What each kind of row must be beyond its columns' types."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.errors import DataError
from geodata.intake import uscc
from geodata.intake.words import same_spelling, smoke
from geodata.markets.opening import windows
from geodata.store.schema import ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.intake.rejects import Flags, Rows

SURFACES = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
FINEST = ELEMENTS[ELEMENTS.index("road") :]
# What systems write, and what we keep; nothing written means in use.
STATUSES = {
    **dict.fromkeys(("启用", "在用", "1", "in_use"), "in_use"),
    **dict.fromkeys(("历史", "停用", "2", "historic"), "historic"),
    **dict.fromkeys(("待核", "待核实", "3", "to_check"), "to_check"),
}
STANDINGS = {
    **dict.fromkeys(("主", "主地址", "1", "primary"), "primary"),
    **dict.fromkeys(("辅", "辅地址", "2", "secondary"), "secondary"),
}


def areas(rows: Rows) -> None:
    """An area needs a shape; without a name it goes by its code."""
    columns = rows.columns
    shapes = _shapes(rows)
    is_ground = np.isin(shapely.get_type_id(shapes), SURFACES) & (shapely.area(shapes) > 0)
    cure = "Give every area a polygon."
    rows.refuse_all(~is_ground, "geometry", None, "has no shape", cure)
    columns["name"] = pc.coalesce(columns["name"], columns["code"])
    columns["level"] = pc.fill_null(columns["level"], 0)


def tickets(rows: Rows) -> None:
    """A ticket needs a time and a category; its state and whether it is smoke are made sure."""
    columns = rows.columns
    cure = "Say when the appeal was accepted."
    rows.refuse_all(_missing(rows, "created_at"), "created_at", None, "has no time", cure)
    cure = "Say what the appeal is about."
    rows.refuse_all(_missing(rows, "category"), "category", None, "has no category", cure)
    columns["category"] = same_spelling(columns["category"], rows.known_categories)
    by_end = pc.if_else(columns["closed_at"].is_valid(), "closed", "accepted")
    columns["state"] = pc.coalesce(columns["state"], by_end)
    columns["smoke"] = smoke(columns["category"], columns["text"], rows.mapping)


def addresses(rows: Rows) -> None:
    """The level of an address is its finest element; a given level must be that one."""
    rows.columns["level"] = _level(rows)
    _coded(rows, "status", STATUSES, "is not a known status", "in_use")
    _coded(rows, "standing", STANDINGS, "is not a known standing")


def _level(rows: Rows) -> pa.Array:
    """The finest element; a town or a community is an address only where the row says so."""
    given = rows.columns["level"]
    finest = _finest(rows, [name for name in FINEST if name != "floor"])
    floors = _finest(rows, FINEST)  # a storey is one too, unless the row looks beyond it
    finest = pc.if_else(pc.fill_null(pc.equal(given, finest), False), finest, floors)
    areas = pc.is_in(given, pa.array(["town", "community"]))
    finest = pc.coalesce(finest, pc.if_else(areas, _finest(rows, ["town", "community"]), None))
    nothing = finest.is_null().to_numpy(zero_copy_only=False)
    reason = "has no road, compound, building or place"
    rows.refuse_all(nothing, "level", None, reason, "Name one.")
    other = pc.fill_null(pc.not_equal(given, finest), False).to_numpy(zero_copy_only=False)
    for i in np.flatnonzero(other).tolist():
        cure = f"Write {finest[i]}, or leave it empty."
        rows.refuse(i, "level", given[i], "is not its finest element", cure)
    return finest


def _finest(rows: Rows, names: Sequence[str]) -> pa.Array:
    """The last of the names, coarse to fine, that a row has; null where it has none."""
    finest = pa.nulls(len(rows), pa.string())
    for name in names:
        finest = pc.if_else(rows.columns[name].is_valid(), name, finest)
    return finest


def _coded(
    rows: Rows, name: str, known: dict[str, str], reason: str, default: str | None = None
) -> None:
    """Words as we keep them; a row with another word is held back."""
    given = rows.columns[name]
    at = pc.index_in(pc.utf8_trim_whitespace(given), pa.array(known.keys(), pa.string()))
    coded = pa.array(known.values(), pa.string()).take(at)
    strange = pc.and_(given.is_valid(), coded.is_null()).to_numpy(zero_copy_only=False)
    cure = f"Write one of {', '.join(dict.fromkeys(known.values()))}, or leave it empty."
    rows.refuse_all(strange, name, given, reason, cure)
    rows.columns[name] = pc.fill_null(coded, default) if default else coded


def markets(rows: Rows) -> None:
    """A market needs a name, a kind and windows that can be read."""
    _require(rows, "name", "kind", "windows")
    rows.columns["approximate"] = pa.array(np.zeros(len(rows), bool))
    coded = rows.columns["windows"].dictionary_encode()
    for code, text in enumerate(coded.dictionary.to_pylist()):
        try:
            windows(text)
        except DataError as error:
            which = pc.fill_null(pc.equal(coded.indices, code), False)
            flags = which.to_numpy(zero_copy_only=False)
            values = rows.columns["windows"]
            rows.refuse_all(flags, "windows", values, "is not an opening time", str(error))


def merchants(rows: Rows) -> None:
    """A merchant needs a name; a credit code (统一社会信用代码) must be one, if there is any."""
    _require(rows, "name")
    given = rows.columns["uscc"]
    codes = uscc.normalized(given)
    wrong = given.is_valid().to_numpy(zero_copy_only=False) & ~uscc.are_valid(codes)
    cure = "Check it against the licence: 18 characters, the last is computed. Or leave it empty."
    rows.refuse_all(wrong, "uscc", given, "is not a unified social credit code", cure)
    rows.columns["uscc"] = codes


def roads(rows: Rows) -> None:
    """A road needs a line; one without a name has the empty name."""
    is_line = np.isin(shapely.get_type_id(_shapes(rows)), LINES)
    rows.refuse_all(~is_line, "geometry", None, "has no line", "Give every road a LineString.")
    rows.columns["name"] = pc.fill_null(rows.columns["name"], "")


def places(rows: Rows) -> None:
    """A place needs a name and a position."""
    _require(rows, "name")
    cure = "Give every place lon and lat, or a geometry."
    rows.refuse_all(_missing(rows, "lon"), "lon, lat", None, "has no position", cure)
    rows.columns["approximate"] = pa.array(np.zeros(len(rows), bool))


def _missing(rows: Rows, name: str) -> Flags:
    return np.asarray(rows.columns[name].is_null().to_numpy(zero_copy_only=False))


def _require(rows: Rows, *names: str) -> None:
    """Hold back rows that leave a column empty."""
    singular = rows.mapping.kind.removesuffix("s")
    missing = np.array([_missing(rows, name) for name in names])
    for i in np.flatnonzero(missing.any(axis=0)).tolist():
        name = names[int(missing[:, i].argmax())]
        rows.refuse(i, name, "", "is missing", f"Give every {singular} its {name}.")


def _shapes(rows: Rows) -> object:
    return shapely.from_wkb(rows.columns["geometry"].to_numpy(zero_copy_only=False))


CHECKS = MappingProxyType(
    {
        "areas": areas,
        "tickets": tickets,
        "addresses": addresses,
        "markets": markets,
        "merchants": merchants,
        "roads": roads,
        "places": places,
    }
)
