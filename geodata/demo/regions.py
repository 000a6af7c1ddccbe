"""Regions of a fair size, compact and in one piece, made by halving again and again.

All regions of one depth are halved at once: for a number of directions every region is cut where
the wanted share of its residents is reached, and the cut with the least border wins. A border along
a bigger road counts little, so regions follow the roads where they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.demo.graph import Graph, components
from geodata.demo.plane import Floats, Ints
from geodata.demo.runs import starts

DIRECTIONS = np.radians([0, 45, 90, 135, 180, 225, 270, 315]) - 0.07  # the town is turned a little
SHIFTS = (0.0, -0.1, 0.1)  # of the share, to find a road
ROAD = 0.3  # what a metre of border along a bigger road costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """What is grouped, n of them: middle (n, 2) in metres, residents, and their neighbours.

    ``dense`` (n,) is what the first of the wanted regions should have more of.
    """

    middle: Floats
    residents: Floats
    dense: Floats
    graph: Graph

    @property
    def cost(self) -> Floats:
        """What it costs to part each pair of neighbours."""
        return np.where(self.graph.parted, ROAD, 1.0) * self.graph.metres


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Regions that are still one: wishes ``first[r] … last[r] - 1`` are to be found in region r."""

    first: Ints
    last: Ints

    @property
    def half(self) -> Ints:
        """The wish at which each region is parted."""
        return (self.first + self.last) // 2


def regions(bodies: Bodies, start: Ints, counts: Ints, shares: Floats, leaning: Any) -> Ints:
    """Group bodies into regions.

    Parameters
    ----------
    start : array (n,) of int
        The region each body is in at first; each must be connected.
    counts : array of int
        How many regions each is to become, from 1 to the number of its bodies.
    shares : array (sum of counts,)
        Residents wanted in each new region, in any unit.
    leaning : array (sum of counts,) of bool
        True for new regions that should lie where ``dense`` is high.

    Returns
    -------
    array (n,) of int
        The number of the new region, by the order of the wishes.
    """
    ends = np.cumsum(counts)
    wanted = Wanted(first=ends - counts, last=ends)
    region = np.asarray(start)
    total, towny = _running(shares), _running(leaning.astype(float))
    while (wanted.last - wanted.first > 1).any():
        side = _best_sides(bodies, region, wanted, total, towny)
        side = _in_one_piece(bodies, region, side, wanted)
        region, wanted = _parted(region, side, wanted)
    return wanted.first[region]


def _running(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _best_sides(bodies: Bodies, region: Ints, wanted: Wanted, total: Floats, towny: Floats) -> Any:
    """For each body whether it lies in the second half, by the cheapest cut of its region."""
    half = wanted.half
    whole = total[wanted.last] - total[wanted.first]
    share = (total[half] - total[wanted.first]) / whole
    mixed = (towny[half] - towny[wanted.first]) / np.maximum(half - wanted.first, 1) > (
        towny[wanted.last] - towny[half]
    ) / np.maximum(wanted.last - half, 1)
    best = np.full(len(half), np.inf)
    sides = np.zeros(len(region), bool)
    for direction in DIRECTIONS:
        sweep = _Sweep.along(bodies, region, direction)
        for shift in SHIFTS:
            side = sweep.beyond(share * (1 + shift * (wanted.last - wanted.first > 2)), wanted)
            cost = _cost(bodies, region, side, len(half)) * (1 + abs(shift))
            if mixed.any():
                cost *= np.where(mixed & _upside_down(bodies, region, side, len(half)), 2.2, 1.0)
            better = cost < best
            best = np.where(better, cost, best)
            sides = np.where(better[region], side, sides)
    return sides & (wanted.last - wanted.first > 1)[region]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sweep:
    """Bodies in their order along a direction, region by region."""

    order: Ints
    region: Ints
    place: Ints  # of the body within its region
    size: Ints
    part: Floats  # residents before the middle of the body, as a share of the region's

    @staticmethod
    def along(bodies: Bodies, region: Ints, direction: float) -> _Sweep:
        way = bodies.middle @ [np.cos(direction), np.sin(direction)]
        order = np.lexsort((way, region))
        sorted_region = region[order]
        start = starts(sorted_region)
        running = _running(bodies.residents[order])
        size = np.diff(np.append(start, len(order)))
        whole = np.add.reduceat(bodies.residents[order], start)
        before = running[:-1] - running[start][sorted_region]
        return _Sweep(
            order=order,
            region=sorted_region,
            place=np.arange(len(order)) - start[sorted_region],
            size=size,
            part=(before + bodies.residents[order] / 2) / whole[sorted_region],
        )

    def beyond(self, share: Floats, wanted: Wanted) -> Any:
        """True for bodies beyond the share; either half keeps a body for each of its wishes."""
        before = np.bincount(self.region[self.part < share[self.region]], minlength=len(self.size))
        low = wanted.half - wanted.first
        high = self.size - (wanted.last - wanted.half)
        before = np.clip(before, low, np.maximum(high, low))
        side = np.empty(len(self.order), bool)
        side[self.order] = self.place >= before[self.region]
        return side


def _cost(bodies: Bodies, region: Ints, side: Any, n: int) -> Floats:
    one, two = bodies.graph.pairs.T
    cut = (region[one] == region[two]) & (side[one] != side[two])
    return np.bincount(region[one[cut]], bodies.cost[cut], minlength=n).astype(np.float64)


def _upside_down(bodies: Bodies, region: Ints, side: Any, n: int) -> Any:
    """Whether the second half is denser than the first."""
    means = [
        np.bincount(region[part], bodies.dense[part], minlength=n)
        / np.maximum(np.bincount(region[part], minlength=n), 1)
        for part in (~side, side)
    ]
    return means[1] > means[0]


def _in_one_piece(bodies: Bodies, region: Ints, side: Any, wanted: Wanted) -> Any:
    """Turn pieces that lost touch with their half over to the other half."""
    inner = bodies.graph.pairs[region[bodies.graph.pairs[:, 0]] == region[bodies.graph.pairs[:, 1]]]
    for turn in range(24):
        name = components(len(region), inner[side[inner[:, 0]] == side[inner[:, 1]]])
        stray = _strays(name, region * 2 + side, bodies.residents)
        if not stray.any():
            break
        side = side ^ (stray & (side == (turn % 2 == 0)))
    return side & (wanted.last - wanted.first > 1)[region]


def _strays(name: Ints, group: Ints, residents: Floats) -> Any:
    """Bodies outside the biggest connected piece of their group."""
    size = np.bincount(name, residents + 1e-9, minlength=len(name))
    biggest = np.zeros(int(group.max()) + 1)
    np.maximum.at(biggest, group, size[name])
    return size[name] < biggest[group]


def _parted(region: Ints, side: Any, wanted: Wanted) -> tuple[Ints, Wanted]:
    """Make regions of the halves; a half with too few bodies for its wishes gives some away."""
    many = wanted.last - wanted.first > 1
    number = np.cumsum(1 + many) - 1 - many  # of the first half
    bodies = [np.bincount(region[part], minlength=len(many)) for part in (~side, side)]
    half = np.clip(wanted.half, wanted.last - bodies[1], wanted.first + bodies[0])
    halves = Wanted(
        first=np.sort(np.concatenate([wanted.first, half[many]])),
        last=np.sort(np.concatenate([half[many], wanted.last])),
    )
    return number[region] + side, halves
