from __future__ import annotations

import numpy as np
import pytest

from geodata.addresses.places import LEVELS, counts, points, rows
from geodata.areas.hierarchy import hierarchy
from geodata.query import Query, Span, Tile
from geodata.space import cells, mvt
from tests import town

SPAN = Span(start=town.NOW, end=town.NOW)


def query(area: int = 0, **filters) -> Query:
    return Query(
        area=area, period=SPAN, previous=SPAN, as_of=town.NOW, at=town.NOW, filters=filters
    )


def tile(z: int, lon: float, lat: float) -> Tile:
    x, y = (int(v[0] * (1 << z)) for v in cells.mercator(np.array([lon]), np.array([lat])))
    return Tile(z, x, y)


def ids(reader, asked: Query) -> list[str]:
    return sorted(i for batch in rows(reader, asked) for i in batch["id"].to_pylist())


def test_single_addresses_carry_their_id_and_name(reader):
    found = points(reader, query(), tile(15, 118.025, 36.81))
    told = {name: list(column) for name, column in found.values.items()}
    assert told == {"id": [mvt.text("A5")], "name": [mvt.text("柳泉路88号")]}


def test_counts_of_the_whole_world_are_all_addresses(reader):
    found = counts(reader, query(), Tile(0, 0, 0))
    assert found.values["n"] == [mvt.number(5)]


def test_counts_part_where_the_squares_do(reader):
    found = counts(reader, query(), tile(8, 118.01, 36.81))
    assert sorted(found.values["n"]) == sorted([mvt.number(4), mvt.number(1)])


def test_a_tile_elsewhere_is_empty(reader):
    assert len(points(reader, query(), tile(15, 100, 20)).cell) == 0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1", ["A1", "A2", "A3", "A4", "A5"]),
        ("111", ["A1", "A2", "A3", "A4"]),
        ("12", ["A5"]),
        ("112", []),
    ],
)
def test_an_area_has_the_addresses_inside_it(reader, code, expected):
    assert ids(reader, query(hierarchy(reader).number(code))) == expected


def test_levels_filter_addresses(reader):
    assert ids(reader, query(level=frozenset({"room", "road_no"}))) == ["A4", "A5"]
    assert ids(reader, query(level=frozenset())) == []
    assert ids(reader, query(level=frozenset(LEVELS))) == ["A1", "A2", "A3", "A4", "A5"]
    found = points(reader, query(level=frozenset({"unit"})), tile(15, 118.005, 36.815))
    assert list(found.values["id"]) == [mvt.text("A3")]


def test_an_address_without_a_place_is_exported_and_not_drawn(tmp_path):
    reader = town.published(tmp_path, addresses=[{"id": "X", "level": "poi", "poi": "老店"}])
    assert ids(reader, query()) == ["X"]
    assert len(counts(reader, query(), Tile(0, 0, 0)).cell) == 0
