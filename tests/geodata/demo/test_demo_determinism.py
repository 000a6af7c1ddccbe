from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geodata.demo.partition import district

SCRIPT = """
import datetime as dt, hashlib
import pyarrow as pa
from geodata.demo import frames
digest = hashlib.sha256()
for name, table in frames("tiny", 7, dt.date(2023, 6, 30)):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    digest.update(name.encode() + sink.getvalue().to_pybytes())
print(digest.hexdigest())
"""


def _digest(hash_seed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return run.stdout.strip()


def test_two_processes_make_the_same_tables():
    assert _digest("1") == _digest("2")


@pytest.mark.parametrize("seed", [5])
def test_another_seed_makes_another_ground(seed):
    assert district(seed).codes.tolist() != district(seed + 1).codes.tolist()
