"""Chinese shifts of a million points beside a plain change of datum and a package of Rust, and how
long a file of 500,000 points is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from benchmarks.clock import in_turn, timed
from benchmarks.ground import Ground
from benchmarks.report import NO_AIM, Row, Table, at_most, ms
from geodata.intake.suspicion import Facts, Reference, examine
from geodata.space import crs
from geodata.store.reader import Store

Floats = NDArray[np.float64]
MILLION, FILE = 1_000_000, 500_000
SOME = 20_000  # points for the package that takes them one by one
ZONE = "EPSG:4548"  # 3° Gauss–Krüger at 117° E, in which Chinese surveys are kept
METRES = 111_195.0


def tables(ground: Ground) -> Iterator[Table]:
    yield _shifts(2 if ground.quick else 5)
    yield _suspicion(ground, 2 if ground.quick else 5)


def _shifts(rounds: int) -> Table:
    random = np.random.default_rng(1)
    lon, lat = random.uniform(75, 133, MILLION), random.uniform(18, 53, MILLION)
    gcj, bd = crs.wgs84_to_gcj02(lon, lat), crs.wgs84_to_bd09(lon, lat)
    ways: dict[str, Callable[[], object]] = {
        "GCJ-02 → WGS84": lambda: crs.gcj02_to_wgs84(*gcj),
        "BD-09 → WGS84": lambda: crs.bd09_to_wgs84(*bd),
        "WGS84 → GCJ-02": lambda: crs.wgs84_to_gcj02(lon, lat),
    }
    errors = {
        "GCJ-02 → WGS84": _mm(crs.gcj02_to_wgs84(*gcj), (lon, lat)),
        "BD-09 → WGS84": _mm(crs.bd09_to_wgs84(*bd), (lon, lat)),
    }
    to_zone = pyproj.Transformer.from_crs(crs.STORED, ZONE, always_xy=True)
    beside: dict[str, Callable[[], object]] = {
        f"pyproj, EPSG:4326 → {ZONE}": lambda: to_zone.transform(lon, lat)
    }
    taken = in_turn(ways | beside, rounds)
    rows = [
        at_most(
            (name, ms(taken[name].median), errors.get(name, "exact")), taken[name].median, 1, "s"
        )
        for name in ways
    ]
    rows += [Row((name, ms(taken[name].median), NO_AIM)) for name in beside]
    rows += _by_rust(*(given[:SOME] for given in gcj))
    title = "A million points shifted, one core"
    return Table(title, ("shift", "ms", "largest error, mm"), tuple(rows))


def _by_rust(lon: Floats, lat: Floats) -> list[Row]:
    """The independent package, where this machine has it; it takes a point at a time."""
    if find_spec("geocoordinates_ffi") is None:
        return []
    package: Any = import_module("geocoordinates_ffi")
    points = [package.Gcj02(lon=x, lat=y) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]
    taken = timed(lambda: [package.gcj02_to_wgs84_refined(point) for point in points])
    name = f"geocoordinates-rs, GCJ-02 → WGS84, one by one ({SOME:,} × {MILLION // SOME})"
    return [Row((name, ms(taken * MILLION / SOME), NO_AIM))]


def _mm(found: crs.Pair, true: crs.Pair) -> str:
    east = (found[0] - true[0]) * METRES * np.cos(np.radians(true[1]))
    return f"{np.hypot(east, (found[1] - true[1]) * METRES).max() * 1000:.2f}"


def _suspicion(ground: Ground, rounds: int) -> Table:
    reader = Store(ground.folder).reader()
    roads = shapely.from_wkb([r["geometry"] for r in reader.rows("SELECT geometry FROM roads")])
    random = np.random.default_rng(1)
    on = shapely.line_interpolate_point(
        roads[random.integers(0, len(roads), FILE)], random.random(FILE), normalized=True
    )
    lon, lat = shapely.get_coordinates(on).T
    reference = Reference(roads)
    files = {"as it is": (lon, lat), "in GCJ-02": crs.wgs84_to_gcj02(lon, lat)}
    facts = {
        name: Facts(kind="tickets", lines=np.arange(FILE), lon=x, lat=y, n_read=FILE)
        for name, (x, y) in files.items()
    }
    ways = {name: lambda f=f: examine(f, reference) for name, f in facts.items()}
    rows: list[Row] = []
    for name, times in in_turn(ways, rounds).items():
        found = examine(facts[name], reference).crs
        rows.append(at_most((name, ms(times.median), found), times.median, 1, "s"))
    return Table("A file of 500,000 points looked at", ("file", "ms", "crs told"), tuple(rows))
