"""Resident memory of the server after a walk through many addresses and their tiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle, islice, product

from benchmarks.clock import progress
from benchmarks.ground import Ground
from benchmarks.report import Row, Table, at_most
from benchmarks.served import serving
from benchmarks.squares import WHOLE, covering
from benchmarks.visitor import Visitor, visiting
from geodata.query import Tile

ADDRESSES = 60
LIMIT_MB = 900.0
PAGES = ("/", "/wall", "/plan")
SEEN = ("smoke", "addresses")  # layers whose tiles are asked for
TILES = 12  # of each, at most, for one address
CONNECTIONS = 6  # that a browser opens to one host
HEAD = ("when", "in all, MB", "each process, MB")


def tables(ground: Ground) -> Iterator[Table]:
    """Before the walk, the most during it, and after it."""
    with ground.unvisited() as folder, serving(folder) as served, ExitStack() as stack:
        visitors = [stack.enter_context(visiting(served.port)) for _ in range(CONNECTIONS)]
        before, tiles = served.resident(), 0
        for layer in _shapes(ground):
            visitors[0].get(f"/geo/{layer}.geojson")
        for page, search in progress(walk(ground), "addresses"):
            tiles += _visit(ground, visitors, page, search)
        after, most = served.resident(), served.most_resident()
        rows = (
            Row(("before", _mb(before), _parts(before))),
            at_most(("after", _mb(after), _parts(after)), sum(after) / 1e6, LIMIT_MB, "MB"),
            Row(("the most at any moment", _mb(most), _parts(most))),
        )
    walked = f"{len(walk(ground))} addresses of {len(PAGES)} pages, all geometry and {tiles} tiles"
    notes = (f"{walked}, none asked twice;", "pages that two processes share are counted in both.")
    yield Table("Memory of the server", HEAD, rows, notes)


def walk(ground: Ground) -> list[tuple[str, str]]:
    """Pages and addresses: areas of every level over periods of every length, with filters."""
    sql = "SELECT code FROM areas WHERE level = $level ORDER BY n LIMIT 6"
    below = (ground.reader.rows(sql, {"level": level}) for level in (1, 2, 3))
    codes = ["", *(str(row["code"]) for rows in below for row in rows)]
    day = ground.last_day
    periods = ["", "../..", *(f"{day - dt.timedelta(days=n)}/{day}" for n in (7, 90, 365, 730))]
    filters = ["", "hours=17/23", "tickets.smoke=yes", "tickets.status=open,closed"]
    every = [
        [f"area={code}" * bool(code), f"datetime={period}" * bool(period), narrowed]
        for (code, period), narrowed in zip(product(codes, periods), cycle(filters), strict=False)
    ]
    searches = ["?" + "&".join(filter(None, parts)) for parts in every]
    step = max(1, len(searches) // ADDRESSES)
    return list(islice(zip(cycle(PAGES), searches[::step], strict=False), ADDRESSES))


def _shapes(ground: Ground) -> list[str]:
    """The layers whose geometry travels once."""
    return [name for name, layer in ground.answers.catalog().items() if not layer.tiles]


def _visit(ground: Ground, visitors: list[Visitor], page: str, search: str) -> int:
    """Ask for an address and what the map over it shows; returns how many tiles."""
    visitors[0].refresh(page, search)
    visitors[0].summary(search)
    area = ground.question(search).view.area
    codes = (area,) if area else WHOLE
    zoom = 12 + (len(codes[0]) - len(WHOLE[0])) // 3  # a screen shows about as much at each level
    seen = [(layer, t) for layer in SEEN for t in covering(ground, codes, zoom)[:TILES]]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        shares = [seen[i::CONNECTIONS] for i in range(CONNECTIONS)]
        list(pool.map(_fetch, visitors, shares, [search] * CONNECTIONS))
    return len(seen)


def _fetch(visitor: Visitor, tiles: list[tuple[str, Tile]], search: str) -> None:
    for layer, tile in tiles:
        visitor.tile(layer, tile, search)


def _mb(resident: list[int]) -> str:
    return f"{sum(resident) / 1e6:.0f}"


def _parts(resident: list[int]) -> str:
    return " + ".join(f"{size / 1e6:.0f}" for size in resident)
