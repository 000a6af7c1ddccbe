from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geodata.errors import DataError
from geodata.space import crs, gauss

ZONES = st.integers(gauss.FIRST, gauss.LAST)
PLACES = st.tuples(ZONES, st.floats(-1.4, 1.4), st.floats(3.0, 54.0))


def projected(code: str, lon: float, lat: float) -> tuple[np.ndarray, np.ndarray]:
    to = Transformer.from_crs("EPSG:4490", code, always_xy=True)
    x, y = to.transform(lon, lat)
    return np.array([x]), np.array([y])


@pytest.mark.parametrize(
    ("code", "number", "numbered"),
    [
        *(("EPSG:4513", 25, True), ("EPSG:4527", 39, True), ("EPSG:4533", 45, True)),
        *(("EPSG:4534", 25, False), ("EPSG:4548", 39, False), ("EPSG:4554", 45, False)),
    ],
)
def test_codes_of_the_authority_name_zones_with_and_without_a_number(code, number, numbered):
    assert gauss.zone_of(code) == gauss.Zone(number, numbered)
    assert gauss.Zone(number, numbered).crs == code


@pytest.mark.parametrize("code", ["EPSG:4512", "EPSG:4555", "EPSG:32650", "GCJ-02", "EPSG:", ""])
def test_other_names_are_no_zones(code):
    assert gauss.zone_of(code) is None


@given(PLACES, st.booleans(), st.booleans())
def test_an_easting_is_read_with_its_zone_or_without(place, declared, written):
    number, beside, lat = place
    lon = 3 * number + beside
    x, y = projected(gauss.Zone(number, written).crs, lon, lat)
    back = np.ravel(crs.to_stored(x, y, gauss.Zone(number, declared).crs))
    np.testing.assert_allclose(back, (lon, lat), atol=1e-8)


def test_a_file_may_mix_both_ways_of_writing():
    x, y = np.array([39_593_655.0, 593_655.0, np.nan]), np.full(3, 4_075_900.0)
    lon, _ = crs.to_stored(x, y, "EPSG:4548")
    assert lon[0] == pytest.approx(118.0495, abs=1e-3)
    assert lon[0] == lon[1]
    assert np.isnan(lon[2])


def test_an_easting_of_another_zone_among_good_ones_is_no_place():
    x = np.array([39_593_655.0, 40_593_655.0])
    lon, _ = crs.to_stored(x, np.full(2, 4_075_900.0), "EPSG:4527")
    assert np.isfinite(lon).tolist() == [True, False]


def test_a_file_of_another_zone_is_refused_and_the_right_code_named():
    with pytest.raises(DataError, match="EPSG:4528"):
        crs.to_stored(np.array([40_593_655.0]), np.array([4_075_900.0]), "EPSG:4548")


def test_northing_before_easting_is_refused_and_said():
    with pytest.raises(DataError, match="swap the two columns"):
        crs.to_stored(np.array([4_075_900.0]), np.array([39_593_655.0]), "EPSG:4527")


def test_degrees_declared_as_a_zone_are_refused():
    with pytest.raises(DataError, match="check the declared crs"):
        crs.to_stored(np.array([118.05]), np.array([36.81]), "EPSG:4527")


def test_a_zone_may_be_asked_about_nothing():
    lon, lat = crs.to_stored(np.zeros(1), np.zeros(1), "EPSG:4548")
    assert len(lon) == len(lat) == 1
