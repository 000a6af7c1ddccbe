"""The tables of roads and of landmarks."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import shapely

from geodata.demo.outline import outline
from geodata.demo.roads import Road
from geodata.demo.sheets import sheet
from geodata.store.schema import PLACES, ROADS


def roads(main: list[Road], minor: list[Road]) -> pa.Table:
    """Give main roads (real names and ends) and minor streets (invented) in the schema ``ROADS``.

    Lines are clipped to the outline; a part of a road that lies outside is left out.
    """
    whole = [*main, *minor]
    shape = shapely.intersection([road.geometry() for road in whole], outline())
    rows: list[dict[str, Any]] = [
        {
            "id": f"R{n:04d}",
            "name": road.name,
            "grade": road.grade,
            "geometry": shapely.to_wkb(line),
            "name_en": road.name_en,
            "is_demo": road.is_demo,
        }
        for n, (road, line) in enumerate(zip(whole, shape, strict=True), start=1)
        if not line.is_empty
    ]
    return pa.Table.from_pylist(rows, schema=ROADS)


def places() -> pa.Table:
    """Give the landmarks in the schema ``PLACES``: the coordinates are those of the facts."""
    rows = [
        {
            "id": f"P{n:02d}",
            "name": row["name"],
            "kind": row["kind"],
            "lon": float(row["lon"]),
            "lat": float(row["lat"]),
            "name_en": row["name_en"],
            "approximate": row["approximate"] == "yes",
            "is_demo": False,
        }
        for n, row in enumerate(sheet("facts/landmarks"), start=1)
    ]
    return pa.Table.from_pylist(rows, schema=PLACES)
