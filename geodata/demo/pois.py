"""Shops, schools, restaurants and other places of interest at the doors of the roads. Invented.

Only the landmarks are real; they stand at their own coordinates.
"""

from __future__ import annotations

import numpy as np

from geodata.demo.book import POI, Lot, joined, lot
from geodata.demo.doors import inside
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints, to_plane
from geodata.demo.sheets import column, numbers, sheet

BARBECUE = "烧烤"


def other_names() -> dict[str, str]:
    """Give the names people use for landmarks, separated by ``|``."""
    return {row["name"]: row["aliases"] for row in sheet("facts/landmark_aliases")}


def pois(
    place: District,
    doors: Lot,
    roads: list[str],
    near: Floats,
    *,
    count: int,
    rng: np.random.Generator,
) -> tuple[Lot, list[str], list[str | None]]:
    """Give places of interest with their names and other names; the landmarks come first.

    Parameters
    ----------
    near : array (len(doors),)
        How much each door belongs to a barbecue place, 0 to 1.
    """
    landmarks, names = _landmarks(place)
    count = min(count - len(landmarks), len(doors))
    wish = rng.random(len(doors)) / (1 + 14 * near)
    chosen = np.sort(np.argsort(wish, kind="stable")[:count])
    at = doors.take(chosen)
    point = at.point + rng.uniform(-2, 2, at.point.shape)
    grid = inside(place, point)
    kept = np.flatnonzero(grid >= 0)
    made = _names(near[chosen][kept], [roads[r] for r in at.road[kept]], rng)
    shops = lot(
        POI,
        grid[kept],
        point[kept],
        road=at.road[kept],
        number=at.number[kept],
        poi=len(names) + np.arange(len(kept)),
    )
    known = other_names()
    aliases: list[str | None] = [known.get(name) for name in names] + [None] * len(made)
    return joined([landmarks, shops]), names + made, aliases


def _landmarks(place: District) -> tuple[Lot, list[str]]:
    names = list(dict.fromkeys(column("facts/landmarks", "name")))
    first = [column("facts/landmarks", "name").index(name) for name in names]
    point = to_plane(numbers("facts/landmarks", "lon", "lat"))[first]
    grid = inside(place, point)
    kept = np.flatnonzero(grid >= 0)
    return lot(POI, grid[kept], point[kept], poi=np.arange(len(kept))), [names[k] for k in kept]


def _names(near: Floats, roads: list[str], rng: np.random.Generator) -> list[str]:
    """A head, a kind of business, and every now and then the road of the branch."""
    kinds = sheet("phrases/poi_kinds")
    weight = np.array([float(kind["weight"]) for kind in kinds])
    kind = rng.choice(len(kinds), len(near), p=weight / weight.sum())
    barbecue = column("phrases/poi_kinds", "kind").index(BARBECUE)
    kind = np.where(rng.random(len(near)) < near * 0.75, barbecue, kind)
    heads = column("phrases/poi_heads", "head")
    head = rng.integers(len(heads), size=len(near))
    tails = [row["tails"].split("|") for row in kinds]
    tail = rng.random(len(near))
    branch = rng.random(len(near)) < 0.4
    return [
        _name(heads[h], tails[k], t, road if b else "")
        for h, k, t, road, b in zip(head, kind, tail, roads, branch, strict=True)
    ]


def _name(head: str, tails: list[str], luck: float, road: str) -> str:
    name = head + tails[int(luck * len(tails))]
    return f"{name}({road}店)" if road else name


def nearness(points: Floats, middles: Floats, power: Floats) -> Floats:
    """How much each point (n, 2) belongs to a barbecue place: 1 at its middle, fading outwards."""
    if not len(points):
        return np.zeros(0)
    off = points[:, None] - middles[None]
    far = (off**2).sum(axis=2) / power[:, 1] ** 2
    return np.asarray(np.exp(-0.5 * far).max(axis=1))


def kept_doors(points: Floats, middles: Floats, power: Floats, every: int) -> Ints:
    """Choose each n-th door, and more of those at a barbecue place."""
    some = np.arange(0, len(points), 1 + every // 9)
    near = nearness(points[some], middles, power)
    return some[(some % every < 1 + every // 9) | (near > 0.5)]
