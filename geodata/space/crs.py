"""Coordinate systems: stored EPSG:4326, measured on equal areas, shown where the base map is.

Everywhere x (longitude, easting) comes first and y (latitude, northing) second, whatever order
an authority writes.

GCJ-02 and BD-09 are the shifted systems of Chinese map services (constants: domain.md S34). They
are defined in China only; like those services, we leave points outside the box ``CHINA`` where
they are. The inverses are fixed-point iterations: the GCJ-02 shift changes by less than a
hundredth of itself over its own length, so each round wins two digits or more.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer

from geodata.space import gauss

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]

STORED = "EPSG:4326"
EQUAL_AREA = "EPSG:6933"
GCJ, BD = "GCJ-02", "BD-09"
CHINA = (73.66, 3.86, 135.05, 53.55)  # west, south, east, north, in WGS84 degrees
A, EE = 6378245.0, 0.00669342162296594323
# Pieces that stay in the processor's cache: twice as fast as a million points at once.
_PIECE = 32_768
# The first rounds need few digits: after them 30 mm are left, after the last 0.2 mm at most.
_GCJ_ROUNDS = (np.float32, np.float32, np.float64)
_ROUNDING = 1e-8  # degrees, a millimetre
_BD_ROUNDS = 5  # the turn of BD-09 changes by a fiftieth of itself over its own length
_SAME_AS_STORED = frozenset({STORED, "EPSG:4490", "WGS84"})


def in_china(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Whether WGS84 degrees lie in the box where GCJ-02 and BD-09 are defined."""
    west, south, east, north = CHINA
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def wgs84_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    """Shift degrees to GCJ-02; outside China they stay."""
    return _by_piece(_to_gcj, lon, lat)


def gcj02_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    """Take the GCJ-02 shift away again (error below a millimetre).

    A point whose answer would lie outside China stays where it is. So every point of China comes
    back to its place; only a strip some hundred metres wide beyond the box is ambiguous.
    """
    return _by_piece(_from_gcj, lon, lat)


def gcj02_to_bd09(lon: Floats, lat: Floats) -> Pair:
    """Shift GCJ-02 degrees to BD-09; outside China they stay."""
    return _by_piece(_to_bd, lon, lat)


def bd09_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    """Take the BD-09 shift away again (error below a millimetre), in the same box."""
    return _by_piece(_from_bd, lon, lat)


def wgs84_to_bd09(lon: Floats, lat: Floats) -> Pair:
    """Shift degrees to BD-09; outside China they stay."""
    return _by_piece(_wgs_to_bd, lon, lat)


def bd09_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    """Take both shifts of BD-09 away (error below a millimetre), in the same box."""
    return _by_piece(_bd_to_wgs, lon, lat)


def to_stored(lon: Floats, lat: Floats, crs: str) -> Pair:
    """Coordinates of a source (x or lon first, y or lat second) as EPSG:4326 degrees.

    In a Gauss-Krüger zone of CGCS2000 the easting may carry the zone's number or not, whatever the
    declaration says, where only one reading is possible (``geodata.space.gauss``).
    A coordinate that cannot be of its CRS becomes infinite, an absent one (nan) stays nan.

    Raises
    ------
    pyproj.exceptions.CRSError
        When pyproj does not know the name.
    DataError
        When none of the coordinates can be of the Gauss-Krüger zone they are declared in.
    """
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    if crs == GCJ:
        return gcj02_to_wgs84(lon, lat)
    if crs == BD:
        return bd09_to_wgs84(lon, lat)
    if crs in _SAME_AS_STORED:
        return lon, lat
    if (zone := gauss.zone_of(crs)) is not None:
        lon = zone.eastings(lon, lat)
    return _transformer(crs, STORED).transform(lon, lat)


def for_display(lon: Floats, lat: Floats, crs: str) -> Pair:
    """Stored degrees as the base map wants them: WGS84 or GCJ-02."""
    return wgs84_to_gcj02(lon, lat) if crs == GCJ else (lon, lat)


def from_display(lon: Floats, lat: Floats, crs: str) -> Pair:
    """What the screen shows, back in stored degrees."""
    return gcj02_to_wgs84(lon, lat) if crs == GCJ else (lon, lat)


def km2(geometries: Any) -> Floats:
    """Areas of EPSG:4326 geometries in square kilometres, on an equal-area grid."""
    return np.asarray(shapely.area(equal_area(geometries)) / 1e6)


def equal_area(geometries: Any) -> Any:
    """EPSG:4326 geometries in metres on the equal-area grid EPSG:6933."""
    transformer = _transformer(STORED, EQUAL_AREA)
    return shapely.transform(geometries, transformer.transform, interleaved=False)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _by_piece(move: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats) -> Pair:
    """A move made piece by piece; nan stays nan."""
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    x, y = np.empty_like(lon), np.empty_like(lat)
    for start in range(0, len(lon), _PIECE):
        part = slice(start, start + _PIECE)
        x[part], y[part] = move(lon[part], lat[part])
    return x, y


def _to_gcj(lon: Floats, lat: Floats) -> Pair:
    x, y = _near_china(lon, lat)
    east, north = _shift(x, y)
    return _where(in_china(lon, lat), (x + east, y + north), (lon, lat))


def _wgs_to_bd(lon: Floats, lat: Floats) -> Pair:
    x, y = _near_china(lon, lat)
    east, north = _shift(x, y)
    return _where(in_china(lon, lat), _turned(x + east, y + north), (lon, lat))


def _from_gcj(lon: Floats, lat: Floats) -> Pair:
    back = _unshifted(*_near_china(lon, lat))
    return _where(_defined(lon, lat, back), back, (lon, lat))


def _bd_to_wgs(lon: Floats, lat: Floats) -> Pair:
    back = _unshifted(*_unturned(*_near_china(lon, lat)))
    return _where(_defined(lon, lat, back), back, (lon, lat))


def _to_bd(lon: Floats, lat: Floats) -> Pair:
    near = _near_china(lon, lat)
    return _where(_defined(lon, lat, _unshifted(*near)), _turned(*near), (lon, lat))


def _from_bd(lon: Floats, lat: Floats) -> Pair:
    back = _unturned(*_near_china(lon, lat))
    return _where(_defined(lon, lat, _unshifted(*back)), back, (lon, lat))


def _near_china(lon: Floats, lat: Floats) -> Pair:
    """The points; the middle of China for those far from it, so that no sine is asked of inf."""
    near = _is_near(lon, lat)
    return np.where(near, lon, 105.0), np.where(near, lat, 35.0)


def _is_near(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    return (lon > west - 1) & (lon < east + 1) & (lat > south - 1) & (lat < north + 1)


def _defined(lon: Floats, lat: Floats, wgs84: Pair) -> NDArray[np.bool_]:
    """Whether shifted degrees are of China: their place is there, but for what rounding leaves."""
    x, y = (np.clip(v, low, high) for v, low, high in zip(wgs84, CHINA[:2], CHINA[2:], strict=True))
    inside = (np.abs(x - wgs84[0]) < _ROUNDING) & (np.abs(y - wgs84[1]) < _ROUNDING)
    return inside & _is_near(lon, lat)


def _where(here: NDArray[np.bool_], moved: Pair, kept: Pair) -> Pair:
    return np.where(here, moved[0], kept[0]), np.where(here, moved[1], kept[1])


def _unshifted(lon: Floats, lat: Floats) -> Pair:
    """WGS84 degrees whose GCJ-02 degrees these are."""
    x, y = lon, lat
    for digits in _GCJ_ROUNDS:
        east, north = _shift(x.astype(digits), y.astype(digits))
        x, y = lon - east, lat - north
    return x, y


def _turned(lon: Floats, lat: Floats) -> Pair:
    east, north = _turn(lon, lat)
    return lon + east, lat + north


def _unturned(lon: Floats, lat: Floats) -> Pair:
    """GCJ-02 degrees whose BD-09 degrees these are."""
    x, y = lon, lat
    for _ in range(_BD_ROUNDS):
        east, north = _turn(x, y)
        x, y = lon - east, lat - north
    return x, y


def _turn(lon: Floats, lat: Floats) -> Pair:
    """The step from GCJ-02 to BD-09 in degrees.

    Baidu writes it in polar coordinates about 0, 0; the turn is so small that its cosine is
    1 - turn²/2 and its sine the turn itself, to the last digit.
    """
    per_degree = np.pi * 3000 / 180
    radius = np.sqrt(lon * lon + lat * lat)
    grown = 1 + 2e-5 * np.sin(lat * per_degree) / radius
    turn = 3e-6 * np.cos(lon * per_degree)
    level = 1 - turn * turn / 2
    x = grown * (lon * level - lat * turn) + 0.0065
    y = grown * (lat * level + lon * turn) + 0.006
    return x - lon, y - lat


def _shift(lon: Any, lat: Any) -> tuple[Any, Any]:
    """The GCJ-02 shift in degrees at a WGS84 position, in the precision of the arguments."""
    x, y, pi = lon - 105.0, lat - 35.0, np.pi
    root = np.sqrt(np.abs(x))
    common = (20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20 * np.sin(y * pi) + 40 * np.sin(y / 3 * pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * pi) + 320 * np.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20 * np.sin(x * pi) + 40 * np.sin(x / 3 * pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * pi) + 300 * np.sin(x / 30 * pi)) * 2 / 3
    radians = np.radians(lat)
    bulge = 1 - EE * np.sin(radians) ** 2
    meridian = (A * (1 - EE)) / (bulge * np.sqrt(bulge)) * pi
    parallel = A / np.sqrt(bulge) * np.cos(radians) * pi
    return east * 180 / parallel, north * 180 / meridian
