"""One file into one data folder: all its good rows become visible at once, or nothing does."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import asdict, astuple, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geodata.addresses.engine import matcher
from geodata.addresses.locate import located
from geodata.errors import DataError
from geodata.intake.examined import Examined, landing
from geodata.intake.files import read_sheet
from geodata.intake.mapping import Mapping, fitting, known_crs, read_mapping
from geodata.intake.rejects import Reject, unread
from geodata.place import FILE, Place, place_of, read_place, write_place
from geodata.progress import silent
from geodata.replay import remade
from geodata.store.batches import Batch, Log, now, standing
from geodata.store.disk import digest
from geodata.store.folding import Incoming, fold
from geodata.store.generation import published, writing
from geodata.store.reader import newest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geodata.intake.files import Sheet
    from geodata.intake.suspicion import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks to bring in, and how.

    ``mapping`` is the path of a mapping file; without it the one shipped mapping that fits is
    taken. ``crs`` goes before what the mapping or the file say. ``reference`` is a file to compare
    the coordinates with.
    """

    kind: str
    file: Path
    folder: Path
    mapping: Path | None = None
    crs: str = ""
    reference: Path | None = None
    dry_run: bool = False
    tell: Callable[[str], None] = silent  # is told each step as it begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did: counts, the rows held back, and what a person should know.

    ``batch`` is its number in the log, 0 where nothing was brought in; ``is_known`` tells that the
    same file had come before and nothing was done.
    """

    mapping: str
    read: int
    accepted: int
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]
    crs: str
    warnings: tuple[Doubt, ...] = ()
    batch: int = 0
    is_known: bool = False


def import_file(asked: Asked) -> Report:
    """Read a file, hold bad rows back, publish the good ones.

    Raises
    ------
    DataError
        When nothing can be done: no such file, no mapping, no place, another writer.
    """
    known_crs(asked.crs, "--crs")
    asked.tell("读取 · reading")
    sha256 = digest(asked.file) if asked.file.is_file() else ""
    chosen, sheet, faults = _read(asked)
    mark = _mark(asked, chosen)
    if not asked.dry_run and (before := _before(asked, sha256, mark)):
        return before
    asked.tell("核对 · checking")
    place, notes = _place(asked, chosen)
    facts = landing(
        sheet,
        chosen,
        asked.folder,
        place,
        crs=asked.crs,
        reference=asked.reference,
        unread=len(faults),
    )
    place = _rooted(place, facts.good) if asked.kind == "areas" else place
    if asked.kind == "tickets" and not asked.dry_run:
        facts = replace(facts, good=_located(facts.good, asked))
    report = _report(facts, chosen, sheet, faults, notes)
    if asked.dry_run or not report.accepted:
        return report
    asked.tell("入库 · publishing")
    batch = Batch(number=0, kind=asked.kind, at=now(), file=asked.file.name, sha256=sha256)
    batch = replace(batch, mapping=chosen.name, mapping_sha256=mark, **counts(report))
    number = _publish(batch, facts.good, rejects_text(report.rejects), asked.folder, place)
    return replace(report, batch=number)


def _located(tickets: pa.Table, asked: Asked) -> pa.Table:
    """The tickets with the addresses they speak of, where the folder has addresses."""
    reader = newest(asked.folder)
    if reader is None or not reader.has("addresses"):
        return tickets
    asked.tell("定位 · finding addresses")
    return located(tickets, matcher(reader))


def rejects_text(rejects: tuple[Reject, ...]) -> str:
    """The held-back rows as CSV: line, column, value, reason, cure."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([field.name for field in fields(Reject)])
    writer.writerows(astuple(reject) for reject in rejects)
    return text.getvalue() if rejects else ""


def _read(asked: Asked) -> tuple[Mapping, Sheet, list[tuple[int, str]]]:
    """The file by the mapping given, or by the shipped one that fits its head."""
    chosen = read_mapping(asked.mapping) if asked.mapping else None
    sheet, faults = read_sheet(asked.file, chosen.encoding if chosen else "")
    chosen = chosen or fitting(asked.kind, sheet.head)
    if chosen.kind != asked.kind:
        raise DataError(f"Mapping {chosen.name} is for {chosen.kind}, not for {asked.kind}.")
    if not chosen.fits(sheet.head):
        raise DataError(
            f"{asked.file.name} lacks columns that the mapping {chosen.name} needs: "
            f"{', '.join(chosen.missing(sheet.head))}."
        )
    return chosen, sheet, faults


def _mark(asked: Asked, mapping: Mapping) -> str:
    """Names how a file is read: the same file read in another way is another batch."""
    told = f"{asked.crs}|{replace(mapping, name='')}"
    return hashlib.sha256(told.encode()).hexdigest()


def _before(asked: Asked, sha256: str, mark: str) -> Report | None:
    """The report of the batch that brought the same file in the same way, if it still counts."""
    log = Log(asked.folder)
    key = (asked.kind, sha256, mark)
    same = [b for b in standing(log.batches()) if (b.kind, b.sha256, b.mapping_sha256) == key]
    if not same:
        return None
    batch = same[-1]
    if published(asked.folder).batch < batch.number:  # it was killed before it became visible
        with writing(asked.folder):
            fold(asked.folder, read_place(asked.folder), make=remade)
    return Report(
        mapping=batch.mapping,
        read=batch.read,
        accepted=batch.accepted,
        rejects=tuple(Reject(**row) for row in log.rejects(batch.number)),
        notes=(f"Nothing to do: batch {batch.number} of {batch.at} brought this very file.",),
        crs=batch.crs,
        batch=batch.number,
        is_known=True,
    )


def _report(
    facts: Examined,
    mapping: Mapping,
    sheet: Sheet,
    faults: list[tuple[int, str]],
    notes: list[str],
) -> Report:
    rejects = sorted([*unread(faults), *facts.rejects], key=lambda reject: reject.line)
    return Report(
        mapping=mapping.name,
        read=len(sheet) + len(faults),
        accepted=len(facts.good),
        rejects=tuple(rejects),
        notes=(*notes, *sheet.notes, *facts.notes),
        crs=facts.verdict.crs,
        warnings=facts.verdict.warnings,
    )


def counts(report: Report) -> dict[str, Any]:
    """What a batch keeps of its report."""
    told = asdict(replace(report, rejects=(), warnings=()))
    warned = tuple(doubt.sentence for doubt in report.warnings)
    kept = {name: told[name] for name in ("read", "accepted", "crs")}
    return kept | {"rejected": len(report.rejects), "notes": (*report.notes, *warned)}


def _place(asked: Asked, mapping: Mapping) -> tuple[Place, list[str]]:
    """The folder's place; an empty folder gets the one its first areas come with."""
    if (asked.folder / FILE).is_file():
        place = read_place(asked.folder)
        if place.root or asked.kind != "areas" or mapping.place is None:
            return place, []
    if asked.kind == "areas" and mapping.place is not None:
        return place_of(mapping.place), [f"{FILE} comes from the mapping {mapping.name}."]
    if asked.dry_run or asked.kind == "addresses":
        zone = mapping.timezone or "Asia/Shanghai"
        note = f"{asked.folder} has no {FILE}; times without an offset are read in {zone}."
        later = "Areas come later: until then a given grid code is kept as it is."
        return Place(title="", root="", timezone=zone), [note if asked.dry_run else later]
    raise DataError(
        f"{asked.folder} has no {FILE}. Import areas first, or write one: "
        f"see docs/how-to/bring-your-own-data.md."
    )


def _rooted(place: Place, areas: pa.Table) -> Place:
    """The place; one that addresses began without areas gets its root from the first of these.

    Raises
    ------
    DataError
        When the areas do not hang on one.
    """
    if place.root:
        return place
    rows = areas.select(["code", "name", "parent"]).to_pylist()
    heads = [row for row in rows if not row["parent"]]
    if len(heads) != 1:
        raise DataError(
            f"{FILE} names no root yet, and {len(heads)} of these areas have no parent. Write the "
            f"root's code into {FILE}, or give every area but one its parent."
        )
    name = place.name or heads[0]["name"]
    return replace(place, root=heads[0]["code"], name=name, title=place.title or name)


def _publish(batch: Batch, good: pa.Table, rejects: str, folder: Path, place: Place) -> int:
    """Make the rows part of the log and visible; gives the number of the batch."""
    with writing(folder):
        table = _with_root(good, folder, place) if batch.kind == "areas" else good
        incoming = Incoming(batch, {batch.kind: table}, rejects)
        generation = fold(folder, place, incoming, make=remade)
        if not (folder / FILE).is_file() or not read_place(folder).root:
            write_place(folder, place)
    return generation.batch


def _with_root(areas: pa.Table, folder: Path, place: Place) -> pa.Table:
    """Areas with what they hang from: as they say, as they did before, or the root.

    A root that is given nowhere is all areas together.
    """
    rows, above = areas.to_pylist(), _parents(folder)
    for row in rows:
        if row["code"] != place.root:
            row["parent"] = row["parent"] or above.get(row["code"]) or place.root
    if place.root not in above and all(row["code"] != place.root for row in rows):
        whole = shapely.union_all(shapely.from_wkb([row["geometry"] for row in rows]))
        root: dict[str, Any] = dict.fromkeys(areas.schema.names) | {
            "code": place.root,
            "name": place.name or place.title,
            "name_en": place.name_en or None,
            "level": 0,
            "geometry": shapely.to_wkb(whole),
            "is_demo": place.is_demo,
        }
        rows.insert(0, root)
    return pa.Table.from_pylist(rows, areas.schema)


def _parents(folder: Path) -> dict[str, str | None]:
    """Code and parent of the areas that are there already."""
    before = newest(folder)
    if before is None:
        return {}
    rows = before.rows(
        "SELECT a.code, p.code AS up FROM areas a LEFT JOIN areas p ON p.n = a.parent"
    )
    return {row["code"]: row["up"] for row in rows}
