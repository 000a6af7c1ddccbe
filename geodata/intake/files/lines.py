"""Where the lines of a text lie and which of them are plain rows; by the column, in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]

BLOCK = 1 << 25  # bytes looked at together: the flags of a block stay small
LF, CR, QUOTE, NUL, SPACE = b"\n"[0], b"\r"[0], b'"'[0], 0, b" "[0]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a text: bytes ``starts[i]`` to ``ends[i]``, which is before its LF or CRLF.

    ``cells`` counts the cells of a line read by itself. A ``strange`` line cannot be split at its
    separators alone: a quote is not where quotes belong, or a NUL or a single CR is in it.
    """

    starts: Ints
    ends: Ints
    cells: Ints
    strange: Flags

    @property
    def blank(self) -> Flags:
        """Lines with nothing on them."""
        return np.asarray(self.starts == self.ends)


def lines_of(raw: bytes | memoryview, separator: str) -> Lines:
    """The lines of a UTF-8 text."""
    text = np.frombuffer(raw, np.uint8)
    feeds = np.flatnonzero(text == LF)
    starts = np.concatenate([[0], feeds + 1])
    ends = np.concatenate([feeds, [len(text)]])
    if starts[-1] == len(text):  # the last line has its line feed
        starts, ends = starts[:-1], ends[:-1]
    ends = ends - ((ends > starts) & (text[ends - 1] == CR)) if len(ends) else ends
    parts = [
        _block(text, starts[a:b], ends[a:b], ord(separator)) for a, b in _blocks(starts, len(text))
    ]
    cells = np.concatenate([p[0] for p in parts]) if parts else np.zeros(0, np.int64)
    strange = np.concatenate([p[1] for p in parts]) if parts else np.zeros(0, bool)
    return Lines(starts, ends, cells, strange)


def _blocks(starts: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Runs of lines of about ``BLOCK`` bytes."""
    cuts = np.searchsorted(starts, np.arange(0, size, BLOCK))
    edges = np.unique(np.concatenate([cuts, [len(starts)]])).tolist()
    yield from pairwise(edges)


def _block(text: Bytes, starts: Ints, ends: Ints, separator: int) -> tuple[Ints, Flags]:
    """Cells and strangeness of lines that follow each other."""
    first = int(starts[0])
    part = text[first : int(ends[-1])]
    starts, ends = starts - first, ends - first
    splits = np.flatnonzero(part == separator)
    strange = _has(np.flatnonzero(part == NUL), starts, ends)
    strange |= _has(_single_returns(part), starts, ends)
    cells = 1 + np.searchsorted(splits, ends) - np.searchsorted(splits, starts)
    quotes = np.flatnonzero(part == QUOTE)
    if len(quotes):
        strange |= _misplaced(part, quotes, starts, ends, separator)
        cells -= _quoted(splits, quotes, starts, ends)
    return cells, strange


def _has(at: Ints, starts: Ints, ends: Ints) -> Flags:
    """Lines in which one of some bytes stands."""
    if not len(at):
        return np.zeros(len(starts), bool)
    return np.asarray(np.searchsorted(at, ends) > np.searchsorted(at, starts))


def _single_returns(part: Bytes) -> Ints:
    """Carriage returns that no line feed follows, the last byte left out (its line ends there)."""
    returns = np.flatnonzero(part[:-1] == CR)
    return np.asarray(returns[part[returns + 1] != LF])


def _quoted(splits: Ints, quotes: Ints, starts: Ints, ends: Ints) -> Ints:
    """How many separators of each line stand inside quotes: behind an odd number of them."""
    first, behind = np.searchsorted(quotes, starts), np.searchsorted(quotes, ends)
    rank = np.arange(len(quotes)) - np.repeat(first, behind - first)
    # Those before a closing quote, less those before the one that opened it.
    signed = np.searchsorted(splits, quotes) * np.where(rank % 2 == 0, -1, 1)
    upto = np.append(0, np.cumsum(signed))
    is_open = (behind - first) % 2 == 1
    return np.asarray(upto[behind] - upto[first] + is_open * np.searchsorted(splits, ends))


def _misplaced(part: Bytes, quotes: Ints, starts: Ints, ends: Ints, separator: int) -> Flags:
    """Lines with a quote that neither opens nor closes a cell, or with one left open."""
    first = np.searchsorted(quotes, starts)
    count = np.searchsorted(quotes, ends) - first
    rank = np.arange(len(quotes)) - np.repeat(first, count)
    line_start, line_end = np.repeat(starts, count), np.repeat(ends, count)
    before, after = part[quotes - 1], part[np.minimum(quotes + 1, len(part) - 1)]
    opens = (quotes == line_start) | (before == separator) | (before == QUOTE)
    closes = (quotes + 1 == line_end) | (after == separator) | (after == QUOTE)
    wrong = quotes[~np.where(rank % 2 == 0, opens, closes)]
    flags = (count % 2).astype(bool)
    flags[np.searchsorted(starts, wrong, "right") - 1] = True
    return flags
