"""The rows of the library, packed: what a match answers with, a million times, each in one look.

What belongs to a row lies together, for a row is mostly far from the one before: seven columns
would be seven misses of the cache.
"""

from __future__ import annotations

from bisect import bisect_left
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.addresses.places import LEVELS
from geodata.addresses.words import town_core

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIELDS = np.dtype(
    [
        *(("lon", "<f8"), ("lat", "<f8"), ("id", "<u4"), ("area", "<i4"), ("size", "<u4")),
        *(("town", "<i2"), ("level", "i1"), ("historic", "?")),
    ]
)
_PACKED = Struct("<ddIiIhb?")  # the same
_BYTES = _PACKED.size


class Row(NamedTuple):
    """A row of the library: what a match answers with."""

    n: int
    id: str
    level: str
    lon: float | None
    lat: float | None
    area: int | None
    is_historic: bool


class Rows:
    """All rows in order of their number; never changes."""

    def __init__(
        self, rows: pa.Table, level: NDArray[np.int8], historic: NDArray[np.bool_]
    ) -> None:
        """Pack the columns id, lon, lat, area and town; ``level`` by its place in LEVELS."""
        ids = rows["id"].cast(pa.large_string()).combine_chunks()
        _, ends, texts = ids.buffers()
        bounds = np.frombuffer(ends or b"", np.int64)[ids.offset : ids.offset + len(rows) + 1]
        packed = np.empty(len(rows), _FIELDS)
        packed["lon"], packed["lat"] = _floats(rows["lon"]), _floats(rows["lat"])
        packed["id"], packed["size"] = bounds[:-1], np.diff(bounds)
        packed["area"] = pc.fill_null(rows["area"], -1).to_numpy()
        packed["town"], self._towns = _town_codes(rows["town"])
        packed["level"], packed["historic"] = level, historic
        self._packed, self._ids = memoryview(packed.tobytes()), memoryview(texts or b"")
        self._by_id = pc.sort_indices(ids).to_numpy().astype(np.uint32).data

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._by_id)

    def __getitem__(self, n: int) -> Row:
        """Give a row by its number."""
        lon, lat, begin, area, size, _, level, historic = _PACKED.unpack_from(
            self._packed, n * _BYTES
        )
        return Row(
            n,
            str(self._ids[begin : begin + size], "utf-8"),
            LEVELS[level],
            lon if lon == lon else None,  # noqa: PLR0124 - what is no number is not itself
            lat if lat == lat else None,  # noqa: PLR0124
            None if area < 0 else area,
            historic,
        )

    def town(self, n: int) -> str | None:
        """Give the town of a row, as towns are compared; None where none is told."""
        code = _PACKED.unpack_from(self._packed, n * _BYTES)[5]
        return self._towns[code] if code >= 0 else None

    def find(self, ident: str) -> Row | None:
        """Give a row by its id, or None where there is none."""
        at = bisect_left(self._by_id, ident, key=lambda n: self[n].id)
        row = self[self._by_id[at]] if at < len(self) else None
        return row if row and row.id == ident else None


def _town_codes(column: pa.ChunkedArray) -> tuple[NDArray[np.int16], list[str]]:
    """Give the number of each row's town, -1 where it has none, and what they are called."""
    coded = column.combine_chunks().dictionary_encode()
    codes = pc.fill_null(coded.indices, -1).to_numpy().astype(np.int16)
    return codes, [town_core(name) if name else "" for name in coded.dictionary.to_pylist()]


def _floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return np.asarray(pc.fill_null(column, np.nan).to_numpy(), np.float64)
