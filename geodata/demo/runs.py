"""Counting within groups."""

from __future__ import annotations

import numpy as np

from geodata.demo.plane import Ints


def starts(group: Ints) -> Ints:
    """Place of the first member of each group, where members of a group stand together."""
    return np.flatnonzero(np.diff(group, prepend=-1))


def ranks(counts: Ints) -> Ints:
    """0, 1, 2 … for each group, one group after the other, by the sizes of the groups."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def count_up(group: Ints) -> Ints:
    """1, 2, 3 … within each group, in the order given."""
    order = np.argsort(group, kind="stable")
    sizes = np.diff(np.append(starts(group[order]), len(group)))
    number = np.empty(len(group), np.int64)
    number[order] = ranks(sizes) + 1
    return number
