"""What tells places of one name apart beside town and road: what they lie in, and their branch.

丽景苑里的好邻居超市 is the one of several whose row names that compound; 王府井的鲜果茶 the branch
that is called so.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geodata.addresses.surfaces import BRANCH
from geodata.addresses.text import normalised
from geodata.addresses.weighing import DENIED

if TYPE_CHECKING:
    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.mentions import Mention, Reading
    from geodata.addresses.tails import Tail

# Between a compound and what lies in it, and between a place and the compound it is said to be in.
_HOLDS = re.compile(
    r"(?:小区|大院)?(?:院?[里内](?:[头面边])?|院子里|内部)?的?(?:底商|楼下|一楼|沿街|门口|大门口)?的?"
    r"(?:[那这有][个家]|一家|开的)?"
)
_PUT_IN, _STOPS = ("", "在", "于"), ("", "，", "。")
_IS_IN = re.compile(r"，?(?:我?说的)?(?:就?在|位于|就?是在?|就)?")
_INSIDE = re.compile(r"(?:小区|大院)?(?:院?[里内]边?|院子|底商|楼下|的?[那这][个家])")
# Between a place and the town that tells which of several it is: 文化路5号，就是中埠那个.
_IS_OF = re.compile(r"，?(?:就?是|就|在|位于|说的是)?")
_THAT_ONE = re.compile(r"[那这][个边条家儿]|[的，。0-9]|$")
_OF_BRANCH = re.compile(r"(?:里面?|内|那边)?的?$")  # between the name of a branch and of the shop
_KIND_OF_BRANCH = re.compile(r"(?:总店|分店|店|分公司|校区|院区)$")
# What all share in a compound, in a clause of its own; and that somebody lives or works in it.
_SHARED = re.compile(
    r"[，。；][^，。；]{0,10}(?:小区|大厦)的?(?:[东西南北]?大?门|地下车库|地库|车库|停车场|[里内]|绿化|健身|广场|保安|门禁)"
)
_LIVES_IN = re.compile(r"(?:住|家在|我是|俺是)在?$")
_WORKS_IN = re.compile(r"里?(?:开了?|租|住|上班|办公|经营|做生意)")
_LEAD = 3
SHORTEST = 2  # characters of the name of a branch


def holds(text: str, one: Hit, other: Hit) -> bool:
    """Whether words say that a place lies in a compound named directly in front of it."""
    return other.level == "poi" and _HOLDS.fullmatch(text, one.end, other.start) is not None


def tells_which(text: str, end: int, before: Hit, area: Hit) -> bool:
    """Whether an area is told behind a place to say which of several it is.

    ``end`` is where what is said of the place ends.
    """
    areas = ("town", "community")
    if len(before.senses) < 2 or before.level in areas or area.level not in areas:
        return False
    is_told = _IS_OF.fullmatch(text, end, area.start)
    return is_told is not None and _THAT_ONE.match(text, area.end) is not None


def is_of_whole(text: str, place: Hit, tail: Tail) -> bool:
    """Whether the matter is with all of a compound in which somebody only has a flat or a shop.

    我住世纪花园3号楼2单元501，小区大门口全是摊: what is claimed may not be finer than the compound.
    """
    if "小区" not in text and "大厦" not in text:
        return False
    if not _SHARED.search(text, tail.end):
        return False
    before = text[max(0, place.start - _LEAD) : place.start]
    return bool(_LIVES_IN.search(before) or _WORKS_IN.match(text, tail.end))


class Inside(NamedTuple):
    """A place that is said to lie in a compound; ``agrees`` tells whether in the building said."""

    base: Base
    agrees: bool


def place_within(read: Reading, chosen: Mention, bases: list[Base]) -> Inside | None:
    """Give the place that is said to lie in a compound, where one row of its name names that."""
    text = read.plain
    for one, other in pairwise(read.mentions):
        if (chosen is not one and chosen is not other) or not (one.place and other.place):
            continue
        if one.weight <= DENIED or other.weight <= DENIED:
            continue
        if one.place.level == "quarter":
            place, quarter = other, one
            told = _holds_place(text, one, other)
        else:
            place, quarter = one, other
            told = _lies_in(text, one, other)
        # What the second begins behind is the first, and no part of a longer name.
        if told and not one.doubt and other.doubt in (None, "begins"):
            return _only(place.place, quarter, bases)
    return None


def _holds_place(text: str, quarter: Mention, place: Mention) -> bool:
    if "room" in quarter.tail.words:
        return False
    return _HOLDS.fullmatch(text, quarter.end, place.start) is not None


def _lies_in(text: str, place: Mention, quarter: Mention) -> bool:
    """好邻居超市在世纪花园里面; 好邻居超市(世纪花园)."""
    between = _IS_IN.fullmatch(text, place.end, quarter.start)
    if between is None:
        return False
    if between.group()[-1:] in _PUT_IN and text[quarter.end : quarter.end + 1] in _STOPS:
        return True
    return _INSIDE.match(text, quarter.end) is not None


def _only(place: Hit | None, quarter: Mention, bases: list[Base]) -> Inside | None:
    compound = quarter.place
    if place is None or compound is None:
        return None
    if place.level != "poi" or compound.level != "quarter":
        return None
    names = {bases[sense.base].core for sense in compound.senses}
    inside = [bases[sense.base] for sense in place.senses if bases[sense.base].quarter in names]
    if len(inside) != 1:
        return None
    said, building = quarter.tail.words.get("building"), inside[0].building
    return Inside(inside[0], not (said and building) or said == building)


def of_branch(candidates: list[Base], doubt: str | None, text: str, name: Hit) -> list[Base]:
    """Give those places whose branch is named in front: 王府井鲜果茶 is 鲜果茶(王府井店).

    Asked where what stands in front is a doubt, or may tell several apart.
    """
    if doubt not in ("begins", None) or (not doubt and len(candidates) < 2):
        return []
    start = name.start
    gap = _OF_BRANCH.search(text, 0, start)
    before = text[: gap.start() if gap else start]
    return [
        base
        for base in candidates
        if base.level == "poi" and any(map(before.endswith, _branches(base.name)))
    ]


def _branches(name: str) -> list[str]:
    told = [_KIND_OF_BRANCH.sub("", normalised(said)) for said in BRANCH.findall(name)]
    return [branch for branch in told if len(branch) >= SHORTEST]
