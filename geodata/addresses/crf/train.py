r"""``python -m geodata.addresses.crf.train TRAIN.jsonl OUT.npz``: learn weights for the reader.

TRAIN is a file of labelled texts, one of the public sets as well as our own; ``written:N`` or
``written:N:SEED`` stands for N texts of our own generator, which are all that the shipped weights
know::

    python -m geodata.addresses.crf.train written:30000 geodata/addresses/crf/weights.npz \
        --plain --iterations 80 --l1 0.4 --rarest 2
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.addresses.crf.rows import labelled
from geodata.addresses.crf.written import written
from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.addresses.crf.rows import Labelled


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write; exit code 2 and one line where nothing can be learned."""
    given = _parser().parse_args(arguments)
    try:
        size = _learned(given)
    except (DataError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{given.out}: {size / 1000:,.0f} kB\n")
    return 0


def _learned(given: argparse.Namespace) -> int:
    from geodata.addresses.crf.training import Settings, learned

    settings = Settings(
        l1=given.l1, iterations=given.iterations, single=not given.plain, rarest=given.rarest
    )
    learned(_rows(given.train), settings).save(given.out)
    return int(given.out.stat().st_size)


def _rows(told: str) -> Sequence[Labelled]:
    kind, _, rest = told.partition(":")
    if kind != "written":
        return labelled(Path(told))
    count, _, seed = rest.partition(":")
    if not count.isdecimal() or not (seed or "1").isdecimal():
        raise DataError(f"{told} is not written:N or written:N:SEED.")
    return written(int(count), int(seed or 1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geodata.addresses.crf.train",
        description="Learn weights for the address reader from labelled texts.",
    )
    parser.add_argument("train", metavar="TRAIN.jsonl|written:N[:SEED]")
    parser.add_argument("out", type=Path, metavar="OUT.npz")
    parser.add_argument("--iterations", type=int, default=100)
    parser.add_argument("--l1", type=float, default=0.15, help="more makes fewer weights")
    parser.add_argument("--rarest", type=int, default=1, help="leave out what is seen less often")
    parser.add_argument(
        "--plain", action="store_true", help="B and I only: a little faster to read with"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
