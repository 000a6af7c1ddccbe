from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.pinyin import syllables
from geodata.addresses.suggest import suggestions
from geodata.addresses.text import normalised
from geodata.store.reader import Store
from tests.town import published


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
        ("shijihuayuan", ("addresses", "A1")),
        ("ShiJi", ("addresses", "A1")),
        ("sjhy", ("addresses", "A1")),
        ("sjxq", ("addresses", "A1")),  # an alias by its initials
        ("sjhy3", ("addresses", "A2")),
        ("liuquanlu", ("roads", "R1")),
        ("lql88", ("addresses", "A5")),
        ("rmgy", ("landmarks", "P1")),
        ("bgys", ("markets", "M1")),
        ("beijiedao", ("areas", "11")),
        ("世纪花园3-2-501", ("addresses", "A4")),
        ("世纪花园3栋2单元", ("addresses", "A3")),
        ("世纪花园三号楼二单元５０１", ("addresses", "A4")),
        ("世纪花园3号楼2单元5层501室", ("addresses", "A4")),
        ("世纪花园3号楼50", ("addresses", "A4")),  # of any unit, where none is said
        ("世纪小区3号楼2", ("addresses", "A3")),
        ("花园3号楼", ("addresses", "A2")),
        ("柳泉路8", ("addresses", "A5")),
        ("小城北街道世纪花园3号楼", ("addresses", "A2")),  # a whole address, read by the matcher
        ("世纪花圆", ("addresses", "A1")),  # a slip, which it knows too
    ],
)
def test_what_is_typed_finds_what_is_meant(reader, text, first):
    assert hits(reader, text)[0] == first


def test_larger_places_stand_before_smaller_ones(reader):
    assert [i for _, i in hits(reader, "世纪花园")] == ["A1", "A2", "A3", "A4"]


def test_a_building_is_followed_by_what_is_in_it(reader):
    assert [i for _, i in hits(reader, "世纪花园3号楼")] == ["A2", "A3", "A4"]
    assert [i for _, i in hits(reader, "世纪花园3号楼2")] == ["A3", "A4"]


def test_a_road_is_followed_by_its_doors(reader):
    assert hits(reader, "柳泉路") == [("roads", "R1"), ("addresses", "A5")]


def test_a_pinyin_begins_with_a_syllable(reader):
    assert hits(reader, "quanlu")[0] == ("roads", "R1")
    assert hits(reader, "uanlu") == []


def names(reader) -> list[str]:
    every = "SELECT name FROM {} ORDER BY hash(name) LIMIT 150"
    tables = ("areas", "places", "markets", "roads", "addresses")
    return [row["name"] for table in tables for row in reader.rows(every.format(table))]


def test_a_whole_name_is_suggested_first(tiny_folder):
    reader = Store(tiny_folder).reader()
    every = names(reader)
    assert len(every) > 300
    assert [n for n in every if suggestions(reader, n, 12)[0].name != n] == []


def test_pinyin_and_initials_of_a_name_find_it_or_what_sounds_alike(tiny_folder):
    reader = Store(tiny_folder).reader()
    for name in names(reader)[::7]:
        head = next(iter(re.findall("[一-鿿]{2,}", name)), "")
        if head and name.startswith(head):
            said = "".join(syllables(head))
            for typed in (said, "".join(sound[0] for sound in syllables(head))):
                assert suggestions(reader, typed.lower(), 12), (name, typed)
            told = suggestions(reader, said, 12)
            assert any(said in "".join(syllables(normalised(one.name))) for one in told), name


def test_a_place_without_addresses_has_suggestions_too(tmp_path):
    reader = published(tmp_path)
    assert hits(reader, "北街道")[0] == ("areas", "11")
    assert hits(reader, "世纪花园3号楼") == []


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


def test_a_landmark_stands_before_the_address_of_the_same_name(tiny_folder):
    reader = Store(tiny_folder).reader()
    for text in ("人民公园", "八大局"):  # without the city in front; an alias of the address
        assert [kind for kind, _ in hits(reader, text)][:2] == ["landmarks", "addresses"]
