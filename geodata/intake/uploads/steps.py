"""The steps of an upload, by the same functions as the command line; each gives plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geodata.intake.examined import landing
from geodata.intake.files import read_sheet
from geodata.intake.importer import Asked, import_file, rejects_text
from geodata.intake.mapping import known_crs
from geodata.intake.plain import Naming, examined_layer, import_layer, layer_id
from geodata.intake.preview import place_or_nominal
from geodata.intake.rejects import Reject, unread
from geodata.intake.uploads import shown
from geodata.intake.uploads.choice import EDITED, ROOM, Choice, chosen, kind_of
from geodata.intake.uploads.folder import MAP, REJECTS
from geodata.intake.uploads.patience import PATIENCE, patient
from geodata.replay import undo as take_back
from geodata.store.batches import LAYER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geodata.intake.files import Sheet
    from geodata.intake.suspicion import Verdict
    from geodata.intake.uploads.folder import Upload
    from geodata.place import Place

FEW_REJECTS, MOST_NOTES = 5, 50
SUSPECTED = " (suspected)"


@dataclass(frozen=True, slots=True)
class _Looking:
    """A look at a file: what is asked, and what was read; ``held`` are rows that were not."""

    data: Path
    upload: Upload
    asked: dict[str, Any]
    sheet: Sheet
    held: list[Reject]

    @property
    def place(self) -> Place:
        return place_or_nominal(self.data)

    def told(
        self, verdict: Verdict, rejects: tuple[Reject, ...], good: pa.Table, shapes: Any
    ) -> dict[str, Any]:
        """What every look tells of the rows and of the whole; map and rejects lie beside it."""
        room = self.upload.folder / "look"
        all_rejects = sorted([*self.held, *rejects], key=lambda reject: reject.line)
        _keep_rejects(room, all_rejects)
        drawn = shown.collection(good, shapes, self.place)
        (room / MAP).write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")
        crs = verdict.crs.removesuffix(SUSPECTED)
        return {
            "read": len(self.sheet) + len(self.held),
            "accepted": len(good),
            "rejected": len(all_rejects),
            "rejects": [shown.reject(reject) for reject in all_rejects[:FEW_REJECTS]],
            "unplaced": int(shapely.is_missing(shapes).sum()),
            "drawn": len(drawn["features"]),
            "found_crs": crs,
            "suspected": crs if crs != verdict.crs else "",
            "asks": verdict.asks,
            "warnings": [shown.warning(doubt) for doubt in verdict.warnings],
            "table": shown.rows(good, self.place),
        }


def look(data: Path, upload: Upload, asked: dict[str, Any]) -> dict[str, Any]:
    """How a file would land: its mapping, its rows, its map, what is doubtful; nothing is written.

    ``asked`` has kind, mapping (TOML), crs, id and title, each "" where a person has not said.

    Raises
    ------
    DataError
        When the file, the mapping or the CRS cannot be read.
    """
    known_crs(asked["crs"], "The coordinate system")
    choice = Choice(name=EDITED, toml=asked["mapping"]) if asked["mapping"] else None
    encoding = choice.mapping.encoding if choice else ""
    sheet, faults = read_sheet(upload.file, encoding)
    kind = asked["kind"] or kind_of(sheet)
    looking = _Looking(data, upload, asked, sheet, unread(faults))
    if kind == LAYER:
        return _landing_as_layer(looking)
    choice = choice or chosen(kind, sheet, upload.file.stem)
    told = {"kind": kind, "crs": asked["crs"], **_mapping(choice)}
    if not choice.complete:
        return told
    choice.kept(upload.folder)
    return {**told, **_landing(looking, choice)}


def bring(data: Path, upload: Upload, asked: dict[str, Any]) -> dict[str, Any]:
    """Bring in what was looked at; ``asked`` is what the look was asked, with its kind."""
    kind = asked["kind"]
    mapping = None if kind == LAYER else next((upload.folder / ROOM).glob("*.toml"))
    order = Asked(kind=kind, file=upload.file, folder=data, mapping=mapping, crs=asked["crs"])
    naming = Naming(id=asked["id"], title=asked["title"])
    report = patient(
        lambda: import_layer(order, naming) if kind == LAYER else import_file(order), PATIENCE
    )
    _keep_rejects(upload.folder / "bring", report.rejects)
    return {
        "kind": kind,
        "read": report.read,
        "accepted": report.accepted,
        "rejected": len(report.rejects),
        "batch": report.batch,
        "is_known": report.is_known,
        "crs": report.crs,
        **shown.both("notes", report.notes[:MOST_NOTES]),
    }


def undo(data: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Take a batch back; ``asked`` has its number."""
    batch = patient(lambda: take_back(data, asked["batch"]), PATIENCE)
    return {"batch": batch.number, "file": batch.file, "kind": batch.kind}


def _landing(looking: _Looking, choice: Choice) -> dict[str, Any]:
    """What an import by a mapping would do, as ``import_file`` does it."""
    facts = landing(
        looking.sheet,
        choice.mapping,
        looking.data,
        looking.place,
        crs=looking.asked["crs"],
        unread=len(looking.held),
    )
    shapes = shown.positions(facts.good)
    return {
        **looking.told(facts.verdict, facts.rejects, facts.good, shapes),
        **shown.both("notes", (*looking.sheet.notes, *facts.notes)[:MOST_NOTES]),
    }


def _landing_as_layer(looking: _Looking) -> dict[str, Any]:
    """What an import as a plain layer would do, as ``import_layer`` does it."""
    asked, sheet, file = looking.asked, looking.sheet, looking.upload.file
    ident = layer_id(asked["id"] or file.stem, given=bool(asked["id"]))
    order = Asked(kind=LAYER, file=file, folder=looking.data, crs=asked["crs"])
    verdict, refused = examined_layer(order, sheet, asked["crs"] or sheet.crs)
    kept = [i for i in range(len(sheet)) if i not in refused]
    rows = pa.table(dict(zip(sheet.head, sheet.columns, strict=True))).take(pa.array(kept))
    return {
        **{"kind": LAYER, "crs": asked["crs"], "id": ident, "complete": True},
        "title": asked["title"] or file.stem,
        **looking.told(verdict, tuple(refused.values()), rows, verdict.shapes[kept]),
        **shown.both("notes", sheet.notes[:MOST_NOTES]),
    }


def _mapping(choice: Choice) -> dict[str, Any]:
    return {
        "mapping": choice.toml,
        "mapping_name": choice.name,
        "complete": choice.complete,
        **shown.both("doubts", choice.doubts),
    }


def _keep_rejects(room: Path, rejects: Iterable[Reject]) -> None:
    if text := rejects_text(tuple(rejects)):
        (room / REJECTS).write_text(text, encoding="utf-8-sig", newline="")
