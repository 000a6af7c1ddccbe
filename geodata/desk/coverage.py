"""How well appeals are addressed: every figure with its numerator and its denominator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from geodata.addresses.locate import FAR_M
from geodata.areas.hierarchy import hierarchy
from geodata.areas.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.query import Query
    from geodata.store.reader import Reader

    Ints = NDArray[np.int64]

LISTED = 200  # grids without addresses, and duplicates, that are named
# An appeal that says nothing can have no address, unless it came with one.
_SPEAKS = "(address_id IS NOT NULL OR coalesce(address, '') <> '' OR coalesce(text, '') <> '')"
_COUNTED = f"""count(*) FILTER (WHERE {_SPEAKS})::BIGINT AS of_all,
    count(address_id)::BIGINT AS matched"""
_WHOLE = f"""SELECT {_COUNTED},
    count(*) FILTER (WHERE address_id IS NOT NULL AND {{how}} = 'clerk')::BIGINT AS clerk,
    count(*) FILTER (WHERE address_id IS NOT NULL AND {{how}} = 'matched')::BIGINT AS by_text,
    count(*) FILTER (WHERE {{far}} > {FAR_M})::BIGINT AS far, count({{far}})::BIGINT AS measured
    FROM tickets"""
_BY_AREA = f"SELECT area, {_COUNTED} FROM tickets GROUP BY area"
_BY_CHANNEL = f"""SELECT c.value AS channel, {_COUNTED} FROM tickets t
    LEFT JOIN terms c ON c.subject = 'channel' AND c.code = t.channel
    GROUP BY c.value ORDER BY of_all DESC, channel"""
_BY_LEVEL = """SELECT a.level, count(*)::BIGINT AS matched FROM tickets t
    JOIN addresses a ON a.n = t.address_n WHERE t.address_id IS NOT NULL
    GROUP BY a.level ORDER BY matched DESC"""
_ELEMENTS = """province, city, county, town, community, road, road_no, quarter, building, unit,
    floor, room, poi"""
_DUPLICATES = f"""SELECT any_value(name) AS name, count(*)::BIGINT AS rows, min(id) AS id
    FROM addresses GROUP BY {_ELEMENTS} HAVING count(*) > 1 ORDER BY rows DESC, id"""
_ADDRESSES = "SELECT area, count(*)::BIGINT AS count FROM addresses WHERE area >= 0 GROUP BY area"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, of whom."""

    name: str
    count: int
    of: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of the desk.

    ``by_community`` are the areas above the grids, ``without`` the grids that hold no address,
    ``duplicates`` names whose elements stand under several ids, with how often.
    """

    version: str
    matched: Share
    first: Share  # addressed without a clerk
    by_clerk: Share
    by_text: Share  # found in what was said; the others came with their address
    far: Share  # further than 300 m from their own point, of those that have both
    repeated: Share  # addresses that stand there before, of all
    empty: Share  # grids without addresses
    by_community: tuple[Share, ...]
    by_channel: tuple[Share, ...]
    by_level: tuple[Share, ...]
    without: tuple[Share, ...]
    duplicates: tuple[Share, ...]


def coverage(reader: Reader) -> Coverage:
    """Give the figures of the newest facts; made once for them."""
    return reader.once("desk/coverage", lambda: _coverage(reader))


def _coverage(reader: Reader) -> Coverage:
    how, far = (
        name if reader.knows("tickets", name) else f"NULL::{kind}"
        for name, kind in (("address_by", "VARCHAR"), ("distance_m", "FLOAT"))
    )
    whole = reader.rows(_WHOLE.format(how=how, far=far))[0]
    matched, spoken = whole["matched"], whole["of_all"]
    repeated, duplicates = _duplicates(reader)
    grids, without = _empty(reader)
    levels = reader.rows(_BY_LEVEL)
    placed = sum(row["matched"] for row in levels)
    return Coverage(
        version=reader.version,
        matched=Share("matched", matched, spoken),
        first=Share("first", matched - whole["clerk"], spoken),
        by_clerk=Share("by_clerk", whole["clerk"], matched),
        by_text=Share("by_text", whole["by_text"], matched),
        far=Share("far", whole["far"], whole["measured"]),
        repeated=repeated,
        empty=Share("empty", len(without), grids),
        by_community=_by_community(reader),
        by_channel=tuple(
            Share(r["channel"] or "", r["matched"], r["of_all"]) for r in reader.rows(_BY_CHANNEL)
        ),
        by_level=tuple(Share(r["level"], r["matched"], placed) for r in levels),
        without=without[:LISTED],
        duplicates=duplicates,
    )


def by_area(reader: Reader) -> tuple[Ints, Ints]:
    """Give addressed appeals and all that speak, of each area with what lies below it."""

    def counted() -> tuple[Ints, Ints]:
        tree, rows = hierarchy(reader), reader.columns(_BY_AREA)
        own = np.zeros((len(tree), 2), np.int64)
        at = np.ma.filled(rows["area"], -1).astype(np.int64)
        for place, column in enumerate(("matched", "of_all")):
            np.add.at(own[:, place], at[at >= 0], np.asarray(rows[column])[at >= 0])
        rolled = tree.rolled_up(own.astype(np.float64)).astype(np.int64)
        return np.asarray(rolled[:, 0]), np.asarray(rolled[:, 1])

    return reader.once("desk/by_area", counted)


def grids(reader: Reader, _: Query | None = None) -> Iterator[pa.RecordBatch]:
    """Every grid with its share: n, id, code, name, matched, spoken, share (%), geometry.

    The share is null where no appeal speaks of a place.
    """
    tree, depth = hierarchy(reader), reader.place.grid_depth
    kept = np.flatnonzero(tree.level == (int(tree.level.max()) if depth is None else depth))
    matched, spoken = (counts[kept] for counts in by_area(reader))
    geometry = {row["n"]: row["geometry"] for row in shapes(reader, kept)}
    share = [round(100 * m / s, 1) if s else None for m, s in zip(matched, spoken, strict=True)]
    codes = [tree.codes[n] for n in kept]
    columns = {
        **{"n": kept, "id": codes, "code": codes, "name": [tree.names[n] for n in kept]},
        **{"matched": matched, "spoken": spoken, "share": pa.array(share, pa.float64())},
        "geometry": [geometry[n] for n in kept],
    }
    yield from pa.table(columns).to_batches()


def _by_community(reader: Reader) -> tuple[Share, ...]:
    """The areas directly above the grids, the least addressed first."""
    tree, depth = hierarchy(reader), reader.place.grid_depth
    level = int(tree.level.max()) if depth is None else max(depth - 1, 0)
    matched, spoken = by_area(reader)
    found = [
        Share(tree.names[n], int(matched[n]), int(spoken[n]), tree.codes[n])
        for n in np.flatnonzero((tree.level == level) & (spoken > 0))
    ]
    return tuple(sorted(found, key=lambda share: (share.count / share.of, -share.of)))


def _empty(reader: Reader) -> tuple[int, tuple[Share, ...]]:
    """How many grids there are, and those without an address, the most appeals first."""
    tree, depth = hierarchy(reader), reader.place.grid_depth
    every = np.flatnonzero(tree.is_leaf if depth is None else tree.level == depth)
    has = {row["area"] for row in reader.rows(_ADDRESSES)}
    matched, spoken = by_area(reader)
    found = [
        Share(tree.names[n], int(matched[n]), int(spoken[n]), tree.codes[n])
        for n in every
        if int(n) not in has
    ]
    return len(every), tuple(sorted(found, key=lambda share: (-share.of, share.code)))


def _duplicates(reader: Reader) -> tuple[Share, tuple[Share, ...]]:
    """Rows that repeat another one, of all; and the first names of those."""

    def counted() -> tuple[Share, tuple[Share, ...]]:
        rows = reader.rows(_DUPLICATES)
        every = reader.rows("SELECT count(*) AS count FROM addresses")[0]["count"]
        listed = tuple(Share(r["name"], r["rows"], every, r["id"]) for r in rows[:LISTED])
        return Share("repeated", sum(r["rows"] - 1 for r in rows), every), listed

    return reader.lasting("desk/duplicates", counted)
