"""What every layer must keep true. A new layer file is tested here by being there."""

from __future__ import annotations

import csv
import inspect
import io
import json
from dataclasses import replace
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pyarrow as pa
import pytest
import shapely

import layers
from callbacks.theme import THEMES
from layers._layer import Categorized, Category, Graduated, Layer, Quantiles, Range, Single
from layers._view import from_search, queryable, to_search, with_filter
from tests.layers.conftest import ROOMS

CANONICAL = {
    "tickets": "id,created_at,closed_at,category,channel,state,due_at,department,text,address,"
    "address_id,lon,lat,area",
    "areas": "code,name,level,parent,population",
    "addresses": "id,code,province,city,county,town,community,grid,road,road_no,quarter,building,"
    "unit,floor,room,poi,level,lon,lat,aliases",
    "markets": "id,name,kind,windows,stalls,address,lon,lat",
}
NAMES = {"Polygon": {"Polygon", "MultiPolygon"}, "Line": {"LineString", "MultiLineString"}}


@pytest.fixture(params=layers.catalog(ROOMS).values(), ids=lambda layer: layer.id)
def layer(request: pytest.FixtureRequest, reader) -> Layer:
    return request.param.bound(reader)


@pytest.fixture
def rows(layer, ask, reader) -> pa.Table:
    """Everything the layer has in the town."""
    return as_table(layer.query(reader, ask("?datetime=../..").of(layer)))


def as_table(batches) -> pa.Table:
    found = list(batches)
    return pa.Table.from_batches(found) if found else pa.table({})


def shapes_of(table: pa.Table):
    if "geometry" in table.column_names:
        return shapely.from_wkb(table["geometry"].to_pylist())
    lon, lat = (np.array(table[name].to_pylist(), float) for name in ("lon", "lat"))
    return shapely.points(lon, lat)[np.isfinite(lon)]


def head(layer: Layer) -> list[str]:
    return [field.name for field in layer.fields if not field.on_map_only]


def test_it_is_called_what_its_file_is_called_and_fits_a_screen():
    for room in ROOMS:
        for file in room.glob("[!_]*.py"):
            assert file.stem in layers.catalog(ROOMS)
            assert (
                len(file.read_text(encoding="utf-8").splitlines()) <= 60
                or file.parent != layers.ROOM
            )


def test_it_says_what_it_is_in_two_languages(layer):
    texts = [layer.title, layer.group, layer.description, layer.source.provider]
    texts += [field.title for field in layer.fields] + [q.title for q in layer.queryables]
    for text in texts:
        assert text.zh
        assert text.en
        assert text.en.isascii() or "·" in text.en


def test_it_says_where_its_data_comes_from_and_on_which_terms(layer):
    assert layer.source.provider.zh
    assert layer.source.license


def test_it_returns_the_fields_it_promises(layer, rows):
    assert rows.num_rows
    assert set(head(layer)) <= set(rows.column_names)
    assert len(set(head(layer))) == len(head(layer))


def test_every_row_has_an_id_of_its_own(layer, rows):
    key = "id" if "id" in rows.column_names else "code"
    ids = rows[key].to_pylist()
    assert None not in ids
    assert len(set(ids)) == len(ids)


def test_its_shapes_are_valid_and_in_degrees_of_the_town(layer, rows):
    shapes = shapes_of(rows)
    shapes = shapes[~shapely.is_missing(shapes)]
    assert shapely.is_valid(shapes).all()
    west, south, east, north = shapely.total_bounds(shapes)
    assert 118.0 <= west <= east <= 118.03
    assert 36.8 <= south <= north <= 36.82
    kinds = NAMES.get(layer.geometry, {"Point"})
    assert {shape.geom_type for shape in shapes} <= kinds


def test_its_colours_are_known_to_both_themes(layer):
    symbology = layer.symbology
    for theme in THEMES.values():
        if isinstance(symbology, Single):
            assert theme.color(symbology.color)
        elif isinstance(symbology.classes, Quantiles):
            assert symbology.classes.ramp in theme.ramps
        else:
            assert all(theme.color(c.color) for c in symbology.classes)
        assert {metric.ramp for metric in layer.metrics} <= set(theme.ramps)
        assert layer.heat is None or layer.heat.ramp in theme.ramps


def test_every_feature_has_a_legend_class(layer, rows):
    symbology = layer.symbology
    if isinstance(symbology, Categorized) and symbology.by in rows.column_names:
        known = {c.value for c in symbology.classes}
        assert set(rows[symbology.by].to_pylist()) <= known
    if isinstance(symbology, Graduated):
        assert symbology.by == "metric" or symbology.by in rows.column_names


def test_its_states_are_told_of_every_feature_in_order(layer, ask, client_of):
    if layer.state is None:
        return
    question = ask()
    told = layer.state.at(question.reader, question.query.at)
    features = client_of(layer).get(f"/geo/{layer.id}.geojson").json["features"]
    assert list(told) == [f["properties"]["id"] for f in features]
    assert set(told.values()) <= {c.value for c in layer.symbology.classes}


@pytest.fixture
def client_of(client, wide_client):
    known = layers.catalog()
    return lambda layer: client if layer.id in known else wide_client


def export(client, layer, form: str, search: str = "") -> str:
    response = client.get(f"/export/{layer.id}.{form}{search}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_its_export_is_headed_by_its_fields(layer, client_of, rows):
    text = export(client_of(layer), layer, "csv", "?datetime=../..")
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert read[0] == head(layer)
    assert len(read) - 1 == rows.num_rows
    assert {len(row) for row in read} == {len(read[0])}
    if layer.id in CANONICAL:
        canonical = CANONICAL[layer.id].split(",")
        assert read[0][: len(canonical)] == canonical


def test_tables_of_facts_have_the_canonical_head_and_nothing_more(layer):
    if layer.id in set(CANONICAL) - {"areas"}:
        assert ",".join(head(layer)) == CANONICAL[layer.id]


def test_its_geojson_has_the_same_rows(layer, client_of, rows):
    document = json.loads(export(client_of(layer), layer, "geojson", "?datetime=../.."))
    assert len(document["features"]) == rows.num_rows
    for feature in document["features"]:
        assert list(feature["properties"]) == head(layer)
        shape = feature["geometry"]
        assert shape is None or shapely.from_geojson(json.dumps(shape)).is_valid


def test_it_travels_to_the_map_as_tiles_or_as_shapes(layer, client_of):
    client = client_of(layer)
    tile, geo = f"/tiles/{layer.id}/0/0/0.mvt", f"/geo/{layer.id}.geojson"
    if layer.tiles:
        body = client.get(tile + "?datetime=../..").get_data()
        features = mapbox_vector_tile.decode(body)[layer.id]["features"]
        assert all(f["properties"]["n"] > 0 for f in features)
        assert client.get(geo).status_code == 404
    else:
        features = client.get(geo).json["features"]
        assert len({f["id"] for f in features}) == len(features) > 0
        assert all(f["geometry"] for f in features)
        assert client.get(tile).status_code == 404


def test_it_survives_an_empty_answer(layer, ask, reader, client_of):
    search = "?area=112001&datetime=2020-01-01"  # the emptiest grid on a day before all appeals
    if layer.period:
        assert as_table(layer.query(reader, ask(search).of(layer))).num_rows == 0
    client = client_of(layer)
    assert export(client, layer, "csv", search).splitlines()[0] == "\ufeff" + ",".join(head(layer))
    assert json.loads(export(client, layer, "geojson", search))["type"] == "FeatureCollection"


def kept(layer: Layer, reader, query, name: str, value) -> int:
    return as_table(layer.query(reader, replace(query, filters={name: value}))).num_rows


def test_nothing_chosen_of_a_filter_leaves_nothing(layer, ask, reader):
    query = ask("?datetime=../..").of(layer)
    for declared in layer.queryables:
        if isinstance(declared, Category):
            assert kept(layer, reader, query, declared.name, frozenset()) == 0, declared.name


def test_everything_chosen_of_a_filter_leaves_everything(layer, ask, reader):
    query = ask("?datetime=../..").of(layer)
    for declared in layer.queryables:
        everything = (
            frozenset(declared.values)
            if isinstance(declared, Category)
            else (float("-inf"), float("inf"))
        )
        found = as_table(layer.query(reader, query))
        told = declared.name in found.column_names  # whether an appeal is overdue is no column
        missing = found[declared.name].null_count if told else 0
        assert kept(layer, reader, query, declared.name, everything) == len(found) - missing


def test_its_filters_are_read_from_an_address_and_written_back(layer, reader):
    catalog = {i: v.bound(reader) for i, v in layers.catalog(ROOMS).items()}
    for declared in layer.queryables:
        assert queryable(layer.id, declared.name, catalog) == declared
        value = (2.5, 7.0) if isinstance(declared, Range) else frozenset(declared.values[:1])
        view, _ = from_search("", catalog)
        view = with_filter(view, layer.id, declared.name, value)
        assert from_search(to_search(view), catalog) == (view, ())


def test_its_own_code_has_no_dash_no_plotly_and_no_sql(layer):
    file = Path(inspect.getfile(layers)).parent / f"{layer.id}.py"
    if file.is_file():
        code = file.read_text(encoding="utf-8")
        assert not any(word in code for word in ("dash", "plotly", "SELECT", "duckdb"))
