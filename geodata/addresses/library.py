"""The library of standard addresses in memory: base places to search, a tree below each to look up.

Only base places (roads, compounds, named places) and areas are searched by name, tens of thousands
at most. What lies below them, a million rooms and more, is a tree kept in sorted numbers: the child
of a node by its word is one bisection. Loaded from a generation; 1,500,000 rooms in 5 s and 400 MB.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.addresses.bases import HISTORIC, Base, base_of, belonging
from geodata.addresses.decisions import decisions, named
from geodata.addresses.kept import kept
from geodata.addresses.names import found_names
from geodata.addresses.packed import Rows
from geodata.addresses.places import LEVELS
from geodata.addresses.text import normalised
from geodata.addresses.tree import NO_RANK, grown
from geodata.addresses.words import TAIL, community_core, core, town_core

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.addresses.decisions import Decision
    from geodata.addresses.packed import Row
    from geodata.store.reader import Reader

BASES = ("town", "community", "road", "quarter", "poi")
_COLUMNS = """id, level, province, city, county, town, community, road, road_no, quarter,
    building, unit, room, poi, lon, lat, area, aliases"""


class Library:
    """All standard addresses of one generation; never changes, safe to use from many threads."""

    def __init__(
        self,
        rows: pa.Table,
        areas: list[Base],
        extra: dict[int, list[Any]],
    ) -> None:
        """Build from the columns of ``addresses`` in order of ``n``.

        ``extra`` are the further names of single rows: (name, trust).
        """
        self.count = len(rows)
        level = _codes(rows["level"], LEVELS)
        historic = pc.fill_null(pc.equal(rows["status"], HISTORIC), fill_value=False).to_numpy()
        self._rows = Rows(rows, level, historic)
        own = _bases(rows, level, extra)
        base, bases = belonging(rows, own)
        nodes = len(rows) + len(bases) - len(own)
        self.tree = grown(rows, base, _ranks(level), nodes, historic)
        self.bases = [*bases, *_without_row(areas, own)]
        self.own = {
            name: sorted(set(pc.unique(rows[name]).to_pylist()) - {None})
            for name in ("province", "city", "county")
        }
        self.nowhere: frozenset[str] = frozenset()

    def deciding(self, decisions: Sequence[Decision]) -> Library:
        """Give the same library with what clerks decided that names mean; it shares all else."""
        other = copy(self)
        other.nowhere |= {normalised(d.mention) for d in decisions if d.address_id is None}
        other.bases = named(self.bases, decisions)
        return other

    def find(self, ident: str) -> Row | None:
        """Give a row by its id, or None where there is none."""
        return self._rows.find(ident)

    def town(self, node: int) -> str | None:
        """Give the town of a node, as towns are compared; None where none is told."""
        return self._rows.town(node) if node < self.count else None

    def row(self, node: int) -> Row | None:
        """Give the row of a node; of a node that only its children imply, the row above it."""
        while node >= self.count:
            node = self.tree.parent[node]
        return self._rows[node] if node >= 0 else None


def load(reader: Reader) -> Library:
    """Load the library of a generation, kept with it: tickets never change it.

    A decision only changes what names mean, so that what is below them is not loaded again.
    """
    without = kept(reader, "library", lambda: _load(reader), without="decisions")
    return kept(reader, "library", lambda: without.deciding(decisions(reader)))


def _load(reader: Reader) -> Library:
    # A generation of an earlier program has no such column; there every address is in use.
    status = "status" if reader.knows("addresses", "status") else "NULL::VARCHAR AS status"
    rows = in_order(reader, f"{_COLUMNS}, {status}")
    areas = reader.rows("SELECT n, code, name, level, parent FROM areas WHERE level IN (1, 2)")
    return Library(rows, area_bases(areas), found_names(reader))


def in_order(reader: Reader, columns: str) -> pa.Table:
    """Read columns of every address in order of its number ``n``, which is among them.

    They are stored in that order, and sorting a million rows would cost a second.
    """
    rows = reader.table(f"SELECT n, {columns} FROM addresses")
    number = rows["n"].to_numpy()
    if np.array_equal(number, np.arange(len(number))):
        return rows
    return rows.take(np.argsort(number))


def _without_row(areas: list[Base], own: list[Base]) -> list[Base]:
    """Areas that the address book has no entry of."""
    known = {(base.level, base.town, base.community) for base in own if base.level in BASES[:2]}
    return [area for area in areas if (area.level, area.town, area.community) not in known]


def area_bases(areas: list[dict[str, Any]]) -> list[Base]:
    """Give towns and communities as places that can be named.

    Rows have ``n``, ``code``, ``name``, ``level`` (1 town, 2 community) and ``parent`` (an ``n``).
    """
    town = {row["n"]: row["name"] for row in areas if row["level"] == 1}
    return [
        Base(
            n=-1,
            id=row["code"],
            level="town" if row["level"] == 1 else "community",
            name=row["name"],
            core=core("town" if row["level"] == 1 else "community", row["name"]),
            aliases=(),
            town=town_core(row["name"] if row["level"] == 1 else town.get(row["parent"], "")),
            community=community_core(row["name"]) if row["level"] == 2 else None,
            road=None,
            road_no=None,
            quarter=None,
            lon=None,
            lat=None,
        )
        for row in areas
    ]


def _bases(rows: pa.Table, level: NDArray[np.int8], extra: dict[int, list[Any]]) -> list[Base]:
    base = np.isin(level, [LEVELS.index(name) for name in BASES])
    return [base_of(row, extra.get(row["n"], ())) for row in rows.filter(base).to_pylist()]


def _codes(column: pa.ChunkedArray, names: tuple[str, ...]) -> NDArray[np.int8]:
    coded = column.combine_chunks().dictionary_encode()
    codes = np.array([names.index(name) for name in coded.dictionary.to_pylist()] or [0], np.int8)
    return codes[coded.indices.to_numpy()] if len(column) else codes[:0]


def _ranks(level: NDArray[np.int8]) -> NDArray[np.int64]:
    """Give the place of each level in TAIL; -1 of a base, and of what is none of both."""
    rank = np.full(len(LEVELS), NO_RANK, np.int64)
    for at, name in enumerate(TAIL):
        rank[LEVELS.index(name)] = at
    return rank[level]
