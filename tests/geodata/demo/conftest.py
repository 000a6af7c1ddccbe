from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
import shapely

from geodata.demo import frames

UNTIL = dt.date(2026, 6, 30)


@pytest.fixture(scope="session")
def district() -> dict[str, pa.Table]:
    """The tiny demonstration, every table whole."""
    parts: dict[str, list[pa.Table]] = {}
    for name, table in frames("tiny", 7, UNTIL):
        parts.setdefault(name, []).append(table)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


@pytest.fixture(scope="session")
def shapes(district: dict[str, pa.Table]) -> dict[int, dict[str, shapely.Polygon]]:
    """Polygons in metres (UTM 50N) by level and code."""
    import pyproj

    project = pyproj.Transformer.from_crs(4326, 32650, always_xy=True).transform
    areas = district["areas"].to_pydict()
    polygons = shapely.transform(
        shapely.from_wkb(areas["geometry"]), lambda c: np.column_stack(project(*c.T))
    )
    found: dict[int, dict[str, shapely.Polygon]] = {}
    for level, code, polygon in zip(areas["level"], areas["code"], polygons, strict=True):
        found.setdefault(level, {})[code] = polygon
    return found
