"""Where people live: a smooth field of residents per square kilometre. Invented but plausible.

The totals of the streets are in ``facts/streets.csv``; this field only spreads them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.demo.plane import Floats, to_plane
from geodata.demo.rng import stream
from geodata.demo.sheets import numbers

OPEN_COUNTRY = 70.0  # residents per km² between the villages
VILLAGE = 3200.0  # at the core of a village
VILLAGE_RADIUS = 240.0  # metres


CELL = 1250.0  # metres; each cell of open country has one village core
CELLS = 22  # a side of the lattice of cells, centred on the origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """Town centres (x, y, radius in metres, residents per km²); village cores (cell, cell, x y)."""

    centres: Floats
    villages: Floats

    def at(self, points: Floats) -> Floats:
        """Residents per km² at points (n, 2) in metres."""
        off = points[:, None] - self.centres[None, :, :2]
        far = (off**2).sum(axis=2) / self.centres[:, 2] ** 2
        town = (self.centres[:, 3] * np.exp(-0.5 * far)).max(axis=1)
        near = self._to_village(points)
        village = VILLAGE * np.exp(-0.5 * (near / VILLAGE_RADIUS) ** 2)
        return np.asarray(OPEN_COUNTRY + np.maximum(town, village))

    def _to_village(self, points: Floats) -> Floats:
        """Metres to the nearest core, looked for in the cell of a point and the eight around."""
        cell = np.floor(points / CELL).astype(int) + CELLS // 2
        steps = np.stack(np.meshgrid([-1, 0, 1], [-1, 0, 1]), axis=-1).reshape(-1, 2)
        around = np.clip(cell[:, None] + steps, 0, CELLS - 1)
        cores = self.villages[around[..., 0], around[..., 1]]
        return np.asarray(np.sqrt(((cores - points[:, None]) ** 2).sum(axis=2)).min(axis=1))


def density(seed: int) -> Density:
    """Town centres of ``facts/centres.csv`` and village cores spread evenly over open country."""
    centres = np.asarray(numbers("facts/centres", "lon", "lat", "radius_m", "per_km2"))
    centres[:, :2] = to_plane(centres[:, :2])
    corner = (np.arange(CELLS) - CELLS // 2) * CELL
    corners = np.stack(np.meshgrid(corner, corner, indexing="ij"), axis=-1)
    inside = stream(seed, "villages").uniform(0.1, 0.9, corners.shape) * CELL
    return Density(centres=centres, villages=corners + inside)
