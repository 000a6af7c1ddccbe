"""The numbers of a view: one scan of the tickets answers every panel and paints every area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.areas.hierarchy import hierarchy
from geodata.query import Span
from geodata.store.terms import terms
from geodata.tickets.selection import selected

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from geodata.query import Query
    from geodata.store.reader import Reader

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# What is known of a ticket; together, one bit each, they are its kind.
FLAGS = {
    "now": "created_at >= $now_start AND created_at < $now_end",
    "before": "created_at >= $before_start AND created_at < $before_end",
    "smoke": "smoke",
    "open": "is_open",
    "overdue": "is_open AND due_at < $as_of",
    "on_time": "NOT is_open AND closed_at <= due_at",
    "with_due": "NOT is_open AND closed_at IS NOT NULL AND due_at IS NOT NULL",
}
# What is counted of every group, by its flags; the order is that of the last axis of the arrays.
MEASURES = {
    "total": ("now",),
    "smoke": ("now", "smoke"),
    "open": ("now", "open"),
    "overdue": ("now", "overdue"),
    "closed": ("now", "not open"),
    "on_time": ("now", "on_time"),
    "with_due": ("now", "with_due"),
    "previous": ("before",),
    "previous_smoke": ("before", "smoke"),
}
INDEX = {name: i for i, name in enumerate(MEASURES)}
KINDS = 1 << len(FLAGS)
PARTS = ("area", "moment", "category", "block", "door")  # by what is counted, beside the kind
TREND_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Counts of one query.

    Attributes
    ----------
    whole : array (measures,)
        Of the shown area itself, unplaced tickets included at the root.
    areas : array (areas, measures)
        Of every area of the place, rolled up; zero outside the shown area.
    days : array (days, 3)
        Local day since 1970-01-01, all tickets, smoke; the days of the trend too.
    slots : array (7, 24, measures)
        Weekday from Monday, local hour.
    categories : array (n, 1 + measures)
        Category code, then counts; only categories that occur.
    blocks : array (n, 3)
        Morton block (``placing.BLOCK_BITS``), tickets and smoke tickets in it; only blocks with
        some.
    doors : array (n, 1 + measures)
        Address number, then counts; only where the shown area has no areas below.
    """

    whole: Ints
    areas: Ints
    days: Ints
    slots: Ints
    categories: Ints
    blocks: Ints
    doors: Ints

    def measure(self, name: str) -> Ints:
        """One measure of every area."""
        return measure(self.areas, name)


def measure(counts: Ints, name: str) -> Ints:
    """One measure along the last axis of counts; ``gained`` is what came on top of ``previous``."""
    if name == "gained":
        return np.asarray(counts[..., INDEX["total"]] - counts[..., INDEX["previous"]])
    return np.asarray(counts[..., INDEX[name]])


def numbers(reader: Reader, query: Query) -> Numbers:
    """Count the tickets of a query, in one scan.

    Notes
    -----
    The scan covers the period, the one before it and the days of the trend. What differs between
    the measures is in the kind of a ticket, so the scan itself only counts: tickets by area and
    kind, by hour and kind, by category and kind. An open ticket is overdue when it was due before
    ``query.as_of``.
    """
    tree = hierarchy(reader)
    scanned = Span(
        start=min(query.period.start, query.previous.start, trend(query, reader.place.zone).start),
        end=max(query.period.end, query.previous.end),
    )
    condition, parameters = selected(reader, query, scanned)
    parts = PARTS if tree.is_leaf[query.area] else PARTS[:-1]
    rows = reader.columns(_sql(condition, parts), parameters | _moments(query))
    part = {name: _counted(rows, i) for i, name in enumerate(parts)}
    days, slots = _by_time(part["moment"])
    return Numbers(
        whole=part["area"].counts.sum(axis=0),
        areas=_by_area(tree, part["area"]),
        days=days,
        slots=slots,
        categories=_table(part["category"]),
        blocks=_table(part["block"])[:, [0, 1 + INDEX["total"], 1 + INDEX["smoke"]]],
        doors=_table(part.get("door", _counted(rows, len(parts)))),
    )


def trend(query: Query, zone: ZoneInfo) -> Span:
    """The days a trend shows: the period, and at least thirty local days up to its end."""
    month = (query.period.end.astimezone(zone) - dt.timedelta(days=TREND_DAYS)).astimezone(dt.UTC)
    return Span(start=min(query.period.start, month), end=query.period.end)


def category_names(reader: Reader, counted: Numbers) -> list[tuple[str, Ints]]:
    """Category paths with their counts, largest first."""
    known = terms(reader, "category")
    order = np.argsort(-counted.categories[:, 1], kind="stable")
    return [(known.values[row[0]], row[1:]) for row in counted.categories[order]]


def _sql(condition: str, parts: tuple[str, ...]) -> str:
    kind = " + ".join(
        f"CASE WHEN {test} THEN {1 << bit} ELSE 0 END" for bit, test in enumerate(FLAGS.values())
    )
    counts = " UNION ALL ".join(
        f"SELECT {i} AS part, {name} AS key, count(*) AS n FROM chosen "
        f"WHERE {name} IS NOT NULL GROUP BY {name}"
        for i, name in enumerate(parts)
    )
    return f"""
        WITH chosen AS (
            SELECT area * {KINDS} + kind AS area, (day * 24 + hour) * {KINDS} + kind AS moment,
                   category * {KINDS} + kind AS category, address_n * {KINDS} + kind AS door,
                   CASE WHEN block >= 0 AND {FLAGS["now"]}
                        THEN block * {KINDS} + kind END AS block
            FROM (SELECT created_at, area, day, hour, category::INTEGER AS category, address_n,
                         block, {kind} AS kind
                  FROM tickets WHERE {condition}) AS of_a_kind)
        {counts}
    """


@dataclass(frozen=True, slots=True)
class _Part:
    """Groups of one part: their keys, ascending, and (groups, measures) counts of each."""

    keys: Ints
    counts: Ints
    every: Ints  # (groups, 2): all tickets and all smoke, whatever the period


def _counted(rows: Any, part: int) -> _Part:
    """The groups of one part of the answer, their kinds told as measures."""
    mine = rows["part"] == part
    key, n = np.asarray(rows["key"][mine], np.int64), np.asarray(rows["n"][mine], np.int64)
    keys, group = np.unique(key // KINDS, return_inverse=True)
    kind = key % KINDS

    def summed(tests: Iterable[tuple[str, ...]]) -> Ints:
        columns = [np.bincount(group, n * _has(kind, test), minlength=len(keys)) for test in tests]
        return np.column_stack(columns).astype(np.int64)

    return _Part(keys, summed(MEASURES.values()), summed([(), ("smoke",)]))


def _has(kind: Ints, test: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether kinds have every flag of a test."""
    bit = {name: 1 << i for i, name in enumerate(FLAGS)}
    wanted = sum(bit[name] for name in test if name in bit)
    unwanted = sum(bit[name.removeprefix("not ")] for name in test if name not in bit)
    return np.asarray(kind & (wanted | unwanted) == wanted)


def _moments(query: Query) -> dict[str, Any]:
    moments = {
        "now_start": query.period.start,
        "now_end": query.period.end,
        "before_start": query.previous.start,
        "before_end": query.previous.end,
        "as_of": query.as_of,
    }
    return {name: moment.replace(tzinfo=None) for name, moment in moments.items()}


def _by_area(tree: Any, part: _Part) -> Ints:
    own = np.zeros((len(tree), len(MEASURES)), np.int64)
    placed = part.keys >= 0
    own[part.keys[placed]] = part.counts[placed]
    return np.asarray(tree.rolled_up(own))


def _by_time(part: _Part) -> tuple[Ints, Ints]:
    """Days, and the hours of a week, of groups by hour since 1970-01-01 00:00 local."""
    days, first = np.unique(part.keys // 24, return_index=True)
    of_days = np.add.reduceat(part.every, first) if len(days) else part.every
    slots = np.zeros((7 * 24, len(MEASURES)), np.int64)
    # 1970-01-01 was a Thursday.
    np.add.at(slots, (part.keys + 3 * 24) % (7 * 24), part.counts)
    return np.column_stack([days, of_days]), slots.reshape(7, 24, -1)


def _table(part: _Part) -> Ints:
    """Key and counts of the groups that count for some measure."""
    kept = (part.keys >= 0) & part.counts.any(axis=1)
    return np.asarray(np.column_stack([part.keys, part.counts])[kept])
