"""The district and its 13 streets, 304 communities and 1,466 grids, made of city blocks.

Names, codes and counts of streets and communities are real; every border but the outline is
invented, and so is how the people are spread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.bend import bend
from geodata.demo.blocks import Blocks, blocks
from geodata.demo.density import density
from geodata.demo.graph import Graph, graph, summed, without_slivers
from geodata.demo.outline import ground
from geodata.demo.plane import GRID, Floats, Ints, to_degrees
from geodata.demo.regions import Bodies, regions
from geodata.demo.roads import Road, frame_lines, main_roads
from geodata.demo.runs import count_up, starts
from geodata.demo.sheets import column

GRIDS = 1466
LANE = 190.0  # metres; shorter cuts between blocks are no streets
TOWNY = 3.0  # residents of a community, where a village counts 1


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """The ground everything else stands on; shapes are in metres on the local plane.

    Attributes
    ----------
    grids : array (1466,) of Polygon
        In code order.
    mapped : array (1466,) of Polygon, EPSG:4326
        The same with every corner on the fine grid and the outline's own corners in their place.
    community, street : array (1466,) of int
        Of each grid: rows of ``facts/communities.csv`` and ``facts/streets.csv``.
    residents : array (1466,) of int
        Sum: the population of the sheet of streets.
    codes : array (1466,) of str
        Community code and three digits: west to east, north to south.
    roads : list of Road
        The main roads.
    lanes : array of LineString
        Invented minor streets between the blocks, none shorter than ``LANE``.
    """

    grids: Any
    mapped: Any
    community: Ints
    street: Ints
    residents: Ints
    codes: Any
    roads: list[Road]
    lanes: Any


def district(seed: int) -> District:
    """Build the district; the same seed gives the same ground at every scale."""
    land = ground(seed)
    roads = main_roads(seed)
    field = density(seed)
    cut = blocks(seed, land, frame_lines(roads), field)
    bodies, street, body = _bodies(cut, field.at(_middles(cut.shape)))
    community = _communities(bodies, street)
    counts = _grid_counts(np.bincount(community, bodies.residents), np.bincount(community))
    grid = regions(bodies, community, counts, np.ones(GRIDS), np.zeros(GRIDS, bool))
    home = np.zeros(GRIDS, int)
    home[grid] = community
    bent, shape = bend(seed, land.outline, dissolved(cut.shape, grid[body]))
    order = _reading_order(shape, home)
    return District(
        grids=shape[order],
        mapped=_on_the_map(shape[order], land.outline),
        community=home[order],
        street=_street_of_community()[home[order]],
        residents=_whole_people(np.bincount(grid, bodies.residents)[order]),
        codes=_codes(home[order]),
        roads=[road.bent(bent) for road in roads],
        lanes=shapely.transform(shapely.segmentize(_long(cut.cuts), 120), bent),
    )


def _long(cuts: Any) -> Any:
    return cuts[shapely.length(cuts) > LANE]


def _on_the_map(grids: Any, outline: Any) -> Any:
    exact = shapely.get_coordinates(outline)[:-1]
    exact = exact[np.argsort(exact[:, 0])]

    def settled(metres: Any) -> Any:
        points = to_degrees(metres)
        near = np.searchsorted(exact[:, 0], points[:, 0] - 3 * GRID)
        near = np.minimum(near, len(exact) - 1)
        hit = np.abs(points - exact[near]).max(axis=1) < 3 * GRID
        points[hit] = exact[near[hit]]
        return points

    return shapely.transform(grids, settled)


def _middles(shape: Any) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.centroid(shape)))


def _bodies(cut: Blocks, per_km2: Floats) -> tuple[Bodies, Ints, Ints]:
    """Blocks without slivers, the street of each body, and the body of each block."""
    edges = graph(cut)
    body = without_slivers(cut, edges)
    area = shapely.area(cut.shape)
    street = np.zeros(body.max() + 1, int)
    street[body] = cut.street
    size = np.bincount(body, area)
    lived = np.bincount(body, area * per_km2)
    wanted = np.array([int(people) for people in column("facts/streets", "population")])
    residents = lived * (wanted / np.bincount(street, lived))[street]
    middle = [np.bincount(body, area * x) / size for x in _middles(cut.shape).T]
    bodies = Bodies(
        middle=np.stack(middle, axis=1),
        residents=residents,
        dense=residents / size,
        graph=_neighbours(edges, body),
    )
    return bodies, street, body


def _neighbours(edges: Graph, body: Ints) -> Graph:
    return summed(body[edges.pairs], edges.metres, edges.parted)


def _street_of_community() -> Ints:
    """Row of the street of each row of the sheet of communities."""
    streets = column("facts/streets", "code")
    return np.array([streets.index(code[:9]) for code in column("facts/communities", "code")])


def _communities(bodies: Bodies, street: Ints) -> Ints:
    """Row of the community of each body: within a street the towny ones take the dense side."""
    home = _street_of_community()
    towny = np.array([kind == "community" for kind in column("facts/communities", "kind")])
    order = np.lexsort((np.arange(len(home)), ~towny, home))
    shares = np.where(towny[order], TOWNY, 1.0)
    found = regions(bodies, street, np.bincount(home), shares, towny[order])
    return np.asarray(order[found], np.int64)


def _grid_counts(residents: Any, bodies: Ints) -> Ints:
    """Share the grids out to the communities by their residents: from one to one for each body."""
    due = residents / residents.sum() * GRIDS
    counts: Ints = np.clip(np.floor(due).astype(np.int64), 1, bodies)
    while counts.sum() != GRIDS:
        step = 1 if counts.sum() < GRIDS else -1
        able = counts < bodies if step > 0 else counts > 1
        lack = np.where(able, (due - counts) * step, -np.inf)
        counts[lack.argmax()] += step
    return counts


def dissolved(shape: Any, group: Ints) -> Any:
    """Union the shapes of each group, in the order of the groups."""
    order = np.argsort(group, kind="stable")
    lots = np.split(shape[order], starts(group[order])[1:])
    return np.array([shapely.coverage_union_all(lot) for lot in lots])


def _reading_order(shape: Any, home: Ints) -> Ints:
    """Order by community, then by bands from north to south, within a band from west to east."""
    x, y = _middles(shape).T
    _, south, _, north = shapely.bounds(shape).T
    low, top = np.full(len(home), np.inf), np.full(len(home), -np.inf)
    np.minimum.at(low, home, south)
    np.maximum.at(top, home, north)
    height = np.zeros(len(home))
    np.add.at(height, home, north - south)
    grids = np.maximum(np.bincount(home, minlength=len(home)), 1)
    bands = np.maximum(np.round((top - low) / (height / grids + 1e-9)), 1)
    band = np.floor((top[home] - y) / (top[home] - low[home]) * bands[home])
    return np.lexsort((x, band, home))


def _whole_people(residents: Any) -> Ints:
    """Whole people with the same sum: the largest fractions are rounded up."""
    down: Ints = np.floor(residents).astype(np.int64)
    missing = round(residents.sum()) - down.sum()
    down[np.argsort(down - residents, kind="stable")[:missing]] += 1
    return down


def _codes(home: Ints) -> Any:
    codes = column("facts/communities", "code")
    return np.array([f"{codes[c]}{n:03d}" for c, n in zip(home, count_up(home), strict=True)])
