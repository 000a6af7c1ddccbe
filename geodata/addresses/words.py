"""How the elements of an address are written, and the one word each of them comes down to."""

from __future__ import annotations

import re

from geodata.addresses.text import normalised

# Elements below a base place, coarse to fine, and the ending each is written with.
TAIL = ("road_no", "building", "unit", "room")
WRITTEN = {"road_no": "号", "building": "号楼", "unit": "单元", "room": "室"}  # as most are
_ENDING = {
    "road_no": re.compile(r"(?:号院|号|院)$"),
    "building": re.compile(r"(?:号楼|#楼|栋楼|幢楼|号|栋|幢|座|#|楼)$"),
    "unit": re.compile(r"(?:单元|门栋|门)$"),
    "room": re.compile(r"(?:号房|室|户|房|号)$"),
}
_LETTERED = re.compile(r"(?:号-?|-)([甲乙丙丁A-D])$")
_LETTER_LEADS = re.compile(r"^([甲乙丙丁])([0-9]+)$")
_TOWN = re.compile(r"(?:街道办事处|街道办|办事处|街道|镇政府|镇|乡)$")
_COMMUNITY = re.compile(
    r"(?:社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|居委会|社区居委|居委|社区|村)$"
)


def said(level: str, written: str) -> str:
    """Give the word of an element below a base place: 3号楼, 3栋 and 3# are all 3."""
    plain = normalised(written)
    if plain.endswith(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")):
        plain = normalised(plain + "号")[:-1]
    short = _ENDING[level].sub("", plain) or plain
    return one_door(short) if level == "road_no" else without_zeros(short)


def one_door(number: str) -> str:
    """Give the one word of a door number: 77号甲, 甲77 and 77甲 are one door, 77号-1 is 77-1.

    >>> one_door("77号甲"), one_door("甲77"), one_door("77号-1"), one_door("036")
    ('77甲', '77甲', '77-1', '36')
    """
    number = _LETTER_LEADS.sub(r"\2\1", number)
    if number[-1:].isdigit():
        return without_zeros(number.replace("号-", "-"))
    return without_zeros(_LETTERED.sub(r"\1", number))


def without_zeros(word: str) -> str:
    """Give a number without zeros in front, as 04号楼 and 0502室 are written on forms."""
    return word.lstrip("0") or word


def core(level: str, name: str) -> str:
    """Give the name of a base place as those of its level are compared."""
    if level == "town":
        return town_core(name)
    return community_core(name) if level == "community" else normalised(name)


def town_core(name: str) -> str:
    """Give the name of a town without what kind of town it is: 马尚街道 and 马尚镇 are 马尚."""
    plain = normalised(name)
    return _TOWN.sub("", plain) or plain


def community_core(name: str) -> str:
    """Give the name of a community without what kind it is."""
    plain = normalised(name)
    return _COMMUNITY.sub("", plain) or plain
