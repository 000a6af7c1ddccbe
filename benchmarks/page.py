"""One block of the ticket table by key, at the beginning and deep down, beside OFFSET by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.clock import in_turn
from benchmarks.ground import Ground
from benchmarks.report import Row, Table, at_most, ms
from geodata.query import Query
from geodata.tickets.pages import SORTS, After, Order, page

LIMIT = 100  # rows the table asks for at once
ROUNDS = 15
AIM_MS = 200.0  # the house's bar for anything on the request path
HEAD = ("page of 100 rows, all tickets", "from row", "by key ms", "OFFSET by hand ms", "same rows")


def tables(ground: Ground) -> Iterator[Table]:
    """First and deep pages, newest first and longest overdue first."""
    question = ground.question("?datetime=../..")
    query = question.of(question.catalog["tickets"])
    deep = ground.counts["tickets"] // 2
    orders = {"newest first": Order(), "by time limit": Order(by="due_at", descending=False)}
    rows = tuple(
        _row(ground, query, f"{name}, {where}", order, start)
        for name, order in orders.items()
        for where, start in (("first page", 0), ("deep page", deep))
    )
    yield Table("The ticket table", HEAD, rows, ("Medians; both ways read the texts too.",))


def _row(ground: Ground, query: Query, title: str, order: Order, start: int) -> Row:
    after = _after(ground, order, start)
    by_key: Callable[[], list[int]] = lambda: [  # noqa: E731
        row["n"] for row in page(ground.reader, query, limit=LIMIT, after=after, order=order)
    ]
    by_hand: Callable[[], list[int]] = lambda: [  # noqa: E731
        row["n"] for row in ground.reader.rows(_offset(order), {"start": start, "limit": LIMIT})
    ]
    times = in_turn({"key": by_key, "offset": by_hand}, ground.rounds(ROUNDS))
    median = times["key"].median
    same = "yes" if by_key() == by_hand() else "NO"
    cells = (title, f"{start:,}", ms(median), ms(times["offset"].median), same)
    return at_most(cells, median * 1000, AIM_MS, "ms")


def _after(ground: Ground, order: Order, start: int) -> After | None:
    """The key of the row before ``start``, found by hand."""
    if not start:
        return None
    sql = f"SELECT n, {SORTS[order.by]} AS key FROM tickets ORDER BY {_by(order)} LIMIT 1 OFFSET $n"
    row = ground.reader.rows(sql, {"n": start - 1})[0]
    return After(row["key"], row["n"])


def _offset(order: Order) -> str:
    """Sort and skip among narrow columns, then read the texts of the rows that are left."""
    return f"""
        SELECT t.n, t.id, t.created_at, t.closed_at, t.due_at, t.text, t.lon, t.lat,
               category.value AS category, channel.value AS channel, state.value AS state,
               department.value AS department, coalesce(t.address, a.name) AS address, area.name
        FROM (SELECT n FROM tickets ORDER BY {_by(order)} LIMIT $limit OFFSET $start) found
        JOIN tickets t ON t.n = found.n
        JOIN terms category ON category.subject = 'category' AND category.code = t.category
        JOIN terms state ON state.subject = 'state' AND state.code = t.state
        LEFT JOIN terms channel ON channel.subject = 'channel' AND channel.code = t.channel
        LEFT JOIN terms department
               ON department.subject = 'department' AND department.code = t.department
        LEFT JOIN addresses a ON a.n = t.address_n
        LEFT JOIN areas area ON area.n = t.area
        ORDER BY {_by(order, "t.")}"""


def _by(order: Order, table: str = "") -> str:
    way = "DESC" if order.descending else "ASC"
    return f"{table}{SORTS[order.by]} {way} NULLS LAST, {table}n {way}"
