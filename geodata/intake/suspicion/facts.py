"""The nouns of suspicion: what is known of a file, what it is compared with, what is noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Moments = NDArray[np.datetime64]

EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Columns of a file after mapping, n rows long, before anything is stored.

    Attributes
    ----------
    lines : array of int, shape (n,)
        Line of each row in the source.
    lon, lat : arrays of float, shape (n,)
        EPSG:4326 degrees after the declared CRS was applied; nan = none, inf = impossible.
    shapes : array of shapely geometries, shape (n,), or None
        In the same degrees; None where a row has none. Where shapes are given, ``lon`` and
        ``lat`` may be nan throughout.
    raw_x, raw_y : arrays of float, shape (n,), or None
        The coordinates as they stand in the file, x first; the order of columns can be judged
        only with them. A polygon file may leave them out.
    created_at : array of datetime64, shape (n,), or None
        UTC; NaT = none.
    ids : array of str, shape (n,), or None
        Empty or None = none.
    n_read : int
        Rows of the source, those refused before included.
    declared_crs : str
        What the mapping, the command or the file says; empty where nobody said anything.
    kind : str
        ``tickets``, ``areas``, ``layer`` …
    """

    kind: str
    lines: Ints
    lon: Floats
    lat: Floats
    n_read: int
    shapes: Any = None
    raw_x: Floats | None = None
    raw_y: Floats | None = None
    created_at: Moments | None = None
    ids: Any = None
    declared_crs: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What to compare with: lines (roads) and polygons (outlines), EPSG:4326, in any mixture.

    ``shapes`` is an array of shapely geometries; points among them are left aside.
    """

    shapes: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing noticed: how often, in which words, and whether a person must decide."""

    kind: str
    count: int
    sentence: str
    sentence_zh: str
    examples: tuple[str, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A row to hold back: its index in the facts, and what the rejects file says of it."""

    index: int
    column: str
    value: str
    reason: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to store, what to say, what to hold back.

    ``lon``, ``lat`` and ``shapes`` are those of the facts with the certain repairs made: 0, 0 is
    no place, a proved exchange of the two is undone, a shape is valid. A systematic shift is
    never taken away here: it is asked about.
    """

    crs: str  # what the last line of a report says after "crs: "
    lon: Floats
    lat: Floats
    shapes: Any
    warnings: tuple[Doubt, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether a person should decide before the file is believed."""
        return any(doubt.asks for doubt in self.warnings)

    def noting(self, *doubts: Doubt, held: tuple[Held, ...] = (), **changed: Any) -> Verdict:
        """The same verdict and more; a row is held back for its first fault only."""
        known = {fault.index for fault in self.held}
        more = tuple(fault for fault in held if fault.index not in known)
        return replace(
            self, warnings=(*self.warnings, *doubts), held=(*self.held, *more), **changed
        )


def examples_of(facts: Facts, rows: Ints, said: Sequence[str] = ()) -> tuple[str, ...]:
    """The first of some rows by their lines, each with what may be said of it."""
    lines = [f"line {facts.lines[i]}" for i in rows[:EXAMPLES]]
    if not said:
        return tuple(lines)
    return tuple(f"{line}: {what}" for line, what in zip(lines, said, strict=False))


def told(examples: tuple[str, ...]) -> str:
    """Examples for a sentence."""
    return ", ".join(examples)


def told_zh(examples: tuple[str, ...]) -> str:
    """Examples for a Chinese sentence."""
    return "、".join(re.sub(r"^line (\d+)(: )?", r"第 \1 行\2", each) for each in examples)
