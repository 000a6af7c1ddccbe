from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geodata.errors import DataError
from geodata.query import Query, Span
from geodata.store.tables import table
from tests import town

HERE = [
    shapely.Point(118.005, 36.815),
    shapely.Point(118.025, 36.803),
    shapely.Point(118.01, 36.81),
]
TREES = gpd.GeoDataFrame(
    {"id": ["t1", "t2", "t3"], "kind": ["oak", "elm", "oak"], "height": [12.0, 8.5, None]},
    geometry=HERE,
    crs=4326,
)
SPAN = Span(start=town.NOW, end=town.NOW)


@pytest.fixture
def grove(tmp_path):
    """A reader whose data folder may be given files of features."""
    reader = town.published(tmp_path)
    (tmp_path / "layers").mkdir()
    return reader


def kept(reader, **filters) -> list[str]:
    query = Query(period=SPAN, previous=SPAN, as_of=town.NOW, at=town.NOW, filters=filters)
    return [i for batch in table("trees")(reader, query) for i in batch["id"].to_pylist()]


def write(reader, frame, suffix: str) -> None:
    path = reader.folder / "layers" / f"trees{suffix}"
    frame.to_parquet(path) if suffix == ".parquet" else frame.to_file(path)


@pytest.mark.parametrize("suffix", [".parquet", ".geojson", ".gpkg", ".fgb"])
def test_a_file_of_features_is_a_table(grove, suffix):
    write(grove, TREES, suffix)
    (batch,) = table("trees")(grove, None)
    assert sorted(batch["id"].to_pylist()) == ["t1", "t2", "t3"]
    assert {"id", "kind", "height", "geometry"} <= set(batch.schema.names)
    assert set(shapely.from_wkb(batch["geometry"].to_pylist())) == set(HERE)


def test_another_crs_becomes_degrees(grove):
    write(grove, TREES.to_crs(32650), ".parquet")
    (batch,) = table("trees")(grove, None)
    point = shapely.from_wkb(batch["geometry"][0].as_py())
    assert point.distance(HERE[0]) < 1e-9


def test_filters_apply_to_the_columns_of_their_name(grove):
    write(grove, TREES, ".geojson")
    assert kept(grove, kind=frozenset({"oak"})) == ["t1", "t3"]
    assert kept(grove, kind=frozenset()) == []
    assert kept(grove, height=(8.5, 12.0)) == ["t1", "t2"]  # inclusive; no height is no match
    assert kept(grove, height=(9.0, float("inf"))) == ["t1"]
    assert kept(grove, kind=frozenset({"elm"}), height=(9.0, 20.0)) == []


def test_rows_without_ids_of_their_own_go_by_their_position(grove):
    write(grove, TREES.assign(id=["same", "same", "other"]), ".parquet")
    assert kept(grove) == ["0", "1", "2"]


def test_a_missing_file_says_where_to_put_it(grove):
    with pytest.raises(DataError, match=r"no trees\.geojson .* in .*layers\. Put the features"):
        kept(grove)


@pytest.mark.parametrize("suffix", [".parquet", ".geojson"])
def test_a_file_that_cannot_be_read_is_named(grove, suffix):
    (grove.folder / "layers" / f"trees{suffix}").write_text("{ not a file")
    with pytest.raises(DataError, match=rf"trees\{suffix} cannot be read"):
        kept(grove)


def test_features_without_a_crs_are_refused(grove):
    write(grove, TREES.set_crs(None, allow_override=True), ".parquet")
    with pytest.raises(DataError, match="cannot be read"):
        kept(grove)
