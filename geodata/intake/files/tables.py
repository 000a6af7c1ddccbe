"""Arrow tables of any types as sheets of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.errors import DataError
from geodata.intake.files.cells import texts_of
from geodata.intake.files.limits import COLUMNS
from geodata.intake.files.sheet import Sheet, sheet_of, whole

if TYPE_CHECKING:
    import pyarrow as pa


def sheet_of_table(rows: pa.Table, geometry: str, name: str, **more: Any) -> Sheet:
    """An Arrow table whose column ``geometry``, if there is one, holds WKB."""
    if len(rows.column_names) > COLUMNS:
        raise DataError(f"{name} has {len(rows.column_names)} columns; {COLUMNS} can be read.")
    shapes = None
    if geometry in rows.column_names:
        given = rows[geometry].to_numpy(zero_copy_only=False)
        shapes = _shapes(given, name)
        rows = rows.drop_columns(geometry)
    columns = [texts_of(whole(column)) for column in rows.columns]
    return sheet_of(
        rows.column_names, columns, np.arange(1, len(rows) + 1), geometry=shapes, **more
    )


def _shapes(given: Any, name: str) -> Any:
    try:
        with np.errstate(invalid="ignore"):
            return shapely.from_wkb(given)
    except (shapely.errors.ShapelyError, TypeError, ValueError) as error:
        raise DataError(f"{name} has a geometry that is not WKB: {error}.") from error
