"""Whether a whole file lies beside its reference: hypotheses compared, never guessed.

As given; as GCJ-02, BD-09 or plain degrees, whichever was not declared; and any constant shift
of 100 to 700 m. Each must beat what is given by a margin (``fit``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.intake.suspicion import samples
from geodata.intake.suspicion.fit import Evidence, Gain
from geodata.intake.suspicion.ground import POLYGONS, Ground
from geodata.intake.suspicion.picture import METRES
from geodata.space import crs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Move = Callable[[Floats, Floats], tuple[Floats, Floats]]

NEAREST, FARTHEST = 100.0, 700.0  # metres: a smaller shift is drawing, a larger another cause
SAME = 80.0  # metres: a constant shift this close to a known one is that one
REFUTED = -3.0  # standard errors
SHARP = 0.1  # forty clouds over a town stayed below 0.09, doors of all its lanes begin at 0.11
TOUCH = 7.5  # metres: a road this near to a point runs over it

_MOVES: dict[str, Move] = {
    crs.STORED: lambda lon, lat: (lon, lat),
    crs.GCJ: crs.gcj02_to_wgs84,
    crs.BD: crs.bd09_to_wgs84,
}
_BACK: dict[str, Move] = {crs.GCJ: crs.wgs84_to_gcj02, crs.BD: crs.wgs84_to_bd09}


@dataclass(frozen=True, slots=True)
class Shift:
    """A systematic shift: what explains it, and where the file lies against the reference."""

    crs: str  # empty where no known system explains it
    east: float  # metres the file lies to the east of its place
    north: float
    witnesses: int
    against: str  # what it was compared with

    @property
    def metres(self) -> float:
        """How far it lies off."""
        return float(np.hypot(self.east, self.north))


def systematic(
    lon: Floats, lat: Floats, shapes: Any, ground: Ground, *, declared: str, kind: str
) -> Shift | None:
    """The shift of a file against its reference, or None where nothing speaks for one.

    Parameters
    ----------
    lon, lat : arrays of float
        EPSG:4326 degrees as declared; nan = none.
    shapes : array of shapely geometries or None
        In the same degrees; then the points are not looked at.
    declared : str
        The CRS the degrees come from; empty = nobody said.
    """
    evidence = [e for e in _evidence(lon, lat, shapes, ground, kind) if e.samples.count]
    moves = _hypotheses(declared, lon, lat, shapes)
    return _known(evidence, moves, ground) or _unknown(evidence, moves, ground)


def _evidence(lon: Floats, lat: Floats, shapes: Any, ground: Ground, kind: str) -> list[Evidence]:
    """What can be compared: sites with roads, edges with edges, points with roads and ground."""
    if shapes is None:
        return _of_points(samples.points(*ground.plane.metres(lon, lat)), ground)
    there = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    flat = ground.plane.shapes(there)
    if (shapely.get_dimensions(flat) == 0).mean() > 0.5:
        return _of_points(samples.points(*shapely.get_coordinates(flat).T), ground)
    flat = flat[_near(flat, ground)]
    is_site = np.isin(shapely.get_type_id(flat), POLYGONS)
    is_site &= shapely.area(flat) < samples.SITE_KM2 * 1e6
    sites, others = flat[is_site], flat[~is_site]
    if kind == "areas" or len(sites) < len(others):
        return _of_edges(samples.along(flat), ground, kind)
    found = [Evidence("outlines", samples.inside(sites), ground.outside)]
    if len(ground.lines):
        found.append(Evidence("roads", samples.inside(sites), ground.roads, TOUCH))
    return found


def _of_points(points: samples.Samples, ground: Ground) -> list[Evidence]:
    kept = _seen(points, ground)
    found = [Evidence("outlines", kept, ground.outside)] if len(ground.outlines) else []
    return [*found, Evidence("roads", kept, ground.roads)] if len(ground.lines) else found


def _of_edges(points: samples.Samples, ground: Ground, kind: str) -> list[Evidence]:
    """Areas lie edge to edge with areas, lines along lines; only for want of these with the other.

    Roads cross outlines as they please: compared with them, they would fit best somewhere else.
    """
    kept = _seen(points, ground)
    if len(ground.outlines) and (kind == "areas" or not len(ground.lines)):
        return [Evidence("outlines", kept, ground.edges)]
    return [Evidence("roads", kept, ground.roads)]


def _seen(points: samples.Samples, ground: Ground) -> samples.Samples:
    """The points within the picture of the ground; those far away say nothing of a shift."""
    west, south, east, north = ground.frame
    kept = (points.x > west) & (points.x < east) & (points.y > south) & (points.y < north)
    return samples.points(points.x[kept], points.y[kept])


def _near(shapes: Any, ground: Ground) -> NDArray[np.bool_]:
    west, south, east, north = ground.frame
    near: NDArray[np.bool_] = shapely.intersects(shapes, shapely.box(west, south, east, north))
    return near


def _hypotheses(declared: str, lon: Floats, lat: Floats, shapes: Any) -> dict[str, Move]:
    """What else the degrees may be, and how to read them so; nothing outside China."""
    if shapes is not None:
        west, south, east, north = shapely.total_bounds(shapes)
        middle = np.array([(west + east) / 2]), np.array([(south + north) / 2])
    else:
        there = np.isfinite(lon) & np.isfinite(lat)
        middle = np.array([np.median(lon[there])]), np.array([np.median(lat[there])])
    if not crs.in_china(*middle)[0]:
        return {}
    given = declared if declared in _BACK else crs.STORED
    back = _BACK.get(given, _MOVES[crs.STORED])
    return {
        name: lambda lon, lat, move=move: move(*back(lon, lat))  # type: ignore[misc]
        for name, move in _MOVES.items()
        if name != given
    }


def _known(evidence: list[Evidence], moves: dict[str, Move], ground: Ground) -> Shift | None:
    """The known system that explains the file best, if one does and nothing speaks against it."""
    best: tuple[float, Shift] | None = None
    for name, move in moves.items():
        steps = [_step(e, move, ground) for e in evidence]
        gains = [e.gain(*step) for e, step in zip(evidence, steps, strict=True)]
        if any(gain.sigmas < REFUTED for gain in gains):
            continue
        for e, gain, step in zip(evidence, gains, steps, strict=True):
            if (
                _believed(gain, e)
                and _is_sharp(e, step)
                and (best is None or gain.sigmas > best[0])
            ):
                best = gain.sigmas, _shift(name, step, e)
    return best[1] if best else None


def _believed(gain: Gain, evidence: Evidence) -> bool:
    """Whether a known system explains a file, by thresholds tried on real files."""
    return (
        evidence.samples.count >= 4
        and gain.better >= 0.35
        and gain.sigmas >= 2.8
        and gain.rivals <= 0.01
    )


def _is_sharp(evidence: Evidence, step: tuple[Floats, Floats]) -> bool:
    """Whether points fit the lines just there, and not all around as well."""
    if evidence.name != "roads" or evidence.touch:
        return True
    return evidence.sharpness(*step) >= SHARP


def _unknown(evidence: list[Evidence], moves: dict[str, Move], ground: Ground) -> Shift | None:
    """A constant shift that explains the file. It is the best of many tried: it must prove more."""
    for e in evidence:
        if e.samples.count < (
            10 if e.touch else 30
        ):  # sites say yes or no, points only more or less
            continue
        step = e.best()
        gain = e.gain(*step)
        far = NEAREST <= np.hypot(*step) <= FARTHEST
        proved = gain.better >= 0.35 and gain.sigmas >= 5 and gain.lead >= 1.2
        if far and proved and not any(other.gain(*step).sigmas < REFUTED for other in evidence):
            return _shift(_nearest(step, e, moves, ground), step, e)
    return None


def _nearest(
    step: tuple[float, float], evidence: Evidence, moves: dict[str, Move], ground: Ground
) -> str:
    for name, move in moves.items():
        known = _step(evidence, move, ground)
        if np.hypot(np.mean(known[0]) - step[0], np.mean(known[1]) - step[1]) < SAME:
            return name
    return ""


def _step(evidence: Evidence, move: Move, ground: Ground) -> tuple[Floats, Floats]:
    """Metres east and north that reading the degrees otherwise moves each sample."""
    s, plane = evidence.samples, ground.plane
    lon = s.x / (METRES * np.cos(np.radians(plane.lat))) + plane.lon
    x, y = plane.metres(*move(lon, s.y / METRES + plane.lat))
    return x - s.x, y - s.y


def _shift(name: str, step: tuple[float | Floats, float | Floats], evidence: Evidence) -> Shift:
    return Shift(
        name,
        -float(np.mean(step[0])),
        -float(np.mean(step[1])),
        evidence.samples.count,
        evidence.name,
    )
