"""A sheet's rows checked one by one and as a whole: what may land, what not, what to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.errors import DataError
from geodata.intake.files import read_sheet
from geodata.intake.kinds import CHECKS
from geodata.intake.numbers import numbers
from geodata.intake.positions import OFF_EARTH
from geodata.intake.rows import canonical, table
from geodata.intake.suspicion import Facts, Reference, Verdict, examine
from geodata.space import crs
from geodata.store.reader import newest
from geodata.store.terms import terms

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.files import Sheet
    from geodata.intake.mapping import Mapping
    from geodata.intake.rejects import Reject, Rows
    from geodata.place import Place
    from geodata.store.reader import Reader

# What a folder's own facts are compared by: outlines a person would look at, and all roads.
_OUTLINES = "SELECT geometry FROM areas WHERE level <= $level"
_ROADS = "SELECT geometry FROM roads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """Rows that may land in the canonical schema, the rows held back, and what was noticed."""

    good: pa.Table
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]
    verdict: Verdict


def _examined(
    sheet: Sheet,
    mapping: Mapping,
    place: Place,
    *,
    declared: str = "",
    unread: int = 0,
    reference: Reference | None = None,
    known_categories: tuple[str, ...] = (),
) -> Examined:
    """Check every row by its kind, then the whole against the reference.

    ``declared`` is the CRS anybody has named, empty when nobody has; ``unread`` is how many rows of
    the source could not be read at all.
    """
    read = replace(mapping, crs=declared or crs.STORED)
    rows = canonical(
        sheet, read, timezone=place.timezone, is_demo=False, known_categories=known_categories
    )
    CHECKS[mapping.kind](rows)
    verdict = examine(_facts(rows, declared, unread), reference)
    _settle(rows, verdict)
    return Examined(
        good=table(rows),
        rejects=tuple(rows.bad.values()),
        notes=tuple(rows.notes),
        verdict=verdict,
    )


def landing(
    sheet: Sheet,
    mapping: Mapping,
    folder: Path,
    place: Place,
    *,
    crs: str = "",
    reference: Path | None = None,
    unread: int = 0,
) -> Examined:
    """What of a sheet would land in a folder, beside what the folder holds already.

    ``crs`` goes before what the mapping and the file say; ``reference`` is a file to compare with.
    """
    reader = newest(folder)
    return _examined(
        sheet,
        mapping,
        place,
        declared=crs or mapping.crs or sheet.crs,
        unread=unread,
        reference=reference_of(reference, reader, mapping.kind),
        known_categories=terms(reader, "category").values if reader else (),
    )


def reference_of(file: Path | None, reader: Reader | None, kind: str) -> Reference | None:
    """What coordinates are compared with: a file, or the place's own outlines and roads.

    Raises
    ------
    DataError
        When the file has no lines or polygons.
    """
    if file is not None:
        sheet, _ = read_sheet(file)
        shapes = sheet.geometry
        if shapes is None or not (shapely.get_dimensions(shapes) > 0).any():
            raise DataError(f"{file.name} has no lines or polygons to compare with.")
        moved = shapely.transform(
            shapes,
            lambda x, y: crs.to_stored(x, y, sheet.crs or crs.STORED),
            interleaved=False,
        )
        return Reference(moved)
    if reader is None:
        return None
    # Areas are compared with areas of every level, everything else with the coarse outlines.
    level = 99 if kind == "areas" else 1
    found = [r["geometry"] for r in reader.rows(_OUTLINES, {"level": level})]
    found += [r["geometry"] for r in reader.rows(_ROADS)]
    return Reference(shapely.from_wkb(found)) if found else None


def _facts(rows: Rows, declared: str, unread: int) -> Facts:
    """The columns of the rows as suspicion wants them."""
    columns = rows.columns
    shapes = None
    if "geometry" in columns and columns["geometry"].null_count < len(rows):
        shapes = shapely.from_wkb(columns["geometry"].to_numpy(zero_copy_only=False))
    raw_x, raw_y = (_raw(rows, name) for name in ("lon", "lat"))
    lon, lat = _degrees(rows, raw_x, raw_y)
    moments = columns.get("created_at")
    key = "code" if rows.mapping.kind == "areas" else "id"
    return Facts(
        kind=rows.mapping.kind,
        lines=rows.sheet.lines,
        lon=lon,
        lat=lat,
        n_read=len(rows) + unread,
        shapes=shapes,
        raw_x=raw_x,
        raw_y=raw_y,
        created_at=None
        if moments is None
        else moments.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False),
        ids=columns[key].to_numpy(zero_copy_only=False),
        declared_crs=declared,
    )


def _degrees(rows: Rows, raw_x: Any, raw_y: Any) -> tuple[Any, Any]:
    """Positions as they may land; as they stand in the file where most are not on the earth.

    A row off the earth is that row's fault. When most are, the file means something else by its
    columns, and whoever looks at the whole can tell what.
    """
    lon, lat = (_floats(rows.columns.get(name), len(rows)) for name in ("lon", "lat"))
    off = [i for i, fault in rows.bad.items() if fault.reason == OFF_EARTH]
    if raw_x is None or raw_y is None or len(off) <= np.isfinite(lon).sum():
        return lon, lat
    for i in off:
        del rows.bad[i]
    return crs.to_stored(raw_x, raw_y, rows.mapping.crs)


def _floats(column: pa.Array | None, length: int) -> Any:
    if column is None:
        return np.full(length, np.nan)
    return np.array(column.to_numpy(zero_copy_only=False), float)


def _raw(rows: Rows, name: str) -> Any:
    """A coordinate as it stands in the file; None where it is no column of its own."""
    column = rows.mapping.columns.get(name)
    if column is None or len(column.sources) != 1 or column.sources[0] not in rows.sheet.head:
        return None
    return coordinates(rows.sheet.column(column.sources[0]))


def coordinates(texts: pa.Array) -> Any:
    """A column of texts as numbers; nan where one is none."""
    return _floats(numbers(texts, pa.float64()).values, len(texts))


def _settle(rows: Rows, verdict: Verdict) -> None:
    """Hold back what the verdict holds back, and take over the repairs it has made."""
    for fault in verdict.held:
        rows.refuse(fault.index, fault.column, fault.value, fault.reason, fault.cure)
    if "lon" in rows.columns:
        for name, values in (("lon", verdict.lon), ("lat", verdict.lat)):
            rows.columns[name] = pa.array(values, pa.float64(), mask=~np.isfinite(values))
    if verdict.shapes is not None:
        rows.columns["geometry"] = pa.array(shapely.to_wkb(verdict.shapes), pa.binary())
