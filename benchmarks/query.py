"""The refresh query, uncached, beside DuckDB by hand and pandas; all must give the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import frames
from benchmarks.asked import Asked, Told, moments, of_product, questions
from benchmarks.by_hand import ByHand, told_of_five, told_of_once, told_of_sets
from benchmarks.clock import Times, in_turn
from benchmarks.ground import Ground
from benchmarks.report import Row, Table, at_most, ms
from geodata.areas.hierarchy import hierarchy
from geodata.query import Query
from geodata.tickets.numbers import numbers

AIM = 1.5
ROUNDS, PANDAS_ROUNDS = 25, 5
PRODUCT, PANDAS = "product", "pandas"
HEAD = (
    *("question", "tickets", "product ms", "grouping sets ms", "five statements ms", "one CTE ms"),
    *("product ÷ best by hand", "pandas ms", "pandas ÷ product", "same numbers"),
)
NOTES = (
    "Medians; the ways take turns. By hand: three statements of plain SQL, the same connection.",
    "pandas: the columns are in memory before. Same numbers: all five ways, every count of a view.",
)


def tables(ground: Ground) -> Iterator[Table]:
    """One row a question."""
    frame = frames.tickets(ground.reader)
    rows = tuple(_row(ground, frame, asked) for asked in questions(ground))
    yield Table("The refresh query, uncached", HEAD, rows, NOTES)


def _row(ground: Ground, frame: Any, asked: Asked) -> Row:
    question = ground.question(asked.search)
    query = question.of(question.catalog["tickets"])
    by_hand = ByHand(ground.reader, asked, query)
    tree = hierarchy(ground.reader)
    street = query.area, int(tree.last[query.area])
    product: Callable[[], Any] = lambda: numbers(ground.reader, query)  # noqa: E731
    at = moments(query, ground.reader.place.zone)
    pandas: Callable[[], Any] = lambda: frames.answer(frame, asked, at, street)  # noqa: E731
    told = [
        of_product(ground.reader, query.area, product()),
        told_of_sets(by_hand.grouping_sets()),
        told_of_five(by_hand.five_statements()),
        told_of_once(by_hand.read_once()),
        frames.told(pandas()),
    ]
    hands = (by_hand.grouping_sets, by_hand.five_statements, by_hand.read_once)
    ways = {PRODUCT: product} | {way.__name__: way for way in hands}
    times = in_turn(ways, ground.rounds(ROUNDS))
    slow = in_turn({PRODUCT: product, PANDAS: pandas}, ground.rounds(PANDAS_ROUNDS))
    return _drawn(asked.title, _counted(ground, query), times, slow, told)


def _drawn(
    title: str, counted: int, times: dict[str, Times], slow: dict[str, Times], told: list[Told]
) -> Row:
    hands = [t.median for name, t in times.items() if name != PRODUCT]
    ratio = times[PRODUCT].median / min(hands)
    cells = (
        title,
        f"{counted:,}",
        ms(times[PRODUCT].median),
        *map(ms, hands),
        f"{ratio:.2f}",
        ms(slow[PANDAS].median),
        f"{slow[PANDAS].median / slow[PRODUCT].median:.1f}",
        "yes" if all(other == told[0] for other in told[1:]) else "NO",
    )
    return at_most(cells, ratio, AIM, "x by hand")


def _counted(ground: Ground, query: Query) -> int:
    """Tickets the answer speaks of."""
    return int(numbers(ground.reader, query).whole[0])
