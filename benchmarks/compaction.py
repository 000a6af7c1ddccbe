"""Compaction: five thousand waiting rows folded into everything there is, in time and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Times, progress, timed
from benchmarks.ground import ROOT, Ground
from benchmarks.report import Row, Table, at_most
from benchmarks.waiting import copy, entries, tickets
from geodata.intake.live import LIMIT
from geodata.store.generation import published, room
from geodata.store.journal import Journal

TAIL = 5_000
COMPACTION_SECONDS, COMPACTION_GB = 10.0, 2.0


def tables(ground: Ground) -> Iterator[Table]:
    yield _compaction(ground)


def _compaction(ground: Ground) -> Table:
    """Five thousand rows of the journal into everything there is, in a process of its own."""
    rounds = 1 if ground.quick else 3
    with copy(ground) as folder:
        _wait_in_journal(ground, folder, "first")
        first = _compacted(folder)
        taken, peaks, copies = [], [], []
        for n in progress(range(rounds), "compactions"):
            copies.append(timed(lambda: _copied_once(folder)))
            _wait_in_journal(ground, folder, f"again{n}")
            seconds, peak = _compacted(folder)
            taken.append(seconds)
            peaks.append(peak)
        size = (room(folder) / published(folder).file).stat().st_size
    ours, copied, peak = Times(tuple(taken)).median, Times(tuple(copies)).median, max(peaks)
    what = f"{TAIL:,} rows into {ground.counts['tickets']:,} tickets"
    rows = (
        at_most(
            (what, f"{ours:.1f}", f"{peak:.2f}", f"{ours / copied:.1f}"),
            ours,
            COMPACTION_SECONDS,
            "s",
        ),
        at_most(("  its memory", "", f"{peak:.2f}", ""), peak, COMPACTION_GB, "GB"),
        Row(
            (
                "the first, which also begins the log",
                f"{first[0]:.1f}",
                f"{first[1]:.2f}",
                f"{first[0] / copied:.1f}",
            )
        ),
        Row(("shutil.copyfile of the same file", f"{copied:.1f}", "", "1")),
    )
    notes = (
        f"The whole command, start of Python included; the file has {size / 1e9:.2f} GB;",
        "a tenth of the rows replace others.",
    )
    return Table("Compaction", ("what", "seconds", "peak GB", "÷ copy"), rows, notes)


def _copied_once(folder: Path) -> None:
    source = room(folder) / published(folder).file
    target = source.with_suffix(".copy")
    shutil.copyfile(source, target)
    target.unlink()


def _compacted(folder: Path) -> tuple[float, float]:
    """Seconds and peak GB of one compaction."""
    command = [sys.executable, "-m", "geodata", "compact", "--data", str(folder)]
    before, start = published(folder), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or published(folder) == before:
        raise SystemExit(f"{' '.join(command[1:])} ended with {process.returncode}.")
    return seconds, used.ru_maxrss * 1024 / 1e9


def _wait_in_journal(ground: Ground, folder: Path, name: str) -> None:
    """Put tickets into the journal; one in ten replaces one that is there."""
    old = ground.reader.rows("SELECT id FROM tickets USING SAMPLE 500 ROWS (reservoir, 1)")
    ids = [str(row["id"]) for row in old] + [f"{name}-{n}" for n in range(TAIL - len(old))]
    told = [
        {"id": ident, **ticket, "text": name}
        for ident, ticket in zip(ids, tickets(ground, TAIL), strict=True)
    ]
    journal = Journal(folder)
    for start in range(0, TAIL, LIMIT):
        journal.put("bench", entries(ground, told[start : start + LIMIT]))
