"""A file that is in another CRS altogether: feet for metres, metres for degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyproj import CRS

from geodata.errors import DataError
from geodata.intake.suspicion.facts import Doubt, Facts, Verdict
from geodata.intake.suspicion.place import FEW, NEARLY_ALL, on_earth, positions
from geodata.space import crs, gauss

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.intake.suspicion.ground import Ground

    Floats = NDArray[np.float64]

FOOT = 1200 / 3937  # metres of the foot of American surveyors
FEET = "EPSG:2263"  # New York, the one system in feet we meet in open data
SEEN = 2_000


def other_crs(facts: Facts, verdict: Verdict, ground: Ground | None) -> Verdict:
    """Ask about a file whose coordinates lie elsewhere as declared, and inside in another CRS.

    What is not on the earth as declared is left without coordinates, so that no row is lost for
    the fault of the whole file.
    """
    lon, lat = positions(verdict)
    there = np.flatnonzero(~np.isnan(lon) & ~np.isnan(lat))
    if not ground or len(there) < FEW or _share(ground, lon[there], lat[there]) > 1 - NEARLY_ALL:
        return verdict
    raw_x = lon if facts.raw_x is None else facts.raw_x
    raw_y = lat if facts.raw_y is None else facts.raw_y
    some = there[:: max(1, len(there) // SEEN)]
    name, share = _fitting(raw_x[some], raw_y[some], facts.declared_crs, ground)
    if not name:
        return verdict
    off = ~np.isnan(lon) & ~on_earth(lon, lat)
    shapes = None if verdict.shapes is None else np.where(off, None, verdict.shapes)
    return verdict.noting(
        _doubt(len(there), name, share, facts),
        crs=f"{name} (suspected)",
        shapes=shapes,
        lon=np.where(off, np.nan, verdict.lon),
        lat=np.where(off, np.nan, verdict.lat),
    )


def _doubt(count: int, name: str, share: float, facts: Facts) -> Doubt:
    declared = facts.declared_crs or crs.STORED
    feet = name == FEET or name.endswith("feet")
    what, what_zh = ("feet, ", "英尺，") if feet else ("", "")
    give = f"give --crs {name}" if not name.endswith("feet") else "convert them to metres"
    give_zh = f"请用 --crs {name} 指明" if not name.endswith("feet") else "请换算为米"
    return Doubt(
        kind="units" if feet else "crs",
        count=count,
        examples=(),
        asks=True,
        sentence=f"As {declared} nearly none of {count:,} rows lies inside the outline; read as "
        f"{what}{name}, {share:.0%} do. If that is what they are, {give}.",
        sentence_zh=f"按 {declared} 读取，{count:,} 行几乎都在范围外；按 {what_zh}{name} 读取，"
        f"{share:.0%} 在范围内。若确实如此，{give_zh}。",
    )


def _fitting(x: Floats, y: Floats, declared: str, ground: Ground) -> tuple[str, float]:
    """The first other CRS in which nearly all rows lie inside, and how many do."""
    for name in _candidates(x, y, declared, ground):
        share = _share(ground, *_read(x, y, name))
        if share >= NEARLY_ALL:
            return name, share
    return "", 0.0


def _candidates(x: Floats, y: Floats, declared: str, ground: Ground) -> list[str]:
    """Other systems whose numbers look like these, near the ground."""
    if np.nanmedian(np.abs(np.concatenate([x, y]))) <= 360:
        return []
    zones = np.unique(gauss.split(x, y)[1])
    numbered = [gauss.Zone(int(n), True).crs for n in zones if n > 0]
    third = round(ground.plane.lon / 3)
    bare = [gauss.Zone(third, False).crs] if gauss.FIRST <= third <= gauss.LAST else []
    utm = 32_600 + int((ground.plane.lon + 180) // 6) + 1 + (100 if ground.plane.lat < 0 else 0)
    found = [*numbered, *bare, FEET, "EPSG:3857", f"EPSG:{utm}"]
    if declared.startswith("EPSG:") and CRS.from_user_input(declared).is_projected:
        found.append(f"{declared} feet")
    return [name for name in found if name != declared]


def _read(x: Floats, y: Floats, name: str) -> tuple[Floats, Floats]:
    known, _, unit = name.partition(" ")
    foot = FOOT if unit else 1.0
    try:
        return crs.to_stored(x * foot, y * foot, known)
    except DataError:  # not one of them can be of that zone: so it is not that zone
        return np.full(len(x), np.nan), np.full(len(x), np.nan)


def _share(ground: Ground, lon: Floats, lat: Floats) -> float:
    return float(ground.holds(lon, lat).mean())
