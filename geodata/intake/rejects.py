"""Rows on their way in: their canonical columns, which are held back and why, and what to note."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geodata.intake.files import Sheet
    from geodata.intake.mapping import Mapping

    Flags = NDArray[np.bool_]

SHOWN = 120  # characters of a value in a reject


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was held back: where, what, why, and what to do."""

    line: int
    column: str
    value: str
    reason: str
    cure: str


def unread(faults: Iterable[tuple[int, str]]) -> list[Reject]:
    """Rows that could not be read at all, given as pairs of line and reason."""
    return [Reject(line, "", "", reason, "Mend the line.") for line, reason in faults]


@dataclass(slots=True)
class Rows:
    """Canonical columns as they fill up; ``bad`` holds the first fault of each row.

    ``columns`` are Arrow arrays by canonical name. ``known_categories`` are those that the folder
    has already. ``notes`` say what was mended.
    """

    sheet: Sheet
    mapping: Mapping
    known_categories: tuple[str, ...] = ()
    columns: dict[str, pa.Array] = field(default_factory=dict)
    bad: dict[int, Reject] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sheet)

    def refuse(self, row: int, column: str, value: Any, reason: str, cure: str) -> None:
        """Hold a row back."""
        if row not in self.bad:
            told = "" if value is None else str(value)[:SHOWN]
            self.bad[row] = Reject(int(self.sheet.lines[row]), column, told, reason, cure)

    def refuse_all(
        self, which: Flags, column: str, texts: pa.Array | None, reason: str, cure: str
    ) -> None:
        """Hold all flagged rows back; ``texts`` has the value of each."""
        for i in np.flatnonzero(which).tolist():
            self.refuse(i, column, texts[i].as_py() if texts is not None else "", reason, cure)

    def note(self, which: Flags, what: str, texts: pa.Array | None = None) -> None:
        """Say what happened to the flagged rows; ``{}`` in ``what`` becomes the first value."""
        at = np.flatnonzero(which)
        if len(at):
            value = texts[int(at[0])].as_py() if texts is not None else ""
            self.notes.append(
                f"{len(at)} times {what.format(value)}, e.g. line {self.sheet.lines[at[0]]}."
            )
