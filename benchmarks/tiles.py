"""Vector tiles, uncached: asked, written and packed; and the same points with another encoder."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import mapbox_vector_tile  # type: ignore[import-untyped]
import numpy as np
import shapely

from api import wire
from api.tiles import encoded
from benchmarks.clock import in_turn, progress, timed
from benchmarks.ground import Ground
from benchmarks.report import Row, Table, kb, ms
from benchmarks.squares import CENTRE, WHOLE, covering
from geodata.query import Tile
from geodata.space.points import Points, written
from layers._answers import Question

AIM_MS = 10.0
WRITER_ROUNDS = 5
HEAD = (
    *("tiles", "how many", "features (median)", "features (max)", "median ms", "p95 ms", "max ms"),
    *("of the median: store ms", "best runs: median ms", "gzip ms (median)", "kB (median)"),
)
NOTES = (
    "A tile's figure is the median of its runs; median, p95 and max go over the tiles. Asked and",
    "written; the gzip that the cache keeps is beside it. A feature is an address, or a square",
    "with its count; tiles without any are left out. Best runs: each tile's fastest, which comes",
    "nearest to a machine left alone.",
)
WRITER_HEAD = ("z15 address tile", "points", "writer ms", "mapbox_vector_tile ms", "times as long")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tiles of one layer, zoom and address, over some areas."""

    title: str
    layer: str
    zoom: int
    codes: tuple[str, ...] = WHOLE
    search: str = ""
    aim_ms: float | None = None
    passes: int = 3


def sheets(ground: Ground) -> tuple[Sheet, ...]:
    """Every kind of tile that the pages ask for."""
    year = f"?datetime={ground.last_day - dt.timedelta(days=365)}/.."
    return (
        Sheet("addresses z15, centre", "addresses", 15, CENTRE, aim_ms=AIM_MS, passes=15),
        Sheet("addresses z15, whole district", "addresses", 15),
        Sheet("addresses z12, counts", "addresses", 12, passes=9),
        Sheet("smoke z12, 30 days", "smoke", 12, passes=9),
        Sheet("smoke z12, one year", "smoke", 12, search=year, passes=9),
        Sheet("smoke z14, one year", "smoke", 14, search=year),
        Sheet("smoke z12, everything", "smoke", 12, search="?datetime=../.."),
    )


def tables(ground: Ground) -> Iterator[Table]:
    """Tiles of the product, then its writer beside mapbox_vector_tile's."""
    yield Table("Vector tiles", HEAD, tuple(_row(ground, s) for s in sheets(ground)), NOTES)
    yield _writers(ground)


def _row(ground: Ground, sheet: Sheet) -> Row:
    question = ground.question(sheet.search)
    full = _full(ground, question, sheet)
    runs = _runs(ground, question, sheet, list(full))
    asked, whole, best = (
        np.median(runs[..., 0], axis=0),
        np.median(runs.sum(axis=2), axis=0),
        runs.sum(axis=2).min(axis=0),
    )
    bodies = [encoded(question.catalog[sheet.layer], question, tile) for tile in full]
    packing = [timed(partial(wire.pack, body)) for body in bodies]
    middle = float(np.median(whole))
    cells = (
        *(sheet.title, str(len(full))),
        *(f"{np.median(list(full.values())):,.0f}", f"{max(full.values()):,}"),
        *(ms(middle), ms(float(np.percentile(whole, 95))), ms(float(max(whole)))),
        *(ms(float(np.median(seconds))) for seconds in (asked, best, packing)),
        kb(float(np.median([len(wire.pack(body)) for body in bodies]))),
    )
    if sheet.aim_ms is None:
        return Row(cells)
    return Row(cells, f"median ≤ {sheet.aim_ms:g} ms", middle * 1000 <= sheet.aim_ms)


def _runs(ground: Ground, question: Question, sheet: Sheet, tiles: list[Tile]) -> Any:
    """Seconds (passes, tiles, 2) to ask the store and to write; a pass goes over all tiles."""
    runs = [
        [_asked_and_wrote(question, sheet.layer, tile) for tile in tiles]
        for _ in progress(range(ground.rounds(sheet.passes)), sheet.title)
    ]
    return np.array(runs)


def _asked_and_wrote(question: Question, layer: str, tile: Tile) -> tuple[float, float]:
    start = time.perf_counter()
    points = _points(question, layer, tile)
    between = time.perf_counter()
    written(layer, tile, points)
    return between - start, time.perf_counter() - between


def _points(question: Question, layer: str, tile: Tile) -> Points:
    """What ``api.tiles.encoded`` asks for."""
    declared = question.catalog[layer]
    assert declared.tiles
    ask = declared.tiles.counts if tile.z < declared.tiles.split_zoom else declared.tiles.points
    return ask(question.reader, question.of(declared), tile)


def _full(ground: Ground, question: Question, sheet: Sheet) -> dict[Tile, int]:
    """The tiles that hold anything, and how much."""
    found = covering(ground, sheet.codes, sheet.zoom)
    counted = {tile: len(_points(question, sheet.layer, tile).cell) for tile in found}
    return {tile: n for tile, n in counted.items() if n}


def _writers(ground: Ground) -> Table:
    question = ground.question("")
    full = _full(ground, question, Sheet("", "addresses", 15, CENTRE))
    by_size = sorted(full, key=lambda tile: full[tile])
    chosen = {"of median size": by_size[len(by_size) // 2], "the largest": by_size[-1]}
    rows = tuple(_writer_row(ground, question, name, tile) for name, tile in chosen.items())
    note = "The same points, ids, names and tile coordinates; the question to the store is not in."
    return Table("Writing a tile of points", WRITER_HEAD, rows, (note,))


def _writer_row(ground: Ground, question: Question, title: str, tile: Tile) -> Row:
    points = _points(question, "addresses", tile)
    features = decoded(written("addresses", tile, points))
    other: dict[str, Any] = {"name": "addresses", "features": features}
    ways = {
        "product": lambda: written("addresses", tile, points),
        "other": lambda: mapbox_vector_tile.encode([other]),
    }
    times = in_turn(ways, ground.rounds(WRITER_ROUNDS))
    product, peer = times["product"].median, times["other"].median
    return Row(
        (title, f"{len(features):,}", ms(product), ms(peer), f"{peer / product:,.0f}"),
    )


def decoded(tile: bytes) -> list[dict[str, Any]]:
    """Features of a tile as mapbox_vector_tile takes them."""
    (layer,) = mapbox_vector_tile.decode(tile).values()
    features = layer["features"]
    shapes = shapely.points([f["geometry"]["coordinates"] for f in features])
    return [
        {"id": f["id"], "geometry": shape, "properties": f["properties"]}
        for f, shape in zip(features, shapes, strict=True)
    ]
