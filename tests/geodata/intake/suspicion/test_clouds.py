"""Points that lie anywhere are not suspected: a dense middle of a town is no proof of a shift."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.intake.examined import reference_of
from geodata.intake.suspicion import Facts, examine
from geodata.space import crs
from geodata.store.reader import Store

BOXES = (
    (117.95, 118.15, 36.75, 36.9),
    (118.0, 118.1, 36.78, 36.84),
    (118.02, 118.08, 36.79, 36.83),
)


@pytest.fixture(scope="module")
def examined():
    """Which coordinate system points without a declared one are taken for."""

    def crs_of(lon, lat, reference) -> str:
        facts = Facts(kind="tickets", lines=np.arange(len(lon)), lon=lon, lat=lat, n_read=len(lon))
        return examine(facts, reference).crs

    return crs_of


@pytest.fixture(scope="module")
def district(tiny_folder):
    return reference_of(None, Store(tiny_folder).reader(), "tickets")


@pytest.mark.parametrize("count", [500, 5_000, 50_000])
@pytest.mark.parametrize("box", BOXES)
def test_a_cloud_over_the_district_is_not_suspected(examined, district, count, box):
    chance = np.random.default_rng(count)
    lon, lat = chance.uniform(*box[:2], count), chance.uniform(*box[2:], count)
    assert examined(lon, lat, district) == "EPSG:4326"
    lon, lat = chance.normal(118.05, 0.02, count), chance.normal(36.81, 0.015, count)
    assert examined(lon, lat, district) == "EPSG:4326"


@pytest.mark.parametrize(
    ("move", "told"),
    [
        (lambda lon, lat: (lon, lat), "EPSG:4326"),
        (crs.wgs84_to_gcj02, "GCJ-02 (suspected)"),
        (crs.wgs84_to_bd09, "BD-09 (suspected)"),
    ],
)
def test_the_districts_own_doors_are_recognised_when_they_are_shifted(
    examined, district, tiny_folder, move, told
):
    rows = (
        Store(tiny_folder)
        .reader()
        .columns("SELECT lon, lat FROM addresses WHERE lon IS NOT NULL ORDER BY n")
    )
    assert examined(*move(np.asarray(rows["lon"]), np.asarray(rows["lat"])), district) == told
