"""Depth-first numbers for a tree given by codes: a subtree becomes one range of numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where each given row comes in depth-first order."""

    order: Ints  # row positions, depth first
    level: Ints
    parent: Ints  # numbers, in the new order
    last: Ints


def numbering(codes: Sequence[str], parents: Sequence[str | None]) -> Numbering:
    """Depth-first numbers of areas given by code and parent code.

    Raises
    ------
    DataError
        When a code stands twice, a parent is missing, or there is not exactly one root.
    """
    below = _below(codes, parents)
    order: list[int] = []
    level: list[int] = []
    parent: list[int] = []
    last = np.zeros(len(codes), np.int64)
    stack = [(below[None][0], 0, -1)]
    while stack:
        row, depth, above = stack.pop()
        n = len(order)
        order.append(row)
        level.append(depth)
        parent.append(above)
        stack += [(child, depth + 1, n) for child in reversed(below[codes[row]])]
    if len(order) < len(codes):
        lost = sorted(set(codes) - {codes[i] for i in order})[:3]
        raise DataError(f"The areas {', '.join(lost)} are their own ancestors.")
    for n in range(len(order) - 1, -1, -1):
        last[n] = max(last[n], n)
        if parent[n] >= 0:
            last[parent[n]] = max(last[parent[n]], last[n])
    return Numbering(np.array(order), np.array(level), np.array(parent), last)


def _below(codes: Sequence[str], parents: Sequence[str | None]) -> dict[str | None, list[int]]:
    """Row positions of the children of each code, by code; the root under None."""
    known = set(codes)
    if len(known) < len(codes):
        twice = sorted(code for code, count in Counter(codes).items() if count > 1)[:3]
        raise DataError(f"The area codes {', '.join(twice)} stand twice.")
    below: dict[str | None, list[int]] = defaultdict(list)
    for row in sorted(range(len(codes)), key=lambda i: codes[i]):
        if (parent := parents[row]) is not None and parent not in known:
            raise DataError(f"Area {codes[row]} names the parent {parent}, which is not there.")
        below[parent].append(row)
    if len(below[None]) != 1:
        roots = ", ".join(codes[i] for i in below[None][:3]) or "none"
        raise DataError(f"A place has one root area; these have no parent: {roots}.")
    return below
