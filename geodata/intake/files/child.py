"""The reader of everything that is not plain text, in a process with little to lose.

Its own process, because the libraries that read these formats can be made to crash or to eat all
memory by a file that was written for it.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import DataError

if TYPE_CHECKING:
    from geodata.intake.files.sheet import Faults, Sheet

# The modules that read, and the endings of the files each of them reads.
KINDS = {
    "features": (".geojson", ".json", ".ndjson", ".geojsonl", ".geojsons", ".jsonl"),
    "workbook": (".xlsx",),
    "vector": (".gpkg", ".zip", ".fgb"),
    "parquet": (".parquet", ".geoparquet"),
}
SHEET, FAULT = "sheet.arrow", "fault.txt"  # what is left in the room for the one who asked


def read_here(
    path: Path, *, encoding: str = "", sheet: str = "", layer: str = ""
) -> tuple[Sheet, Faults]:
    """A file of one of the formats that need the process; the arguments are ``read_sheet``'s.

    Raises
    ------
    DataError
        When the file as a whole cannot be read.
    """
    kind = next((kind for kind, endings in KINDS.items() if path.suffix.lower() in endings), "")
    # Each format needs libraries of its own; loading all would double the time to start.
    reader = import_module(f"geodata.intake.files.{kind}")
    asked = {"workbook": (sheet,), "vector": (encoding, layer)}
    found: tuple[Sheet, Faults] = reader.read(path, *asked.get(kind, ()))
    _check_vertices(found[0], path.name)
    return found


def _check_vertices(sheet: Sheet, name: str) -> None:
    import shapely

    from geodata.intake.files.limits import VERTICES

    if sheet.geometry is None or not len(sheet):
        return
    if (most := int(shapely.get_num_coordinates(sheet.geometry).max())) > VERTICES:
        raise DataError(
            f"{name} has a shape of {most:,} vertices; {VERTICES:,} can be read. Simplify it."
        )


class _Without:
    """Hides packages that others load when they can: that takes longer than most files."""

    UNUSED = ("pandas", "geopandas")

    def find_spec(self, name: str, *_: object) -> None:
        """Nothing, and no looking further for what is not used."""
        if name in self.UNUSED:
            raise ModuleNotFoundError(f"{name} is not used here", name=name)


def limit(memory: int, seconds: int) -> None:
    """Take away from this process what it must not use: bytes of memory, seconds of work."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(asked: str) -> None:
    """Do what is asked, as JSON: path, room, memory, seconds, encoding, sheet, layer."""
    told = json.loads(asked)
    room, path = Path(told.pop("room")), Path(told.pop("path"))
    limit(told.pop("memory"), told.pop("seconds"))
    sys.meta_path.insert(0, _Without())
    gc.disable()  # it would look through millions of parsed values again and again, for nothing
    try:
        from geodata.intake.files.sheet import write_sheet

        write_sheet(room / SHEET, *read_here(path, **told))
    except DataError as error:
        (room / FAULT).write_text(str(error), encoding="utf-8")
    except MemoryError:
        (room / FAULT).write_text(f"{path.name} needs too much memory to be read.", "utf-8")
