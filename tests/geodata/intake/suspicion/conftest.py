from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely

from geodata.intake.suspicion.facts import Facts, Reference
from geodata.intake.suspicion.picture import METRES

MIDDLE = (118.05, 36.81)
NARROW = np.cos(np.radians(MIDDLE[1]))


def degrees(x: Any, y: Any) -> tuple[Any, Any]:
    """Metres about the middle of the town as degrees."""
    return np.asarray(x) / METRES / NARROW + MIDDLE[0], np.asarray(y) / METRES + MIDDLE[1]


def placed(shapes: Any) -> Any:
    return shapely.transform(np.asarray(shapes, object), degrees, interleaved=False)


class Town:
    """Roads at uneven distances, sites between them, and the outline around; 6 by 6 km."""

    def __init__(self) -> None:
        random = np.random.default_rng(7)
        east, north = (np.cumsum(random.uniform(250, 650, 14)) - 3_000 for _ in range(2))
        lines = [shapely.linestrings([[x, -3_000], [x, 3_000]]) for x in east]
        lines += [shapely.linestrings([[-3_000, y], [3_000, y]]) for y in north]
        self.roads = placed(lines)
        ends = max(3_000, east[-1], north[-1]) + 200
        self.outline = placed([shapely.box(-3_200, -3_200, ends, ends)])
        blocks = [
            shapely.box(w + 30, s + 30, e - 30, n - 30)
            for w, e in pairwise(east)
            for s, n in pairwise(north)
        ]
        self.sites = placed(random.permutation(np.array(blocks, object))[:60])
        at = random.integers(0, len(lines), 400)
        doors = shapely.line_interpolate_point(
            np.array(lines)[at], random.random(400), normalized=True
        )
        doors = shapely.get_coordinates(doors) + random.normal(0, 15, (400, 2))
        self.lon, self.lat = degrees(*doors.T)
        self.reference = Reference(np.concatenate([self.roads, self.outline]))


@pytest.fixture(scope="session")
def town() -> Town:
    return Town()


def facts(lon: Any = None, lat: Any = None, **more: Any) -> Facts:
    """Facts of points, or of shapes when given; lines start at 2, after the head."""
    shapes = more.get("shapes")
    n = len(lon) if shapes is None else len(shapes)
    none = np.full(n, np.nan)
    known = {
        "kind": "tickets" if shapes is None else "layer",
        "lines": np.arange(2, n + 2),
        "lon": none if lon is None else np.asarray(lon, float),
        "lat": none if lat is None else np.asarray(lat, float),
        "n_read": n,
    }
    return Facts(**{**known, **more})


@pytest.fixture(scope="session", name="facts")
def _facts() -> Any:
    return facts
