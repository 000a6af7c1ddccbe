"""Broken files of every format: an answer or a clear refusal, never anything else."""

from __future__ import annotations

import signal
import warnings
from contextlib import contextmanager

import numpy as np
import pytest

from geodata.errors import DataError
from geodata.intake.files import read_sheet
from geodata.intake.files.child import read_here
from tests.geodata.intake.written import written

TRIES = {".csv": 250, ".tsv": 250, ".geojson": 200, ".ndjson": 200}
FEW = 60  # of the formats that are read by large libraries
SECONDS = 10
PLAIN = {".csv", ".tsv"}


def flipped(data: np.ndarray, at: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    data[at] ^= chance.integers(1, 256, len(at)).astype(np.uint8)
    return data


def truncated(data: np.ndarray, at: np.ndarray, _: np.random.Generator) -> np.ndarray:
    return data[: at[0]]


def inserted(data: np.ndarray, at: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    odd = np.frombuffer(b'"\r\n\0,[{\xff\xef\xbb', np.uint8)
    return np.insert(data, at, chance.choice(odd, len(at)))


def doubled(data: np.ndarray, at: np.ndarray, _: np.random.Generator) -> np.ndarray:
    first, last = sorted((int(at[0]), int(at[-1])))
    return np.concatenate([data[:last], data[first:]])


WAYS = (flipped, truncated, inserted, doubled)


@contextmanager
def in_time():
    def late(*_):
        raise TimeoutError(f"not read within {SECONDS} seconds")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, bytes]:
    return written(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize(
    "ending", [".csv", ".tsv", ".geojson", ".ndjson", ".xlsx", ".gpkg", ".fgb", ".zip", ".parquet"]
)
def test_a_broken_file_is_read_or_refused(whole, tmp_path, ending):
    chance = np.random.default_rng(20_240_701)
    path = tmp_path / f"broken{ending}"
    read = read_sheet if ending in PLAIN else read_here
    answers = {"read": 0, "refused": 0}
    for turn in range(TRIES.get(ending, FEW)):
        data = np.frombuffer(whole[ending], np.uint8).copy()
        at = chance.integers(0, len(data), 1 + turn % 7)
        path.write_bytes(WAYS[turn % len(WAYS)](data, at, chance).tobytes())
        with in_time(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL says more than it refuses
            answers[answer(read, path)] += 1
    assert sum(answers.values()) == TRIES.get(ending, FEW)


def answer(read, path) -> str:
    try:
        sheet, faults = read(path)
    except DataError:
        return "refused"
    except BaseException as error:
        # What Rust code panics with would end the child alone: the parent says so.
        if type(error).__name__ == "PanicException":
            return "refused"
        raise
    assert all(len(column) == len(sheet) for column in sheet.columns)
    assert all(reason for _, reason in faults)
    return "read"
