from __future__ import annotations

import pytest
import shapely

from geodata.areas.hierarchy import hierarchy
from geodata.markets.sites import kinds, market, rows, sites
from geodata.query import Query, Span
from tests import town

SPAN = Span(start=town.NOW, end=town.NOW)


def ids(reader, code: str = "", **filters) -> list[str]:
    area = hierarchy(reader).number(code)
    query = Query(
        area=area, period=SPAN, previous=SPAN, as_of=town.NOW, at=town.NOW, filters=filters
    )
    return [i for batch in rows(reader, query) for i in batch["id"].to_pylist()]


def test_a_site_is_a_polygon_or_only_a_point(reader):
    (batch,) = sites(reader)
    first, second = batch.to_pylist()
    assert shapely.from_wkb(first["geometry"]).geom_type == "Polygon"
    assert second["geometry"] is None
    assert (second["lon"], second["lat"]) == (118.025, 36.803)


@pytest.mark.parametrize(
    ("code", "expected"), [("", ["M1", "M2"]), ("11", ["M1"]), ("121002", ["M2"]), ("112", [])]
)
def test_an_area_has_the_markets_inside_it(reader, code, expected):
    assert ids(reader, code) == expected


def test_kinds_filter_markets(reader):
    assert kinds(reader) == ("夜市", "早市")
    assert ids(reader, kind=frozenset({"早市"})) == ["M2"]
    assert ids(reader, kind=frozenset()) == []


def test_a_market_is_found_by_its_id(reader):
    assert market(reader, "M1")["stalls"] == 40
    assert market(reader, "M9") is None
