from __future__ import annotations

import pytest

from geodata.addresses.library import load
from geodata.addresses.match import Matcher
from tests.town import published

ZONES = {"XD": "听涛园东区", "XX": "听涛园西区", "Y1": "望山居一期", "Y2": "望山居二期"}
PLAIN = {"Z": "柏林公寓", "H": "槐荫小区南区"}
AREA = {"county": "张店区", "city": "淄博市", "province": "山东省", "town": "北街道"}


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    rows = []
    for ident, name in {**ZONES, **PLAIN}.items():
        compound = {**AREA, "quarter": name}
        rows.append({**compound, "id": ident, "level": "quarter"})
        for number in (3, 5):
            building = {**compound, "id": f"{ident}-{number}", "building": f"{number}号楼"}
            rows.append({**building, "level": "building"})
            unit = {**building, "id": f"{ident}-{number}-2", "unit": "2单元"}
            rows.append({**unit, "level": "unit"})
    folder = tmp_path_factory.mktemp("zones")
    return Matcher(load(published(folder, addresses=rows)))


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("听涛园的,西区,5号楼漏水", "XX-5"),
        ("听涛园,西区,5号楼2单元", "XX-5-2"),
        ("就是听涛园,西边那个区,5号楼", "XX-5"),
        ("我是望山居的业主,二期那边,3号楼", "Y2-3"),
        ("望山居的二期3号楼没水", "Y2-3"),
        ("望山居小区,一期,3号楼", "Y1-3"),
        ("就是那个望山居嘛二期的三号楼二单元", "Y2-3-2"),
    ],
)
def test_a_zone_told_behind_the_name_picks_the_compound(matcher, said, ident):
    match = matcher.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match.reason


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("望山居一期3号楼2单元,不对,是二期3号楼2单元", "Y2-3-2"),
        ("望山居一期,啊不,二期,二期5号楼", "Y2-5"),
        ("听涛园东区3号楼,说错了,西区3号楼", "XX-3"),
        ("听涛园不是东区,是西区5号楼", "XX-5"),
        ("不是听涛园东区,是西区5号楼", "XX-5"),
        ("我住听涛园西区,要投诉的是东区3号楼", "XD-3"),
        ("望山居一期还是二期来着,二期,二期3号楼", "Y2-3"),
    ],
)
def test_the_last_zone_told_wins(matcher, said, ident):
    match = matcher.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match.reason


def test_the_reason_says_which_zone_is_meant(matcher):
    reason = matcher.match("望山居一期3号楼,不对,是二期3号楼").reason
    assert reason == "“望山居一期”,所说的分区是望山居二期。"


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("听涛园东区3号楼,西区那边没事", "XD-3"),  # another zone, which is not the place
        ("柏林公寓南区停车场没灯", "Z"),  # a part of what has no zones
        ("柏林公寓,区政府对面那个,没人管", "Z"),
    ],
)
def test_words_that_pick_no_zone_change_nothing(matcher, said, ident):
    assert matcher.match(said).address_id == ident


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("望山居,三期,3号楼", "zone"),
        ("望山居一期3号楼,不对,是三期3号楼", "zone"),
        ("柏林公寓的二期3号楼", "zone"),
        ("望山居一期还是二期", "zones"),
        ("听涛园东区,西区3号楼", "zones"),
        ("望山居3号楼", "homonym"),
    ],
)
def test_a_zone_that_is_no_sibling_or_not_clear_goes_to_review(matcher, said, why):
    match = matcher.match(said)
    assert (match.status, match.why) == ("review", why), match.reason


def test_a_zone_may_stand_behind_a_name_without_the_word_for_its_kind(matcher):
    assert matcher.match("槐荫南区5号楼漏水").address_id == "H-5"
