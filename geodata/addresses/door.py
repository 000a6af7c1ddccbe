"""The door number behind the name of a road.

A length of road, a bus line or a time of day is no door number.
"""

from __future__ import annotations

import re

from geodata.addresses.tails import MAY_GO_ON, Tail, said_better
from geodata.addresses.words import one_door

# 77号甲 and 77甲号 are one door; 甲鱼 is a dish, A座 a building.
_LETTER = r"-?(?:[甲乙丙丁](?![鱼醛方级状流肝烯烷醇家姓某])|[A-D](?![A-Z0-9座栋幢区口门户馆级]))"
_NO_DOOR = r"楼(?![上下前后道梯顶])|线|公馆|车|台(?!球)|桥|开始|摊|档口"
_DOOR = re.compile(
    r"(?:NO[.：]?)?(?P<road_no>[甲乙丙]?[0-9]{1,5}(?:-?[甲乙丙丁])?(?:-[0-9]{1,4})?(?:号-[0-9]{1,4})?[A-D]?"
    rf"(?:号{_LETTER})?)"
    rf"(?:号大院|号院|号(?!{_NO_DOOR})|(?<=号-[0-9])|(?<=号-[0-9]{{2}})|(?<=号[甲乙丙丁A-D])"
    r"|(?<=号-[甲乙丙丁A-D])|(?<=[0-9][甲乙丙])(?![鱼醛方级状流肝烯烷醇])|院|#(?!楼(?![上下前后道梯顶]))"
    r"|(?=$|[，。；、！？]|附近|门口|门前|旁|对面|斜对|楼下|院内|那|这|的|往|东|西|南|北|烧烤|饭店|商铺|店))"
)
# 东二路3号晚上停电: the third of the month.
_DAY = re.compile(r"(?:[12]?[0-9]|3[01])号(?:早上|上午|中午|下午|傍晚|晚上|凌晨)")
_DAYTIME = frozenset("早上中下傍晚凌")
# 柳泉路67号到105号, 67号、69号: several doors are none that is certain.
_MORE_DOORS = re.compile(r"[、和与及跟至到-][0-9]{1,5}[甲乙丙丁]?号(?!楼|线)")
# 从36号搬到64号, 不是36号，这回是64号.
_MOVED = re.compile(r"(?:搬到|搬至|挪到|换到了?|现在是|这[回次]是)[甲乙丙]?[0-9]{1,4}号(?!楼|线)")
# 文化路，7号门口: behind a comma a door is one only if it looks like one; 柳泉路，3号停水 is a day.
_DOOR_FURTHER = re.compile(
    r"，(?P<road_no>[0-9]{1,4})号(?=大?院(?!子)|门[口前]?|对面|附近|旁|隔壁|斜对|[东西南北]侧|商铺|店|$)"
)


def door(text: str, at: int) -> Tail | None:
    """Give the door number that stands directly behind a road's name."""
    found = _DOOR.match(text, at)
    if found is None and text[at : at + 1] == "，":
        found = _DOOR_FURTHER.match(text, at)
    if found is None:
        return None
    found = said_better(text, found, len(text))
    behind = text[found.end() : found.end() + 1]
    if behind in _DAYTIME and _DAY.match(text, found.start()):
        return None
    if _MOVED.search(text, found.end()):
        return None
    if behind in MAY_GO_ON and _MORE_DOORS.match(text, found.end()):
        return None
    return Tail({"road_no": one_door(found.group("road_no"))}, (found,), found.end())
