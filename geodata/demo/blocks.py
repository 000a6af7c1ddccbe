"""City blocks: the town's ground cut by main roads and invented minor streets.

Main roads and sketched lines make superblocks. Each superblock is halved again and again across its
longer side, with jittered cuts, until a piece has few residents and is small enough for its
surroundings. At the end every line is noded on a fine grid, so that neighbouring blocks share
their corners exactly, and the whole drawing is bent a little, because no city is straight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.clip import Rings, halved, rotated
from geodata.demo.density import Density
from geodata.demo.outline import Ground, nearest_street
from geodata.demo.plane import Floats, Ints, to_plane
from geodata.demo.rng import stream

RESIDENTS = 340.0  # by the unscaled density: a piece with more is halved
FIELD_M2 = 330_000.0  # the largest block in open country
MAX_DEPTH = 16
FINE = 0.01  # metres; lines are noded on this grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Pieces of ground on their way to blocks, n of them.

    ``turn`` is the direction of their streets in radians, ``within`` the number of the superblock.
    """

    rings: Rings
    turn: Floats
    within: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Blocks of the district.

    Attributes
    ----------
    shape : array of Polygon, metres
        Corners shared exactly between neighbours.
    street : array of int
        Number of the street.
    within : array of int
        Number of the superblock; blocks of different superblocks have a bigger road between them.
    cuts : array of LineString, metres
        The invented minor streets between the blocks; cuts of the same depth stand together, the
        first ones are the longest.
    """

    shape: Any
    street: Ints
    within: Ints
    cuts: Any


def blocks(seed: int, ground: Ground, frame: list[Floats], density: Density) -> Blocks:
    """Cut the district into blocks; ``frame`` are the lines (n, 2) of its main roads in metres."""
    outline = shapely.transform(ground.outline, to_plane)
    lines = [outline.boundary, *map(shapely.LineString, frame + ground.lines)]
    edges = shapely.get_parts(shapely.unary_union(lines, grid_size=FINE))
    whole = shapely.get_parts(shapely.polygonize(edges))
    whole = whole[shapely.contains(outline, shapely.point_on_surface(whole))]
    street = nearest_street(shapely.point_on_surface(whole), ground.streets)
    cuts = _cuts(_pieces(whole), density, whole, stream(seed, "blocks"))
    borders = shapely.union_all(shapely.boundary(whole))
    noded = shapely.unary_union([borders, *cuts], grid_size=FINE)
    shape = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inner = shapely.point_on_surface(shape)
    _, home = shapely.STRtree(whole).query(inner, predicate="within")
    return Blocks(shape=shape, street=street[home], within=home, cuts=cuts)


def _pieces(whole: Any) -> Pieces:
    corners, owner = shapely.get_coordinates(shapely.get_exterior_ring(whole), return_index=True)
    last = np.append(np.diff(owner), 1) > 0
    return Pieces(
        rings=Rings(corners=corners[~last], owner=owner[~last]),
        turn=_direction(whole),
        within=np.arange(len(whole)),
    )


def _direction(shape: Any) -> Floats:
    """Direction in radians of the longer side of the smallest rectangle around each shape."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(shape)).reshape(-1, 5, 2)
    sides = np.diff(corners[:, :3], axis=1)
    longer = np.hypot(sides[..., 0], sides[..., 1]).argmax(axis=1)
    side = sides[np.arange(len(sides)), longer]
    return np.asarray(np.arctan2(side[:, 1], side[:, 0]))


def _cuts(pieces: Pieces, density: Density, whole: Any, rng: np.random.Generator) -> Any:
    """Halve the pieces until all are small; gives the lines of the cuts, the early ones first."""
    found = []
    for _ in range(MAX_DEPTH):
        big = _too_big(pieces.rings, density, rng)
        if not big.any():
            break
        chosen = Pieces(
            rings=pieces.rings.only(big), turn=pieces.turn[big], within=pieces.within[big]
        )
        pieces, ends = _halved(chosen, rng)
        lines = shapely.intersection(shapely.linestrings(ends), whole[chosen.within])
        found.append(shapely.get_parts(lines))
    cuts = np.concatenate(found)
    return cuts[shapely.length(cuts) > 1]


def _too_big(rings: Rings, density: Density, rng: np.random.Generator) -> Any:
    area, middle = rings.area_and_middle()
    area = np.abs(area)
    residents = density.at(middle) * area / 1e6
    luck = rng.lognormal(0, 0.25, (2, len(area)))
    crowded = (residents > RESIDENTS * luck[0]) & (area > 5000)
    return crowded | (area > FIELD_M2 * luck[1])


def _halved(pieces: Pieces, rng: np.random.Generator) -> tuple[Pieces, Floats]:
    """Cut each piece across its longer side, a little off the middle and a little askew."""
    n = len(pieces.turn)
    low, high = pieces.rings.extent(pieces.turn)
    size = high - low
    upright = size[:, 0] >= size[:, 1]  # a cut runs across the longer side
    # Open country has crooked field ways, the town straight streets.
    rough = np.clip(np.log10(size.max(axis=1)) - 2.3, 0.1, 1.0)
    turn = pieces.turn + np.where(upright, np.pi / 2, 0) + rng.normal(0, 0.06, n) * rough
    through = rotated(low + size * rng.uniform(0.4, 0.6, (n, 2)), pieces.turn)
    rings, ends = halved(pieces.rings, through, turn)
    return Pieces(rings=rings, turn=np.tile(turn, 2), within=np.tile(pieces.within, 2)), ends
