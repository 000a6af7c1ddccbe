"""Spreadsheets (XLSX), read by calamine; what is wrong with them is looked for first."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from geodata.errors import DataError
from geodata.intake.files import archives
from geodata.intake.files.cells import text_of
from geodata.intake.files.limits import SHEET_COLUMNS, SHEET_ROWS
from geodata.intake.files.sheet import Sheet, sheet_of, whole, without_blank_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 20_000  # rows turned into columns at once
DOCTYPES = [
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16le")
]
# References beyond GR (200) or with seven digits and more.
_WIDE = re.compile(rb'\br="([A-Z]{3,}|[H-Z][A-Z]|G[S-Z])\d+"')
_DEEP = re.compile(rb'\br="[A-Z]*(\d{7,})"')


def read(path: Path, name: str = "") -> tuple[Sheet, list[tuple[int, str]]]:
    """The named sheet, or the first that has rows; lines are the rows of the spreadsheet.

    Raises
    ------
    DataError
        When the file is damaged, too large, or would reach outside itself.
    """
    _check(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        chosen, others = _chosen(book, path.name, name)
        return _sheet(chosen, path.name, others), []
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise DataError(f"{path.name} is not a spreadsheet that can be read: {error}.") from error


def _check(path: Path) -> None:
    with archives.opened(path) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                _check_part(archives.member(archive, part), part, path.name)


def _check_part(xml: bytes, part: str, name: str) -> None:
    if any(word in xml for word in DOCTYPES):
        raise DataError(f"{name} declares entities in {part}; no spreadsheet program does.")
    if not part.startswith("xl/worksheets/"):
        return
    if wide := _WIDE.search(xml):
        raise DataError(
            f"{name} has a cell in column {wide.group(1).decode()}; {SHEET_COLUMNS} columns can "
            f"be read. Delete what lies to the right of the table."
        )
    if any(int(deep.group(1)) > SHEET_ROWS for deep in _DEEP.finditer(xml)):
        raise DataError(
            f"{name} has a cell below row {SHEET_ROWS:,}. Delete what lies below the table, or "
            f"save it as CSV."
        )


def _chosen(book: Any, file: str, name: str) -> tuple[Any, tuple[str, ...]]:
    """A sheet, and a note on those that were left out."""
    names = book.sheet_names
    if name and name not in names:
        raise DataError(f"{file} has no sheet {name}; it has {', '.join(names)}.")
    for candidate in (name,) if name else names:
        sheet = book.get_sheet_by_name(candidate)
        if sheet.height:
            note = f"sheet {candidate} of {', '.join(names)}"
            return sheet, (note,) if len(names) > 1 else ()
    raise DataError(f"{file} is empty; its first row must name the columns.")


def _sheet(sheet: Any, file: str, notes: tuple[str, ...]) -> Sheet:
    if sheet.width > SHEET_COLUMNS or sheet.height > SHEET_ROWS:
        raise DataError(
            f"{file} has {sheet.width} columns and {sheet.height} rows; {SHEET_COLUMNS} and "
            f"{SHEET_ROWS:,} can be read."
        )
    rows = enumerate(sheet.to_python(skip_empty_area=True), sheet.start[0] + 1)
    head, line = _head(rows, file)
    columns = _columns(rows, len(head))
    lines = np.arange(line + 1, line + 1 + len(columns[0]))
    return without_blank_rows(sheet_of(head, columns, lines, encoding="xlsx", notes=notes))


def _head(rows: Iterator[tuple[int, list[Any]]], file: str) -> tuple[list[str], int]:
    """The names of the columns: the first row with several cells; a title has but one."""
    for line, row in rows:
        names = [(text_of(cell) or "").strip() for cell in row]
        if sum(map(bool, names)) >= min(2, len(names)):
            return names, line
    raise DataError(f"{file} has no row that names its columns.")


def _columns(rows: Iterator[tuple[int, list[Any]]], width: int) -> list[pa.Array]:
    parts: list[list[pa.Array]] = [[pa.array([], pa.string())] for _ in range(width)]
    while chunk := [row for _, row in islice(rows, CHUNK)]:
        for part, cells in zip(parts, zip(*chunk, strict=True), strict=True):
            part.append(pa.array(list(map(text_of, cells)), pa.string()))
    return [whole(pa.chunked_array(part)) for part in parts]
