"""Tickets that may be sent or wait in a journal, and a copy of the facts to send them into."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground
from geodata.intake.live import Batch, Usage, checked
from geodata.store.journal import Entry


@contextmanager
def copy(ground: Ground) -> Iterator[Path]:
    """A copy of the facts that tickets may be sent into; beside the ground, on the same disk."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ground.folder.parent) as name:
        folder = Path(name)
        shutil.copytree(ground.folder / "store", folder / "store")
        shutil.copy(ground.folder / "place.toml", folder)
        yield folder


def entries(ground: Ground, tickets: list[dict[str, Any]]) -> list[Entry]:
    items = [{"id": f"x{n}", **ticket} for n, ticket in enumerate(tickets)]
    found = checked([Batch(items)], Usage(ground.reader.place.timezone))[0]
    return [one for one in found if isinstance(one, Entry)]


def tickets(ground: Ground, how_many: int) -> list[dict[str, str | float]]:
    """Tickets of the last day, without ids, each at an address of the district."""
    sampled = f"USING SAMPLE {how_many} ROWS (reservoir, 1)"
    spots = ground.reader.rows(f"SELECT lon, lat FROM addresses WHERE lon IS NOT NULL {sampled}")
    evening = ground.reader.place.midnight(ground.last_day) - dt.timedelta(hours=6)
    told = {
        "created_at": evening.isoformat(),
        "category": "社会秩序/噪声扰民/广场舞",
        "text": "楼下广场舞的音响开得太大,老人孩子睡不着,请来人劝一劝。",
    }
    return [
        {**told, "lon": row["lon"], "lat": row["lat"]}
        for row in random.Random(1).choices(spots, k=how_many)
    ]
