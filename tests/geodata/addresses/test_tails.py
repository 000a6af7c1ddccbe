from __future__ import annotations

import pytest

from geodata.addresses.tails import door, house
from geodata.addresses.text import normalised


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("3号楼2单元501室", {"building": "3", "unit": "2", "room": "501"}),
        ("3-2-501", {"building": "3", "unit": "2", "room": "501"}),
        ("3#2单元501", {"building": "3", "unit": "2", "room": "501"}),
        ("3栋501户", {"building": "3", "room": "501"}),
        ("12-501", {"building": "12", "room": "501"}),
        ("三幢二单元", {"building": "3", "unit": "2"}),
        ("A座1203", {"building": "A", "room": "1203"}),
        ("，3号楼1单元3楼", {"building": "3", "unit": "1", "floor": "3"}),
        ("小区里3号楼", {"building": "3"}),
        ("的垃圾堆在12号楼前面", {"building": "12"}),
        ("东单元", {}),  # a unit of no building
        ("三楼窗户都不敢开", {}),  # a storey is no building
        ("3楼", {}),
        ("3号楼和5号楼之间", {}),  # two buildings are none
        ("往南50米", {}),
        ("", {}),
    ],
)
def test_what_follows_a_compound_is_building_unit_and_room(said, words):
    plain = normalised(said)
    assert house(plain, 0, len(plain)).words == words


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("88号", "88"),
        ("88号院", "88"),
        ("88-1号", "88-1"),
        ("88号之1", "88-1"),
        ("甲88号", "甲88"),
        ("八十八号", "88"),
        ("88", "88"),
        ("88，烧烤", "88"),
        ("50米", None),
        ("3号楼", None),
        ("12路公交", None),
        ("2号线", None),
    ],
)
def test_what_follows_a_road_is_a_door_number_or_nothing(said, number):
    found = door(normalised(said), 0)
    assert (found and found.words["road_no"]) == number
