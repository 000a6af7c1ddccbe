"""``geodata match``: a file of 500,000 texts from start to end, and stopped half-way."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.address_book import Book, prepared
from benchmarks.ground import ROOT, Ground
from benchmarks.one_core import one_core
from benchmarks.report import Row, Table
from benchmarks.resident import high_water

TEXTS, FEW, SEED = 500_000, 12_000, 101
LOOKED = 0.02  # seconds between two looks at how far a run has come


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took; ``peak`` is its largest resident set in bytes."""

    seconds: float
    cpu: float
    peak: int


def tables(ground: Ground) -> Iterator[Table]:
    """A run from start to end, and one that was killed and went on."""
    book = prepared(ground)
    with tempfile.TemporaryDirectory(prefix="onemap-bench-") as name:
        yield _file(book, Path(name), FEW if ground.quick else TEXTS)


def _file(book: Book, room: Path, count: int) -> Table:
    file = _written(book, room / "texts.csv", count)
    whole, parts = room / "whole.csv", room / "parts.csv"
    with one_core():
        run = _run(_command(book, file, whole))
        stopped = _killed(_command(book, file, parts), parts, count // 2)
        rest = _run(_command(book, file, parts))
    same = whole.read_bytes() == parts.read_bytes()
    rows = (
        Row(("seconds", f"{run.seconds:.0f}")),
        Row(("rows a second", f"{count / run.seconds:,.0f}")),
        Row(("CPU seconds", f"{run.cpu:.0f}")),
        Row(("most resident memory, MB", f"{run.peak / 1e6:.0f}")),
        Row(("killed after row", f"{stopped:,}" if stopped else "it had ended")),
        Row(("seconds of the run that went on", f"{rest.seconds:.0f}")),
        Row(("the same bytes as the run from start to end", "yes" if same else "NO"), "yes", same),
    )
    size = file.stat().st_size / 1e6
    notes = (f"{size:.0f} MB in, {whole.stat().st_size / 1e6:.0f} MB out; one core, wall time.",)
    return Table(f"A file of {count:,} texts matched", ("what", "figure"), rows, notes)


def _written(book: Book, file: Path, count: int) -> Path:
    """Write the texts as a city exports them, numbered; kept beside the book."""
    kept = book.room / f"texts-{count}.csv"
    if not kept.is_file():
        with kept.with_suffix(".part").open("w", encoding="utf-8-sig", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(("number", "text"))
            rows.writerows(enumerate(one["text"] for one in book.texts(count, SEED)))
        kept.with_suffix(".part").replace(kept)
    return Path(shutil.copy(kept, file))


def _command(book: Book, file: Path, out: Path) -> list[str]:
    command = [sys.executable, "-m", "geodata", "match", str(file), "--column", "text"]
    return [*command, "--out", str(out), "--data", str(book.data.absolute())]


def _run(command: list[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    ended = peak = 0
    while not ended:
        peak = max(peak, high_water(process.pid))
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        time.sleep(LOOKED)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with {process.returncode}.")
    cpu = used.ru_utime + used.ru_stime
    return Run(time.perf_counter() - start, cpu, peak)


def _killed(command: list[str], out: Path, after: int) -> int:
    """Kill a run once so many rows are done; gives how many were, 0 where it ended before."""
    mark = out.with_name(out.name + ".part.json")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while process.poll() is None and _done(mark) < after:
        time.sleep(LOOKED)
    process.kill()
    process.wait()
    return _done(mark)


def _done(mark: Path) -> int:
    """Rows that a run has marked as done."""
    try:
        return int(json.loads(mark.read_text(encoding="utf-8"))["rows"])
    except FileNotFoundError:
        return 0
