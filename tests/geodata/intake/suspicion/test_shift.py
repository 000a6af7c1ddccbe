from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.intake.suspicion.examine import examine
from geodata.intake.suspicion.facts import Reference
from geodata.intake.suspicion.picture import METRES
from geodata.space import crs

SYSTEMS = {"GCJ-02": crs.wgs84_to_gcj02, "BD-09": crs.wgs84_to_bd09}
DIRECTIONS = st.floats(0, 2 * np.pi)


def moved(shapes, move):
    return shapely.transform(shapes, move, interleaved=False)


def kinds(verdict):
    return [doubt.kind for doubt in verdict.warnings]


@pytest.mark.parametrize("system", SYSTEMS)
def test_points_beside_their_roads_are_recognised(town, facts, system):
    verdict = examine(facts(*SYSTEMS[system](town.lon, town.lat)), town.reference)
    assert verdict.crs == f"{system} (suspected)"
    doubt = next(d for d in verdict.warnings if d.kind == "shift")
    assert doubt.asks
    assert f"--crs {system}" in doubt.sentence
    assert f"--crs {system}" in doubt.sentence_zh
    assert not verdict.held


@pytest.mark.parametrize("system", SYSTEMS)
def test_sites_with_roads_running_through_them_are_recognised(town, facts, system):
    verdict = examine(facts(shapes=moved(town.sites, SYSTEMS[system])), town.reference)
    assert verdict.crs == f"{system} (suspected)"


@pytest.mark.parametrize("system", SYSTEMS)
def test_roads_beside_the_roads_and_outlines_beside_the_outlines_are_recognised(
    town, facts, system
):
    for shapes, kind in ((town.roads, "roads"), (town.outline, "areas")):
        file = facts(shapes=moved(shapes, SYSTEMS[system]), kind=kind)
        assert examine(file, Reference(shapes)).crs == f"{system} (suspected)"


def test_a_file_in_its_place_is_never_suspected(town, facts):
    for file in (
        facts(town.lon, town.lat),
        facts(shapes=town.sites),
        facts(shapes=town.roads, kind="roads"),
        facts(shapes=town.outline, kind="areas"),
    ):
        verdict = examine(file, town.reference)
        assert (verdict.crs, verdict.warnings, verdict.held) == ("EPSG:4326", (), ())


@pytest.mark.parametrize("seed", range(8))
def test_a_random_half_is_judged_like_the_whole(town, facts, seed):
    half = np.random.default_rng(seed).permutation(len(town.sites))[:30]
    assert examine(facts(shapes=town.sites[half]), town.reference).crs == "EPSG:4326"
    shifted = moved(town.sites[half], crs.wgs84_to_gcj02)
    assert examine(facts(shapes=shifted), town.reference).crs == "GCJ-02 (suspected)"


def test_a_declaration_that_is_right_is_believed(town, facts):
    verdict = examine(facts(town.lon, town.lat, declared_crs="GCJ-02"), town.reference)
    assert (verdict.crs, verdict.warnings) == ("GCJ-02", ())


def test_a_declaration_that_is_wrong_is_doubted(town, facts):
    # Plain degrees declared as GCJ-02 have had a shift taken away that they never had.
    lon, lat = crs.gcj02_to_wgs84(town.lon, town.lat)
    verdict = examine(facts(lon, lat, declared_crs="GCJ-02"), town.reference)
    assert verdict.crs == "EPSG:4326 (suspected)"


@settings(max_examples=15, deadline=None)
@given(direction=DIRECTIONS, metres=st.floats(150, 650))
def test_any_constant_shift_is_told_in_metres_and_direction(town, facts, direction, metres):
    east, north = metres * np.sin(direction), metres * np.cos(direction)
    narrow = METRES * np.cos(np.radians(36.81))
    known = np.ravel(crs.wgs84_to_gcj02(np.array([118.05]), np.array([36.81])))
    gcj = (known - (118.05, 36.81)) * (narrow, METRES)
    given_facts = facts(town.lon + east / narrow, town.lat + north / METRES)
    verdict = examine(given_facts, town.reference)
    doubt = next(d for d in verdict.warnings if d.kind == "shift")
    if np.hypot(*(gcj - (east, north))) > 100:
        assert verdict.crs == "EPSG:4326"
        said = float(doubt.sentence.split("about ")[1].split(" m")[0])
        assert abs(said - metres) < 30


def test_the_direction_is_named(town, facts):
    verdict = examine(facts(town.lon, town.lat - 300 / METRES), town.reference)
    doubt = verdict.warnings[-1]
    assert "to the south of" in doubt.sentence
    assert "向南偏移" in doubt.sentence_zh


def test_outside_china_the_chinese_systems_are_never_suspected(town, facts):
    west = 118.05 + 74
    reference = Reference(moved(town.reference.shapes, lambda x, y: (x - west, y)))
    lon, lat = crs.wgs84_to_gcj02(town.lon, town.lat)
    verdict = examine(facts(lon - west, lat), reference)
    assert verdict.crs == "EPSG:4326"
    assert kinds(verdict)[-1] == "shift"  # but that it lies beside is said


def test_what_has_nothing_to_do_with_the_roads_is_not_suspected(town, facts):
    random = np.random.default_rng(3)
    for _ in range(10):
        lon, lat = (random.uniform(v.min(), v.max(), 300) for v in (town.lon, town.lat))
        assert "shift" not in kinds(examine(facts(lon, lat), Reference(town.roads)))


def test_a_handful_of_points_proves_nothing(town, facts):
    lon, lat = crs.wgs84_to_gcj02(town.lon[:3], town.lat[:3])
    assert examine(facts(lon, lat), Reference(town.roads)).crs == "EPSG:4326"


def test_without_a_reference_nothing_is_compared(town, facts):
    lon, lat = crs.wgs84_to_gcj02(town.lon, town.lat)
    assert examine(facts(lon, lat), None).warnings == ()


def test_the_same_file_is_judged_the_same_every_time(town, facts):
    lon, lat = (np.tile(v, 20) for v in crs.wgs84_to_gcj02(town.lon, town.lat))
    lon = lon + np.arange(len(lon)) * 1e-9
    first, second = (examine(facts(lon, lat), town.reference) for _ in range(2))
    assert first.warnings == second.warnings
