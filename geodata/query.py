"""What a reader asks: an address of the map, resolved into the data's own units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Chosen = frozenset[str]  # named values
Between = tuple[float, float]  # inclusive bounds, infinite where open
Filter = Chosen | Between


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open stretch of time in UTC."""

    start: dt.datetime
    end: dt.datetime

    @property
    def length(self) -> dt.timedelta:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The part of a view that the queries of one layer need.

    Attributes
    ----------
    area : int
        Number of the area shown; 0 is the root, and then unplaced facts count too.
    period, previous : Span
        What is counted, and what it is compared with (the same elapsed time).
    as_of : datetime
        The moment, in UTC, at which an open appeal is or is not overdue.
    at : datetime
        The moment, in UTC, for which states such as an open market are told.
    hours : pair of int, optional
        Local hours from, to (exclusive); from above to wraps midnight.
    filters : mapping
        The layer's own queryables by name.
    """

    period: Span
    previous: Span
    as_of: dt.datetime
    at: dt.datetime
    area: int = 0
    hours: tuple[int, int] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tile:
    """A vector tile: zoom, column, row, and the CRS of the base map it is shown on."""

    z: int
    x: int
    y: int
    display: str = "WGS84"
