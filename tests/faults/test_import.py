"""Files with poison in them, importers that are killed, and two importers at once."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from geodata.store.generation import writing
from geodata.store.reader import Store
from tests.faults.conftest import ROOT, command, ran

ROWS, EVERY = 100_000, 1_000
POISON = (
    "{i},abc,36.81,2020-11-20 08:00:00,噪声,坏经度",
    "{i},118.01,36.81,2020-13-45 08:00:00,噪声,坏日期",
    "{i},118.01,36.81,2020-11-20 08:00:00,噪声,多,列",
    "{i},118.01",
    '{i},118.01,36.81,2020-11-20 08:00:00,噪声,"没有闭合',
    "{i},36.81,118.01,2020-11-20 08:00:00,噪声,颠倒",
)


def count(folder: Path) -> int:
    return int(Store(folder).reader().rows("SELECT count(*) AS n FROM tickets")[0]["n"])


# ---- a hundred poisoned rows among a hundred thousand ----


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory) -> tuple[Path, list[int]]:
    """A file, and the numbers of its poisoned lines."""
    path = tmp_path_factory.mktemp("poison") / "tickets.csv"
    bad = []
    with path.open("w", encoding="utf-8") as handle:
        handle.write("id,lon,lat,created_at,category,text\n")
        for i in range(ROWS):
            if i % EVERY == EVERY // 2:
                bad.append(i + 2)
                handle.write(POISON[i // EVERY % len(POISON)].format(i=i) + "\n")
            else:
                handle.write(f"{i},118.0{i % 30:02d},36.81,2020-11-20 08:00:00,噪声,投诉{i}\n")
    return path, bad


@pytest.mark.parametrize(("mutant", "holds"), [("none", True), ("swallowing", False)])
def test_every_good_row_lands_and_every_bad_one_is_told_by_its_line(
    folder, poisoned, tmp_path, mutant, holds
):
    file, bad = poisoned
    rejects, before = tmp_path / "rejects.csv", count(folder)
    done = ran(mutant, "import", "tickets", file, "--data", folder, "--rejects", rejects)
    with rejects.open(encoding="utf-8-sig", newline="") as handle:
        told = list(csv.DictReader(handle))
    is_exact = [int(row["line"]) for row in told] == bad and all(row["cure"] for row in told)
    landed = count(folder) - before
    assert (is_exact and landed == ROWS - len(bad) and done.returncode == 3) == holds


# ---- killed on the way, twenty times ----


def large(folder: Path) -> Path:
    path = folder.parent / "large.csv"
    lines = (f"L{i},2020-11-20 08:00:00,噪声\n" for i in range(20_000))
    path.write_text("id,created_at,category\n" + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("mutant", "kills", "holds"), [("none", 20, True), ("halving", 2, False)])
def test_readers_see_a_file_before_or_after_and_never_between(folder, mutant, kills, holds):
    before, file = count(folder), large(folder)
    chance, seen, stop = random.Random(7), set(), threading.Event()

    def watch() -> None:
        store = Store(folder)
        while not stop.wait(0.005):
            rows = store.reader().rows("SELECT count(*) AS n FROM tickets")
            seen.add(rows[0]["n"] - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(kills):
            _killed(mutant, folder, file, chance.uniform(0.0, 0.5))
        assert ran(mutant, "import", "tickets", file, "--data", folder).returncode == 0
        landed = count(folder) - before
    finally:
        stop.set()
        watcher.join()
    assert (landed == 20_000 and seen <= {0, 20_000}) == holds


def _killed(mutant: str, folder: Path, file: Path, after: float) -> None:
    """Start an import and kill it a moment after it has begun to write."""
    left = drafts(folder)
    importer = subprocess.Popen(
        command(mutant, "import", "tickets", file, "--data", folder),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while importer.poll() is None and drafts(folder) <= left:
        threading.Event().wait(0.005)
    try:
        importer.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(importer.pid, signal.SIGKILL)
        importer.wait()


def drafts(folder: Path) -> set[tuple[str, int]]:
    """Generations that are being written, or that a killed importer has left."""
    found = set()
    for path in (folder / "store").glob("*.draft"):
        with suppress(FileNotFoundError):  # published or removed meanwhile
            found.add((path.name, path.stat().st_ino))
    return found


# ---- two at once ----


@pytest.mark.parametrize(("mutant", "holds"), [("none", True), ("unlocked", False)])
def test_a_second_importer_is_refused_with_a_sentence(folder, mutant, holds):
    file = large(folder)
    with writing(folder):
        second = ran(mutant, "import", "tickets", file, "--data", folder)
    refused = second.returncode == 2 and "Another process is writing" in second.stderr
    assert refused == holds
    assert ran("none", "import", "tickets", file, "--data", folder).returncode == 0
    assert count(folder) == 20_012
