"""The log of a data folder: every batch of facts that ever came in, in order, kept as it came.

A generation is what the log adds up to; it can be made again from here at any time. A batch is a
folder ``DATA/batches/000012`` with ``batch.json`` and what it brought: ``<table>.parquet``, the
generation it began with (``base.duckdb``), or only the recipe of a demonstration. It is written
under another name and renamed when it is complete, so half a batch is never one.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from geodata.errors import DataError
from geodata.store.disk import sync, write_durably

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

ROOM, ABOUT, UNDONE = "batches", "batch.json", "undone.json"
BASE, REJECTS = "base.duckdb", "rejects.csv"
LIVE, SNAPSHOT, DEMO, LAYER, DECISION = "live", "snapshot", "demo", "layer", "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is known of a batch.

    Attributes
    ----------
    kind : str
        A kind of import, or ``live`` (folded from the journal), ``demo``, ``snapshot``, or
        ``decision`` (of a clerk: what a name means, and the tickets it moves).
    sha256, mapping_sha256 : str
        Of the file and of the mapping's text: the same two again are the same batch.
    upto : int
        Of a live batch: the last number of the journal in it.
    recipe : dict
        Of a demonstration: scale, seed and last day, from which it is made again. Of a decision:
        the mention, the address and who decided.
    undone : bool
        Whether it has been taken back.
    """

    number: int
    kind: str
    at: str
    file: str = ""
    sha256: str = ""
    mapping: str = ""
    mapping_sha256: str = ""
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    crs: str = ""
    layer: str = ""
    upto: int = 0
    notes: tuple[str, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)
    undone: bool = False


class Log:
    """The batches of a data folder. Only the holder of the writer's lock may change them."""

    def __init__(self, folder: Path) -> None:
        self.room = folder / ROOM

    def batches(self) -> list[Batch]:
        """Every complete batch, in the order they came.

        Raises
        ------
        DataError
            When one cannot be read.
        """
        folders = sorted(p for p in self.room.glob("[0-9]*") if p.suffix != ".draft")
        return [_read(folder) for folder in folders]

    def batch(self, number: int) -> Batch:
        """One batch by its number; raises DataError when there is none."""
        if not (self.path(number) / ABOUT).is_file():
            known = ", ".join(str(b.number) for b in self.batches()[-5:]) or "none"
            raise DataError(f"There is no batch {number}; the last are: {known}.")
        return _read(self.path(number))

    def path(self, number: int) -> Path:
        """Where a batch lies."""
        return self.room / f"{number:06d}"

    def draft(self, batch: Batch, tables: dict[str, pa.Table], rejects: str = "") -> Path:
        """Write a batch, not yet part of the log; gives its folder for more files."""
        draft = self.path(batch.number).with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, rows in tables.items():
            pq.write_table(rows, draft / f"{name}.parquet", compression="zstd")
        about = {name: value for name, value in asdict(batch).items() if name != "undone"}
        if rejects:
            (draft / REJECTS).write_text(rejects, encoding="utf-8-sig", newline="")
        write_durably(draft / ABOUT, json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        return draft

    def commit(self, numbers: Iterable[int]) -> None:
        """Make drafted batches part of the log, each in one step."""
        for number in numbers:
            draft = self.path(number).with_suffix(".draft")
            for file in [*draft.rglob("*"), draft]:
                sync(file)
            draft.rename(self.path(number))
            sync(self.room)

    def discard(self) -> None:
        """Remove batches that were never completed."""
        for draft in self.room.glob("*.draft"):
            shutil.rmtree(draft)

    def tables(self, batch: Batch) -> dict[str, Path]:
        """The canonical tables of a batch as Parquet files, by name."""
        return {path.stem: path for path in sorted(self.path(batch.number).glob("*.parquet"))}

    def rejects(self, number: int) -> list[dict[str, Any]]:
        """The rows that were held back of a batch: line, column, value, reason, cure."""
        path = self.path(number) / REJECTS
        if not path.is_file():
            return []
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return [{**row, "line": int(row["line"])} for row in csv.DictReader(handle)]

    def mark_undone(self, number: int) -> None:
        """Take a batch back: from now on the log adds up without it."""
        write_durably(self.path(number) / UNDONE, json.dumps({"at": now()}) + "\n")

    def unmark(self, number: int) -> None:
        """Let a batch count again."""
        (self.path(number) / UNDONE).unlink(missing_ok=True)
        sync(self.path(number))


def standing(batches: list[Batch]) -> list[Batch]:
    """The batches that count: not taken back, and not before the last that began afresh."""
    first = max((i for i, b in enumerate(batches) if b.kind in {DEMO, SNAPSHOT}), default=0)
    return [batch for batch in batches[first:] if not batch.undone]


def now() -> str:
    """The moment, as it is noted."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _read(folder: Path) -> Batch:
    try:
        values = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        known = {f.name for f in fields(Batch)}
        told = {name: value for name, value in values.items() if name in known}
        told["notes"] = tuple(told.get("notes", ()))
        return Batch(**told, undone=(folder / UNDONE).is_file())
    except (OSError, ValueError, TypeError) as error:
        raise DataError(
            f"{folder / ABOUT} cannot be read: {error}. Restore it from a backup."
        ) from error
