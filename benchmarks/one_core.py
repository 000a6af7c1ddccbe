"""One core, for what is said to run on one: a program inherits the cores of who starts it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 1_800  # seconds a program may take


@contextmanager
def one_core() -> Iterator[None]:
    """Have this thread, and the programs that it starts meanwhile, on one core."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(every)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


def answer(command: Sequence[str | Path], asked: object) -> Any:
    """Run a program on one core, ask it in JSON and give what it says in JSON.

    Raises ``subprocess.SubprocessError`` where it fails or does not end.
    """
    with one_core():
        done = subprocess.run(
            command,
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            check=True,
            timeout=PATIENCE,
        )
    return json.loads(done.stdout)
