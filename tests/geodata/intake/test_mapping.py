from __future__ import annotations

import pytest

from geodata.errors import DataError
from geodata.intake.mapping import KINDS, Column, fitting, mapping_of, read_mapping, shipped
from geodata.store.schema import TABLES

CSV = {"id": "ID", "created_at": "Time", "category": "What"}


def mapping(**more):
    return mapping_of({"kind": "tickets", "columns": CSV, **more}, "mine")


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ("Name", Column(sources=("Name",))),
        ("=电话", Column(constant="电话")),
        ("=", Column(constant="")),
        (["大类", "小类"], Column(sources=("大类", "小类"), how="path")),
        ({"column": "X", "optional": True}, Column(sources=("X",), optional=True)),
        ({"date": "D", "time": "T"}, Column(sources=("D", "T"), how="moment")),
        ({"wkt": "the_geom"}, Column(sources=("the_geom",), how="wkt")),
    ],
)
def test_a_column_is_said_in_five_ways(given, column):
    assert mapping(columns={"channel": given}).columns["channel"] == column


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"kind": "weather"}, "kind is 'weather'; it must be one of areas, tickets"),
        ({"kind": None}, "kind is None"),
        ({"colums": {}}, "colums is not a key of a mapping file"),
        ({"columns": {"when": "Time"}}, "when is not a column of tickets. Its columns are id, cre"),
        ({"columns": {"id": 3}}, "column id: 3 is not understood. Write a column name"),
        ({"columns": {"id": {"date": "D"}}}, "column id: {'date': 'D'} is not understood"),
        ({"columns": {"id": []}}, "column id: .* is not understood"),
        ({"columns": "id"}, "columns is 'id'; it must be a table"),
        ({"timezone": "Mars/Base"}, "timezone 'Mars/Base' is not an IANA name"),
        ({"timezone": 8}, "timezone is 8; it must be a text"),
        ({"crs": "EPSG:999999"}, "crs 'EPSG:999999' is not known. Write EPSG:…, GCJ-02 or BD-09"),
        ({"crs": "Atlantis"}, "crs 'Atlantis' is not known"),
        ({"encoding": 8}, "encoding is 8; it must be a text"),
        ({"formats": {"default": "%d/%m/%Y"}}, "formats.default: '%d/%m/%Y' is not a list"),
        ({"formats": ["%d/%m/%Y"]}, "formats is .*; it must be a table"),
        ({"values": {"state": "Open"}}, "values.state must be a table of texts"),
        ({"values": {"state": {"Open": 1}}}, "values.state must be a table of texts"),
        ({"smoke": {"categories": "油烟"}}, "smoke.categories: '油烟' is not a list"),
        ({"smoke": {"keywords": [3]}}, "smoke.keywords: .3. is not a list of texts"),
        ({"place": "New York"}, "place is 'New York'; it must be a table"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(values, fault):
    with pytest.raises(DataError, match=f"Mapping mine.*{fault}"):
        mapping(**values)


def test_a_mapping_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "broken.toml"
    for content in (b"kind = ", "kind = '张店'".encode("gb18030")):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"broken\.toml cannot be read"):
            read_mapping(path)
    with pytest.raises(DataError, match=r"nowhere\.toml cannot be read"):
        read_mapping(tmp_path / "nowhere.toml")


def test_every_kind_has_a_mapping_for_its_canonical_columns():
    for kind in KINDS:
        canonical = next(m for m in shipped(kind) if m.name == f"canonical_{kind}")
        assert all(c.sources == (name,) for name, c in canonical.columns.items())
        assert set(canonical.columns) <= set(TABLES[kind].names)


@pytest.mark.parametrize(
    ("kind", "head", "name"),
    [
        ("tickets", ["id", "created_at", "category"], "canonical_tickets"),
        ("areas", ["boro_cd"], "nyc_community_districts"),
        ("areas", ["code", "name"], "canonical_areas"),
        ("addresses", ["id", "level", "road"], "canonical_addresses"),
        ("markets", ["id", "name", "kind", "windows"], "canonical_markets"),
    ],
)
def test_the_one_mapping_that_fits_is_found(kind, head, name):
    assert fitting(kind, head).name == name


def test_no_mapping_that_fits_names_those_tried_and_what_the_file_has():
    with pytest.raises(
        DataError, match=r"tried canonical_tickets, nyc311_api, nyc311_portal.*编号"
    ):
        fitting("tickets", ["编号", "时间"])


def test_several_mappings_that_fit_are_named():
    with pytest.raises(
        DataError, match=r"fit \(canonical_areas, nyc_community_districts\); choose"
    ):
        fitting("areas", ["code", "boro_cd"])


def test_a_mapping_fits_when_all_it_needs_is_there():
    needs = mapping(columns={**CSV, "text": {"column": "Text", "optional": True}})
    assert needs.fits(["ID", "Time", "What"])
    assert not needs.fits(["ID", "Time"])
