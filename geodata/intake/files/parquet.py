"""Parquet, with geometry (GeoParquet) or without."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from geodata.errors import DataError
from geodata.intake.files.crs import declared
from geodata.intake.files.limits import PARQUET_BYTES, PARQUET_ROWS
from geodata.intake.files.tables import sheet_of_table

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.files.sheet import Sheet


def read(path: Path) -> tuple[Sheet, list[tuple[int, str]]]:
    """All rows of a file; lines are their positions.

    Raises
    ------
    DataError
        When it is damaged, would unpack to too much, or writes shapes otherwise than as WKB.
    """
    try:
        file = parquet.ParquetFile(path)
        _check(file.metadata, path.name)
        said = json.loads((file.metadata.metadata or {}).get(b"geo", b"{}"))
        name, crs = _geometry(said, path.name)
        return sheet_of_table(file.read(), name, path.name, encoding="parquet", crs=crs), []
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{path.name} is not Parquet that can be read: {error}.") from error


def _check(metadata: Any, name: str) -> None:
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    unpacked = sum(group.total_byte_size for group in groups)
    if metadata.num_rows > PARQUET_ROWS or unpacked > PARQUET_BYTES:
        raise DataError(
            f"{name} has {metadata.num_rows:,} rows and unpacks to {unpacked >> 20} MB; "
            f"{PARQUET_ROWS:,} rows and {PARQUET_BYTES >> 20} MB can be read. Split it."
        )


def _geometry(said: Any, name: str) -> tuple[str, str]:
    """Name and CRS of the geometry column; both are "" without one.

    The standard lets the CRS out for degrees of the world; that counts as not declared.
    """
    column = said.get("primary_column", "")
    if not column:
        return "", ""
    told = said["columns"][column]
    if told.get("encoding") != "WKB":
        raise DataError(f"{name} writes shapes as {told.get('encoding')}; write them as WKB.")
    return column, declared(told.get("crs"))
