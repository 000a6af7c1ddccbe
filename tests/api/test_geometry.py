from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

import layers
from api import wire
from geodata.areas.hierarchy import hierarchy
from geodata.space import crs
from tests.api.conftest import told

WHOLE = sorted(i for i, layer in layers.catalog().items() if not layer.tiles)
TILED = sorted(i for i, layer in layers.catalog().items() if layer.tiles)


@pytest.fixture
def drawn(client):
    """The features of a layer as the map gets them."""

    def features(layer: str, query: str = "") -> list[dict]:
        answer = client.get(f"/geo/{layer}.geojson{query}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/geo+json"
        return answer.get_json()["features"]

    return features


def points(features: list[dict]) -> np.ndarray:
    """Every vertex, lon and lat, in the order of the document."""
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    return shapely.get_coordinates(shapes)


@pytest.mark.parametrize("layer", WHOLE)
def test_an_address_that_names_the_version_is_kept_for_ever(client, layer):
    assert client.get(f"/geo/{layer}.geojson?v=1-a").headers["Cache-Control"] == wire.FOREVER
    assert client.get(f"/geo/{layer}.geojson").headers["Cache-Control"] == wire.NEVER


def test_the_version_changes_nothing_but_how_long_it_is_kept(client):
    assert client.get("/geo/areas.geojson?v=1-a").data == client.get("/geo/areas.geojson").data


@pytest.mark.parametrize("layer", WHOLE)
def test_every_shape_has_a_number_of_its_own(drawn, layer):
    ids = [feature["id"] for feature in drawn(layer)]
    assert all(isinstance(ident, int) for ident in ids)
    assert len(set(ids)) == len(ids) > 0


@pytest.mark.parametrize("layer", ["areas", "grids", "outline"])
def test_the_number_of_an_area_is_the_one_its_values_are_sent_under(drawn, layer, reader):
    tree = hierarchy(reader)
    for feature in drawn(layer):
        assert feature["properties"]["code"] == tree.codes[feature["id"]]
        assert "n" not in feature["properties"]


@pytest.mark.parametrize("layer", ["markets", "roads", "landmarks"])
def test_other_shapes_are_numbered_by_their_position(drawn, layer):
    assert [f["id"] for f in drawn(layer)] == list(range(len(drawn(layer))))


def test_the_areas_of_the_town_are_those_between_the_whole_and_the_grids(drawn):
    assert [f["properties"]["code"] for f in drawn("areas")] == ["11", "12", "111", "112", "121"]
    assert {f["properties"]["code"] for f in drawn("grids")} == {
        *("111001", "111002", "112001", "121001", "121002")
    }
    assert [f["properties"]["name"] for f in drawn("outline")] == ["小城"]


def test_a_shape_travels_without_what_is_missing_or_stands_in_it(drawn):
    (feature,) = drawn("landmarks")
    told_ = feature["properties"]
    assert told_ == {"id": "P1", "name": "人民公园", "kind": "公园", "is_demo": True} | {
        key: told_[key] for key in set(told_) - {"id", "name", "kind", "is_demo"}
    }
    assert not {"lon", "lat", "geometry"} & set(told_)
    assert None not in told_.values()


def test_what_has_no_shape_is_drawn_where_it_is(drawn):
    by_id = {f["properties"]["id"]: f["geometry"] for f in drawn("markets")}
    assert by_id["M1"]["type"] == "Polygon"
    assert by_id["M2"] == {"type": "Point", "coordinates": [118.025, 36.803]}


@pytest.mark.parametrize("layer", WHOLE)
def test_a_label_stands_on_its_shape(drawn, layer):
    shapes = {f["id"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in drawn(layer)}
    labels = drawn(layer, "?with=labels")
    assert [f["id"] for f in labels] == list(shapes)
    for feature in labels:
        assert feature["geometry"]["type"] == "Point"
        point = shapely.Point(feature["geometry"]["coordinates"])
        assert shapes[feature["id"]].distance(point) < 1e-6


@pytest.mark.parametrize("layer", WHOLE)
@pytest.mark.parametrize("also", ["", "&with=labels"])
def test_over_a_shifted_base_map_every_vertex_is_shifted_the_same(drawn, layer, also):
    stored, shown = (points(drawn(layer, f"?crs={name}{also}")) for name in ("WGS84", "GCJ-02"))
    lon, lat = crs.wgs84_to_gcj02(*stored.T)
    assert np.abs(shown - np.column_stack([lon, lat])).max() <= 1.1e-6  # rounded once more
    metres = np.hypot(*((shown - stored) * [89_000, 111_000]).T)
    assert ((metres > 100) & (metres < 1_000)).all()


@pytest.mark.parametrize("layer", WHOLE)
def test_a_position_has_six_decimals_which_is_a_tenth_of_a_metre(drawn, layer):
    for query in ("", "?crs=GCJ-02", "?with=labels"):
        found = points(drawn(layer, query))
        assert (found == found.round(6)).all()


@pytest.mark.parametrize("layer", TILED)
def test_a_layer_of_many_points_says_where_its_tiles_are(client, layer):
    answer = client.get(f"/geo/{layer}.geojson")
    assert answer.status_code == 404
    assert f"/tiles/{layer}/" in told(answer)


@pytest.mark.parametrize("layer", ["subway", "_areas", "areas.geojson", "AREAS", "%00"])
def test_a_layer_that_is_not_there_is_404(client, layer):
    answer = client.get(f"/geo/{layer}.geojson")
    assert answer.status_code == 404
    assert told(answer)


def test_shapes_are_computed_once(client, monkeypatch):
    first = client.get("/geo/roads.geojson?v=once")
    monkeypatch.setattr("api.geometry.collection", None)  # would fail if it were asked again
    assert client.get("/geo/roads.geojson?v=once").data == first.data
