"""How well things fit a reference, as given and moved: the evidence on which a shift is judged.

Each witness (a site, or a block of 500 m) has a cost between 0 and 1. A hypothesis is believed
when it fits much better than what is given, as well as hardly any other shift of the same size
does, and when the given fits no better than chance. So a file that fits as it is is never
suspected, nor one that has nothing to do with the reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.intake.suspicion.picture import Picture
    from geodata.intake.suspicion.samples import Samples

    Floats = NDArray[np.float64]

RADIUS, STEP = 800.0, 50.0  # metres: the shifts tried, and how far apart they lie
FINE = 10.0
BESIDE = 150.0  # metres


@dataclass(frozen=True, slots=True)
class Gain:
    """How a shift or hypothesis compares with what is given."""

    cost: float
    better: float  # of the way from chance to this cost, how much the given lacks (1 = all)
    sigmas: float  # the gain in standard errors over the witnesses
    rivals: float  # share of the other shifts tried that fit as well
    lead: float  # how far it is ahead of the best of the others (1 = not at all, 2 = twice)


@dataclass(frozen=True)
class Evidence:
    """Samples of a file on the picture of a reference; everything in metres.

    ``touch``: a witness pays 1 when one of its points lies nearer than this to a line, else 0 (a
    site with a road in it). Without it, it pays the mean of its points' shares of the reach.
    """

    name: str
    samples: Samples
    picture: Picture
    touch: float = 0.0

    @cached_property
    def shifts(self) -> Floats:
        """All shifts tried, as an (m, 2) array of metres east and north, in whole cells."""
        cells = max(1, round(STEP / self.picture.cell))
        reach = int(RADIUS / self.picture.cell) // cells * cells
        steps = np.arange(-reach, reach + 1, cells) * self.picture.cell
        east, north = np.meshgrid(steps, steps)
        return np.column_stack([east.ravel(), north.ravel()])

    @cached_property
    def surface(self) -> Floats:
        """Mean cost of each shift."""
        return self._means(self.shifts)

    @cached_property
    def given(self) -> Floats:
        """Cost of each witness as the file is."""
        return self.costs(0.0, 0.0)

    @property
    def chance(self) -> float:
        """Cost of a shift that means nothing."""
        return float(np.median(self.surface))

    def costs(self, east: float | Floats, north: float | Floats) -> Floats:
        """Cost of each witness when all points are moved by so many metres."""
        return self._shared(self.picture.at(self.samples.x + east, self.samples.y + north))

    def gain(self, east: float | Floats, north: float | Floats) -> Gain:
        """What moving the points by so many metres wins against the file as given."""
        costs = self.costs(east, north)
        cost, count = float(costs.mean()), len(costs)
        won = self.given - costs
        # The quarter of a witness keeps a few that all agree from proving too much.
        error = float(np.sqrt((won.var() + 0.25 / count) / count))
        step = max(STEP, self.picture.cell)
        far = np.hypot(*(self.shifts - (np.mean(east), np.mean(north))).T) > 2.5 * step
        return Gain(
            cost,
            better=float(won.mean()) / max(self.chance - cost, 1e-3),
            sigmas=float(won.mean()) / error,
            rivals=float((self.surface[far] <= cost).mean()),
            lead=(self.chance - cost) / max(self.chance - float(self.surface[far].min()), 1e-3),
        )

    def sharpness(self, east: float | Floats, north: float | Floats) -> float:
        """How much worse the places around a shift are, as a share of what it wins on chance.

        What lies on roads fits nowhere near its place; a cloud that only lies where roads are dense
        fits as well a little beside.
        """
        cost = float(self.costs(east, north).mean())
        turns = np.arange(8) * np.pi / 4
        around = [
            self.costs(east + BESIDE * np.cos(t), north + BESIDE * np.sin(t)).mean() for t in turns
        ]
        return (float(min(around)) - cost) / max(self.chance - cost, 1e-3)

    def best(self) -> tuple[float, float]:
        """The shift in metres that fits best of all."""
        east, north = self.shifts[int(np.argmin(self.surface))]
        steps = np.arange(-STEP, STEP + 1, max(FINE, self.picture.cell))
        near = np.array([(east + dx, north + dy) for dx in steps for dy in steps])
        costs = self._means(near)
        middle = near[costs <= costs.min() + 1e-9].mean(axis=0)
        return float(middle[0]), float(middle[1])

    def _means(self, shifts: Floats) -> Floats:
        """Mean cost of some shifts, each rounded to whole cells."""
        look, places = self.picture.from_cells(self.samples.x, self.samples.y, 2 * RADIUS)
        offsets = self.picture.steps(shifts, 2 * RADIUS)
        return np.array([self._shared(look[places + offset]).mean() for offset in offsets])

    def _shared(self, value: NDArray[np.float32]) -> Floats:
        """Values of the points as costs of their witnesses."""
        if self.touch:
            hits = np.logical_or.reduceat(value < self.touch, self.samples.first)
            return hits.astype(np.float64)
        sums = np.add.reduceat(value.astype(np.float64), self.samples.first)
        return sums / self.samples.sizes / self.picture.beyond
