"""Plain tables: a file of features beside a layer's declaration, ``DATA/layers/<id>.…``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.query import Filter, Query
    from geodata.store.reader import Reader

SUFFIXES = (".parquet", ".geojson", ".gpkg", ".fgb")


def table(name: str) -> Callable[[Reader, Query | None], Iterator[pa.RecordBatch]]:
    """A query over one file; filters apply to the columns of the same name.

    The rows have the file's columns, ``id`` (its own, or the position) and ``geometry`` as WKB in
    EPSG:4326. Raises DataError when there is no such file or it cannot be read.
    """

    def rows(reader: Reader, query: Query | None = None) -> Iterator[pa.RecordBatch]:
        found = reader.lasting(f"table/{name}", lambda: _read(reader, name))
        yield from _kept(found, query.filters if query else {}).to_batches()

    return rows


def _read(reader: Reader, name: str) -> pa.Table:
    import geopandas as gpd

    folder = reader.folder / "layers"
    file = next((p for s in SUFFIXES if (p := folder / f"{name}{s}").is_file()), None)
    if file is None:
        raise DataError(
            f"There is no {name}{SUFFIXES[1]} (or {', '.join(SUFFIXES)}) in {folder}. "
            f"Put the features of the layer there."
        )
    try:
        read = gpd.read_parquet if file.suffix == ".parquet" else gpd.read_file
        frame = read(file).to_crs(4326)
    except (OSError, ValueError, RuntimeError) as error:
        raise DataError(f"{file} cannot be read: {error}.") from error
    if "id" not in frame or not frame["id"].is_unique:
        frame["id"] = frame.index
    frame["id"] = frame["id"].astype(str)
    plain = pa.Table.from_pandas(frame.drop(columns="geometry"), preserve_index=False)
    return plain.append_column("geometry", pa.array(frame.geometry.to_wkb(), pa.binary()))


def _kept(rows: pa.Table, filters: Any) -> pa.Table:
    mask = np.ones(len(rows), bool)
    for name, value in filters.items():
        mask &= _passes(rows[name].to_numpy(zero_copy_only=False), value)
    return rows.filter(pa.array(mask))


def _passes(column: Any, value: Filter) -> Any:
    if isinstance(value, frozenset):
        return np.isin(column.astype(str), sorted(value))
    with np.errstate(invalid="ignore"):
        return (column >= value[0]) & (column <= value[1])
