"""Files in: 500,000 tickets from CSV to published, and as many points to their grids."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import geopandas
import numpy as np
import pandas as pd
import shapely

from benchmarks.clock import Times, in_turn
from benchmarks.ground import Ground
from benchmarks.report import Row, Table, at_most, ms
from geodata.intake import examined, importer
from geodata.intake.importer import Asked, Report, import_file
from geodata.intake.kinds import CHECKS
from geodata.place import write_place
from geodata.space import crs
from geodata.space.assign import assigned
from geodata.store.batches import Batch, now
from geodata.store.folding import Incoming, fold
from geodata.store.generation import writing
from geodata.store.schema import TABLES

COUNT = 500_000
ROUNDS = 3
RATIO = 2.5
NOWHERE = -1
AREAS = """
SELECT a.code, a.name, a.level, p.code AS parent, a.population, a.geometry, a.name_en, a.is_demo
FROM areas a LEFT JOIN areas p ON p.n = a.parent ORDER BY a.n"""
ROADS = "SELECT id, name, grade, geometry, name_en, is_demo FROM roads"
# The head of our own export; times as cities write them, on the clock of the place. Where the
# district has fewer appeals they come again under other ids.
ROWS = """
SELECT t.id || '-' || again AS id, strftime(timezone($zone, timezone('UTC', t.created_at)), $form)
       AS created_at, strftime(timezone($zone, timezone('UTC', t.closed_at)), $form) AS closed_at,
       category.value AS category, channel.value AS channel, state.value AS state,
       strftime(timezone($zone, timezone('UTC', t.due_at)), $form) AS due_at,
       department.value AS department, t.text, t.address, t.address_id, t.lon, t.lat,
       t.given_area AS area
FROM tickets t CROSS JOIN range($times) r(again)
JOIN terms category ON category.subject = 'category' AND category.code = t.category
JOIN terms state ON state.subject = 'state' AND state.code = t.state
LEFT JOIN terms channel ON channel.subject = 'channel' AND channel.code = t.channel
LEFT JOIN terms department ON department.subject = 'department' AND department.code = t.department
ORDER BY again, t.n LIMIT $count"""


def tables(ground: Ground) -> Iterator[Table]:
    with tempfile.TemporaryDirectory(prefix="onemap-bench-") as name:
        yield _file_in(ground, Path(name))
    yield _assignment(ground)


def _file_in(ground: Ground, room: Path) -> Table:
    """The whole way of a file, beside reading it and joining its points alone."""
    file, rounds = room / "tickets.csv", 1 if ground.quick else ROUNDS
    write_csv(ground, file)
    base, grids = room / "base", _grids(ground)
    only_ground(ground, base)
    folders = iter([Path(shutil.copytree(base, room / f"d{n}")) for n in range(rounds + 1)])
    reports: list[Report] = []
    with _parts() as parts:
        times = in_turn(
            {
                "ours": lambda: reports.append(_imported(file, next(folders))),
                "pandas": lambda: _by_pandas(file, grids),
            },
            rounds,
        )
    ours, theirs = times["ours"].median, times["pandas"].median
    first = ("read, checked, placed, published", ms(ours), f"{ours / theirs:.2f}")
    told = {name: Times(tuple(each[-rounds:])).median for name, each in parts.items()}
    rows = (
        at_most(first, ours / theirs, RATIO, "×"),
        *(Row((f"  {name}", ms(t), f"{t / theirs:.2f}")) for name, t in told.items()),
        Row(("pandas.read_csv + geopandas.sjoin alone", ms(theirs), "1")),
    )
    return Table(
        f"A CSV of {COUNT:,} tickets, {file.stat().st_size / 1e6:.0f} MB",
        ("way", "ms", "÷ pandas"),
        rows,
        (f"{reports[-1].accepted:,} accepted, {len(grids):,} grids; medians of {rounds}.",),
    )


def write_csv(ground: Ground, file: Path) -> None:
    """Appeals of the district as a city exports them, in quotes what needs them."""
    zone = ground.reader.place.timezone
    times = -(-COUNT // ground.counts["tickets"])
    asked = {"zone": zone, "form": "%Y-%m-%d %H:%M:%S", "times": times, "count": COUNT}
    ground.reader.table(ROWS, asked).to_pandas().to_csv(file, index=False)


def only_ground(ground: Ground, folder: Path) -> None:
    """A folder with the district's areas and roads and nothing else."""
    place = ground.reader.place
    told = {
        name: ground.reader.table(sql).cast(TABLES[name])
        for name, sql in (("areas", AREAS), ("roads", ROADS))
    }
    with writing(folder):
        fold(folder, place, Incoming(Batch(number=0, kind="areas", at=now()), told))
        write_place(folder, place)


def _imported(file: Path, folder: Path) -> Report:
    report = import_file(Asked(kind="tickets", file=file, folder=folder))
    if report.read != COUNT or report.accepted != COUNT:
        raise SystemExit(f"{report.accepted} of {report.read} rows landed: {report.rejects[:3]}")
    return report


def _by_pandas(file: Path, grids: Any) -> Any:
    """What a person would type: the rows, their points, the grid of each."""
    frame = pd.read_csv(file)
    return _joined(frame["lon"], frame["lat"], grids, frame)


def _joined(lon: Any, lat: Any, grids: Any, frame: Any = None) -> Any:
    points = geopandas.points_from_xy(lon, lat, crs=crs.STORED)
    placed = geopandas.GeoDataFrame(frame, geometry=points)
    how = "inner" if frame is None else "left"
    return geopandas.sjoin(placed, grids, how=how, predicate="within")


def _grids(ground: Ground) -> Any:
    """Every area without children: n and its polygon."""
    found = ground.reader.columns("SELECT n, geometry FROM areas WHERE last = n ORDER BY n")
    shapes = shapely.from_wkb([bytes(wkb) for wkb in found["geometry"]])
    return geopandas.GeoDataFrame({"n": found["n"]}, geometry=shapes, crs=crs.STORED)


@contextmanager
def _parts() -> Iterator[dict[str, list[float]]]:
    """Seconds that the steps of each import take, while the block runs."""
    taken: dict[str, list[float]] = {}
    steps = {
        "read": (importer, "read_sheet"),
        "rows": (examined, "canonical"),
        "suspicion": (examined, "examine"),
        "fold": (importer, "fold"),
    }
    checks = {
        kind: _watched(check, taken.setdefault("kinds", [])) for kind, check in CHECKS.items()
    }
    watched = [
        patch.object(where, name, _watched(getattr(where, name), taken.setdefault(step, [])))
        for step, (where, name) in steps.items()
    ]
    with patch.object(examined, "CHECKS", checks), watched[0], watched[1], watched[2], watched[3]:
        yield taken


def _watched(work: Callable[..., Any], taken: list[float]) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            taken.append(time.perf_counter() - start)

    return run


def _assignment(ground: Ground) -> Table:
    """Points anywhere in the district's frame, no two alike, each to its grid."""
    grids, random = _grids(ground), np.random.default_rng(1)
    west, south, east, north = grids.total_bounds
    lon, lat = random.uniform(west, east, COUNT), random.uniform(south, north, COUNT)
    numbers = np.asarray(grids["n"], np.int64)
    ways: dict[str, Callable[[], Any]] = {
        # New shapes each time: what has been prepared or indexed once stays so.
        "ours": lambda: assigned(lon, lat, _afresh(grids), numbers, NOWHERE),
        "geopandas.sjoin": lambda: _joined(lon, lat, grids.set_geometry(_afresh(grids))),
    }
    times = in_turn(ways, 2 if ground.quick else 5)
    placed, joined = ways["ours"](), ways["geopandas.sjoin"]()
    same = np.array_equal(placed[joined.index], joined["n"])
    inside = f"{np.count_nonzero(placed != NOWHERE):,} inside, the same: {'yes' if same else 'NO'}"
    ours, theirs = (times[name].median for name in ways)
    rows = (
        at_most(("assigned", ms(ours), f"{ours / theirs:.2f}"), ours, 1, "s"),
        Row(("points_from_xy and geopandas.sjoin", ms(theirs), "1")),
    )
    title = f"{COUNT:,} random points to {len(grids):,} grids"
    return Table(title, ("way", "ms", "÷ sjoin"), rows, (inside,))


def _afresh(grids: Any) -> Any:
    return shapely.from_wkb(shapely.to_wkb(np.asarray(grids.geometry)))
