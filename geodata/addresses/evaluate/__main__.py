"""``python -m geodata.addresses.evaluate parse|pairs|poi TRAIN.jsonl TEST.jsonl``.

The last line is JSON: precision, recall and f1. parse: exact spans and labels, micro; pairs:
macro over exact, partial, none; poi: the share of places found first, as ``precision``. Exit code
2 and one line when there is nothing to judge.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.addresses.evaluate import pairs, parse, poi
from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.addresses.evaluate.scores import Judged

TASKS: dict[str, Callable[[Path, Path], Judged]] = {
    "parse": parse.judged,
    "pairs": pairs.judged,
    "poi": poi.judged,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, judge, print; give the exit code."""
    given = _parser().parse_args(arguments)
    try:
        judged = TASKS[given.task](given.train, given.test)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for line in judged.lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{json.dumps(judged.figures)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geodata.addresses.evaluate",
        description="Learn from one public set of addresses and be judged on another.",
    )
    parser.add_argument("task", choices=tuple(TASKS))
    parser.add_argument("train", type=Path, metavar="TRAIN.jsonl")
    parser.add_argument("test", type=Path, metavar="TEST.jsonl")
    return parser


if __name__ == "__main__":
    sys.exit(main())
