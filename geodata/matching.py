"""A file of texts matched with the standard addresses, in pieces that survive a stop."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from geodata.addresses.doubt import rank
from geodata.addresses.engine import matcher
from geodata.addresses.grids import grids
from geodata.addresses.mentions import readings
from geodata.addresses.parse import elements
from geodata.errors import DataError
from geodata.intake.files import read_sheet
from geodata.store.disk import digest, sync, write_durably
from geodata.store.reader import newest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geodata.addresses.answers import Match
    from geodata.addresses.elements import Element
    from geodata.addresses.grids import Grids
    from geodata.addresses.match import Matcher
    from geodata.intake.files import Sheet

PIECE = 5_000  # rows between two marks from which an interrupted run goes on
ANSWER = (
    *("status", "address_id", "level", "base", "building", "unit", "room", "lon", "lat", "grid"),
    *("score", "reason", "elements", "alternatives"),
)


@dataclass(frozen=True, slots=True)
class Matched:
    """What came of a file: rows by status, and how many an earlier run had done already."""

    counts: dict[str, int]
    resumed: int
    notes: tuple[str, ...]


def match_file(
    file: Path, column: str, folder: Path, out: Path, tell: Callable[[int, int], None]
) -> Matched:
    """Match one column of a file; writes the input columns and ``ANSWER`` in the input's order.

    ``tell`` is called with rows done and rows in all. A run that was interrupted goes on where it
    stopped, if file, column and data are the same. The file appears under its name when it is
    complete. A column of the input that is called like one of the answer becomes ``given_…``.

    Raises
    ------
    DataError
        When there are no addresses, the file cannot be read, or it has no such column.
    """
    reader = newest(folder)
    if reader is None or not reader.has("addresses"):
        raise DataError(f"{folder} holds no addresses yet. Import them: import addresses FILE.")
    sheet, faults = read_sheet(file)
    if column not in sheet.head:
        raise DataError(f"{file.name} has no column {column!r}; it has {', '.join(sheet.head)}.")
    run = _Run(out, {"file": digest(file), "column": column, "data": reader.version})
    engine = matcher(reader)
    places = grids(reader)
    with run.part.open("r+b" if run.rows else "w+b") as handle:
        handle.truncate(run.bytes)
        handle.seek(run.bytes)
        if not run.rows:
            handle.write(b"\xef\xbb\xbf" + _csv([_head(sheet)]))
        for start in range(run.rows, len(sheet), PIECE):
            tell(start, len(sheet))
            rows = list(_rows(sheet, column, start, engine, places))
            run.counts.update(row[len(sheet.head)] for row in rows)
            handle.write(_csv(rows))
            handle.flush()
            run.mark(start + len(rows), handle.tell())
    resumed = run.resumed
    run.finish()
    notes = tuple(f"line {line}: {reason}" for line, reason in faults)
    if clash := [f"given_{name}" for name in sheet.head if name in ANSWER]:
        notes = (f"renamed, for the answer has such columns: {', '.join(clash)}", *notes)
    return Matched(run.counts, resumed, (*sheet.notes, *notes))


class _Run:
    """How far a run has come: the part written, and beside it a mark of what is sound in it."""

    def __init__(self, out: Path, same: dict[str, str]) -> None:
        self.out, self._same = out, same
        self.part = out.with_name(out.name + ".part")
        self._mark = out.with_name(out.name + ".part.json")
        self.rows = self.bytes = 0
        self.counts = Counter(matched=0, review=0, none=0)
        if self._mark.is_file() and self.part.is_file():
            mark = json.loads(self._mark.read_text(encoding="utf-8"))
            if mark["same"] == same:
                self.rows, self.bytes = mark["rows"], mark["bytes"]
                self.counts.update(mark["counts"])
        self.resumed = self.rows

    def mark(self, rows: int, size: int) -> None:
        sync(self.part)
        mark = {"same": self._same, "rows": rows, "bytes": size, "counts": self.counts}
        write_durably(self._mark, json.dumps(mark))

    def finish(self) -> None:
        self.part.replace(self.out)
        self._mark.unlink(missing_ok=True)


def _head(sheet: Sheet) -> list[str]:
    return [*(f"given_{name}" if name in ANSWER else name for name in sheet.head), *ANSWER]


def _rows(
    sheet: Sheet, column: str, start: int, engine: Matcher, places: Grids
) -> Iterator[list[Any]]:
    """Give the rows of a piece: the given cells, and the answer's."""
    given = zip(*(values.slice(start, PIECE).to_pylist() for values in sheet.columns), strict=True)
    told = sheet.column(column).slice(start, PIECE).to_pylist()
    texts = [text or "" for text in told]
    reads = list(readings(texts, engine.gazetteer))
    matches = [engine.matched(read) for read in reads]
    rank(reads, matches)
    for cells, text, read, match in zip(given, texts, reads, matches, strict=True):
        yield [*cells, *_cells(match, elements(text, read), places)]


def _cells(match: Match, elements: list[Element], places: Grids) -> list[Any]:
    return [
        *(match.status, match.address_id, match.level, match.base),
        *(match.building, match.unit, match.room),
        *(None if at is None else f"{at:.6f}" for at in (match.lon, match.lat)),
        places.of(match),
        match.score,
        match.reason,
        orjson.dumps(elements).decode(),
        "|".join(match.alternatives),
    ]


def _csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")
