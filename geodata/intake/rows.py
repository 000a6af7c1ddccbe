"""From a sheet to canonical rows: mapped, converted, checked; bad rows come back with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import DataError
from geodata.intake.moments import moments
from geodata.intake.numbers import numbers
from geodata.intake.positions import place
from geodata.intake.rejects import SHOWN, Reject, Rows
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from geodata.intake.files import Sheet
    from geodata.intake.mapping import Column, Mapping

__all__ = ["SHOWN", "Reject", "Rows", "canonical", "table"]

SOLIDUS = "∕"  # stands for a slash inside one step of a path
AHEAD = dt.timedelta(hours=24)  # clocks differ; more than this no appeal comes from the future
EXAMPLE = "2026-11-01T08:00:00"


def canonical(
    sheet: Sheet,
    mapping: Mapping,
    *,
    timezone: str,
    is_demo: bool,
    known_categories: tuple[str, ...] = (),
    now: dt.datetime | None = None,
) -> Rows:
    """The rows of a sheet in canonical columns, with those that must be held back.

    ``timezone`` is the place's; the mapping's own goes before it. ``now`` is the moment beyond
    which (by a day) nothing can have happened yet, the present when not given.
    """
    rows = Rows(sheet, mapping, known_categories)
    schema = TABLES[mapping.kind]
    texts = {name: _texts(rows, name, mapping.columns.get(name)) for name in schema.names}
    _check_ids(rows, texts)
    clock = _Clock(ZoneInfo(mapping.timezone or timezone), now or dt.datetime.now(dt.UTC))
    for declared in schema:
        given = texts[declared.name]
        rows.columns[declared.name] = (
            pa.nulls(len(rows), declared.type)
            if given is None
            else _converted(rows, declared, given, clock)
        )
    rows.columns["is_demo"] = pa.array(np.full(len(rows), is_demo))
    place(rows)
    return rows


def table(rows: Rows) -> pa.Table:
    """The rows that may land, in the canonical schema."""
    schema = TABLES[rows.mapping.kind]
    columns = [rows.columns[name] for name in schema.names]
    if rows.bad:
        kept = np.ones(len(rows), bool)
        kept[list(rows.bad)] = False
        columns = [column.filter(pa.array(kept)) for column in columns]
    return pa.table(columns, schema=schema)


@dataclass(frozen=True, slots=True)
class _Clock:
    zone: ZoneInfo
    now: dt.datetime


def _texts(rows: Rows, name: str, column: Column | None) -> pa.Array | None:
    """The texts of a canonical column, recoded; None where there are none at all."""
    sheet = rows.sheet
    if column is None or column.how == "wkt":
        return None
    if column.constant is not None:
        return pa.repeat(pa.scalar(column.constant), len(rows)) if column.constant else None
    if not set(column.sources) <= set(sheet.head):
        return None
    parts = [sheet.column(source) for source in column.sources]
    if column.how == "path":
        parts = [pc.replace_substring(part, "/", SOLIDUS) for part in parts]
    joined = parts[0]
    if len(parts) > 1:
        between = "/" if column.how == "path" else " "
        joined = _filled(pc.binary_join_element_wise(*parts, between, null_handling="skip"))
    found = _recoded(joined, rows.mapping.values.get(name, {}))
    return None if found.null_count == len(found) else found


def _recoded(texts: pa.Array, recoding: Any) -> pa.Array:
    """Texts with other words for some of them; an empty word is none."""
    if not recoding:
        return texts
    if recoding.get(""):
        texts = pc.fill_null(texts, recoding[""])
    at = pc.index_in(texts, pa.array(recoding.keys(), pa.string()))
    return _filled(pc.coalesce(pa.array(recoding.values(), pa.string()).take(at), texts))


def _filled(texts: pa.Array) -> pa.Array:
    """Texts; an empty one is null."""
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _check_ids(rows: Rows, texts: dict[str, pa.Array | None]) -> None:
    """Rows need an id of their own; of several with one id the first is kept."""
    key = "code" if rows.mapping.kind == "areas" else "id"
    ids = texts[key]
    if ids is None:
        ids = pa.nulls(len(rows), pa.string())
    if ids.null_count:
        missing = ids.is_null().to_numpy(zero_copy_only=False)
        rows.refuse_all(missing, key, None, "has no id", "Give every row an id of its own.")
    coded = ids.dictionary_encode()
    if len(coded.dictionary) + ids.null_count == len(ids):
        return
    given = np.flatnonzero(ids.is_valid().to_numpy(zero_copy_only=False))
    code = coded.indices.drop_null().to_numpy()
    first = np.zeros(len(coded.dictionary), np.int64)
    first[code[::-1]] = given[::-1]
    for i, one in zip(given, code, strict=True):
        if first[one] != i:
            line = rows.sheet.lines[first[one]]
            reason = f"stands on line {line} already"
            rows.refuse(int(i), key, ids[i].as_py(), reason, "Keep one of the two.")


def _converted(rows: Rows, declared: pa.Field, texts: pa.Array, clock: _Clock) -> pa.Array:
    """A column in its declared type; rows whose text is none of it are held back."""
    if pa.types.is_timestamp(declared.type):
        return _moments(rows, declared, texts, clock)
    if pa.types.is_date(declared.type):
        return _days(rows, declared, texts)
    if pa.types.is_integer(declared.type) or pa.types.is_floating(declared.type):
        found = numbers(texts, declared.type)
        cure = "Write digits, with a point if needed."
        rows.refuse_all(found.wrong, declared.name, texts, "is not a number", cure)
        return found.values
    if pa.types.is_string(declared.type):
        return texts
    return pa.nulls(len(texts), declared.type)


def _days(rows: Rows, declared: pa.Field, texts: pa.Array) -> pa.Array:
    """Days, on whose clock does not matter; one that stands for "no date" is left out."""
    utc = _Clock(ZoneInfo("UTC"), dt.datetime.now(dt.UTC))
    found = _moments(rows, declared, texts, utc).cast(pa.timestamp("us"))
    return found.cast(declared.type, safe=False)


def _moments(rows: Rows, declared: pa.Field, texts: pa.Array, clock: _Clock) -> pa.Array:
    name, mapping = declared.name, rows.mapping
    listed = mapping.formats.get(name) or mapping.formats.get("default") or ()
    try:
        found = moments(texts, listed, clock.zone)
    except ValueError as error:
        raise DataError(f"Mapping {mapping.name}: {error}.") from error
    cure = f"Write {', '.join(listed) or EXAMPLE}, or add its format to the mapping."
    rows.refuse_all(found.wrong, name, texts, "is not a time", cure)
    if declared.nullable:
        rows.note(found.sentinel, f"{name} was a placeholder such as {{}} and is left empty", texts)
        return found.values
    cure = "Say when it was, or leave the row out."
    rows.refuse_all(found.sentinel, name, texts, "is a placeholder, not a time", cure)
    latest = pa.scalar(clock.now + AHEAD, declared.type)
    ahead = pc.fill_null(pc.greater(found.values, latest), False).to_numpy(zero_copy_only=False)
    cure = "Check the clock of the source, and day and month in the mapping's formats."
    rows.refuse_all(ahead, name, texts, "lies in the future", cure)
    return found.values
