from __future__ import annotations

import numpy as np
import pytest
import shapely

from geodata.intake.suspicion.examine import examine
from geodata.intake.suspicion.facts import Reference
from geodata.space import crs


def doubts(verdict):
    return {doubt.kind: doubt for doubt in verdict.warnings}


def test_zero_zero_is_no_place(town, facts):
    lon, lat = town.lon.copy(), town.lat.copy()
    lon[[4, 9]] = lat[[4, 9]] = 0
    verdict = examine(facts(lon, lat), town.reference)
    assert np.flatnonzero(np.isnan(verdict.lon)).tolist() == [4, 9]
    doubt = doubts(verdict)["zero"]
    assert (doubt.count, doubt.examples, doubt.asks) == (2, ("line 6", "line 11"), False)
    assert "第 6 行、第 11 行" in doubt.sentence_zh
    assert verdict.held == ()


def test_zero_zero_in_a_projected_source_is_no_place_either(town, facts):
    raw = np.full(len(town.lon), 594_000.0)
    raw[3] = 0
    lat = np.where(raw == 0, np.inf, town.lat)
    given = facts(town.lon, lat, raw_x=raw, raw_y=np.where(raw == 0, 0, 4e6))
    verdict = examine(given, town.reference)
    assert np.isnan(verdict.lat[3])
    assert verdict.held == ()


@pytest.mark.parametrize("declared", ["", "GCJ-02"])
def test_an_exchange_proved_by_the_outline_is_undone_and_said(town, facts, declared):
    there = crs.wgs84_to_gcj02 if declared else lambda x, y: (x.copy(), y.copy())
    raw_x, raw_y = there(town.lon, town.lat)
    raw_x[:5], raw_y[:5] = raw_y[:5].copy(), raw_x[:5].copy()
    lon, lat = crs.to_stored(raw_x, raw_y, declared or crs.STORED)
    given = facts(lon, lat, raw_x=raw_x, raw_y=raw_y, declared_crs=declared)
    verdict = examine(given, town.reference)
    np.testing.assert_allclose(verdict.lon, town.lon, atol=1e-8)
    np.testing.assert_allclose(verdict.lat, town.lat, atol=1e-8)
    assert doubts(verdict)["exchanged"].count == 5
    assert verdict.held == ()


def test_a_shape_with_exchanged_axes_is_turned_back(town, facts):
    shapes = town.sites.copy()
    shapes[2] = shapely.transform(shapes[2], lambda x, y: (y, x), interleaved=False)
    verdict = examine(facts(shapes=shapes), town.reference)
    assert shapely.equals(verdict.shapes[2], town.sites[2])
    assert doubts(verdict)["exchanged"].examples == ("line 4",)


def test_what_is_not_on_the_earth_is_held_back_with_a_cure(town, facts):
    lon, lat = town.lon.copy(), town.lat.copy()
    lon[7], lat[8] = 1180.5, np.inf
    verdict = examine(facts(lon, lat), town.reference)
    assert [fault.index for fault in verdict.held] == [7, 8]
    assert verdict.held[0].value.startswith("1180.5, 36.")
    assert verdict.held[0].cure
    assert doubts(verdict)["impossible"].count == 2


def test_an_exchange_nobody_can_prove_is_held_back(facts):
    verdict = examine(facts([36.8, 118.05], [118.05, 36.8]), None)
    assert [fault.index for fault in verdict.held] == [0]


def test_rows_outside_the_outline_are_kept_and_named(town, facts):
    lon, lat = town.lon.copy(), town.lat.copy()
    lon[10] += 1
    verdict = examine(facts(lon, lat), town.reference)
    doubt = doubts(verdict)["outside"]
    assert (doubt.count, doubt.examples, doubt.asks) == (1, ("line 12",), False)
    assert verdict.held == ()
    assert verdict.lon[10] == lon[10]


def test_a_file_that_lies_outside_altogether_is_asked_about(town, facts):
    verdict = examine(facts(town.lon + 1, town.lat), town.reference)
    assert doubts(verdict)["outside"].asks
    assert verdict.asks
    assert verdict.held == ()


def test_the_ground_holds_exactly_what_its_polygons_do(town):
    from geodata.intake.suspicion.ground import Ground

    shapes = np.array([shapely.Point(118.03, 36.8).buffer(0.02), town.sites[0]])
    ground = Ground(Reference(shapes))
    random = np.random.default_rng(5)
    lon, lat = random.uniform(118.0, 118.1, 20_000), random.uniform(36.77, 36.85, 20_000)
    expected = shapely.intersects_xy(shapely.union_all(shapes), lon, lat)
    np.testing.assert_array_equal(ground.holds(lon, lat), expected)


def test_about_roads_alone_there_is_some_ground(town, facts):
    verdict = examine(facts(town.lon + 0.02, town.lat), Reference(town.roads))
    assert "outside" not in doubts(verdict)
    verdict = examine(facts(town.lon + 1, town.lat), Reference(town.roads))
    assert "outside" in doubts(verdict)
