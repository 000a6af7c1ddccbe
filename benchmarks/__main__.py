"""``python -m benchmarks``: print the tables. Exit code 0, whatever the figures are."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import (
    address_file,
    address_matching,
    address_parsing,
    build,
    compaction,
    intake,
    live,
    memory,
    page,
    query,
    screen,
    shift,
    tiles,
    wire,
)
from benchmarks.ground import Ground, load, machine
from benchmarks.report import Table

ROOMS: dict[str, Callable[[Ground], Iterable[Table]]] = {
    "build": build.tables,
    "query": query.tables,
    "page": page.tables,
    "tiles": tiles.tables,
    "wire": wire.tables,
    "memory": memory.tables,
    "screen": screen.tables,
    "shift": shift.tables,
    "intake": intake.tables,
    "live": live.tables,
    "compaction": compaction.tables,
    "address_parsing": address_parsing.tables,
    "address_matching": address_matching.tables,
    "address_file": address_file.tables,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the district where it is not there, then print one table after the other."""
    given = _parser().parse_args(arguments)
    folder = given.data or Path("var") / given.scale
    _say(f"# OneMap benchmarks, scale {given.scale}, {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC")
    _say(machine())
    build.prepared(folder, given.scale)
    ground = Ground(folder, given.scale, quick=given.quick)
    counted = ", ".join(f"{n:,} {name}" for name, n in ground.counts.items())
    _say(f"{counted}; facts until {ground.last_day}\n")
    for name in given.only or ROOMS:
        for table in ROOMS[name](ground):
            _say(f"{table}\nload average when this table ended: {load()}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", choices=("tiny", "district", "city"), default="city")
    parser.add_argument("--only", choices=tuple(ROOMS), action="append", help="may be repeated")
    parser.add_argument("--data", type=Path, help="data folder (default: var/SCALE)")
    parser.add_argument("--quick", action="store_true", help="a fifth of the rounds")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
