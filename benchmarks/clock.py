"""Time, fairly: the ways of doing a thing take turns, so a busy neighbour slows all of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Durations of many runs of one thing, in seconds."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        return float(np.median(self.each))

    @property
    def p95(self) -> float:
        return float(np.percentile(self.each, 95))

    @property
    def most(self) -> float:
        return max(self.each)

    @property
    def least(self) -> float:
        return min(self.each)


def timed(work: Callable[[], object]) -> float:
    """Seconds one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Times]:
    """Times of every way, each run once a round; the first round only warms up.

    Every other round goes backwards, so that no way always runs in the wake of the same other.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in progress(range(rounds + 1), "rounds"):
        names = list(ways)[:: 1 if round_ % 2 else -1]
        for name in names:
            taken[name].append(timed(ways[name]))
    return {name: Times(tuple(each[1:])) for name, each in taken.items()}


def progress(things: Sequence[T] | Iterable[T], what: str) -> Iterator[T]:
    """The things, with a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield from things
        return
    from tqdm import tqdm

    yield from tqdm(things, desc=what, leave=False)
