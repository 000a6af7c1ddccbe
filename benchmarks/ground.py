"""What a benchmark stands on: a demonstration district, the machine, and what is installed."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from cachelib import SimpleCache

import layers
from geodata.store.reader import Reader, Store
from layers._answers import Answers, Question

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PACKAGES = (
    *("dash", "duckdb", "geopandas", "gunicorn", "mapbox-vector-tile", "numpy"),
    *("orjson", "pandas", "playwright", "plotly", "pyarrow"),
)


@dataclass(frozen=True)
class Ground:
    """A published data folder, and ways to ask it without a server."""

    folder: Path
    scale: str
    quick: bool = False  # fewer rounds, to try the benchmark itself

    @cached_property
    def answers(self) -> Answers:
        return Answers(Store(self.folder), layers.catalog(), SimpleCache())

    @property
    def reader(self) -> Reader:
        return self.answers.reader()

    @cached_property
    def counts(self) -> Mapping[str, int]:
        names = ("addresses", "tickets", "areas")
        asked = ", ".join(f"(SELECT count(*) FROM {name}) AS {name}" for name in names)
        return {k: int(v) for k, v in self.reader.rows(f"SELECT {asked}")[0].items()}

    @cached_property
    def last_day(self) -> dt.date:
        """The first day after the data."""
        return self.reader.data_until.astimezone(self.reader.place.zone).date()

    def question(self, search: str) -> Question:
        """An address, read; raises when any of it could not be honoured."""
        question = self.answers.question(search)
        if question.notices:
            raise ValueError("; ".join(notice("en") for notice in question.notices))
        return question

    def rounds(self, many: int) -> int:
        return max(2, many // 5) if self.quick else many

    @contextmanager
    def unvisited(self) -> Iterator[Path]:
        """The same facts as a folder that nobody has asked anything: an empty cache of its own."""
        with tempfile.TemporaryDirectory(prefix="onemap-bench-") as name:
            folder = Path(name)
            (folder / "store").symlink_to((self.folder / "store").resolve())
            shutil.copy(self.folder / "place.toml", folder)
            yield folder


def load() -> str:
    """The machine's load averages over 1, 5 and 15 minutes."""
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def machine() -> str:
    """The machine and the versions, in a few lines."""
    memory = psutil.virtual_memory().total / 1e9
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"machine: {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.machine()}; load average {load()}\n"
        f"Python {platform.python_version()}; {packages}; {_browser()}"
    )


def _browser() -> str:
    try:
        answer = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no Chromium"
    return " ".join(answer.stdout.split()[:2])
