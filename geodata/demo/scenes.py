"""Where appeals come from: for each kind of scene, how likely each address and each spot is.

Appeals follow the people, but not evenly: some grids complain more than others, and in each a few
quarters, roads and shops draw most. Smoke gathers around the barbecue places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.demo.book import DOOR, KINDS, POI, Book
from geodata.demo.markets import smoke_sites
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints, to_plane
from geodata.demo.pois import BARBECUE, nearness
from geodata.demo.quarters import BUILT_UP
from geodata.demo.rng import stream
from geodata.demo.scales import Scale
from geodata.demo.sheets import column, numbers
from geodata.demo.spots import CROWDED, Spots

# How much one address of each kind draws: quarter, building, unit, room, door, place of interest;
# not the rows of whole roads and areas.
DRAW = {
    "home": (30, 14, 4, 0.8, 1.2, 0.2),
    "street": (8, 0.6, 0, 0, 1.2, 3),
    "road": (1.5, 0, 0, 0, 1.5, 1),
    "shop": (0.5, 0, 0, 0, 0.2, 5),
    "village": (6, 0, 0, 0, 1, 0.2),
    "smoke": (14, 6, 2, 0.3, 3, 9),
    "crowd": (4, 0, 0, 0, 2, 6),
}
SCENES = tuple(DRAW)
SAME = {"fume": "home", "night": "home", "none": "home", "smokenight": "smoke"}
DIFFUSE = 0.07  # of the smoke that comes from anywhere
SPOT_KIND = {"smoke": 1, "crowd": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenes:
    """Cumulative likelihood of addresses and of spots, by scene."""

    addresses: dict[str, Floats]
    spots: dict[str, tuple[Ints, Floats]]

    def address(self, scene: str, luck: Floats) -> Ints:
        """Draw rows of the book."""
        return np.searchsorted(self.addresses[scene], luck, side="right")

    def spot(self, scene: str, luck: Floats) -> Ints:
        """Draw spots."""
        which, likely = self.spots[scene]
        return which[np.searchsorted(likely, luck, side="right")]


def scene_of_category() -> Ints:
    """Place in ``SCENES`` of the scene of each category."""
    scenes = column("phrases/categories", "scene")
    return np.array([SCENES.index(SAME.get(scene, scene)) for scene in scenes])


def scenes(seed: int, scale: Scale, place: District, book: Book, spots: Spots) -> Scenes:
    """Weigh every address and every spot for every scene."""
    rng = stream(seed, "scenes", scale.salt)
    hot = _hot(book, rng)
    grid = place.residents * rng.lognormal(0, 0.55, len(place.residents))
    weight = {
        scene: _by_grid(_draw(scene, book) * hot, grid, book)
        for scene in DRAW
        if scene not in SPOT_KIND
    }
    village = place.residents / np.array([g.area for g in place.grids]) * 1e6 < BUILT_UP
    weight["village"] = weight["village"] * village[book.rows.grid]
    weight["smoke"] = _by_site(place, book, hot) + DIFFUSE * weight["home"] / weight["home"].sum()
    weight["crowd"] = _by_sight(book, hot)
    return Scenes(
        addresses={scene: _running(each) for scene, each in weight.items()},
        spots={scene: _of_spots(spots, SPOT_KIND.get(scene, 0)) for scene in SCENES},
    )


def _draw(scene: str, book: Book) -> Floats:
    """How much each address draws, before its own luck."""
    draw = np.zeros(len(KINDS))
    draw[: len(DRAW[scene])] = DRAW[scene]
    return draw[book.rows.kind]


def _running(weight: Floats) -> Floats:
    whole = np.cumsum(weight)
    return np.asarray(whole / whole[-1] * (1 + 1e-12))


def _hot(book: Book, rng: np.random.Generator) -> Floats:
    """A heavy tail for each quarter, road and shop, and a lighter one for each address."""
    rows = book.rows
    names = (book.quarters, book.roads, book.pois)
    quarter, road, poi = (1 + rng.pareto(1.7, len(each) + 1) for each in names)
    own = np.where(rows.kind == DOOR, road[rows.road], quarter[rows.quarter])
    own = np.where(rows.kind == POI, poi[rows.poi], own)
    return np.asarray(own * (1 + rng.pareto(2.2, len(rows))))


def _by_grid(weight: Floats, grid: Floats, book: Book) -> Floats:
    """Scale weights so that each grid gets its share, wherever it has an address for the scene."""
    whole = np.bincount(book.rows.grid, weight, minlength=len(grid))
    share = np.divide(grid, whole, out=np.zeros(len(grid)), where=whole > 0)
    return np.asarray(weight * share[book.rows.grid])


def _by_site(place: District, book: Book, hot: Floats) -> Floats:
    """Share the smoke among the barbecue places, each to the addresses around it."""
    _, middles, power = smoke_sites(place)
    draw = _draw("smoke", book) * np.sqrt(hot)
    grill = np.array([BARBECUE in name or "烤" in name for name in book.pois] + [False])
    draw = draw * np.where(grill[book.rows.poi], 2.5, 1.0)
    weight = np.zeros(len(book))
    for middle, (strong, radius) in zip(middles, power, strict=True):
        close = draw * nearness(book.rows.point, middle[None], np.array([[strong, radius * 0.8]]))
        weight += strong * close / max(close.sum(), 1e-12)
    return np.asarray(weight / weight.sum())


def _by_sight(book: Book, hot: Floats) -> Floats:
    names = column("facts/landmarks", "name")
    points = to_plane(numbers("facts/landmarks", "lon", "lat"))
    middles = points[[names.index(name) for name in CROWDED]]
    close = nearness(book.rows.point, middles, np.tile([[1.0, 260.0]], (len(middles), 1)))
    return np.asarray(_draw("crowd", book) * np.sqrt(hot) * close + 1e-9)


def _of_spots(spots: Spots, kind: int) -> tuple[Ints, Floats]:
    which = np.flatnonzero(spots.kind == kind)
    return which, _running(spots.power[which])
