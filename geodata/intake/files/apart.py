"""Reading a file in a process of its own: whatever happens there, here comes an answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geodata
from geodata.errors import DataError
from geodata.intake.files.child import FAULT, SHEET
from geodata.intake.files.limits import (
    CHILD_MEMORY,
    CHILD_SECONDS,
    MEMORY_PER_BYTE,
    SECONDS_PER_BYTE,
)
from geodata.intake.files.sheet import Sheet, load_sheet

if TYPE_CHECKING:
    from geodata.intake.files.sheet import Faults

START = "import sys; from geodata.intake.files.child import main; main(sys.argv[1])"
ROOT = Path(geodata.__file__).resolve().parent.parent
# Threads would each set memory aside, and the limit counts what is set aside.
SPARING = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
}


def read_apart(path: Path, **asked: str) -> tuple[Sheet, Faults]:
    """A file, read by ``child`` within limits that grow with its size.

    Raises
    ------
    DataError
        When it cannot be read, or reading it takes too much time or memory.
    """
    size = path.stat().st_size
    seconds = int(CHILD_SECONDS + SECONDS_PER_BYTE * size)
    limits = {"memory": CHILD_MEMORY + MEMORY_PER_BYTE * size, "seconds": seconds}
    with tempfile.TemporaryDirectory(prefix="onemap-") as folder:
        room = Path(folder)
        told = {"path": str(path.resolve()), "room": str(room), **limits, **asked}
        code = _run(told, room / "stderr.txt", seconds, path.name)
        if (room / FAULT).is_file():
            raise DataError((room / FAULT).read_text(encoding="utf-8"))
        if code:
            raise DataError(f"{path.name} cannot be read: {_why(code, room / 'stderr.txt')}.")
        return load_sheet(room / SHEET)


def _run(told: dict[str, Any], stderr: Path, seconds: int, name: str) -> int:
    """The exit code of the child."""
    with stderr.open("wb") as errors:
        try:
            return subprocess.run(
                [sys.executable, "-c", START, json.dumps(told)],
                cwd=ROOT,
                env={**os.environ, **SPARING},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                timeout=seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired as error:
            raise DataError(f"{name} could not be read within {seconds} seconds.") from error


def _why(code: int, stderr: Path) -> str:
    """Why a child ended without an answer."""
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "it takes too much time or memory"
    said = stderr.read_bytes()[-2000:].decode("utf-8", "replace").strip().splitlines()
    if code == -signal.SIGABRT or (said and "memory" in said[-1].lower()):
        return "it needs too much memory, or is damaged"
    if code < 0:
        return f"the reader broke off ({signal.Signals(-code).name}); it is damaged"
    return f"the reader broke off ({said[-1] if said else code})"
