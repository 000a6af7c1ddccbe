"""How large a demonstration may be: the ground is the same at every scale, the facts differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What one scale holds.

    ``addresses`` is exact, ``appeals_a_day`` an average over the years; ``salt`` parts the scale's
    random numbers from those of the others, whatever else about it changes. ``every_grid`` and
    ``every_door`` say that only each n-th built-up grid has buildings and each n-th door a row;
    ``rooms`` is the share of rooms that have one.
    """

    name: str
    salt: int
    addresses: int
    appeals_a_day: float
    every_grid: int
    every_door: int
    villages: int
    pois: int
    rooms: float


SCALES = {
    scale.name: scale
    for scale in (
        Scale(name="tiny", salt=2_000, addresses=3_600, appeals_a_day=4.3,
              every_grid=25, every_door=220, villages=260, pois=230, rooms=0.12),
        Scale(name="district", salt=300_000, addresses=300_000, appeals_a_day=440,
              every_grid=1, every_door=2, villages=24_000, pois=8_000, rooms=1.0),
        Scale(name="city", salt=1_000_000, addresses=1_000_000, appeals_a_day=4_000,
              every_grid=1, every_door=1, villages=40_000, pois=14_000, rooms=1.0),
    )
}  # fmt: skip
