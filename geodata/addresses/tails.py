"""What follows the name of a base place: a door number, or building, unit, floor and room.

Storeys are no buildings (三楼 is a floor, 3号楼 a building), and a length of road, a bus line or a
time of day is no door number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geodata.addresses.cues import CORRECTED
from geodata.addresses.elements import Element

_B = r"(?:[0-9]{1,3}(?:-[0-9]{1,2})?[A-D]?|[A-Z][0-9]{0,2}|[东西南北中])"
_DOOR = re.compile(
    r"(?P<road_no>[甲乙丙]?[0-9]{1,5}[甲乙丙]?(?:-[0-9]{1,4})?(?:号-[0-9]{1,4})?[A-D]?)"
    r"(?:号大院|号院|号(?!楼(?![上下前后道梯顶])|线|公馆|车|台|桥)|(?<=号-[0-9])|(?<=号-[0-9]{2})"
    r"|院|#(?!楼(?![上下前后道梯顶]))"
    r"|(?=$|[，。；、！？]|附近|门口|门前|旁|对面|斜对|楼下|院内|那|这|的|东|西|南|北|烧烤|饭店|商铺|店))"
)
_JOINED = re.compile(
    r"(?P<building>[0-9]{1,3}|[A-Z][0-9]?)(?:号楼|栋|幢|座|#楼|#|号)?-(?P<unit>[0-9]{1,2})"
    r"(?:单元)?-(?P<room>[0-9]{3,4})(?:室|户|号)?(?![0-9米])"
)
_UNIT_ROOM = re.compile(
    r"(?P<building>[0-9]{1,3}|[A-Z])(?:号楼|栋|幢|座|#楼?)-?(?P<unit>[0-9]{1,2})-(?P<room>[0-9]{3,4})"
    r"(?:室|户|号)?(?![0-9米-])"
)
_SHORT = re.compile(
    r"(?P<building>[0-9]{1,3}|[A-Z])(?:号楼|栋|幢|座|#楼|#|号)?-(?P<room>[0-9]{3,4})(?:室|户|号)?(?![0-9米-])"
)
_UNIT = r"第?(?P<unit>[0-9]{1,2}|[东西中]|[A-D])(?:单元门?|门洞|门栋)"
_FLOOR = r"(?P<floor>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:层|楼)(?!下|上|道|顶|梯)"
_ROOM = (
    r"(?P<room>[0-9]{3,4}(?=室|户|号|房)|[东西中]户|[0-9]{3,4}(?=$|[，。；！？\-]|[一-鿿])"
    r"(?!米|多|余|元|块|路(?!灯|面|边)|年(?!年)|平|人(?!不|没|家)|个|天(?![天花气台井窗线])|次|分|度))(?:室|户|号|房)?"
)
_WHOLE = re.compile(
    rf"(?P<building>{_B})(?:号楼|栋楼?|幢楼?|座|#楼?|号(?=[0-9东西中A-D]{{1,2}}单元|-))"
    rf"(?:[的，-]?{_UNIT})?(?:[的，]?{_FLOOR})?(?:[的，-]?{_ROOM})?"
)
_UNIT_ALONE = re.compile(rf"-?{_UNIT}(?:{_FLOOR})?(?:-?{_ROOM})?")
# 9-3 is a building and a unit, most often: the building is certain.
_PAIR = re.compile(
    r"(?P<building>[0-9]{1,3})-[0-9]{1,2}(?![0-9-]|[米号栋楼幢#点月日年人家层个天岁元时分次名])"
)
_MAY_CORRECT = frozenset(
    "，。！…-哦啊哎噢唉呃嗯不说记搞弄看打写我口更纠稍应误系经"
)  # how a correction begins
# Whatever has a dash in it; the last has none.
_HOUSES = (_JOINED, _UNIT_ROOM, _SHORT, _PAIR, _WHOLE)
_ROOM_ALONE = re.compile(_ROOM)
_BEFORE = {"building": 0, "unit": 1, "floor": 2, "room": 3}
_GAP = re.compile(r"[的，内里院-]{0,3}(?:小区|院内|院里|里面|居民|业主|住户)?[的，]?")
_BUILDING_ANYWHERE = re.compile(rf"(?<![0-9A-Z])(?P<building>{_B})(?:号楼|栋|幢|#楼?)")


class Tail(NamedTuple):
    """Words below a base place by their level, where they were found, and where all of it ends."""

    words: dict[str, str]
    found: tuple[re.Match[str], ...]
    end: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.found[0].start()

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        """Where the words stand, by their level."""
        return {
            level: found.span(level)
            for found in self.found
            for level, word in found.groupdict().items()
            if word
        }

    def elements(self, text: str) -> list[Element]:
        """Give the elements with their spans in the normalised text."""
        return [
            Element(start, end, level, text[start:end])
            for level, (start, end) in sorted(self.spans.items(), key=lambda item: item[1])
        ]


NOTHING = Tail({}, (), 0)


def door(text: str, at: int) -> Tail | None:
    """Give the door number that stands directly behind a road's name."""
    found = _DOOR.match(text, at)
    if found is None:
        return None
    found = _said_better(text, found, len(text))
    tail = _tail(found)
    word = tail.words["road_no"].replace("号-", "-")
    return Tail({"road_no": word}, tail.found, tail.end)


def house(text: str, at: int, until: int) -> Tail:
    """Give building, unit, floor and room that belong to a compound named before ``at``.

    They stand behind the name, or further on before the next place (``until``); several buildings
    named there are none that is certain.
    """
    begin = None if text[at : at + 1].isdigit() else _GAP.match(text, at, until)
    start = begin.end() if begin else at
    for pattern in _HOUSES if text.find("-", start, until) >= 0 else _HOUSES[-1:]:
        if found := pattern.match(text, start, until):
            found = _said_better(text, found, until)
            tail = _several(text, _tail(found), until)
            return _with_unit(text, _taken_back(text, tail, until), until)
    return _further(text, at, until)


def _said_better(text: str, found: re.Match[str], until: int) -> re.Match[str]:
    """7号楼，不对，8号楼: what is said in place of it, written in the same way."""
    end = found.end()
    if text[end : end + 1] not in _MAY_CORRECT:
        return found
    after = CORRECTED.match(text, end, until)
    return (after and found.re.match(text, after.end(), until)) or found


def _taken_back(text: str, tail: Tail, until: int) -> Tail:
    """4号楼3单元，不，2单元: the finest is said anew; what is taken back is not claimed."""
    if not tail.words or text[tail.end : tail.end + 1] not in _MAY_CORRECT:
        return tail
    after = CORRECTED.match(text, tail.end, until)
    if after is None:
        return tail
    for pattern in (_UNIT_ALONE, _ROOM_ALONE):
        if anew := pattern.match(text, after.end(), until):
            coarser = {
                level: tail.words[level] for level in tail.words if _BEFORE[level] < _first(anew)
            }
            return Tail(coarser | _tail(anew).words, (*tail.found, anew), anew.end())
    finest = max(tail.words, key=_BEFORE.__getitem__)
    kept = {level: word for level, word in tail.words.items() if level != finest}
    return Tail(kept, tail.found, tail.end)


def _first(found: re.Match[str]) -> int:
    return min(_BEFORE[level] for level, word in found.groupdict().items() if word)


def is_house(text: str, at: int) -> bool:
    """Whether a building stands directly at a place of a text."""
    return any(pattern.match(text, at) for pattern in _HOUSES)


def _with_unit(text: str, tail: Tail, until: int) -> Tail:
    """7号楼的业主，我家在1单元1201: a unit that is told later, if only one is."""
    if len(tail.words) > 1 or "building" not in tail.words:
        return tail
    units = list(_UNIT_ALONE.finditer(text, tail.end, until))
    if len(units) != 1:
        return tail
    more = _tail(units[0])
    return Tail(tail.words | more.words, tail.found + more.found, tail.end)


def _several(text: str, tail: Tail, until: int) -> Tail:
    """3号楼和5号楼 are two buildings: neither of them alone is the place."""
    if "unit" in tail.words or "room" in tail.words:
        return tail
    other = _BUILDING_ANYWHERE.search(text, tail.end, until)
    if other and other.group("building") != tail.words["building"]:
        return Tail({}, tail.found, tail.end)
    return tail


def _further(text: str, at: int, until: int) -> Tail:
    first = _BUILDING_ANYWHERE.search(text, at, until)
    if first is None:
        return Tail({}, (), at)
    found = _WHOLE.match(text, first.start(), until)
    return _several(text, _tail(found), until) if found else Tail({}, (), at)


def _tail(found: re.Match[str]) -> Tail:
    words = {level: word for level, word in found.groupdict().items() if word}
    if "room" in words:
        words["room"] = words["room"].removesuffix("户")
    return Tail(words, (found,), found.end())
