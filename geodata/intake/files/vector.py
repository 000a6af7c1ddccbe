"""Vector files by GDAL: GeoPackage, FlatGeobuf and zipped Shapefile."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from geodata.errors import DataError
from geodata.intake.files import archives
from geodata.intake.files.crs import declared
from geodata.intake.files.tables import sheet_of_table

if TYPE_CHECKING:
    from geodata.intake.files.sheet import Sheet

# GDAL goes by what a file holds, not by its name, and some of what it knows reads other files.
SIGNS = {".gpkg": b"SQLite format 3\0", ".fgb": b"fgb\x03fgb", ".shp": b"\0\0\x27\x0a"}
GDAL_FAULTS = (DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError)
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
NEEDED = {".shp", ".dbf", ".shx"}
DBF_HEAD = slice(8, 10)  # where a DBF says how long its own head is


def read(path: Path, encoding: str, layer: str) -> tuple[Sheet, list[tuple[int, str]]]:
    """The named layer, or the first that has features; lines are positions of features.

    Raises
    ------
    DataError
        When GDAL cannot read the file, or it is not what its name says.
    """
    if path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory() as room:
            shape, used, how = _unpacked(path, Path(room), encoding)
            note = f"encoding {used} ({how})"
            return _read(shape, path.name, "", used, (note,)), []
    return _read(path, path.name, layer, "utf-8", ()), []


def _read(path: Path, name: str, layer: str, encoding: str, notes: tuple[str, ...]) -> Sheet:
    with path.open("rb") as handle:
        if not handle.read(16).startswith(SIGNS[path.suffix.lower()]):
            raise DataError(f"{name} is not what its name says: {path.suffix} begins otherwise.")
    try:
        chosen, others = _layer(path, name, layer)
        told, rows = pyogrio.raw.read_arrow(
            path, layer=chosen, encoding=encoding, datetime_as_string=True
        )
    except (*GDAL_FAULTS, pa.ArrowException, ValueError, OSError) as error:
        raise DataError(f"{name} cannot be read: {error}.") from error
    return sheet_of_table(
        rows,
        told["geometry_name"] or "wkb_geometry",
        name,
        encoding=encoding,
        notes=(*notes, *others),
        crs=declared(told["crs"]),
    )


def _layer(path: Path, name: str, wanted: str) -> tuple[str, tuple[str, ...]]:
    """A layer, and a note on those that were left out."""
    names = [str(one) for one, _ in pyogrio.list_layers(path)]
    if not names or (wanted and wanted not in names):
        raise DataError(f"{name} has no layer {wanted}; it has {', '.join(names) or 'none'}.")
    filled = (n for n in names if pyogrio.read_info(path, layer=n)["features"])
    chosen = wanted or next(filled, names[0])
    return chosen, (f"layer {chosen} of {', '.join(names)}",) if len(names) > 1 else ()


def _unpacked(path: Path, room: Path, encoding: str) -> tuple[Path, str, str]:
    """The one Shapefile of an archive, under a name of ours, and the encoding of its texts."""
    with archives.opened(path) as archive:
        parts = _parts(archive.namelist(), path.name)
        found = {suffix: archives.member(archive, name) for suffix, name in parts.items()}
    for suffix, content in found.items():
        (room / f"layer{suffix}").write_bytes(content)
    return room / "layer.shp", *_encoding(found, encoding)


def _parts(names: list[str], file: str) -> dict[str, str]:
    """Members by their ending; there must be one Shapefile, and no folders."""
    known = [PurePosixPath(n) for n in names if PurePosixPath(n).suffix.lower() in PARTS]
    parts = {path.suffix.lower(): str(path) for path in known}
    if len({path.stem for path in known}) != 1 or not set(parts) >= NEEDED:
        raise DataError(
            f"{file} must hold one Shapefile: one .shp, .shx and .dbf of the same name. "
            f"It holds {', '.join(names[:5]) or 'nothing'}."
        )
    if any(len(path.parts) > 1 for path in known):
        raise DataError(f"{file} has its Shapefile in a folder. Pack the files themselves.")
    return parts


def _encoding(found: dict[str, bytes], encoding: str) -> tuple[str, str]:
    """Encoding of a DBF: as asked for, as its .cpg says, or as its bytes look."""
    said = found.get(".cpg", b"").decode("ascii", "replace").strip().lower()
    if encoding or said:
        return encoding or said, "declared"
    table = found[".dbf"]
    text = table[int.from_bytes(table[DBF_HEAD], "little") :]
    try:
        text.decode()
    except UnicodeDecodeError:
        return "gb18030", "detected"
    return "utf-8", "detected"
