"""Tables as they are printed: rows of figures, each with its aim and whether it is met."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

NO_AIM = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one line; ``met`` is None where there is no aim."""

    cells: tuple[str, ...]
    aim: str = NO_AIM
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return {None: NO_AIM, True: "met", False: "MISSED"}[self.met]


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; the columns ``aim`` and ``verdict`` are added when it is printed."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [
            (*self.head, "aim", "verdict"),
            *((*row.cells, row.aim, row.verdict) for row in self.rows),
        ]
        widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
        rule = "|".join("-" * (w + 2) for w in widths)
        drawn = [_line(line, widths) for line in lines]
        notes = "".join(f"\n{note}" for note in self.notes)
        return "\n".join([f"## {self.title}\n", drawn[0], f"|{rule}|", *drawn[1:]]) + notes


def at_most(cells: tuple[str, ...], value: float, limit: float, unit: str) -> Row:
    """A row whose figure should not exceed a limit in the same unit."""
    return Row(cells, f"≤ {limit:g} {unit}".rstrip(), value <= limit)


def ms(seconds: float) -> str:
    """Seconds as milliseconds with three significant figures or so."""
    told = seconds * 1000
    return f"{told:.0f}" if told >= 100 else f"{told:.1f}" if told >= 1 else f"{told:.2f}"


def kb(size: float) -> str:
    """Bytes as thousands of bytes."""
    return f"{size / 1000:,.1f}" if size < 100_000 else f"{size / 1000:,.0f}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return "| " + " | ".join(padded) + " |"


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
