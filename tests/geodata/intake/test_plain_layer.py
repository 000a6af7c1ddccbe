"""A file of features becomes a layer by one command, by the same checks as any other layer."""

from __future__ import annotations

import json
import tomllib

import pytest

from api.settings import Settings
from app import create_app
from geodata.errors import DataError
from geodata.intake.importer import Asked
from geodata.intake.plain import Naming, import_layer, layer_id
from geodata.replay import replay, undo
from geodata.space.crs import wgs84_to_gcj02
from geodata.store.batches import Log
from geodata.store.generation import published
from geodata.store.reader import Store
from layers import catalog
from layers._plain import layer_of
from tests import town
from tests.conftest import NO_FILES
from tests.geodata.intake.conftest import box, features

TREES = [
    (
        {"FID": i, "树种": kind, "高度": str(3 + i), "NAME": f"第{i}棵"},
        {"type": "Point", "coordinates": at},
    )
    for i, (kind, at) in enumerate(
        [("国槐", [118.005, 36.815]), ("法桐", [118.015, 36.812]), ("国槐", [118.025, 36.805])]
    )
]


@pytest.fixture
def data(tmp_path):
    return town.build(tmp_path / "data")


def bring(data, text: str, ident: str = "trees", *, name: str = "行道树.geojson", **more):
    file = data.parent / name
    file.write_text(text, encoding="utf-8")
    naming = Naming(id=ident, title=more.pop("title", "行道树"))
    return import_layer(Asked(kind="layer", file=file, folder=data, **more), naming)


def rows(data, ident: str = "trees"):
    layer = catalog(data=data)[ident]
    return [row for batch in layer.query(Store(data).reader(), None) for row in batch.to_pylist()]


def test_what_comes_in_is_a_layer_with_titles_filters_and_names(data):
    report = bring(data, features(*TREES))
    assert (report.read, report.accepted, report.rejects) == (3, 3, ())
    layer = catalog(data=data)["trees"]
    assert (layer.title("zh"), layer.geometry) == ("行道树", "Point")
    assert {f.name: f.title("zh") for f in layer.fields} == {
        **{"id": "编号", "fid": "FID", "column_2": "树种", "column_3": "高度", "name": "NAME"},
    }
    assert {q.title("zh"): q.values for q in layer.queryables} == {
        "树种": ("国槐", "法桐"),
        "NAME": ("第0棵", "第1棵", "第2棵"),
    }
    assert layer.label is not None
    assert layer.label.field == "name"
    assert [row["name"] for row in rows(data)] == ["第0棵", "第1棵", "第2棵"]
    assert [row["column_3"] for row in rows(data)] == [3.0, 4.0, 5.0]


def test_the_declaration_passes_the_checks_of_every_layer(data):
    strange = {
        "a b": 'quote " and \\ and \x7f',
        "名称": "甲",
        "geometry": "g",
        "id": "007",
        "": "x",
    }
    bring(data, features((strange, box(118, 36.8, 118.01, 36.81))))
    file = data / "layers" / "trees.toml"
    layer = layer_of(tomllib.loads(file.read_text("utf-8")), file)
    assert layer.geometry == "Polygon"
    assert rows(data)[0]["id"] == "007"


def test_a_declared_crs_puts_the_layer_in_its_right_place(data):
    import numpy as np

    lon, lat = wgs84_to_gcj02(np.array([118.005]), np.array([36.815]))
    shape = {"type": "Point", "coordinates": [float(lon[0]), float(lat[0])]}
    bring(data, features(({"n": "1"}, shape)), crs="GCJ-02")
    import shapely

    point = shapely.from_wkb(rows(data)[0]["geometry"])
    assert (point.x, point.y) == pytest.approx((118.005, 36.815), abs=1e-8)


def test_points_may_come_as_columns_of_a_table(data):
    text = "编号,名称,经度,纬度\n1,甲,118.005,36.815\n2,乙,,\n3,丙,118.015,36.812\n"
    report = bring(data, text, name="站点.csv")
    assert report.accepted == 2
    assert [(r.line, r.reason) for r in report.rejects] == [(3, "has no shape")]


def test_features_of_another_kind_are_held_back(data):
    shapes = [TREES[0], TREES[1], ({}, box(118, 36.8, 118.01, 36.81)), ({}, None)]
    report = bring(data, features(*shapes))
    assert [(r.line, r.reason) for r in report.rejects] == [
        (3, "is not a Point as the others are"),
        (4, "has no shape"),
    ]


def test_a_layer_needs_no_other_data(tmp_path):
    bring(tmp_path / "new", features(*TREES))
    assert (tmp_path / "new" / "layers" / "trees.parquet").is_file()


def test_the_same_file_twice_is_done_once(data):
    first = bring(data, features(*TREES))
    again = bring(data, features(*TREES))
    assert again.is_known
    assert again.batch == first.batch
    assert len(Log(data).batches()) == 2  # the town, and this


def test_a_layer_that_is_taken_back_gives_way_to_the_one_before(data):
    bring(data, features(*TREES))
    newer = bring(data, features(TREES[0])).batch
    assert len(rows(data)) == 1
    undo(data, newer)
    assert len(rows(data)) == 3
    undo(data, newer - 1)
    assert "trees" not in catalog(data=data)


def test_a_layer_moves_the_version_of_the_data_and_no_fact(data):
    before = published(data)
    bring(data, features(*TREES))
    after = published(data)
    assert after.version != before.version
    assert after.sha256 == before.sha256


def test_facts_that_were_there_before_a_layer_outlive_a_replay(data):
    bring(data, features(*TREES))
    replay(data)
    assert Store(data).reader().rows("SELECT count(*) AS n FROM tickets") == [{"n": 12}]
    assert len(rows(data)) == 3


def test_a_dry_run_writes_nothing(data):
    assert bring(data, features(*TREES), dry_run=True).accepted == 3
    assert not (data / "layers").exists()


@pytest.mark.parametrize(
    ("text", "ident"),
    [("Bus Stops-2024", "bus_stops_2024"), ("trees", "trees"), ("A", "a")],
)
def test_a_files_name_gives_the_id(text, ident):
    assert layer_id(text, given=False) == ident


@pytest.mark.parametrize(
    ("text", "given", "why"),
    [
        ("Bus Stops", True, "cannot stand in an address"),
        ("行道树", False, "gives none. Add --id"),
        ("2024", False, "gives none. Add --id"),
    ],
)
def test_an_id_that_cannot_be_one_is_refused(text, given, why):
    with pytest.raises(DataError, match=why):
        layer_id(text, given=given)


def test_a_file_without_any_place_is_refused(data):
    with pytest.raises(DataError, match="has neither shapes nor columns of coordinates"):
        bring(data, "a,b\n1,2\n", name="t.csv")


def test_it_is_on_the_screen_of_a_running_server(data):
    client = create_app(Settings(data=data, cache=NO_FILES)).server.test_client()
    assert client.get("/geo/trees.geojson").status_code == 404
    bring(data, features(*TREES))
    answer = client.get("/geo/trees.geojson")
    assert answer.status_code == 200
    assert len(json.loads(answer.get_data())["features"]) == 3
