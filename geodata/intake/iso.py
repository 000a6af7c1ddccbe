"""Moments in ISO 8601, read as columns of bytes: years of appeals in a fraction of a second."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]

ISO = "ISO8601"
SECOND = 1_000_000  # microseconds
DATE, MINUTES, SECONDS = 10, 16, 19  # characters of a moment told so exactly
MONTH = "datetime64[M]"
FEW = 64  # texts up to which a loop is quicker than columns
EPOCH, MICROSECOND = dt.datetime(1970, 1, 1), dt.timedelta(microseconds=1)
_GRAMMAR = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Told:
    """What texts say: microseconds since 1970 on their clock, and its offset where they name it.

    Where ``read`` is false nothing was understood.
    """

    wall: Ints
    offset: Ints
    has_offset: Flags
    read: Flags

    @classmethod
    def nothing(cls, count: int) -> Told:
        """Nothing understood yet."""
        flags = np.zeros((2, count), bool)
        return cls(np.zeros(count, np.int64), np.zeros(count, np.int64), flags[0], flags[1])

    def fill(self, which: Flags, read: Callable[[pa.Array], Told], texts: pa.Array) -> None:
        """Read the flagged texts and keep what they say."""
        if which.all():
            self.put(slice(None), read(texts))
        elif which.any():
            self.put(which, read(texts.filter(pa.array(which))))

    def put(self, at: Flags | slice | Ints, told: Told) -> None:
        """Keep what some of the texts say."""
        for mine, theirs in zip(self.parts(), told.parts(), strict=True):
            mine[at] = theirs

    def of(self, which: Flags) -> Told:
        """What the flagged texts say."""
        return Told(self.wall[which], self.offset[which], self.has_offset[which], self.read[which])

    def parts(self) -> tuple[Ints, Ints, Flags, Flags]:
        """The arrays, in order."""
        return self.wall, self.offset, self.has_offset, self.read


def iso(texts: pa.Array) -> Told:
    """Moments as ``2026-11-01``, ``2026-11-01T08:00``, ``2026-11-01 08:00:00.5+08:00`` and between.

    ``texts`` has no nulls. Other forms of the standard are not read here.
    """
    if len(texts) <= FEW:
        return one_by_one(texts)
    told = Told.nothing(len(texts))
    length = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    if (length == SECONDS).all() and (wall := _to_the_second(texts)) is not None:
        told.wall[:], told.read[:] = wall, True
        return told
    for size in np.unique(length).tolist():
        at = np.flatnonzero(length == size)
        for layout in _layouts(size):
            if len(at):
                found = _read(_matrix(texts, at, size), *layout)
                told.put(at[found.read], found.of(found.read))
                at = at[~found.read]
    return told


def _to_the_second(texts: pa.Array) -> Ints | None:
    """Texts such as ``2026-11-01 08:00:00``, as most cities write them; None where one is none."""
    try:
        # Of so many letters Arrow reads this form alone.
        return np.asarray(texts.cast(pa.timestamp("us")).cast(pa.int64()))
    except pa.ArrowInvalid:
        return None


def one_by_one(texts: pa.Array) -> Told:
    """The same, text by text: for a handful that is quicker."""
    told = Told.nothing(len(texts))
    for i, text in enumerate(texts.to_pylist()):
        if moment := moment_of(text):
            ahead = moment.utcoffset()
            told.wall[i] = (moment.replace(tzinfo=None) - EPOCH) // MICROSECOND
            told.offset[i] = (ahead or dt.timedelta()) // MICROSECOND
            told.has_offset[i], told.read[i] = ahead is not None, True
    return told


def moment_of(text: str) -> dt.datetime | None:
    """The moment one text says, with a zone where it names its offset; None where it is none."""
    if not _GRAMMAR.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None  # no such day, hour or offset


def _layouts(size: int) -> Iterator[tuple[int, int, int]]:
    """Characters of the moment, its fraction and its offset that make up a length."""
    for main in (DATE, MINUTES, SECONDS):
        for offset in (6, 5, 3, 1, 0) if main > DATE else (0,):
            fraction = size - main - offset
            if fraction == 0 or (main == SECONDS and 2 <= fraction <= 10):
                yield main, fraction, offset


def _matrix(texts: pa.Array, at: Ints, size: int) -> Bytes:
    """Bytes of equally long texts, one row a text."""
    _, ends, letters = texts.buffers()
    starts = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts)]
    letters = np.frombuffer(letters, np.uint8)
    if len(at) == len(texts):
        return letters[starts[0] : starts[0] + len(at) * size].reshape(len(at), size)
    return np.asarray(letters[starts[at].astype(np.int64)[:, None] + np.arange(size)])


def _read(text: Bytes, main: int, fraction: int, offset: int) -> Told:
    """Texts of one layout, (n, size) bytes."""
    digits = text - np.uint8(ord("0"))
    days, read = _days(digits)
    read &= _are(text, (4, 7), "-") & _in(digits, (0, 1, 2, 3))
    wall = days * 86_400
    if main > DATE:
        at, marks = (11, 14, 17)[: (main - 10) // 3], (13, 16)[: (main - 13) // 3]
        parts = [_two(digits, i) for i in at]
        for part, most, unit in zip(parts, (24, 60, 60), (3600, 60, 1), strict=False):
            read &= part < most
            wall += part * unit
        read &= _are(text, marks, ":") & (_are(text, (10,), "T") | _are(text, (10,), " "))
    wall *= SECOND
    if fraction:
        read &= _are(text, (main,), ".") | _are(text, (main,), ",")
        read &= _in(digits, tuple(range(main + 1, main + fraction)))
        for i in range(min(fraction - 1, 6)):
            wall += digits[:, main + 1 + i].astype(np.int64) * 10 ** (5 - i)
    ahead, said = _ahead(text, digits, main + fraction, offset)
    return Told(wall, ahead, np.full(len(text), bool(offset)), read & said)


def _days(digits: Bytes) -> tuple[Ints, Flags]:
    """Days since 1970, and whether the calendar has them."""
    year = _two(digits, 0) * 100 + _two(digits, 2)
    month, day = _two(digits, 5), _two(digits, 8)
    since = (year - 1970) * 12 + np.clip(month, 1, 12) - 1
    first, beyond = (m.astype(MONTH).astype("datetime64[D]") for m in (since, since + 1))
    length = (beyond - first).astype(np.int64)
    right = (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)
    return first.astype(np.int64) + day - 1, right


def _ahead(text: Bytes, digits: Bytes, at: int, size: int) -> tuple[Ints, Flags]:
    """Microseconds ahead of UTC by the offset that begins at a column, and whether it is one."""
    nothing = np.zeros(len(text), np.int64)
    if size <= 1:
        return nothing, _are(text, (at,), "Z") if size else np.ones(len(text), bool)
    east, west = _are(text, (at,), "+"), _are(text, (at,), "-")
    hours = _two(digits, at + 1)
    minutes = _two(digits, at + size - 2) if size > 3 else nothing
    read = (east | west) & (hours < 24) & (minutes < 60)
    if size == 6:
        read &= _are(text, (at + 3,), ":")
    return np.where(west, -1, 1) * (hours * 60 + minutes) * 60 * SECOND, read


def _two(digits: Bytes, at: int) -> Ints:
    """The number two columns of digits make; far too large where one is no digit."""
    tens, ones = digits[:, at].astype(np.int64), digits[:, at + 1].astype(np.int64)
    return np.where((tens > 9) | (ones > 9), 1 << 20, tens * 10 + ones)


def _in(digits: Bytes, at: tuple[int, ...]) -> Flags:
    return np.asarray((digits[:, list(at)] <= 9).all(axis=1))


def _are(text: Bytes, at: tuple[int, ...], letter: str) -> Flags:
    return np.asarray((text[:, list(at)] == ord(letter)).all(axis=1))
