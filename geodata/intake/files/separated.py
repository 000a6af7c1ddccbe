"""Separated text (CSV, TSV): plain rows are read by the column, strange lines one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import csv

from geodata.errors import DataError
from geodata.intake.files.limits import COLUMNS, ROW_LINES
from geodata.intake.files.lines import Lines, lines_of
from geodata.intake.files.records import OPEN, MalformedError, record
from geodata.intake.files.sheet import Sheet, sheet_of, whole, without_blank_rows
from geodata.intake.files.text import utf8

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.files.lines import Flags, Ints
    from geodata.intake.files.sheet import Faults

SUFFIXES = (".csv", ".tsv", ".txt")
SEPARATORS = (",", ";", "\t")
RECORDS_INSIDE = 3  # so many records within a quoted cell, and nothing else, are no cell


@dataclass(frozen=True, slots=True)
class _Head:
    """Names of the columns, what separates them, and how much of the file stands above the rows."""

    names: list[str]
    separator: str
    size: int
    lines: int


def read_separated(path: Path, encoding: str) -> tuple[Sheet, Faults]:
    """A table of text, and the lines that are no rows of it.

    Raises
    ------
    DataError
        When the file as a whole cannot be read.
    """
    raw, used, how = utf8(path, encoding)
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # as old Macintoshes end their lines
    head = _head(raw, path)
    text = memoryview(raw)[head.size :]
    body = _Body(text, lines_of(text, head.separator), len(head.names), head.separator)
    odd = body.strange_rows()
    columns, at = _with_odd(body.plain_columns(odd.taken), body.good(odd.taken), odd)
    note = f"encoding {used} ({how})"
    sheet = sheet_of(head.names, columns, at + 1 + head.lines, encoding=used, notes=(note,))
    faults = sorted([*odd.faults, *body.faults(odd.taken)])
    return without_blank_rows(sheet), [(line + 1 + head.lines, why) for line, why in faults]


def _head(raw: bytes, path: Path) -> _Head:
    blank = len(raw) - len(raw.lstrip(b" \t\r\n"))
    if blank == len(raw):
        raise DataError(f"{path.name} is empty; its first line must name the columns.")
    first = raw.rfind(b"\n", 0, blank) + 1
    text = _beginning(raw, first)
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(text)
    try:
        found = record(text, separator, strict=False)
    except MalformedError as error:
        raise DataError(f"{path.name}: in the head, {error}.") from error
    if len(found.cells) > COLUMNS:
        raise DataError(f"{path.name} has {len(found.cells)} columns; {COLUMNS} can be read.")
    size = raw.find(b"\n", first + len(text[: found.end].encode())) + 1 or len(raw)
    names = [name.strip() for name in found.cells]
    return _Head(names, separator, size, raw[:size].count(b"\n"))


def _beginning(raw: bytes, first: int) -> str:
    """As many lines as a head may have."""
    end = first
    for _ in range(ROW_LINES):
        end = raw.find(b"\n", end) + 1
        if not end:
            return raw[first:].decode()
    return raw[first:end].decode()


def _separator(text: str) -> str:
    """What parts the names of the head: the candidate that stands outside quotes most often."""
    outside = "".join(text.split('"')[::2]).partition("\n")[0]
    return max(SEPARATORS, key=outside.count)


@dataclass(slots=True)
class _Odd:
    """What the strange lines held: rows, faults, and the lines that are used up (``taken``)."""

    taken: Flags
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: Faults = field(default_factory=list)


@dataclass(frozen=True)
class _Body:
    """The text below the head."""

    text: memoryview
    lines: Lines
    width: int
    separator: str

    @cached_property
    def plain(self) -> Flags:
        """Lines that are rows by themselves."""
        lines = self.lines
        return np.asarray(~lines.strange & (lines.cells == self.width) & ~lines.blank)

    def good(self, taken: Flags) -> Ints:
        """Plain lines that are not part of a record of several lines."""
        return np.flatnonzero(self.plain & ~taken)

    def faults(self, taken: Flags) -> Faults:
        """Lines with more or fewer cells than the head."""
        wrong = ~taken & ~self.lines.blank & (self.lines.cells != self.width)
        cells = self.lines.cells
        return [(i, _wrong(int(cells[i]), self.width)) for i in np.flatnonzero(wrong).tolist()]

    def strange_rows(self) -> _Odd:
        """Read the lines that cannot be split at their separators alone."""
        odd = _Odd(np.zeros(len(self.plain), bool))
        for i in np.flatnonzero(self.lines.strange).tolist():
            if not odd.taken[i]:
                cells, fault, behind = self._row_at(i)
                odd.taken[i:behind] = True
                if fault:
                    odd.faults.append((i, fault))
                else:
                    odd.rows.append((i, cells))
        return odd

    def _row_at(self, i: int) -> tuple[list[str], str, int]:
        """Cells of the row that begins on a line, what is wrong with it, and the line behind."""
        try:
            cells = record(self._from(i, i), self.separator, strict=False).cells
            return cells, self._fault(cells), i + 1
        except MalformedError as error:
            reason = str(error)
        cells, behind = self._joined(i) if reason == OPEN else ([], i + 1)
        return cells, self._fault(cells) if cells else reason, behind

    def _joined(self, i: int) -> tuple[list[str], int]:
        """The record of several lines that begins on a line, if there is one beyond doubt."""
        window = self._from(i, min(i + ROW_LINES, len(self.plain) - 1))
        try:
            found = record(window, self.separator, strict=True)
        except MalformedError:
            return [], i + 1
        behind = i + 1 + window.count("\n", 0, found.end)
        inside = slice(i + 1, behind - 1)
        are_records = bool((self.plain[inside] | self.lines.blank[inside]).all())
        several = np.count_nonzero(self.plain[inside]) >= RECORDS_INSIDE
        if len(found.cells) != self.width or (are_records and several):
            return [], i + 1
        return found.cells, behind

    def _from(self, first: int, last: int) -> str:
        return str(self.text[self.lines.starts[first] : self.lines.ends[last]], "utf-8")

    def _fault(self, cells: list[str]) -> str:
        if any("\0" in cell for cell in cells):
            return "has a NUL byte"
        return "" if len(cells) == self.width else _wrong(len(cells), self.width)

    def plain_columns(self, taken: Flags) -> list[pa.Array]:
        """The columns of the good lines."""
        good = self.good(taken)
        if not len(good):
            return [pa.array([], pa.string())] * self.width
        names = [str(i) for i in range(self.width)]
        longest = int((self.lines.ends[good] - self.lines.starts[good]).max())
        read = csv.read_csv(
            pa.BufferReader(self._bytes(good)),
            csv.ReadOptions(column_names=names, block_size=max(1 << 22, 2 * longest + 2)),
            csv.ParseOptions(delimiter=self.separator),
            csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), check_utf8=False),
        )
        if len(read) != len(good):
            raise DataError(
                f"{len(good)} lines were counted and {len(read)} read. Write the file anew, with "
                f"every cell in quotes."
            )
        return [whole(column) for column in read.columns]

    def _bytes(self, good: Ints) -> pa.Buffer:
        """The text of the good lines, in one piece."""
        cuts = np.flatnonzero(np.diff(good) != 1) + 1
        first, last = good[np.append(0, cuts)], good[np.append(cuts - 1, len(good) - 1)]
        starts = self.lines.starts[first]
        ends = np.append(self.lines.starts, len(self.text))[last + 1]
        runs = [self.text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        return pa.py_buffer(runs[0] if len(runs) == 1 else b"".join(runs))


def _wrong(cells: int, width: int) -> str:
    return f"has {cells} columns; the head has {width}"


def _with_odd(columns: list[pa.Array], lines: Ints, odd: _Odd) -> tuple[list[pa.Array], Ints]:
    """Plain and odd rows together, in the order of their lines."""
    if not odd.rows:
        return columns, lines
    at = np.concatenate([lines, [line for line, _ in odd.rows]])
    order = pa.array(np.argsort(at))
    extra = zip(*(cells for _, cells in odd.rows), strict=True)
    joined = [
        pa.concat_arrays([column, pa.array(cells, pa.string())]).take(order)
        for column, cells in zip(columns, extra, strict=True)
    ]
    return joined, np.sort(at)
