from __future__ import annotations

import pytest

from geodata.addresses.door import door
from geodata.addresses.tails import house, house_before
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
        ("2至6号楼", {}),
        ("2到6号楼停暖", {}),
        ("4、5、6号楼", {}),
        ("4，5号楼", {}),
        ("二到六号楼", {}),
        ("七八号楼那边", {}),  # about so many is no number
        ("西门到2号楼的路", {}),
        ("6月2号楼道没电", {}),  # the second of June
        ("六月二号楼上漏水", {}),
        ("这个月2号楼没电", {"building": "2"}),
        ("2号楼1、2单元", {"building": "2"}),  # of two units neither is certain
        ("2号楼1单元和2单元", {"building": "2"}),
        ("2号楼1单元301、302", {"building": "2", "unit": "1"}),
        ("2号楼1-3单元", {"building": "2"}),
        ("2-1-301和2-2-101", {"building": "2"}),
        ("2-1-301和5-2-101", {}),
        ("2号楼1单元三零一和三零二", {"building": "2", "unit": "1"}),
        ("8.2号楼道没电", {}),
        ("2号楼1单元301和物业", {"building": "2", "unit": "1", "room": "301"}),
        ("2号楼1单元120户居民", {"building": "2", "unit": "1"}),  # so many, and no room
        ("二号楼一单元三楼的三零一", {"building": "2", "unit": "1", "floor": "三", "room": "301"}),
        ("二号楼一单元然后三零一", {"building": "2", "unit": "1", "room": "301"}),
        ("贰号楼壹单元叁零壹", {"building": "2", "unit": "1", "room": "301"}),
        ("2楼1单元301", {"building": "2", "unit": "1", "room": "301"}),  # a building after all
        ("2栋1门301", {"building": "2", "unit": "1", "room": "301"}),
        ("02号楼01单元0301室", {"building": "2", "unit": "1", "room": "301"}),
        ("2号楼1单元漏水，2号楼3单元也漏", {"building": "2"}),  # of two units neither is certain
        ("2号楼，对，2号楼3单元", {"building": "2", "unit": "3"}),  # of one, the whole
        ("b1105有人推销", {"building": "B", "room": "1105"}),
        ("楼栋:2,单元:1,房号:301", {"building": "2", "unit": "1", "room": "301"}),
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
        ("甲88号", "88甲"),  # one door, wherever the letter stands
        ("八十八号", "88"),
        ("88", "88"),
        ("88，烧烤", "88"),
        ("88往南100米", "88"),
        ("NO.48旁边", "48"),
        ("36号甲开店，后来搬到36号丙", None),
        ("21号台球厅", "21"),
        ("50米", None),
        ("3号楼", None),
        ("12路公交", None),
        ("2号线", None),
        ("88号甲", "88甲"),
        ("88号之甲", "88甲"),
        ("88甲号", "88甲"),
        ("88号-甲", "88甲"),
        ("88甲汽修", "88甲"),
        ("88号甲鱼馆", "88"),
        ("88附2号", "88-2"),
        ("88号附二号", "88-2"),
        ("88号A座", "88"),
        ("88号到102号", None),  # of two neither is certain
        ("88号、90号", None),
        ("2号开始修路", None),  # a day
        (",88号门口", "88"),
        (",2号停水", None),
    ],
)
def test_what_follows_a_road_is_a_door_number_or_nothing(said, number):
    found = door(normalised(said), 0)
    assert (found and found.words["road_no"]) == number


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2号楼1单元，", {"building": "2", "unit": "1"}),
        ("2-1-301", {"building": "2", "unit": "1", "room": "301"}),
        ("我住2号楼，", {"building": "2"}),
        ("春光小区2号楼，", {}),  # of another place
        ("2号楼有狗，", {}),
        ("9-3", {}),  # a date as well
    ],
)
def test_a_house_may_be_told_in_front_of_its_compound(said, words):
    plain = normalised(said)
    assert house_before(f"{plain}世纪花园", 0, len(plain)).words == words
