"""Values of typed formats as the text a person would have typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

EXACT = 1 << 53  # whole numbers up to here are exact in a double


def text_of(value: Any) -> str | None:
    """One value; whole numbers without a point, moments in ISO 8601, lists and objects as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict | list):
        return orjson.dumps(value, default=str).decode()
    return str(value)


def texts_of(column: pa.Array) -> pa.Array:
    """A column of any Arrow type as texts, by the same rules."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return texts_of(column.cast(kind.value_type))
    if pa.types.is_string(kind):
        return column
    if pa.types.is_floating(kind):
        return _of_floats(column.cast(pa.float64()))
    if pa.types.is_timestamp(kind) or pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.array([text_of(value) for value in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _of_floats(column: pa.Array) -> pa.Array:
    whole = pc.and_(pc.equal(column, pc.floor(column)), pc.less(pc.abs(column), EXACT))
    if pc.all(whole).as_py():
        return column.cast(pa.int64()).cast(pa.string())
    known = pc.if_else(pc.is_finite(column), column, None)
    return pa.array([text_of(value) for value in known.to_pylist()], pa.string())
