"""``DATA/layers/<id>.toml`` and the features beside it: a layer without a line of code."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from api.settings import Settings
from app import create_app
from callbacks import controls
from layers import catalog
from layers._layer import Category, Class, Graduated, LayerError, Range, Text
from layers._plain import layer_of
from tests.conftest import NO_FILES
from tests.layers.test_catalog import PLAIN

TREES = """
id = "trees"
title = {zh = "行道树", en = "Trees"}
group = {zh = "园林", en = "Greens"}
description = "沿街的树"
geometry = "Point"
source = {provider = "园林", license = "CC0", url = "https://example.org"}
order = 45
shown_on = ["plan"]

[[fields]]
name = "id"
title = "编号"
[[fields]]
name = "kind"
title = {zh = "树种", en = "Kind"}
hover = true
[[fields]]
name = "height_m"
title = "高"
unit = {zh = "米", en = "m"}
decimals = 1

[[queryables]]
name = "kind"
title = "树种"
values = ["oak", "elm, old", "50%"]
[[queryables]]
name = "height_m"
title = "高"
minimum = 0
maximum = 30

[symbology]
by = "kind"
[[symbology.classes]]
value = "oak"
title = {zh = "橡", en = "Oak"}
color = "#336633"
[[symbology.classes]]
value = "elm, old"
title = {zh = "老榆", en = "Old elm"}
color = "#663333"

[label]
field = "kind"
from_zoom = 15
"""
POINTS = {"t1": ("oak", 12.0), "t2": ("elm, old", 8.5), "t3": ("50%", 20.0)}


def declared(**changes) -> dict:
    return {**tomllib.loads(PLAIN), **changes}


@pytest.fixture(scope="module")
def grove(town_folder, tmp_path_factory):
    """The town with trees in it."""
    folder = tmp_path_factory.mktemp("grove") / "data"
    shutil.copytree(town_folder, folder)
    (folder / "layers").mkdir()
    (folder / "layers" / "trees.toml").write_text(TREES, encoding="utf-8")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [118.001 + i / 1000, 36.815]},
            "properties": {"id": ident, "kind": kind, "height_m": height},
        }
        for i, (ident, (kind, height)) in enumerate(POINTS.items())
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "layers" / "trees.geojson").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def grown(grove):
    return create_app(Settings(data=grove, cache=NO_FILES))


def test_everything_a_declaration_says_is_understood():
    layer = layer_of(tomllib.loads(TREES), Path("trees.toml"))
    assert layer.title == Text("行道树", "Trees")
    assert layer.description == Text("沿街的树", "沿街的树")
    assert [type(q) for q in layer.queryables] == [Category, Range]
    assert layer.symbology.classes[0] == Class(
        value="oak", title=Text("橡", "Oak"), color="#336633"
    )
    assert (layer.order, layer.shown_on, layer.label.from_zoom) == (45, ("plan",), 15)


def test_classes_with_numbers_are_breaks():
    classes = [{"value": v, "title": str(v), "color": "#000000"} for v in (5, 10)]
    layer = layer_of(declared(symbology={"by": "kind", "classes": classes}), Path("trees.toml"))
    assert isinstance(layer.symbology, Graduated)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"colour": "red"}, "has colour, which is not a key of a layer"),
        ({"title": 3}, "is not understood"),
        ({"title": {"zh": "树"}}, "is not understood: 'en'"),
        ({"source": {"license": "CC0"}}, "is not understood: 'provider'"),
        ({"fields": [{"name": "kind"}]}, "is not understood"),
        ({"fields": 3}, "is not understood"),
        ({"symbology": {"by": "kind", "classes": []}}, "is not understood"),
        ({"symbology": {}}, "is not understood: 'classes'"),
        ({"queryables": [{"name": "kind", "title": "种", "minimum": 0}]}, "'maximum'"),
        ({"label": {"field": "kind", "size": 3}}, "'size'"),
        ({"label": {"field": "name"}}, r"label\.field is 'name', which is not one of its fields"),
        ({"geometry": "Hexagon"}, "geometry is 'Hexagon'"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_said_with_its_file(changes, fault):
    with pytest.raises(LayerError, match=rf"trees.*{fault}"):
        layer_of(declared(**changes), Path("data/layers/trees.toml"))


@pytest.mark.parametrize(
    "key", ["id", "title", "group", "source", "geometry", "fields", "symbology"]
)
def test_what_is_missing_is_named(key):
    values = declared()
    del values[key]
    with pytest.raises(LayerError, match=rf"trees\.toml lacks {key}\. See docs/how-to/add-a-layer"):
        layer_of(values, Path("data/layers/trees.toml"))


@pytest.mark.parametrize("content", [b"id = ", 'title = "树"'.encode("gb18030")])
def test_a_declaration_that_is_no_toml_is_named(tmp_path, content):
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "trees.toml").write_bytes(content)
    with pytest.raises(LayerError, match=r"trees\.toml is not readable TOML"):
        catalog(data=tmp_path)


def test_a_plain_layer_travels_to_the_map(grown):
    found = grown.server.test_client().get("/geo/trees.geojson").json["features"]
    assert [f["properties"]["id"] for f in found] == ["t1", "t2", "t3"]
    assert found[0]["geometry"] == {"type": "Point", "coordinates": [118.001, 36.815]}


@pytest.mark.parametrize(
    ("search", "kept"),
    [
        ("", ["t1", "t2", "t3"]),
        ("?trees.kind=oak", ["t1"]),
        ("?trees.kind=elm%252C old", ["t2"]),  # its own comma is not the list's
        ("?trees.kind=50%2525,oak", ["t1", "t3"]),
        ("?trees.kind=", []),
        ("?trees.height_m=8.5/12", ["t1", "t2"]),
        ("?trees.height_m=10/..", ["t1", "t3"]),
        ("?tickets.smoke=yes", ["t1", "t2", "t3"]),
    ],
)
def test_a_plain_layer_is_filtered_and_exported(grown, search, kept):
    body = grown.server.test_client().get(f"/export/trees.csv{search}").get_data(as_text=True)
    head, *rows = body.removeprefix("\ufeff").splitlines()
    assert head == "id,kind,height_m"
    assert [row.partition(",")[0] for row in rows] == kept


@pytest.mark.parametrize(
    "search", ["?trees.kind=palm", "?trees.height_m=20/10", "?trees.height_m=12", "?trees.age=1/2"]
)
def test_a_filter_of_a_plain_layer_is_checked(grown, search):
    assert grown.server.test_client().get(f"/export/trees.csv{search}").status_code == 400


def test_a_plain_layer_has_a_switch_and_its_filters(grove):
    from geodata.store.reader import Store

    reader = Store(grove).reader()
    bound = {i: layer.bound(reader) for i, layer in catalog(data=grove).items()}
    told = str(controls.panel(reader, bound, "zh"))
    assert "'key': 'trees.kind'" in told
    assert "'key': 'trees.height_m'" in told
    assert "'data-layer': 'trees'" in told or "trees" in told


def test_a_plain_layer_without_its_features_says_so_and_harms_no_other(grove, tmp_path):
    folder = shutil.copytree(grove, tmp_path / "data")
    (folder / "layers" / "trees.geojson").unlink()
    client = create_app(Settings(data=folder, cache=NO_FILES)).server.test_client()
    for path in ("/geo/trees.geojson", "/export/trees.csv", "/export/trees.geojson"):
        response = client.get(path)
        assert response.status_code == 503
        assert "log" in response.json["error"]
    assert client.get("/geo/areas.geojson").status_code == 200
    assert client.get("/api/summary").status_code == 200
