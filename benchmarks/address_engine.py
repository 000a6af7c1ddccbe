"""Our engine in a process of its own: ``python -m benchmarks.address_engine WHAT FOLDER``.

Reads what is asked as JSON and writes what it measured as JSON, so that a run has one core and no
memory of another.
"""

from __future__ import annotations

import ctypes
import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pyarrow as pa

from benchmarks.resident import high_water
from geodata.addresses.answers import Match
from geodata.addresses.engine import matcher
from geodata.addresses.library import load
from geodata.addresses.match import Matcher
from geodata.addresses.suggest import finder, suggestions
from geodata.store.reader import Reader, Store

LIMIT = 12  # suggestions of one answer, as the search box asks
JUDGED = ("status", "address_id", "level", "base", "building", "unit", "room")


def match(folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Match texts many at once and one at a time; the answers are those of the first round."""
    engine = matcher(Store(folder).reader())
    warm = asked["warm"]
    same = _at_once(engine, warm) == _one_by_one(engine, warm)
    answers = [_judged(one) for one in _at_once(engine, asked["judged"])]
    rounds = asked["rounds"]
    return {
        "answers": answers,
        "same": same,
        "at_once": [_rate(partial(_at_once, engine, texts), len(texts)) for texts in rounds[::2]],
        "singly": [
            _rate(partial(_one_by_one, engine, texts), len(texts)) for texts in rounds[1::2]
        ],
    }


def memory(folder: Path, _: dict[str, Any]) -> dict[str, Any]:
    """Load library and matcher, then the finder; what each takes and what stays resident."""
    reader = Store(folder).reader()
    reader.rows("SELECT count(*) FROM addresses")
    at = [_resident()]
    wall, used = time.perf_counter(), time.process_time()
    load(reader).find("")  # so that every address can be found by its id
    library = time.perf_counter() - wall
    matcher(reader)
    wall, used = time.perf_counter() - wall, time.process_time() - used
    peak = high_water()
    at.append(_resident())
    cached = _cached(reader)
    finding = time.perf_counter()
    finder(reader)
    finding = time.perf_counter() - finding
    at.append(_resident())
    return {
        **{"library": library, "wall": wall, "cpu": used, "finding": finding},
        **{"before": at[0], "held": at[1] - at[0], "cached": cached, "finder": at[2] - at[1]},
        **{"arrow": pa.total_allocated_bytes(), "peak": peak},
    }


def suggest(folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Milliseconds of each thing typed, by way of typing; finder and matcher are made before."""
    reader = Store(folder).reader()
    suggestions(reader, asked["warm"], LIMIT)
    matcher(reader)
    return {
        way: [_milliseconds(partial(suggestions, reader, text, LIMIT)) for text in texts]
        for way, texts in asked["typed"].items()
    }


def _at_once(engine: Matcher, texts: list[str]) -> list[Match]:
    return list(engine.match_all(texts))


def _one_by_one(engine: Matcher, texts: list[str]) -> list[Match]:
    return [engine.match(text) for text in texts]


def _rate(work: Callable[[], object], count: int) -> float:
    """Texts a second of CPU."""
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def _judged(found: Match) -> dict[str, Any]:
    told = asdict(found)
    return {name: told[name] for name in JUDGED}


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000


def _resident() -> int:
    """Resident bytes, once what is free has been given back."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return int(psutil.Process().memory_info().rss)


def _cached(reader: Reader) -> int:
    """Bytes that DuckDB keeps of the file, and would give up for something else."""
    sql = "SELECT sum(memory_usage_bytes)::BIGINT AS bytes FROM duckdb_memory()"
    return int(reader.rows(sql)[0]["bytes"])


_WAYS: dict[str, Callable[[Path, dict[str, Any]], dict[str, Any]]] = {
    "match": match,
    "memory": memory,
    "suggest": suggest,
}

if __name__ == "__main__":
    way, room = sys.argv[1:]
    json.dump(_WAYS[way](Path(room), json.load(sys.stdin)), sys.stdout)
