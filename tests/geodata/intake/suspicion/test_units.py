from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geodata.intake.suspicion.examine import examine
from geodata.intake.suspicion.facts import Reference
from geodata.space import crs

NEW_YORK = Reference(np.array([shapely.box(-74.05, 40.6, -73.85, 40.85)]))


def projected(lon, lat, code):
    return Transformer.from_crs("EPSG:4326", code, always_xy=True).transform(lon, lat)


def some_places(reference):
    west, south, east, north = shapely.total_bounds(reference.shapes)
    random = np.random.default_rng(1)
    return random.uniform(west, east, 200), random.uniform(south, north, 200)


def read(facts, reference, code, declared):
    """The verdict on places written in one CRS and read as another."""
    x, y = projected(*some_places(reference), code)
    lon, lat = crs.to_stored(x, y, declared or crs.STORED)
    return examine(facts(lon, lat, raw_x=x, raw_y=y, declared_crs=declared), reference)


@pytest.mark.parametrize("declared", ["", "EPSG:32618", "EPSG:3857", "EPSG:32118"])
def test_feet_taken_for_metres_or_degrees_are_recognised(facts, declared):
    verdict = read(facts, NEW_YORK, "EPSG:2263", declared)
    assert verdict.crs == "EPSG:2263 (suspected)"
    assert [(d.kind, d.asks) for d in verdict.warnings] == [("units", True)]
    assert "feet" in verdict.warnings[0].sentence
    assert "英尺" in verdict.warnings[0].sentence_zh


def test_feet_of_another_system_are_recognised_too(facts):
    x, y = projected(*some_places(NEW_YORK), "EPSG:32618")
    x, y = x * 3937 / 1200, y * 3937 / 1200
    lon, lat = crs.to_stored(x, y, "EPSG:32618")
    given = facts(lon, lat, raw_x=x, raw_y=y, declared_crs="EPSG:32618")
    assert examine(given, NEW_YORK).crs == "EPSG:32618 feet (suspected)"


@pytest.mark.parametrize("code", ["EPSG:4548", "EPSG:4527", "EPSG:3857", "EPSG:32650"])
def test_metres_taken_for_degrees_are_recognised(town, facts, code):
    verdict = read(facts, Reference(town.outline), code, "")
    assert verdict.crs == f"{code} (suspected)"
    assert f"--crs {code}" in verdict.warnings[0].sentence


def test_the_fault_of_a_whole_file_drops_no_row(facts):
    verdict = read(facts, NEW_YORK, "EPSG:2263", "")
    assert verdict.held == ()
    assert np.isnan(verdict.lon).all()


@pytest.mark.parametrize("code", ["EPSG:2263", "EPSG:32618"])
def test_what_is_declared_rightly_is_believed(facts, code):
    verdict = read(facts, NEW_YORK, code, code)
    assert (verdict.crs, verdict.warnings) == (code, ())


def test_shapes_in_metres_are_recognised_as_well(town, facts):
    to = Transformer.from_crs("EPSG:4326", "EPSG:4527", always_xy=True).transform
    shapes = shapely.transform(town.sites, to, interleaved=False)
    verdict = examine(facts(shapes=shapes), Reference(town.outline))
    assert verdict.crs == "EPSG:4527 (suspected)"
    assert verdict.held == ()
    assert shapely.is_missing(verdict.shapes).all()
