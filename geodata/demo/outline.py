"""The ground the district is built on: its coarse outline and the sketch of its streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.demo.plane import Floats, Ints, gentle, to_plane
from geodata.demo.rng import stream
from geodata.demo.sheets import drawing, numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where things may be.

    Attributes
    ----------
    outline : Polygon, EPSG:4326
        The district, about 359.5 km².
    lines : list of array (n, 2), metres
        Invented lines between streets and through open country, bent softly.
    streets : array of Polygon, metres
        Rough shapes of the 13 streets, in the order of ``facts/streets.csv``.
    """

    outline: Any
    lines: list[Floats]
    streets: Any


def ground(seed: int) -> Ground:
    """Read the outline and the sketch; the bends of the sketched lines come from the seed."""
    sketch = drawing("facts/sketch")
    rng = stream(seed, "ground")
    drawn = [border["points"] for border in sketch["borders"] if not border["along"]]
    return Ground(
        outline=outline(),
        lines=[gentle(to_plane(line), rng, 70, 350) for line in drawn + sketch["lines"]],
        streets=_street_shapes(sketch["borders"]),
    )


def outline() -> Any:
    """Give the coarse outline of the district, a Polygon in EPSG:4326."""
    return shapely.Polygon(numbers("facts/outline", "lon", "lat"))


def _street_shapes(borders: list[dict[str, Any]]) -> Any:
    """Cut the outline along the sketched borders; each street is the piece its seat lies in."""
    lines = [shapely.LineString(border["points"]) for border in borders]
    noded = shapely.unary_union([*lines, outline().boundary], grid_size=1e-6)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    seats = shapely.points(numbers("facts/streets", "seat_lon", "seat_lat"))
    inside = shapely.contains(pieces[None, :], seats[:, None])
    return shapely.transform(pieces[inside.argmax(axis=1)], to_plane)


def nearest_street(points: Any, streets: Any) -> Ints:
    """Number of the street whose sketched shape holds, or is nearest to, each point."""
    return np.asarray(shapely.distance(points[:, None], streets[None, :]).argmin(axis=1))
