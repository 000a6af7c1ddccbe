"""A file's rows as columns of text, and how they travel from one process to another."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Faults = list[tuple[int, str]]  # source line and reason

LINE, GEOMETRY = "line", "geometry"
SAMPLES = 300  # values of a column that a mapping is proposed from


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file's rows: text by column, the source line of each row, geometry where it has any.

    ``columns`` are Arrow string arrays in the order of ``head``: stripped, an empty cell is null.
    ``lines`` are lines of a text, rows of a spreadsheet, or positions of features, from 1.
    ``notes`` say how the file was read. ``geometry`` is an array of shapely geometries (None where
    a row has none) in the file's own coordinates; ``crs`` is what the file itself declares for
    them, "" if nothing.
    """

    head: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    lines: Ints
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    geometry: Any = None
    crs: str = ""

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> pa.Array:
        """Texts of a column; of two with one name, the first."""
        return self.columns[self.head.index(name)]

    def samples(self) -> dict[str, list[str]]:
        """The first texts of each column, by its name; "" where a cell is empty."""
        return {
            name: column.slice(0, SAMPLES).fill_null("").to_pylist()
            for name, column in zip(self.head, self.columns, strict=True)
        }


def sheet_of(
    head: Sequence[str], columns: Sequence[Any], lines: Ints | None = None, **more: Any
) -> Sheet:
    """A sheet of columns that may still have blanks around their texts.

    ``columns`` are Arrow string arrays or lists of texts and None, all of one length; ``lines``
    are 1, 2, 3 … when not given.
    """
    cleaned = tuple(_cleaned(pa.array(c, pa.string())) for c in columns)
    if lines is None:
        count = len(cleaned[0]) if cleaned else len(more.get("geometry", ()))
        lines = np.arange(1, count + 1)
    return Sheet(head=tuple(head), columns=cleaned, lines=lines, **more)


def without_blank_rows(sheet: Sheet) -> Sheet:
    """The rows that hold anything: tables of offices end in rows of separators alone."""
    if sheet.geometry is not None or not all(column.null_count for column in sheet.columns):
        return sheet
    empty = np.ones(len(sheet), bool)
    for column in sheet.columns:
        empty &= column.is_null().to_numpy(zero_copy_only=False)
    if not empty.any():
        return sheet
    kept = pa.array(np.flatnonzero(~empty))
    columns = tuple(column.take(kept) for column in sheet.columns)
    return replace(sheet, columns=columns, lines=sheet.lines[~empty])


def write_sheet(path: Path, sheet: Sheet, faults: Faults) -> None:
    """A sheet and the rows that could not be read, as one Arrow IPC file."""
    told = {
        **{"head": sheet.head, "encoding": sheet.encoding, "notes": sheet.notes},
        **{"crs": sheet.crs, "faults": faults},
    }
    columns = {str(i): column for i, column in enumerate(sheet.columns)}
    columns[LINE] = pa.array(sheet.lines)
    if sheet.geometry is not None:
        columns[GEOMETRY] = pa.array(shapely.to_wkb(sheet.geometry), pa.large_binary())
    rows = pa.table(columns).replace_schema_metadata({"sheet": json.dumps(told)})
    with pa.ipc.new_file(path, rows.schema) as writer:
        writer.write_table(rows)


def load_sheet(path: Path) -> tuple[Sheet, Faults]:
    """What ``write_sheet`` wrote. The columns stay in the file; it may be unlinked meanwhile."""
    with pa.memory_map(str(path)) as source:
        rows = pa.ipc.open_file(source).read_all()
    told = json.loads(rows.schema.metadata[b"sheet"])
    faults = [(int(line), str(reason)) for line, reason in told.pop("faults")]
    shapes = None
    if GEOMETRY in rows.schema.names:
        with np.errstate(invalid="ignore"):
            shapes = shapely.from_wkb(rows[GEOMETRY].to_numpy())
    sheet = Sheet(
        head=tuple(told["head"]),
        columns=tuple(whole(rows[str(i)]) for i in range(len(told["head"]))),
        lines=rows[LINE].to_numpy(),
        encoding=told["encoding"],
        notes=tuple(told["notes"]),
        geometry=shapes,
        crs=told["crs"],
    )
    return sheet, faults


def whole(column: Any) -> pa.Array:
    """A column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _cleaned(column: pa.Array) -> pa.Array:
    """Texts without blanks around them; what is then empty is null."""
    trimmed = pc.utf8_trim_whitespace(whole(column))
    return pc.if_else(pc.equal(pc.binary_length(trimmed), 0), pa.scalar(None, pa.string()), trimmed)
