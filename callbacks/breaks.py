"""Class breaks that follow the shown numbers: equal shares, rounded to readable figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_STEPS = (5, 2, 1)


def quantile_breaks(values: NDArray[np.float64], classes: int, decimals: int) -> tuple[float, ...]:
    """Rising bounds between at most ``classes`` classes; a value on a bound is in the class above.

    Zeros and nan do not count towards the shares: an area without appeals should not push the
    bounds of those that have some. None where there is nothing to compare: one area, or all zero.
    """
    known = values[np.isfinite(values)]
    shown = known[known > 0]
    if len(values) < 2 or not len(shown):
        return ()
    rising = _shares(shown, classes, 10.0**-decimals)
    return _parting(rising, known) or rising[:1]


def diverging_breaks(values: NDArray[np.float64], classes: int) -> tuple[float, ...]:
    """Rising bounds, the same on both sides of zero."""
    shown = np.abs(values[np.isfinite(values) & (values != 0)])
    if len(values) < 2 or not len(shown):
        return ()
    rising = _shares(shown, classes // 2, 1.0)
    upper = _parting(rising, np.append(shown, 0.0)) or rising[:1]
    return (*(-b for b in reversed(upper)), 0.0, *upper)


def _parting(bounds: tuple[float, ...], values: NDArray[np.float64]) -> tuple[float, ...]:
    """The bounds without those between which no value lies."""
    kept: list[float] = []
    for bound in bounds:
        lowest = kept[-1] if kept else -np.inf
        if ((values >= lowest) & (values < bound)).any() and (values >= bound).any():
            kept.append(bound)
    return tuple(kept)


def _shares(values: NDArray[np.float64], classes: int, finest: float) -> tuple[float, ...]:
    """Rising readable bounds of equal shares of positive values."""
    raw = np.quantile(values, np.arange(1, classes) / classes)
    return _rising(_readable(raw, values, finest))


def _rising(bounds: list[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for bound in bounds:
        if bound > (kept[-1] if kept else 0.0):
            kept.append(bound)
    return tuple(kept)


def _readable(
    bounds: NDArray[np.float64], values: NDArray[np.float64], finest: float
) -> list[float]:
    """Each bound on the roundest step that is at most half the way to its nearest neighbour.

    A bound that is a value itself is rounded down, because the value belongs above it.
    """
    unique = np.unique(bounds)
    gaps = np.diff(unique, prepend=0.0)
    room = dict(zip(unique, np.minimum(gaps, [*gaps[1:], np.inf]), strict=True))
    steps = [max(_step(room[b] / 2), finest) for b in bounds]
    round_ = [math.floor if b in values else round for b in bounds]
    return [_on_step(float(b), s, r) for b, s, r in zip(bounds, steps, round_, strict=True)]


def _step(most: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``most``."""
    if most <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(s * power for s in _STEPS if s * power <= most * (1 + 1e-9))


def _on_step(value: float, step: float, round_: Callable[[float], int]) -> float:
    return float(round(max(round_(value / step + 1e-9), 1) * step, 10))
