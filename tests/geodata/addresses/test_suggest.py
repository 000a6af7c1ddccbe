from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.suggest import suggestions


def hits(reader, text: str, limit: int = 12) -> list[tuple[str, str]]:
    return [(hit.kind, hit.id) for hit in suggestions(reader, text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("北街道", ("areas", "11")),
        ("北关社区", ("areas", "111")),
        ("北一", ("areas", "111001")),
        ("111001", ("areas", "111001")),
        ("世纪花园", ("addresses", "A1")),
        ("世纪小区", ("addresses", "A1")),  # an alias
        ("世纪花园3号楼", ("addresses", "A2")),
        ("世纪花园 501", ("addresses", "A4")),  # parts in any order and place
        ("501 世纪", ("addresses", "A4")),
        ("柳泉路", ("roads", "R1")),
        ("柳泉路88号", ("addresses", "A5")),
        ("人民公园", ("landmarks", "P1")),
        ("北关夜市", ("markets", "M1")),
        ("  北关夜市  ", ("markets", "M1")),
    ],
)
def test_what_is_typed_finds_what_is_meant(reader, text, first):
    assert hits(reader, text)[0] == first


def test_larger_places_stand_before_smaller_ones(reader):
    assert [i for _, i in hits(reader, "世纪花园")] == ["A1", "A2", "A3", "A4"]


def test_no_kind_hides_the_others(reader):
    kinds = [kind for kind, _ in hits(reader, "北")]
    assert kinds.count("areas") <= 4
    assert "markets" in kinds


def test_a_hit_says_where_it_lies(reader):
    market = suggestions(reader, "北关夜市", 1)[0]
    assert reader.rows("SELECT code FROM areas WHERE n = $n", {"n": market.area}) == [
        {"code": "111001"}
    ]


@pytest.mark.parametrize("text", ["", "   ", "没有这个地方", "%", "_"])
def test_what_names_nothing_finds_nothing(reader, text):
    assert hits(reader, text) == []


@given(st.text(max_size=60), st.integers(1, 5))
def test_whatever_is_typed_is_answered_within_the_limit(reader, text, limit):
    assert len(hits(reader, text, limit)) <= limit
