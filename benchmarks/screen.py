"""Time to a screen, at the server: refresh, summary, search and tiles, over HTTP on loopback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.clock import Times, progress, timed
from benchmarks.ground import Ground
from benchmarks.report import Row, Table, at_most, ms
from benchmarks.served import serving
from benchmarks.squares import CENTRE, covering
from benchmarks.visitor import Visitor, visiting

AIM_MS = 200.0  # the house's bar for one blocking call at scale district
TEXTS = (
    *("和平", "人民公园", "共青团西路", "便民早市", "柳泉路"),
    *("1号楼", "公园街道 101", "没有这样的地方"),
)
ROUNDS = 5
HEAD = ("what", "asked", "first time: median ms", "p95 ms", "max ms", "again: median ms")
NOTES = (
    "From the request's first byte to the answer's last, gzip included, one visitor.",
    "First time: new to the server, nothing cached. Again: the same once more; suggestions are not",
    "kept. The aim is the house's bar for one blocking call at scale district; here whole round",
    "trips are held against it, so at scale city it is only a comparison.",
)


def tables(ground: Ground) -> Iterator[Table]:
    """Every address is new to the server the first time and known to it the second."""
    with ground.unvisited() as folder, serving(folder) as served, visiting(served.port) as visitor:
        visitor.refresh("/", "?hours=3/4")  # the first answer of a process makes what it keeps
        rows = tuple(_row(what, asks) for what, asks in _asks(ground, visitor))
    yield Table("Time to a screen", HEAD, rows, NOTES)


def _asks(ground: Ground, visitor: Visitor) -> Iterator[tuple[str, list[Callable[[], object]]]]:
    """What is asked for, by rows; the district and each of its streets."""
    year = f"datetime={ground.last_day - dt.timedelta(days=365)}/{ground.last_day}"
    periods = {"30 days": "", "one year": year, "everything": "datetime=../.."}
    for name, period in periods.items():
        places = _places(ground, period)
        yield f"refresh of /, {name}", [partial(visitor.refresh, "/", p) for p in places]
    for name, period in periods.items():
        places = _places(ground, period, "tickets.smoke=no,yes")  # all of them, as a new question
        yield f"/api/summary, {name}", [partial(visitor.summary, p) for p in places]
    tiles = covering(ground, CENTRE, 15)
    yield "address tile z15, centre", [partial(visitor.tile, "addresses", t) for t in tiles]
    yield "search suggestions", [partial(visitor.suggest, text) for text in TEXTS]


def _places(ground: Ground, *parts: str) -> list[str]:
    rows = ground.reader.rows("SELECT code FROM areas WHERE level = 1 ORDER BY n")
    areas = ["", *(f"area={row['code']}" for row in rows)]
    return ["?" + "&".join(filter(None, (area, *parts))) for area in areas]


def _row(what: str, asks: Sequence[Callable[[], object]]) -> Row:
    first = Times(tuple(timed(ask) for ask in progress(asks, what)))
    again = Times(tuple(timed(ask) for _ in range(ROUNDS) for ask in asks))
    cells = (
        *(what, str(len(first.each)), ms(first.median), ms(first.p95), ms(first.most)),
        ms(again.median),
    )
    return at_most(cells, first.median * 1000, AIM_MS, "ms (median, first time)")
