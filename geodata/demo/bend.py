"""No city is straight: a soft displacement of everything that was drawn with a ruler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.plane import Floats, to_plane
from geodata.demo.rng import stream

WAVES = 9
CALM = 500.0  # metres from the outline, within which the bending fades away


@dataclass(frozen=True, slots=True, kw_only=True)
class Bend:
    """A sum of long waves, some ten metres high in all; nothing moves on the outline itself.

    Neighbours stay neighbours, because a shared corner moves for all who share it.
    """

    waves: Floats  # (WAVES, 5): wave vector x y, phase, displacement x y
    rim: Any

    def __call__(self, points: Floats) -> Floats:
        """Points (n, 2) in metres, displaced; a corner that many share is worked out once."""
        corner, which = np.unique(points[:, 0] + 1j * points[:, 1], return_inverse=True)
        each = np.stack([corner.real, corner.imag], axis=1)
        swing = np.sin(each @ self.waves[:, :2].T + self.waves[:, 2])
        far = shapely.distance(shapely.points(each), self.rim)
        each += (swing @ self.waves[:, 3:]) * np.minimum(far / CALM, 1)[:, None]
        return np.asarray(each[which])


def bend(seed: int, outline: Any, shape: Any) -> tuple[Bend, Any]:
    """Find the waves, 1 to 4 km long and up to 9 m high each, that leave shapes sound.

    Gives the bend and the bent shapes.

    A long straight edge may be bent over a corner close to it; then the waves are made lower.
    """
    waves = _waves(seed)
    rim = shapely.transform(outline, to_plane).boundary
    for height in (1.0, 0.6, 0.3, 0.1):
        found = Bend(waves=waves * [1, 1, 1, height, height], rim=rim)
        bent = shapely.transform(shape, found)
        if shapely.is_valid(bent).all() and shapely.coverage_is_valid(bent):
            return found, bent
    return Bend(waves=waves * [1, 1, 1, 0, 0], rim=rim), shape


def _waves(seed: int) -> Floats:
    rng = stream(seed, "bend")
    number = 2 * np.pi / rng.uniform(900, 4000, WAVES)
    heading, push = rng.uniform(0, 2 * np.pi, (2, WAVES))
    height = rng.uniform(4, 9, WAVES)
    columns = (
        number * np.cos(heading),
        number * np.sin(heading),
        rng.uniform(0, 2 * np.pi, WAVES),
        height * np.cos(push),
        height * np.sin(push),
    )
    return np.stack(columns, axis=1)
