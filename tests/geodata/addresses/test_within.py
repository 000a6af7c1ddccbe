"""Doors, shops in compounds, towns that are told behind, and whether the reasons are true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.addresses.library import load
from geodata.addresses.match import Matcher
from tests.town import published

if TYPE_CHECKING:
    from pathlib import Path


def _door(ident: str, road: str, number: str, town: str | None = None) -> dict[str, str | None]:
    return {"id": ident, "level": "road_no", "road": road, "road_no": number, "town": town}


ROWS = (
    {"id": "R1", "level": "road", "road": "柳泉路"},
    _door("R1-8", "柳泉路", "8号", "北街道"),
    _door("R1-8a", "柳泉路", "8号甲", "北街道"),
    _door("R1-20", "柳泉路", "20号"),
    # Two roads of one name, and one that goes through two towns.
    {"id": "R2", "level": "road", "road": "新华路", "town": "北街道"},
    {"id": "R3", "level": "road", "road": "新华路", "town": "东街道"},
    _door("R2-4", "新华路", "4号", "北街道"),
    _door("R2-6", "新华路", "6号", "北街道"),
    _door("R3-4", "新华路", "4号", "东街道"),
    {"id": "R4", "level": "road", "road": "洪沟路", "town": "北街道"},
    _door("R4-1", "洪沟路", "1号", "北街道"),
    _door("R4-9", "洪沟路", "9号", "东街道"),
    {"id": "T1", "level": "town", "town": "南岭镇"},
    {"id": "R6", "level": "road", "road": "富民路", "town": "南岭镇"},
    {"id": "R7", "level": "road", "road": "富民路", "town": "东街道"},
    _door("R6-4", "富民路", "4号", "南岭镇"),
    _door("R7-4", "富民路", "4号", "东街道"),
    {"id": "Q4", "level": "quarter", "quarter": "柳苑", "town": "东街道", "road": "富民路",
     "road_no": "4号"},
    {"id": "Q4-7", "level": "building", "quarter": "柳苑", "building": "7号楼", "town": "东街道"},
    {"id": "Q5", "level": "quarter", "quarter": "静安里", "town": "东街道", "road": "柳泉路",
     "road_no": "33号"},
    {"id": "R5", "level": "road", "road": "西二路"},
    {"id": "Q1", "level": "quarter", "quarter": "丽景花园", "town": "北街道"},
    {"id": "Q2", "level": "quarter", "quarter": "翠竹苑", "town": "东街道", "aliases": "翠竹一期"},
    {"id": "Q3", "level": "quarter", "quarter": "齐林家园", "town": "东街道"},
    *[
        {"id": f"Q1-{b}", "level": "building", "quarter": "丽景花园", "building": f"{b}",
         "town": "北街道"}
        for b in ("1号楼", "2号楼", "3号楼", "A座")
    ],
    *[
        {"id": f"Q1-2-{u}", "level": "unit", "quarter": "丽景花园", "building": "2号楼",
         "unit": f"{u}单元", "town": "北街道"}
        for u in (1, 2)
    ],
    {"id": "Q1-A-1105", "level": "room", "quarter": "丽景花园", "building": "A座",
     "room": "1105室", "town": "北街道"},
    {"id": "P1", "level": "poi", "poi": "好运来超市", "quarter": "丽景花园", "building": "1号楼",
     "town": "北街道"},
    {"id": "P2", "level": "poi", "poi": "好运来超市", "quarter": "翠竹苑", "town": "东街道"},
    {"id": "P3", "level": "poi", "poi": "鲜果茶饮店(银座店)", "town": "北街道"},
    {"id": "P4", "level": "poi", "poi": "鲜果茶饮店(东关店)", "town": "东街道"},
    {"id": "P5", "level": "poi", "poi": "第二医院", "road": "柳泉路", "road_no": "20号"},
    {"id": "P6", "level": "poi", "poi": "张店七中", "town": "北街道"},
)  # fmt: skip


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    folder: Path = tmp_path_factory.mktemp("shops")
    given = [{"county": "张店区", "city": "淄博市", "province": "山东省", **row} for row in ROWS]
    return Matcher(load(published(folder, addresses=given)))


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        # A door with a letter is a door of its own, wherever the letter stands.
        ("柳泉路8号甲早点摊", "R1-8a"),
        ("柳泉路8甲号", "R1-8a"),
        ("柳泉路八号甲", "R1-8a"),
        ("柳泉路20号甲", "R1"),
        ("柳泉路8号到20号", "R1"),
        # What stands at a door is entered only where it has the building.
        ("柳泉路20号那个院3号楼", "R1-20"),
        # The door tells two roads apart, or the town behind it.
        ("新华路4号,就是东街道那个", "R3-4"),
        ("富民路4号,就是南岭那个", "R6-4"),
        ("东街道新华路,4号门口", "R3-4"),
        ("东街道富民路4号7号楼", "Q4-7"),
        ("南岭镇富民路4号7号楼", "R6-4"),  # that compound is at the other road of the name
        ("柳泉路33号", "Q5"),
        # A road of which there is one goes through the towns of its doors.
        ("洪沟路", "R4"),
        ("洪沟路9号", "R4-9"),
        ("东街道洪沟路9号", "R4-9"),
        ("西2路", "R5"),
        ("新华路4号,就东街道那个", "R3-4"),
        # A shop in a compound.
        ("丽景花园里的好运来超市卖假烟", "P1"),
        ("丽景花园1号楼底商好运来超市", "P1"),
        ("就是翠竹苑里面那个好运来超市", "P2"),
        ("好运来超市在翠竹苑里面", "P2"),
        ("不是丽景花园里的好运来超市,是翠竹苑里的好运来超市", "P2"),
        ("好运来超市(翠竹苑)", "P2"),
        ("好运来超市,就在翠竹苑", "P2"),
        ("好运来超市,我说的是在翠竹苑里边开的那个", "P2"),
        ("第二医院不给报告，都跑了三趟了，柳泉路", "P5"),  # it stands there
        ("银座的鲜果茶饮店", "P3"),
        ("东关鲜果茶饮店", "P4"),
        ("张店7中门口", "P6"),
        # The house in front, rooms glued to their letter, forms.
        ("2号楼1单元,丽景花园的", "Q1-2-1"),
        ("丽景花园a1105", "Q1-A-1105"),
        ("丽景花园 楼栋:2 单元:1", "Q1-2-1"),
        ("丽景花园1至3号楼", "Q1"),
        ("丽景花园2号楼1、2单元", "Q1-2号楼"),
        ("丽景花园6月3号楼道没灯", "Q1"),
    ],
)
def test_what_is_told_beside_a_name_is_heard(shops, said, ident):
    match = shops.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match


@pytest.mark.parametrize(
    "said",
    [
        "东街道柳泉路8号",  # that door lies in the other street
        "北街道洪沟路9号",
        "北街道柳泉路33号",  # nor does the compound at that door
        "新华路4号",  # both roads have it
        "新华路6号",  # and a number alone is no evidence
        "好运来超市",
        "丽景花园旁边的好运来超市",
        "丽景花园2号楼底商好运来超市",  # it is in another building
        "鲜果茶饮店",
    ],
)
def test_what_contradicts_itself_or_tells_too_little_goes_to_review(shops, said):
    match = shops.match(said)
    assert match.status == "review", match


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("丽景花圆2号楼", "“丽景花圆”有一字之差,读作丽景花园。"),
        ("翠竹一期", "“翠竹一期”是翠竹苑的别称。"),
        ("丽景花园C座", "丽景花园没有C座(库中1–A)。"),
        ("丽景花园8栋", "丽景花园没有8栋(库中1–A)。"),
        ("丽景花园2号楼5单元", "丽景花园2号楼没有5单元(库中1–2)。"),
        ("丽景花园1至3号楼", "没有说定是哪一栋楼。"),
        ("齐林家园3号楼", "地址库没有登记齐林家园的楼栋。"),
        ("柳泉路20号3号楼", "地址库没有登记柳泉路20号的楼栋。"),
    ],
)
def test_the_reason_is_true_of_the_text_and_in_its_words(shops, said, reason):
    assert shops.match(said).reason.endswith(reason)


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("我住丽景花园2号楼1单元，小区大门口全是小贩", "Q1"),
        ("有人在丽景花园A座1105开了美甲店，大厦的地下车库没有灯", "Q1"),
        ("我住丽景花园2号楼1单元，楼道里堆满杂物", "Q1-2-1"),
        ("丽景花园2号楼1单元门口积水，小区里没人管", "Q1-2-1"),
    ],
)
def test_what_all_of_a_compound_share_is_not_in_the_flat_of_who_calls(shops, said, ident):
    assert shops.match(said).address_id == ident
