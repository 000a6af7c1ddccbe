"""Halving many polygons at once.

A polygon is a run of corners in one flat array, ``owner`` telling whose each corner is. That makes
one cut of a thousand polygons a handful of array operations instead of two thousand overlays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.demo.plane import Floats, Ints
from geodata.demo.runs import starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Polygons as open rings: corners (m, 2) in metres, and the polygon each belongs to, rising."""

    corners: Floats
    owner: Ints

    @property
    def starts(self) -> Ints:
        """Place of the first corner of each ring."""
        return starts(self.owner)

    def following(self) -> Ints:
        """Place of the next corner of each corner, round the ring."""
        after = np.arange(1, len(self.owner) + 1)
        starts = self.starts
        after[np.append(starts[1:], len(self.owner)) - 1] = starts
        return after

    def area_and_middle(self) -> tuple[Floats, Floats]:
        """Signed area (n,) in m² and centroid (n, 2) of each ring."""
        start = self.starts
        here = self.corners - self.corners[start][self.owner]
        ahead = here[self.following()]
        cross = here[:, 0] * ahead[:, 1] - ahead[:, 0] * here[:, 1]
        twice = np.add.reduceat(cross, start)
        moment = np.add.reduceat((here + ahead) * cross[:, None], start)
        safe = np.where(np.abs(twice) < 1e-9, 1.0, twice)
        return twice / 2, self.corners[start] + moment / (3 * safe[:, None])

    def extent(self, turn: Floats) -> tuple[Floats, Floats]:
        """Lowest and highest corner (n, 2) of each ring in a frame of its own direction."""
        turned = rotated(self.corners, -turn[self.owner])
        return np.minimum.reduceat(turned, self.starts), np.maximum.reduceat(turned, self.starts)

    def only(self, kept: NDArray[np.bool_]) -> Rings:
        """Give the rings marked True, numbered anew."""
        corner = kept[self.owner]
        return Rings(corners=self.corners[corner], owner=(np.cumsum(kept) - 1)[self.owner[corner]])

    def and_also(self, more: Rings) -> Rings:
        """Give these rings followed by others."""
        owner = np.concatenate([self.owner, more.owner + self.owner[-1] + 1])
        return Rings(corners=np.concatenate([self.corners, more.corners]), owner=owner)


def rotated(points: Floats, turn: Floats) -> Floats:
    """Points (n, 2) turned about the origin by radians (n,)."""
    cos, sin = np.cos(turn), np.sin(turn)
    return np.stack(
        [points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos], axis=1
    )


def halved(rings: Rings, through: Floats, turn: Floats) -> tuple[Rings, Floats]:
    """Cut each ring with a straight line.

    Parameters
    ----------
    through : array (n, 2)
        A point of each cut, metres.
    turn : array (n,)
        Direction of each cut, radians.

    Returns
    -------
    rings
        The left halves, then the right halves, each in the old order.
    cuts : array (n, 2, 2)
        The ends of each cut on its ring.
    """
    way = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    offset = rings.corners - through[rings.owner]
    side = offset[:, 1] * way[rings.owner, 0] - offset[:, 0] * way[rings.owner, 1]
    after = rings.following()
    crossing = np.flatnonzero((side > 0) != (side[after] > 0))
    share = side[crossing] / (side[crossing] - side[after[crossing]])
    step = rings.corners[after[crossing]] - rings.corners[crossing]
    points = rings.corners[crossing] + step * share[:, None]
    left = _kept(rings, side > 0, crossing, points)
    right = _kept(rings, side <= 0, crossing, points)
    return left.and_also(right), _ends(points, rings.owner[crossing], through, way)


def _kept(rings: Rings, kept: NDArray[np.bool_], crossing: Ints, points: Floats) -> Rings:
    """Corners on one side and the crossings, in their order round the ring."""
    stay = np.flatnonzero(kept)
    order = np.argsort(np.concatenate([stay, crossing + 0.5]), kind="stable")
    corners = np.concatenate([rings.corners[stay], points])[order]
    owner = np.concatenate([rings.owner[stay], rings.owner[crossing]])[order]
    return Rings(corners=corners, owner=owner)


def _ends(points: Floats, owner: Ints, through: Floats, way: Floats) -> Floats:
    place = ((points - through[owner]) * way[owner]).sum(axis=1)
    first = starts(owner)
    low, high = np.minimum.reduceat(place, first), np.maximum.reduceat(place, first)
    ends = np.stack([low, high], axis=1)[..., None] * way[:, None]
    return np.asarray(through[:, None] + ends)
