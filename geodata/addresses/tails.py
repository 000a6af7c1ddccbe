"""What follows the name of a base place: building, unit, floor and room.

Storeys are no buildings: 三楼 is a floor, 3号楼 a building.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geodata.addresses.cues import CORRECTED
from geodata.addresses.elements import Element
from geodata.addresses.words import without_zeros

_B = r"(?:[0-9]{1,3}(?:-[0-9]{1,2})?[A-D]?|[A-Z][0-9]{0,2}|[东西南北中])"
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
_UNIT = r"第?(?P<unit>[0-9]{1,2}|[东西中]|[A-D])[#号]?(?:单元门?|门洞|门栋|门(?=[0-9]{3}))"
_FLOOR = r"(?P<floor>[0-9]{1,2}|[一二三四五六七八九十顶]{1,3})(?:层|楼)(?!下|上|道|顶|梯)"
_ROOM = (
    r"(?P<room>[0-9]{3,4}(?=室|户(?!居民|业主|人家|住户|村民|家庭|联名)|号|房)|[东西中]户|[0-9]{3,4}(?=$|[，。；！？\-]|[一-鿿]|[A-Z]{2})"
    r"(?!米|多|余|元|块|路(?!灯|面|边)|年(?!年)|平|人(?!不|没|家)|个|天(?![天花气台井窗线])|次|分|度|户))(?:室|户|号|房)?"
)
_STOREY = "楼(?=[，的]?第?(?:[0-9]{1,2}|[东西中])单元)"  # 3楼2单元 is a building after all
# What may stand between a building, its unit and its room: 二单元那个1101, 1单元然后402.
_LINK = "[的，然那这嗯呃啊/-]{0,3}[个后]?"
_WHOLE = re.compile(
    rf"(?P<building>{_B})(?:号楼|栋楼?|幢楼?|座|#楼?|号(?=[0-9东西中A-D]{{1,2}}单元|-)|{_STOREY})"
    rf"(?:{_LINK}{_UNIT})?(?:{_LINK}{_FLOOR})?(?:{_LINK}{_ROOM})?"
)
_UNIT_ALONE = re.compile(rf"-?{_UNIT}(?:{_LINK}{_FLOOR})?(?:{_LINK}{_ROOM})?")
# 9-3 is a building and a unit, most often: the building is certain.
_PAIR = re.compile(
    r"(?P<building>[0-9]{1,3})-[0-9]{1,2}(?![0-9-]|[米号栋楼幢#点月日年人家层个天岁元时分次名])"
)
# How a correction begins.
_MAY_CORRECT = frozenset("，。！…-哦啊哎噢唉呃嗯不说记搞弄看打写我口更纠稍应误系经慢等")
# Whatever has a dash in it; the last has none.
_HOUSES = (_JOINED, _UNIT_ROOM, _SHORT, _PAIR, _WHOLE)
_UNDASHED = _HOUSES[-1:]
_ROOM_ALONE = re.compile(_ROOM)
_BEFORE = {"building": 0, "unit": 1, "floor": 2, "room": 3}
_GAP = re.compile(r"[的，内里院-]{0,3}(?:小区|院内|院里|里面|居民|业主|住户)?[的，]?")
# Begins with the characters it may begin with, and is searched twice as fast.
_BUILDING_ANYWHERE = re.compile(
    r"(?P<building>[0-9A-Z东西南北中](?<![0-9A-Z].)(?<![0-9一二三四五六七八九十][月.].)"
    r"(?:(?<=[0-9])[0-9]{0,2}(?:-[0-9]{1,2})?[A-D]?|(?<=[A-Z])[0-9]{0,2}|(?<=[^0-9A-Z])))"
    r"(?:号楼|栋|幢|#楼?|(?<=[A-Z])座)"
)
_GLUED = re.compile(r"(?P<building>[A-H])(?P<room>[0-9]{3,4})(?:室|户|号)?(?![0-9A-Z米])")  # C1504
# As forms are filled in: 楼栋：9单元：1房号：301.
_FORM = re.compile(
    r"(?:楼栋号?|楼号|幢号|栋号?)：(?P<building>[0-9]{1,3}|[A-Z])(?:号楼|[栋幢座#])?"
    r"(?:[，；]?单元号?：(?P<unit>[0-9]{1,2})(?:单元)?)?"
    r"(?:[，；]?(?:房号|房间号?|室号?|户号|房屋号?|门牌号?)：(?P<room>[0-9]{3,4})(?:室|户|号)?)?"
)
# Of several told together none is certain, but what they are in: 1至8号楼, 1、2、3号楼, 3，5号楼,
# 南门到3号楼; 3号楼2、3单元; 2单元和3单元; 501、502.
_AND = "(?:[、和与及跟至到或~-]|还是|或者)"
_NUMBER = r"(?:[0-9]{1,3}|[A-H]|[东西中]|[一二三四五六七八九十]{1,3})"
_BEFORE_LAST = re.compile(
    rf"{_NUMBER}(?:号楼?|[栋幢座#]|单元)?{_AND}第?$|(?<![0-9])[0-9]{{1,2}}(?:号楼?)?，$|[门口]到$"
)
_LIST_WIDTH = 8  # characters in front that tell of another one
_ANOTHER = re.compile(_AND)
_BEFORE_NUMBER = frozenset("、和与及跟至到或~-，是者第")  # in front of the last of them
MAY_GO_ON = frozenset("、和与及跟至到或还-")
_MAY_CHANGE = MAY_GO_ON | _MAY_CORRECT
# What stands between a house and the name behind it: 2号楼3单元，世纪花园的.
_NAME_FOLLOWS = re.compile(r"(?<=[0-9楼栋幢座室户元#])(?:[，的在]|，就?[在是]|的，)?$")
_HOUSE_BEGINS = frozenset("，。；：！？、住在是映诉")
_IN_FRONT = 20  # characters that a house in front of its name takes at most


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


def house(text: str, at: int, until: int) -> Tail:
    """Give building, unit, floor and room that belong to a compound named before ``at``.

    They stand behind the name, or further on before the next place (``until``); several buildings
    named there are none that is certain.
    """
    begin = None if text[at : at + 1].isdigit() else _GAP.match(text, at, until)
    start = begin.end() if begin else at
    for pattern in _HOUSES if "-" in text else _UNDASHED:
        if found := pattern.match(text, start, until):
            if text[found.end() : found.end() + 1] in _MAY_CHANGE:
                return _changed(text, found, until)
            told = _tail(found)
            tail = _several(text, told, until)
            return _with_unit(text, told, until) if tail is told else tail
    if start < until and text[start] <= "H" and (glued := _GLUED.match(text, start, until)):
        return _one_alone(text, _tail(glued), until)
    return _further(text, at, until)


def house_before(text: str, since: int, at: int) -> Tail:
    """Give the house that is told in front of its compound: 2号楼3单元，世纪花园的.

    It begins behind ``since``, where a clause does or a word leads to it.
    """
    gap = _NAME_FOLLOWS.search(text, max(since, at - 3), at)
    if gap is None:
        return NOTHING
    end, begin = gap.start(), max(since, at - _IN_FRONT)
    for pattern in (_JOINED, _UNIT_ROOM, _SHORT, _WHOLE):
        for found in pattern.finditer(text, begin, end):
            start = found.start()
            leads = start == since or text[start - 1] in _HOUSE_BEGINS
            if found.end() == end and leads:
                return _tail(found)
    return NOTHING


def _changed(text: str, found: re.Match[str], until: int) -> Tail:
    """Give what is left of a house behind which it is corrected, or another one told."""
    told = _tail(said_better(text, found, until))
    tail = _several(text, told, until)
    if tail is not told:
        return tail
    return _with_unit(text, _one_alone(text, _taken_back(text, told, until), until), until)


def said_better(text: str, found: re.Match[str], until: int) -> re.Match[str]:
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
    if len(units) != 1 or _is_last(text, tail.end, units[0].start("unit")):
        return tail
    more = _tail(units[0])
    return Tail(tail.words | more.words, tail.found + more.found, tail.end)


def _is_last(text: str, since: int, start: int) -> bool:
    """Whether what starts there is the last of several: 8号楼 of 1至8号楼, 3单元 of 2、3单元."""
    if text[start - 1 : start] not in _BEFORE_NUMBER:
        return False
    return _BEFORE_LAST.search(text, max(since, start - _LIST_WIDTH), start) is not None


def _one_alone(text: str, tail: Tail, until: int) -> Tail:
    """2单元和3单元, 501、502: of two neither is certain, but what both are in is."""
    joined = _ANOTHER.match(text, tail.end, until)
    if joined is None:
        return tail
    for pattern in (*_HOUSES, _UNIT_ALONE, _ROOM_ALONE):
        if other := pattern.match(text, joined.end(), until):
            words: dict[str, str] = {}
            told = _tail(other).words
            for level, word in tail.words.items():
                if told.get(level, word) != word:
                    return Tail(words, tail.found, other.end())
                words[level] = word
            return tail
    return tail


def _several(text: str, tail: Tail, until: int) -> Tail:
    """3号楼和5号楼 are two buildings, 3号楼2单元 and 3号楼4单元 two units: neither is certain."""
    for other in _BUILDING_ANYWHERE.finditer(text, tail.end, until):
        whole = _WHOLE.match(text, other.start(), until)
        told = _tail(whole or other).words
        if told.get("building") != tail.words.get("building"):
            return Tail({}, tail.found, tail.end)
        unit = tail.words.get("unit")
        if unit and told.get("unit", unit) != unit:
            return Tail({"building": told["building"]}, tail.found, tail.end)
    return tail


def _further(text: str, at: int, until: int) -> Tail:
    if "：" in text and (form := _FORM.search(text, at, until)):
        return _tail(form)
    first = _BUILDING_ANYWHERE.search(text, at, until)
    if first is None:
        return Tail({}, (), at)
    if _is_last(text, at, first.start()):
        return Tail({}, (first,), at)
    found = _WHOLE.match(text, first.start(), until)
    if found is None:
        return Tail({}, (), at)
    return _one_alone(text, _several(text, _tail(found), until), until)


def _tail(found: re.Match[str]) -> Tail:
    words = {level: word for level, word in found.groupdict().items() if word}
    for level, word in words.items():
        if word[0] == "0":
            words[level] = without_zeros(word)
        elif word[-1] == "户":
            words[level] = word[:-1]
    return Tail(words, (found,), found.end())
