"""The tickets of the tiny district as plain pandas rows, placed and timed without our code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
from cachelib import SimpleCache

import layers
from geodata.store.reader import Store
from layers._answers import Answers

if TYPE_CHECKING:
    from pathlib import Path

RAW = """
    SELECT t.id, created_at, closed_at, due_at, category.value AS category,
           channel.value AS channel, state.value AS state, department.value AS department,
           lon, lat, given_area, smoke
    FROM tickets t
    JOIN terms category ON category.subject = 'category' AND category.code = t.category
    JOIN terms channel ON channel.subject = 'channel' AND channel.code = t.channel
    JOIN terms state ON state.subject = 'state' AND state.code = t.state
    JOIN terms department
      ON department.subject = 'department' AND department.code = t.department
    ORDER BY created_at, t.id
"""


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Answers:
    return Answers(Store(tiny_folder), layers.catalog(), SimpleCache())


@pytest.fixture(scope="session")
def facts(tiny: Answers) -> pd.DataFrame:
    """Columns as given, with ``local`` time, ``is_open`` and the ``codes`` of all areas above."""
    reader = tiny.reader()
    rows = pd.DataFrame(reader.rows(RAW))
    for name in ("created_at", "closed_at", "due_at"):
        rows[name] = pd.to_datetime(rows[name]).dt.tz_localize("UTC")
    rows["local"] = rows.created_at.dt.tz_convert("Asia/Shanghai").dt.tz_localize(None)
    rows["is_open"] = ~rows.state.isin(["closed", "archived"])
    rows["codes"] = _areas(rows, reader)
    return rows


def _areas(rows: pd.DataFrame, reader) -> list[tuple[str, ...]]:
    given = pd.DataFrame(reader.rows("SELECT code, level, n, parent, geometry FROM areas"))
    above = {row.code: given.code[given.n == row.parent].tolist() for row in given.itertuples()}
    shape = gpd.GeoSeries.from_wkb(given.geometry.map(bytes))
    grids = gpd.GeoDataFrame(given[["code"]], geometry=shape, crs=4326)[given.level == 3]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(rows.lon, rows.lat), crs=4326)
    found = points.sjoin(grids, how="left", predicate="intersects").sort_values("code")
    leaf = found.code.groupby(found.index).first().reindex(rows.index)
    codes = leaf.where(leaf.notna(), rows.given_area)

    def path(code: object) -> tuple[str, ...]:
        return (code, *(c for up in above[code] for c in path(up))) if code in above else ()

    return [path(code) for code in codes]
