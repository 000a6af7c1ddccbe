"""How well appeals are addressed: every figure with its numerator and its denominator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from geodata.addresses.kept import kept
from geodata.addresses.locate import CLERK, FAR_M, MATCHED
from geodata.areas.hierarchy import hierarchy
from geodata.areas.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.query import Query
    from geodata.store.reader import Reader

    Ints = NDArray[np.int64]

LISTED = 200  # grids without addresses, and duplicates, that are named
# Everything that is told of appeals, in one scan. An appeal that says nothing can have no address,
# unless it came with one; those are counted apart, for few data have any and to read what all the
# others say is long.
_COUNTS = f"""SELECT area, channel, {{how}} AS how, count(*)::BIGINT AS appeals,
    count(address_id)::BIGINT AS matched, count({{far}})::BIGINT AS measured,
    count(*) FILTER (WHERE {{far}} > {FAR_M})::BIGINT AS far
    FROM tickets GROUP BY 1, 2, 3"""
_SILENT = """SELECT area, channel, count(*)::BIGINT AS appeals FROM tickets
    WHERE address_id IS NULL AND coalesce(address, '') = '' AND coalesce(text, '') = ''
    GROUP BY 1, 2"""
_CHANNELS = "SELECT code, value FROM terms WHERE subject = 'channel'"
_BY_LEVEL = """WITH counted AS (SELECT address_n, count(*) AS matched FROM tickets
        WHERE address_id IS NOT NULL GROUP BY address_n)
    SELECT a.level, sum(c.matched)::BIGINT AS matched FROM counted c
    JOIN addresses a ON a.n = c.address_n GROUP BY a.level ORDER BY matched DESC"""
# What repeats another one is called the same too, and few are: only those are compared whole.
_DUPLICATES = """SELECT any_value(name) AS name, count(*)::BIGINT AS rows, min(id) AS id
    FROM addresses
    WHERE name IN (SELECT name FROM addresses GROUP BY name HAVING count(*) > 1)
    GROUP BY province, city, county, town, community, road, road_no, quarter, building, unit,
        floor, room, poi
    HAVING count(*) > 1 ORDER BY rows DESC, id"""
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
    told = _counts(reader)
    matched, spoken = int(told.matched.sum()), int(told.spoken.sum())
    clerk, by_text = (int(told.matched[told.how == how].sum()) for how in (CLERK, MATCHED))
    repeated, duplicates = _duplicates(reader)
    grids, without = _empty(reader)
    levels = reader.rows(_BY_LEVEL)
    placed = sum(row["matched"] for row in levels)
    return Coverage(
        version=reader.version,
        matched=Share("matched", matched, spoken),
        first=Share("first", matched - clerk, spoken),
        by_clerk=Share("by_clerk", clerk, matched),
        by_text=Share("by_text", by_text, matched),
        far=Share("far", int(told.far.sum()), int(told.measured.sum())),
        repeated=repeated,
        empty=Share("empty", len(without), grids),
        by_community=_by_community(reader),
        by_channel=_by_channel(reader, told),
        by_level=tuple(Share(r["level"], r["matched"], placed) for r in levels),
        without=without[:LISTED],
        duplicates=duplicates,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Appeals counted by area, channel and by whom they were addressed; -1 where not known."""

    area: Ints
    channel: Ints
    how: NDArray[np.object_]
    spoken: Ints
    matched: Ints
    measured: Ints
    far: Ints


def _counts(reader: Reader) -> _Counts:
    return reader.once("desk/counts", lambda: _counted(reader))


def _counted(reader: Reader) -> _Counts:
    how, far = (
        name if reader.knows("tickets", name) else f"NULL::{kind}"
        for name, kind in (("address_by", "VARCHAR"), ("distance_m", "FLOAT"))
    )
    rows, silent = reader.columns(_COUNTS.format(how=how, far=far)), reader.columns(_SILENT)
    # Whoever says nothing has no address, so nobody has found one: they are taken from the whole.
    joined = {name: _ints([rows[name], silent[name]]) for name in ("area", "channel")}
    spoken = _ints([rows["appeals"], -silent["appeals"]])
    nothing = np.zeros(len(silent["area"]), np.int64)
    return _Counts(
        **joined,
        how=np.append(np.ma.filled(rows["how"], ""), np.full(len(nothing), "")).astype(object),
        spoken=spoken,
        **{name: _ints([rows[name], nothing]) for name in ("matched", "measured", "far")},
    )


def _ints(parts: list[Any]) -> Ints:
    return np.concatenate([np.ma.filled(part, -1).astype(np.int64) for part in parts])


def by_area(reader: Reader) -> tuple[Ints, Ints]:
    """Give addressed appeals and all that speak, of each area with what lies below it."""

    def counted() -> tuple[Ints, Ints]:
        tree, told = hierarchy(reader), _counts(reader)
        own, at = np.zeros((len(tree), 2), np.int64), told.area
        for place, column in enumerate((told.matched, told.spoken)):
            np.add.at(own[:, place], at[at >= 0], column[at >= 0])
        rolled = tree.rolled_up(own.astype(np.float64)).astype(np.int64)
        return np.asarray(rolled[:, 0]), np.asarray(rolled[:, 1])

    return reader.once("desk/by_area", counted)


def _by_channel(reader: Reader, told: _Counts) -> tuple[Share, ...]:
    """The sources, that with the most appeals first; those without a name as one."""
    names = {row["code"]: row["value"] for row in reader.rows(_CHANNELS)}
    found: dict[str, tuple[int, int]] = {}
    for code, *counts in zip(told.channel, told.matched, told.spoken, strict=True):
        name = names.get(int(code)) or ""
        matched, spoken = found.get(name, (0, 0))
        found[name] = (matched + int(counts[0]), spoken + int(counts[1]))
    shares = [Share(name, *pair) for name, pair in found.items()]
    return tuple(sorted(shares, key=lambda share: (-share.of, share.name)))


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

    return kept(reader, "desk/duplicates", counted)
