"""GeoJSON: a collection, one feature, a bare list of features, or one feature a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from geodata.errors import DataError
from geodata.intake.files.cells import text_of
from geodata.intake.files.limits import COLUMNS, JSON_BYTES, VERTICES
from geodata.intake.files.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.files.sheet import Faults

    Numbered = list[tuple[int, Any]]  # position or line, and what stands there

LINED = (".ndjson", ".geojsonl", ".geojsons", ".jsonl")
COORDINATES = b'"coordinates"'
# Whole numbers that do not fit 64 bits: ids, which a double would round.
_LONG = re.compile(rb"[:\[,\s]-?\d{19,}\s*[,}\]]")
_EPSG = re.compile(r"EPSG:{1,2}(\d+)$")
WORLD = {"4326", "4979"}


def read(path: Path) -> tuple[Sheet, Faults]:
    """The features of a file in the order they stand in; lines are their positions or lines.

    Raises
    ------
    DataError
        When the file is too large, is not JSON, or holds no features.
    """
    raw = _checked(path).strip().removeprefix(b"\xef\xbb\xbf")
    if path.suffix.lower() in LINED or _is_lined(raw):
        found, faults, crs = *_by_line(raw), ""
    else:
        document = _document(raw, path.name)
        found = list(enumerate(_listed(document, path.name), 1))
        faults, crs = [], _crs(document)
    rows = [(at, one) for at, one in found if _is_feature(one)]
    if len(rows) < len(found):
        known = {at for at, _ in rows}
        faults += [(at, "is not a GeoJSON feature") for at, _ in found if at not in known]
    if found and not rows:
        raise DataError(f"{path.name} is not GeoJSON features: none has properties and geometry.")
    try:
        return _sheet(rows, faults, crs, path.name)
    except (ValueError, TypeError) as error:
        raise DataError(f"{path.name} has a property that is no text: {error}.") from error


def _checked(path: Path) -> bytes:
    """The bytes of a file, unless they would hurt: too many, or one shape of too many vertices."""
    if (size := path.stat().st_size) > JSON_BYTES:
        raise DataError(
            f"{path.name} has {size >> 20} MB; GeoJSON may have {JSON_BYTES >> 20}. Write it as "
            f"FlatGeobuf or GeoPackage."
        )
    raw = path.read_bytes()
    start = raw.find(COORDINATES)
    while start >= 0:
        end = raw.find(COORDINATES, start + 1)
        stop = end if end >= 0 else len(raw)
        # Even [1,2] has four characters beside its bracket: shorter stretches need no counting.
        if stop - start > 5 * VERTICES and raw.count(b"[", start, stop) > VERTICES:
            raise DataError(
                f"{path.name} has a shape of more than {VERTICES:,} vertices. Simplify it."
            )
        start = end
    return raw


def _is_lined(raw: bytes) -> bool:
    """Whether the first line is a feature by itself and others follow."""
    first, feed, _ = raw.partition(b"\n")
    if not feed or b'"Feature"' not in first:
        return False
    try:
        return isinstance(orjson.loads(first.strip(b"\x1e \r")), dict)
    except orjson.JSONDecodeError:
        return False


def _by_line(raw: bytes) -> tuple[Numbered, Faults]:
    found: Numbered = []
    faults: Faults = []
    for line, text in enumerate(raw.split(b"\n"), 1):
        if text := text.strip(b"\x1e \t\r"):
            try:
                found.append((line, _parsed(text)))
            except (ValueError, RecursionError) as error:
                faults.append((line, f"is not JSON: {error}"))
    return found, faults


def _parsed(raw: bytes) -> Any:
    if _LONG.search(raw):
        return json.loads(raw, parse_constant=_no_number)
    return orjson.loads(raw)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not a number in JSON")


def _document(raw: bytes, name: str) -> Any:
    try:
        return _parsed(raw)
    except (ValueError, RecursionError) as error:
        said = re.search(rb"[:\[,]\s*(NaN|-?Infinity)\b", raw)
        why = f"{said.group(1).decode()} is not a number in JSON" if said else str(error)
        raise DataError(f"{name} is not GeoJSON features: {why}.") from error


def _listed(document: Any, name: str) -> list[Any]:
    found = document
    if isinstance(document, dict):
        found = [document] if document.get("type") == "Feature" else document.get("features")
    if not isinstance(found, list):
        raise DataError(
            f"{name} is not GeoJSON features. It must be a FeatureCollection, a Feature, or a "
            f"list of features."
        )
    return found


def _is_feature(one: Any) -> bool:
    if not isinstance(one, dict) or not ("properties" in one or "geometry" in one):
        return False
    return isinstance(one.get("properties") or {}, dict)


def _crs(document: Any) -> str:
    """What an old ``crs`` member names. Degrees of the world count as nothing said."""
    said = document.get("crs") if isinstance(document, dict) else None
    properties = said.get("properties") if isinstance(said, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = _EPSG.search(name) if isinstance(name, str) else None
    return f"EPSG:{found.group(1)}" if found and found.group(1) not in WORLD else ""


def _sheet(rows: Numbered, faults: Faults, crs: str, name: str) -> tuple[Sheet, Faults]:
    shapes = shapely.from_geojson(
        np.array([_geometry(one) for _, one in rows], object),
        on_invalid="ignore",
    )
    given = np.array([one.get("geometry") is not None for _, one in rows], bool)
    unread = given & shapely.is_missing(shapes) if len(rows) else given
    faults += [
        (rows[i][0], "has a geometry that cannot be read") for i in np.flatnonzero(unread).tolist()
    ]
    kept = np.flatnonzero(~unread)
    head, columns = _columns([rows[i][1] for i in kept.tolist()], name)
    lines = np.array([at for at, _ in rows], np.int64)[kept]
    notes = ("encoding utf-8 (JSON)",)
    sheet = sheet_of(head, columns, lines, geometry=shapes[kept], crs=crs, notes=notes)
    return sheet, sorted(faults)


def _geometry(feature: Any) -> str:
    try:
        return orjson.dumps(feature.get("geometry")).decode()
    except orjson.JSONEncodeError:  # nested deeper than any shape: as unreadable as a wrong one
        return "{}"


def _columns(features: list[Any], name: str) -> tuple[list[str], list[list[str | None]]]:
    """Properties by column; the ``id`` of the features themselves where no property is named so."""
    found = [one.get("properties") or {} for one in features]
    if any("id" in one for one in features) and not any("id" in row for row in found):
        found = [{"id": one.get("id"), **row} for one, row in zip(features, found, strict=True)]
    head = list(dict.fromkeys(key for row in found for key in row))
    if len(head) > COLUMNS:
        raise DataError(f"{name} has {len(head)} properties; {COLUMNS} can be read.")
    return head, [[text_of(row.get(key)) for row in found] for key in head]
