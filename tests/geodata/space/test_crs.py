from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj.exceptions import CRSError

from geodata.space import crs

CHINA = st.tuples(st.floats(73.66, 135.05), st.floats(3.86, 53.55))
EARTH = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
ZHANGDIAN = st.tuples(st.floats(117.9, 118.3), st.floats(36.6, 36.95))
SHIFTS = {
    "GCJ-02": (crs.wgs84_to_gcj02, crs.gcj02_to_wgs84),
    "BD-09": (crs.wgs84_to_bd09, crs.bd09_to_wgs84),
    "BD-09 from GCJ-02": (crs.gcj02_to_bd09, crs.bd09_to_gcj02),
}
MILLIMETRE = 1e-3 / 111_320  # in degrees of latitude; a degree of longitude is shorter


def at(lon: float, lat: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([lon]), np.array([lat])


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((116.404, 39.915), (116.4102445, 39.9164043)),  # Tian'anmen, the usual test vector
        ((118.05, 36.81), (118.0560706, 36.8105120)),  # Zhangdian
    ],
)
def test_the_shift_of_chinese_maps_is_the_published_one(wgs84, gcj02):
    shifted = np.ravel(crs.wgs84_to_gcj02(*at(*wgs84)))
    np.testing.assert_allclose(shifted, gcj02, atol=5e-8)
    np.testing.assert_allclose(np.ravel(crs.gcj02_to_wgs84(*at(*gcj02))), wgs84, atol=1e-7)


def test_baidu_shifts_once_more():
    # Tian'anmen again: GCJ-02 (116.4102445, 39.9164043) is BD-09 (116.4166, 39.9228).
    shifted = np.ravel(crs.gcj02_to_bd09(*at(116.4102445, 39.9164043)))
    np.testing.assert_allclose(shifted, (116.41663, 39.92266), atol=5e-5)


@pytest.mark.parametrize("name", SHIFTS)
@given(point=CHINA)
def test_a_chinese_shift_can_be_taken_away_to_a_millimetre(name, point):
    away, back = SHIFTS[name]
    np.testing.assert_allclose(np.ravel(back(*away(*at(*point)))), point, atol=MILLIMETRE)


@pytest.mark.parametrize("name", SHIFTS)
@given(point=EARTH)
def test_outside_china_nothing_is_shifted(name, point):
    far = not (72 < point[0] < 137 and 2 < point[1] < 55)
    for move in SHIFTS[name]:
        moved = tuple(np.ravel(move(*at(*point))))
        assert moved == point if far else np.isfinite(moved).all()


@pytest.mark.parametrize("name", SHIFTS)
def test_what_is_absent_or_endless_stays_so(name):
    lon, lat = np.array([np.nan, np.inf, 118.0]), np.array([36.0, 36.0, np.nan])
    for move in SHIFTS[name]:
        x, y = move(lon, lat)
        assert np.isnan(x[0])
        assert np.isinf(x[1])
        assert np.isnan(y[2])


@given(ZHANGDIAN, ZHANGDIAN)
def test_the_shift_keeps_neighbours_in_their_order(one, other):
    # To a city the shift is nearly a move: it stretches by less than one part in a hundred.
    (x0, x1), (y0, y1) = crs.wgs84_to_gcj02(
        np.array([one[0], other[0]]), np.array([one[1], other[1]])
    )
    before = np.array([other[0] - one[0], other[1] - one[1]])
    after = np.array([x1 - x0, y1 - y0])
    assert np.hypot(*(after - before)) <= 0.01 * np.hypot(*before) + 1e-12


def test_a_long_array_is_shifted_like_its_pieces():
    random = np.random.default_rng(1)
    lon, lat = random.uniform(75, 133, 100_001), random.uniform(18, 53, 100_001)
    whole = crs.gcj02_to_wgs84(lon, lat)
    part = crs.gcj02_to_wgs84(lon[40_000:40_010], lat[40_000:40_010])
    np.testing.assert_array_equal(np.array(whole)[:, 40_000:40_010], np.array(part))


@pytest.mark.parametrize("name", SHIFTS)
def test_an_independent_package_shifts_alike(name):
    oracle = pytest.importorskip(
        "geocoordinates_ffi", reason="geocoordinates-rs has no wheel for this machine"
    )
    away = {
        "GCJ-02": lambda p: oracle.wgs84_to_gcj02(oracle.Wgs84(lon=p[0], lat=p[1])),
        "BD-09": lambda p: oracle.wgs84_to_bd09(oracle.Wgs84(lon=p[0], lat=p[1])),
        "BD-09 from GCJ-02": lambda p: oracle.gcj02_to_bd09(oracle.Gcj02(lon=p[0], lat=p[1])),
    }[name]
    random = np.random.default_rng(2)
    points = np.column_stack([random.uniform(74, 134.9, 500), random.uniform(4, 53.4, 500)])
    theirs = np.array([[(q := away(p)).lon, q.lat] for p in points.tolist()])
    forward, back = SHIFTS[name]
    # The forward formula is exact in both; so their forward is the oracle of our inverse too.
    np.testing.assert_allclose(np.column_stack(forward(*points.T)), theirs, atol=1e-11)
    np.testing.assert_allclose(np.column_stack(back(*theirs.T)), points, atol=MILLIMETRE)


@given(CHINA)
def test_a_shifted_map_shows_a_place_some_hundred_metres_away(point):
    east, north = np.ravel(crs.wgs84_to_gcj02(*at(*point))) - point
    metres = math.hypot(east * 111_320 * math.cos(math.radians(point[1])), north * 111_320)
    assert 10 < metres < 1_200


@given(CHINA)
def test_what_the_screen_shows_is_stored_where_it_is(point):
    for display in ("WGS84", "GCJ-02"):
        back = crs.to_stored(
            *crs.for_display(*at(*point), display), {"WGS84": crs.STORED}.get(display, display)
        )
        np.testing.assert_allclose(np.ravel(back), point, atol=MILLIMETRE)


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:4490", "WGS84"])
def test_degrees_of_the_earth_are_stored_as_they_are(name):
    assert np.ravel(crs.to_stored(*at(118.05, 36.81), name)).tolist() == [118.05, 36.81]


def test_metres_of_a_projected_source_become_degrees():
    # UTM zone 50 north: its central meridian 117° E lies at 500 km.
    lon, lat = np.ravel(crs.to_stored(*at(500_000, 0), "EPSG:32650"))
    assert (round(lon, 9), round(lat, 9)) == (117, 0)


def test_feet_of_new_york_become_degrees():
    # The projection's origin is 300,000 m = 984,250 ft west of 74° W, at 40° 10' N.
    lon, lat = np.ravel(crs.to_stored(*at(984_250, 0), "EPSG:2263"))
    assert (round(lon, 6), round(lat, 6)) == (-74, round(40 + 1 / 6, 6))


def test_web_mercator_becomes_degrees():
    lon, lat = np.ravel(crs.to_stored(*at(20_037_508.342789244 / 2, 0), "EPSG:3857"))
    assert (round(lon, 9), round(lat, 9)) == (90, 0)


def test_an_unknown_crs_is_said_to_be_unknown():
    with pytest.raises(CRSError):
        crs.to_stored(*at(1, 1), "EPSG:999999")


def _zone_km2(south: float, north: float, width: float) -> float:
    """Area between two parallels of the WGS84 ellipsoid, by its closed formula."""
    a, f = 6378.137, 1 / 298.257223563
    e = math.sqrt(f * (2 - f))

    def below(latitude: float) -> float:
        s = math.sin(math.radians(latitude))
        return s / (1 - (e * s) ** 2) + math.log((1 + e * s) / (1 - e * s)) / (2 * e)

    return (a * (1 - f)) ** 2 / 2 * math.radians(width) * (below(north) - below(south))


@pytest.mark.parametrize("south", [0.0, 36.0, 40.5])
def test_areas_are_measured_in_square_kilometres_of_the_earth(south):
    box = shapely.box(118, south, 119, south + 1)
    assert crs.km2(np.array([box]))[0] == pytest.approx(_zone_km2(south, south + 1, 1), rel=1e-6)
