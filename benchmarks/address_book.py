"""A large address book that no hand of the product wrote, and texts against it.

Made once and kept under ``var/``: rows, a data folder into which they were imported, and texts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from benchmarks.ground import ROOT, Ground, load
from benchmarks.intake import only_ground
from tests.addresses.judged import noise

ROOMS, FEW = 1_500_000, 30_000
SEED = 7
KEPT = "made.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What making a book took, in seconds, and from what it was made."""

    source: str
    written: float
    imported: float
    at: str
    load: str

    def __str__(self) -> str:
        took = f"written in {self.written:.0f} s, imported in {self.imported:.0f} s"
        return f"The address book was {took} ({self.at}, load {self.load})."


@dataclass(frozen=True)
class Book:
    """The book in a room of its own; ``data`` is a data folder with its addresses and areas."""

    room: Path
    made: Made

    @property
    def data(self) -> Path:
        return self.room / "data"

    @cached_property
    def rows(self) -> pa.Table:
        """Canonical rows, as they were imported."""
        return pyarrow.parquet.read_table(self.room / "rows.parquet")

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """How many rows there are of each level."""
        return Counter(self.rows["level"].to_pylist())

    def texts(self, count: int, seed: int) -> list[dict[str, Any]]:
        """Noisy queries with the right answer of each; written once."""
        file = self.room / f"texts-{count}-{seed}.parquet"
        if not file.is_file():
            written = noise.queries(self.rows, count, seed)
            pyarrow.parquet.write_table(written, file.with_suffix(".part"))
            file.with_suffix(".part").replace(file)
        found: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
        return found


def prepared(ground: Ground) -> Book:
    """Give the book, made where it is not there or its writer has changed."""
    rooms = FEW if ground.quick else ROOMS
    room = Path("var") / f"addresses_{rooms // 1_000}k"
    kept = room / KEPT
    if kept.is_file():
        made = Made(**json.loads(kept.read_text(encoding="utf-8")))
        if made.source == _source():
            return Book(room, made)
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    made = _make(ground, room, rooms)
    kept.write_text(json.dumps(asdict(made)), encoding="utf-8")
    return Book(room, made)


def _make(ground: Ground, room: Path, rooms: int) -> Made:
    before, start = load(), time.perf_counter()
    rows = noise.library(rooms, SEED)
    pyarrow.parquet.write_table(rows, room / "rows.parquet")
    pyarrow.csv.write_csv(rows, room / "rows.csv")
    written = time.perf_counter() - start
    only_ground(ground, room / "data")
    start = time.perf_counter()
    _import(room / "rows.csv", room / "data")
    imported = time.perf_counter() - start
    (room / "rows.csv").unlink()
    return Made(
        source=_source(),
        written=written,
        imported=imported,
        at=f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC",
        load=f"{before} to {load()}",
    )


def _import(file: Path, folder: Path) -> None:
    """Bring the rows in as anybody would; all of them must land."""
    command = [sys.executable, "-m", "geodata", "import", "addresses", str(file.absolute())]
    command += ["--data", str(folder.absolute())]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def _source() -> str:
    """Name the program that writes book and texts by its content."""
    sum_ = hashlib.sha256(f"{SEED}".encode())
    for file in sorted(Path(noise.__file__).parent.glob("*.py")):
        sum_.update(file.read_bytes())
    return sum_.hexdigest()[:16]
