"""Reading files: rows with the line they stand on, as text, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.errors import DataError
from geodata.intake.files.apart import read_apart
from geodata.intake.files.child import KINDS
from geodata.intake.files.separated import SUFFIXES, read_separated
from geodata.intake.files.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.files.sheet import Faults

__all__ = ["FORMATS", "Sheet", "read_sheet", "sheet_of"]

APART = tuple(ending for endings in KINDS.values() for ending in endings)
FORMATS = (*SUFFIXES, *APART)


def read_sheet(
    path: Path, encoding: str = "", sheet: str = "", layer: str = ""
) -> tuple[Sheet, Faults]:
    """A file and the rows that could not be read, as pairs of line and reason.

    ``encoding`` is found by looking when it is not given; ``sheet`` names one of a workbook,
    ``layer`` one of a GeoPackage (the first with rows when not given).

    Raises
    ------
    DataError
        When the file as a whole cannot be read.
    """
    if not path.is_file():
        raise DataError(f"There is no file {path}.")
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return read_separated(path, encoding)
    if suffix in APART:
        return read_apart(path, encoding=encoding, sheet=sheet, layer=layer)
    raise DataError(
        f"{path.name} is not a format that can be read; use {', '.join(FORMATS[:-1])} "
        f"or {FORMATS[-1]}."
    )
