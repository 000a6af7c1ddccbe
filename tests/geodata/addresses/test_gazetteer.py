from __future__ import annotations

import pytest

from geodata.addresses.gazetteer import Gazetteer
from geodata.addresses.mentions import reading
from geodata.addresses.surfaces import ALIAS, BRIEF, NAME, WEAK, Sense

FORMS = {
    "洛都": (Sense(0, "quarter", ALIAS),),
    "昆山新村": (Sense(1, "quarter", NAME),),
    "新村": (Sense(2, "quarter", BRIEF),),
    "坤山": (Sense(3, "community", WEAK),),
    "时代": (Sense(4, "community", WEAK),),
    "文昌": (Sense(5, "town", WEAK),),
    "七中": (Sense(6, "poi", ALIAS),),
    "十七中": (Sense(7, "poi", ALIAS),),
    "瑞苑": (Sense(8, "quarter", ALIAS),),
    "凯瑞园": (Sense(9, "quarter", NAME),),
}


def names(text: str) -> list[str]:
    found = reading(text, Gazetteer(FORMS)).mentions
    return [mention.anchor.form for mention in found if mention.anchor]


@pytest.mark.parametrize("text", ["洛嘟8号楼漏水", "我家住洛嘟8号楼", "烟大,洛嘟8号楼"])
def test_two_characters_with_a_slip_are_a_name_in_front_of_a_building(text):
    assert names(text) == ["洛都"]


@pytest.mark.parametrize("text", ["洛嘟门口漏水", "金洛嘟8号楼漏水", "洛嘟"])
def test_elsewhere_they_are_none(text):
    assert names(text) == []


def test_a_longer_name_with_a_slip_goes_before_names_that_need_another_one():
    assert names("坤山新村7号楼") == ["昆山新村"]


def test_an_area_in_front_of_what_is_no_name_itself_is_none():
    assert names("时代文昌一楼超市") == []


def test_a_word_that_leads_to_a_name_is_no_slip_of_a_longer_one():
    assert names("我是七中的学生") == ["七中"]
    assert names("凯瑞苑门口漏水") == ["凯瑞园"]
