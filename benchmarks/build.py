"""The build of the district: how long it takes and how much memory it needs.

It happens once a folder; the figures are kept beside the data for later runs.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.ground import ROOT, Ground, load
from benchmarks.report import Row, Table, at_most
from geodata.errors import NoDataError
from geodata.store.generation import published

MEMORY_GB = 6.0
KEPT = "built.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What one build took; ``peak`` is the process's largest resident set in bytes."""

    seconds: float
    peak: int
    at: str
    load: str


def prepared(folder: Path, scale: str) -> None:
    """Make the district where it is not there yet, measuring."""
    try:
        published(folder)
    except NoDataError:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / KEPT).write_text(json.dumps(asdict(_build(folder, scale))), encoding="utf-8")


def tables(ground: Ground) -> Iterator[Table]:
    """The build of this folder, in this run or an earlier one."""
    stored = sum(p.stat().st_size for p in (ground.folder / "store").glob("g*.duckdb"))
    disk = Row(("file on disk, GB", f"{stored / 1e9:.2f}"))
    kept = ground.folder / KEPT
    if not kept.is_file():
        yield Table("Build", ("what", "figure"), (disk,), ("Built before, not by this benchmark.",))
        return
    built = Built(**json.loads(kept.read_text(encoding="utf-8")))
    peak = built.peak / 1e9
    rows = (
        Row(("seconds", f"{built.seconds:.0f}")),
        at_most(("peak memory, GB", f"{peak:.2f}"), peak, MEMORY_GB, "GB"),
        disk,
    )
    yield Table("Build", ("what", "figure"), rows, (f"Built {built.at}, load {built.load}.",))


def _build(folder: Path, scale: str) -> Built:
    command = [sys.executable, "-m", "geodata", "demo", "--scale", scale, "--data", str(folder)]
    start, before = time.perf_counter(), load()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with {process.returncode}.")
    return Built(
        seconds=time.perf_counter() - start,
        peak=used.ru_maxrss * 1024,
        at=f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC",
        load=f"{before} when it began, {load()} when it ended",
    )
