"""A real server of a data folder, and the memory of all its processes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from benchmarks.ground import ROOT
from benchmarks.resident import high_water

PATIENCE = 40  # seconds a server may take to end


@dataclass(frozen=True, slots=True)
class Served:
    """A running server; the first process is gunicorn's arbiter, its children are the workers."""

    port: int
    process: subprocess.Popen[str]

    def resident(self) -> list[int]:
        """Resident bytes of each process; pages that two share are counted in both."""
        return [int(process.memory_info().rss) for process in self._processes()]

    def most_resident(self) -> list[int]:
        """The most that each process has ever had, as the kernel remembers it."""
        return [high_water(process.pid) for process in self._processes()]

    def _processes(self) -> list[psutil.Process]:
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder on a free port until the block ends."""
    command = [sys.executable, "app.py", "--port", "0", "--data", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()  # printed when it listens
        found = re.search(r"http://[^:]+:(\d+)", line)
        if not found:
            raise SystemExit(f"The server did not start: {line!r}")
        yield Served(int(found[1]), process)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
