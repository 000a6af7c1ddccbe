"""Records of separated text, read by the letter where a quick reader could be misled.

A quoted cell may hold line feeds. A quote that is opened and never closed must cost its own line
only, so lines are joined to a record just when the result is one beyond doubt: properly closed,
with the columns of the head, and not made of lines that are records themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

OPEN = "the quote opened here is never closed"
AFTER = "has text behind a closed quote; a quote inside a cell is written twice"


class MalformedError(ValueError):
    """A text that is no record; says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """Cells, and where in the text the record ends."""

    cells: list[str]
    end: int


@cache
def _patterns(separator: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    closed = re.compile(rf'"([^"]*(?:""[^"]*)*)"(?={separator}|\r?\n|\r?\Z)')
    return closed, re.compile(rf"[^{separator}\n]*")


def record(text: str, separator: str, *, strict: bool) -> Record:
    """The record at the beginning of a text, over as many lines as its quotes need.

    With ``strict`` no quote may stand inside a cell that is not quoted; without, it is a letter.

    Raises
    ------
    MalformedError
        When a quote is never closed, or text follows a closed one.
    """
    closed, plain = _patterns(separator)
    cells: list[str] = []
    at = 0
    while True:
        quoted = text.startswith('"', at)
        found = closed.match(text, at) if quoted else plain.match(text, at)
        if found is None:
            raise MalformedError(OPEN if _is_open(text, at) else AFTER)
        cell = found.group(1).replace('""', '"') if quoted else found.group()
        if strict and not quoted and '"' in cell:
            raise MalformedError(AFTER)
        cells.append(cell)
        at = found.end()
        if not text.startswith(separator, at):
            return Record(cells, at)
        at += 1


def _is_open(text: str, at: int) -> bool:
    return re.compile(r'"[^"]*(?:""[^"]*)*\Z').match(text, at) is not None
