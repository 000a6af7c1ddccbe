"""Any other set of features as a plain layer: its rows and a declaration a person may edit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.errors import DataError
from geodata.intake.declaration import GEOMETRIES, Column, declared
from geodata.intake.examined import coordinates, reference_of
from geodata.intake.files import read_sheet
from geodata.intake.importer import Asked, Report, counts, rejects_text
from geodata.intake.mapping import known_crs, mapping_of
from geodata.intake.proposal import propose
from geodata.intake.rejects import Reject, unread
from geodata.intake.suspicion import Facts, Verdict, examine
from geodata.replay import show_layer
from geodata.space import crs
from geodata.store.batches import LAYER, Batch, Log, now, standing
from geodata.store.disk import digest
from geodata.store.folding import know_the_beginning
from geodata.store.generation import writing
from geodata.store.reader import newest

if TYPE_CHECKING:
    from geodata.intake.files import Sheet


NAME = re.compile(r"[a-z][a-z0-9_]*")  # what can stand in an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the layer is called: ``id`` in addresses, ``title`` on the screen."""

    id: str = ""
    title: str = ""


def import_layer(asked: Asked, naming: Naming) -> Report:
    """Read a file of features, hold bad ones back, and make the others a layer.

    Raises
    ------
    DataError
        When the file cannot be read, has no shapes, or the id cannot stand in an address.
    """
    known_crs(asked.crs, "--crs")
    asked.tell("读取 · reading")
    sheet, faults = read_sheet(asked.file)
    ident = layer_id(naming.id or asked.file.stem, given=bool(naming.id))
    declared = asked.crs or sheet.crs
    asked.tell("核对 · checking")
    verdict, refused = examined_layer(asked, sheet, declared)
    rejects = tuple(sorted([*unread(faults), *refused.values()], key=lambda reject: reject.line))
    kept = np.array([i for i in range(len(sheet)) if i not in refused], int)
    report = Report(
        mapping="",
        read=len(sheet) + len(faults),
        accepted=len(kept),
        rejects=rejects,
        notes=(f"layer: {ident}", *sheet.notes),
        crs=verdict.crs,
        warnings=verdict.warnings,
    )
    if asked.dry_run or not len(kept):
        return report
    asked.tell("入库 · publishing")
    return _published(asked, naming, ident, report, _frame(sheet, verdict.shapes, kept))


def layer_id(text: str, *, given: bool) -> str:
    """A name that can stand in an address; what is given must be one, a file's name becomes one."""
    if NAME.fullmatch(text):
        return text
    if given:
        raise DataError(
            f"--id {text!r} cannot stand in an address. Write small letters, digits and "
            f"underscores, a letter first."
        )
    if plain := _plain_name(text):
        return plain
    raise DataError(f"The layer needs an id: the file's name {text!r} gives none. Add --id.")


def examined_layer(asked: Asked, sheet: Sheet, declared: str) -> tuple[Verdict, dict[int, Reject]]:
    """Shapes in EPSG:4326 with what was noticed, and the rows without a usable one."""
    shapes = shapely.transform(
        _shapes(sheet, asked.file.name),
        lambda x, y: crs.to_stored(x, y, declared or crs.STORED),
        interleaved=False,
    )
    nothing = np.full(len(sheet), np.nan)
    facts = Facts(
        kind=LAYER,
        lines=sheet.lines,
        lon=nothing,
        lat=nothing,
        n_read=len(sheet),
        shapes=shapes,
        declared_crs=declared,
    )
    verdict = examine(facts, reference_of(asked.reference, newest(asked.folder), LAYER))
    refused: dict[int, Reject] = {}
    for fault in verdict.held:
        told = (fault.column, fault.value, fault.reason, fault.cure)
        refused[fault.index] = Reject(int(sheet.lines[fault.index]), *told)
    size = shapely.get_dimensions(verdict.shapes)
    kind = int(np.bincount(size[size >= 0], minlength=3).argmax()) if (size >= 0).any() else 0
    for i in np.flatnonzero(size != kind):
        reason = "has no shape" if size[i] < 0 else f"is not a {GEOMETRIES[kind]} as the others are"
        cure = "Give it one, or bring it in as a layer of its own."
        refused.setdefault(int(i), Reject(int(sheet.lines[i]), "geometry", "", reason, cure))
    return verdict, refused


def _shapes(sheet: Sheet, name: str) -> Any:
    """The file's own shapes, or points of the columns that look like coordinates."""
    if sheet.geometry is not None:
        return np.array(sheet.geometry, object)
    proposal = propose("places", sheet.head, sheet.samples(), has_geometry=False)
    found = mapping_of(proposal.values, name).columns
    if wkt := next((column for column in found.values() if column.how == "wkt"), None):
        texts = sheet.column(wkt.sources[0]).to_numpy(zero_copy_only=False)
        return shapely.from_wkt(texts, on_invalid="ignore")
    if not {"lon", "lat"} <= set(found):
        raise DataError(f"{name} has neither shapes nor columns of coordinates.")
    x, y = (coordinates(sheet.column(found[axis].sources[0])) for axis in ("lon", "lat"))
    points = shapely.points(x, y)
    points[np.isnan(x) | np.isnan(y)] = None
    return points


def _frame(sheet: Sheet, shapes: Any, kept: Any) -> tuple[gpd.GeoDataFrame, list[Column]]:
    """The features that stay, with names of columns that can stand in an address."""
    columns: list[Column] = []
    for i, (title, texts) in enumerate(zip(sheet.head, sheet.columns, strict=True)):
        values = texts.take(pa.array(kept))
        name = _name(title, i, {column.name for column in columns})
        columns.append(Column(name, title, _typed(values)))
    data = {column.name: column.values.to_pandas() for column in columns}
    frame = gpd.GeoDataFrame(data, geometry=shapes[kept], crs=crs.STORED)
    if not columns or "id" not in frame or not frame["id"].is_unique:
        frame = frame.drop(columns="id", errors="ignore")
        frame.insert(0, "id", [str(line) for line in sheet.lines[kept]])
        columns = [Column("id", "编号", pa.array(frame["id"], pa.string()))] + [
            column for column in columns if column.name != "id"
        ]
    frame["id"] = frame["id"].astype(str)
    return frame, columns


def _name(title: str, position: int, taken: set[str]) -> str:
    name = _plain_name(title) or f"column_{position + 1}"
    name = f"{name}_" if name == "geometry" else name
    return name if name not in taken else f"{name}_{position + 1}"


def _plain_name(text: str) -> str:
    """A text in small letters, digits and underscores; empty where that is no name."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return plain if NAME.fullmatch(plain) else ""


def _typed(texts: pa.Array) -> pa.Array:
    """Numbers where every value is one, without losing a leading zero; else the texts."""
    given = texts.drop_null()
    if not len(given) or pc.any(pc.match_substring_regex(given, r"^[+-]?0\d")).as_py():
        return texts
    try:
        return texts.cast(pa.float64())
    except pa.ArrowInvalid:
        return texts


def _published(
    asked: Asked,
    naming: Naming,
    ident: str,
    report: Report,
    features: tuple[gpd.GeoDataFrame, list[Column]],
) -> Report:
    """The layer as a batch of the log, and its files where layers are read."""
    batch = Batch(
        number=0,
        kind=LAYER,
        at=now(),
        file=asked.file.name,
        sha256=digest(asked.file),
        mapping_sha256=f"{asked.crs}|{ident}|{naming.title}",
        layer=ident,
        **counts(report),
    )
    with writing(asked.folder):
        log = Log(asked.folder)
        know_the_beginning(asked.folder, log)
        batches = log.batches()
        if before := _same(batches, batch):
            note = f"Nothing to do: batch {before.number} of {before.at} brought this very file."
            notes = (*report.notes, note)
            return replace(report, notes=notes, batch=before.number, is_known=True)
        batch = replace(batch, number=max((b.number for b in batches), default=0) + 1)
        _write(log, batch, report, features, naming.title or asked.file.stem)
        show_layer(asked.folder, log, ident)
    return replace(report, batch=batch.number)


def _same(batches: list[Batch], batch: Batch) -> Batch | None:
    """The batch that made the layer what this one would make it, if that is its newest."""
    of_it = [b for b in standing(batches) if b.kind == LAYER and b.layer == batch.layer]
    key = (batch.sha256, batch.mapping_sha256)
    return of_it[-1] if of_it and (of_it[-1].sha256, of_it[-1].mapping_sha256) == key else None


def _write(
    log: Log,
    batch: Batch,
    report: Report,
    features: tuple[gpd.GeoDataFrame, list[Column]],
    title: str,
) -> None:
    frame, columns = features
    draft = log.draft(batch, {}, rejects_text(report.rejects)) / "layer"
    draft.mkdir()
    frame.to_parquet(draft / f"{batch.layer}.parquet")
    text = declared(batch.layer, title, frame, columns, batch.file)
    (draft / f"{batch.layer}.toml").write_text(text, encoding="utf-8")
    log.commit([batch.number])
