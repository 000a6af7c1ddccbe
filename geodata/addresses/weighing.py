"""Which of the places a text speaks of is meant: how much the words around each speak for it.

Each place has signs (``signs`` around its name, ``again`` further on), each sign counts so much
(``weights``), and the heaviest place is meant. Where another weighs nearly as much, both are given.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.addresses import cues
from geodata.addresses.again import OWNED, SHORT_NAME, again
from geodata.addresses.signs import signs
from geodata.addresses.stretches import is_of_stretch
from geodata.addresses.tails import NOTHING, house
from geodata.addresses.weights import HOMES_MARGIN, MARGIN, VAGUE, WEIGHTS

if TYPE_CHECKING:
    from geodata.addresses.mentions import Mention
    from geodata.addresses.tails import Tail

DENIED = -5.0  # the weight of a place of which it is said that it is not the one, or less
_DENIAL = -9.0
_FINEST = {"poi": 3, "quarter": 3, "road": 2, "community": 1, "town": 0}
_IN_THE_PAST = frozenset({"was", "was_there"})
_AGAIN = frozenset({"kind_again", "kin_again", "trade_again", "own_meant"})
_PRIVATE = frozenset(
    {"lives", "lives_there", "home_field", "works", "works_there", "pastime", "kin"}
)
# Of an area they say that the place of the problem need not lie there.
AWAY = frozenset(
    {"lives", "home_field", "works", "kin", "from", "leaves", "passed", "was", "was_there", "near"}
    | {"alike", "sent", "stretch", "goal", "pastime", "works_there", "set_right"}
)
_TOLD = frozenset({"told", "shop", "last", "lives_there", "works_there"})
_EXPLICIT = frozenset({"reported", "meant", "fault_field"})
_WORK = frozenset({"works", "works_there"})
FOREIGN_GAP = 5  # characters of what may stand between a city elsewhere and a place in it

_THAT_ONE = re.compile(r"(?:上|边上?)?[那这][个家](?=[，。]|$)")
_ENDS = ("，", "。", "；")
# 被举报人李某，住紫园: told of whom the matter is with, in the same sentence.
_ACCUSED = re.compile(r"被(?:投诉|举报|反映)(?:人|方)[^。；]{0,16}$")
_STANDS_ALONE = re.compile(r"(?:[您你]好|那个|嗯|喂|地址|张店区?|淄博市?|反映)*[：]?")


def weigh(text: str, found: list[Mention]) -> None:
    """Set the weights of the places of a normalised text, in order; hand tails to those meant."""
    if len(found) == 1:
        is_denied = _is_not(text, found, found[0])
        of_zone = is_denied and cues.ZONE_INSTEAD.match(text, found[0].end)
        found[0].weight = _DENIAL if is_denied and not of_zone else 0.0
    if len(found) < 2:
        return
    _attach(text, found)
    around = [_signs(text, found, at) for at in range(len(found))]
    further = again(text, found, around)
    topic = max((at for at, names in enumerate(around) if "topic" in names), default=0)
    for at, mention in enumerate(found):
        turned = ("turns",) if at < topic else ()
        mention.signs = tuple(dict.fromkeys([*around[at], *further[at], *turned]))
    _share(text, found)
    for mention in found:
        mention.weight = _weight(mention.signs)
    _deny(text, found)
    _hand_over_tails(text, found)


def chosen_of(named: list[Mention]) -> tuple[Mention, Mention | None]:
    """Give the heaviest place, and another one that may as well be meant, or None.

    Of equal ones a finer place goes first, then what is said first.
    """
    if len(named) == 1:
        return named[0], None
    best = max(named, key=_order)
    heaviest = best
    if not _EXPLICIT & set(best.signs):
        alike = [m for m in named if m.is_same(best)]
        meant = [m for m in alike if _EXPLICIT & set(m.signs)]
        housed = [m for m in alike if m.tail.words and not best.tail.words]
        best = max(meant or housed, key=_order, default=best)
    others = [m for m in named if m is not best and not m.is_same(best) and _is_rival(m, best)]
    rival = max(others, key=_order, default=None)
    if rival is None:
        return best, None
    margin = MARGIN + (HOMES_MARGIN if _is_home(best) and _is_home(rival) else 0.0)
    return best, rival if _order(heaviest)[0] - _order(rival)[0] < margin else None


def _is_home(mention: Mention) -> bool:
    return bool(OWNED & set(mention.signs)) and not _WORK & set(mention.signs)


def _is_rival(other: Mention, best: Mention) -> bool:
    """Whether two places exclude each other: of crossing roads either is the place."""
    if other.anchor is None or best.anchor is None:
        return True
    return bool(other.place or best.place) and other.tells_where is not best


def _order(mention: Mention) -> tuple[float, int, int]:
    anchor = mention.anchor
    level = _FINEST[anchor.senses[0].level] + (1 if mention.number else 0) if anchor else 3
    return (mention.weight - (VAGUE if level < 3 else 0.0), level, -mention.start)


def lies_elsewhere(text: str, chosen: Mention, found: list[Mention]) -> bool:
    """Whether a place is named as one of a city elsewhere: 临淄大润发, 大润发临淄店."""
    at = found.index(chosen)
    after = found[at + 1] if at + 1 < len(found) else None
    if after and after.foreign and not after.anchor and after.start == chosen.end:
        return cues.BRANCH.match(text, after.end) is not None
    before = found[at - 1] if at else None
    if before is None or before.foreign is None or before.anchor:
        return False
    gap = text[before.end : chosen.start]
    return len(gap) <= 1 or (
        len(gap) <= FOREIGN_GAP and gap.endswith(("的", "市", "区", "县", "镇"))
    )


def _attach(text: str, found: list[Mention]) -> None:
    """Tell of a road or an area whether it only tells where the place in front of it is.

    老张烧烤，在洪沟路上的那家; 丽景苑（傅家镇）; 幸福小区，归常青园社区管的那个; or it is no area
    at all: 火炬公园…，公园的门.
    """
    for at, (before, mention) in enumerate(pairwise(found)):
        if before.tail.words and _is_same_house(before.tail, mention):
            mention.tail = NOTHING
        if not before.place or mention.place or mention.anchor is None:
            continue
        if before.place.form.endswith(mention.anchor.form):
            mention.tells_where = before
            continue
        between = text[before.end : mention.start]
        is_area = mention.road is None
        points = cues.THAT_KIND.match(text, mention.end)
        of_shop = mention.road and not mention.number and before.place.level == "poi"
        if of_shop and _THAT_ONE.match(text, mention.end):
            mention.tells_where = before
        elif (is_area and not between) or (cues.STANDS_AT.fullmatch(between) and points):
            mention.tells_where = before
            if not before.tail.words and not mention.number:
                before.tail = house(text, mention.end, _end(text, found, at + 1))


def _is_same_house(tail: Tail, mention: Mention) -> bool:
    """Whether a house far behind a name is that of the place before: 紫园5号楼…，给5号楼加坡道."""
    is_far = mention.place is not None and mention.tail.end > mention.end
    house_of = mention.tail.words.get("building")
    return is_far and house_of is not None and house_of == tail.words.get("building")


def _share(text: str, found: list[Mention]) -> None:
    """Give places named in one breath what is told behind the last: 紫园和瑞苑都漏水."""
    for one, other in reversed(list(pairwise(found))):
        joined = cues.BETWEEN.fullmatch(text, one.end, other.start)
        if not (joined and one.place and other.place):
            continue
        if cues.BETWEEN_BEHIND.match(text, other.end):  # what lies between them is at both
            one.signs += ("one_side",)
        else:
            told = tuple(name for name in other.signs if name in _TOLD and name not in one.signs)
            one.signs += told


def _weight(names: tuple[str, ...]) -> float:
    if "fine" in names:  # what is spoken of again for that is not meant for it
        names = tuple(name for name in names if name not in _AGAIN)
    if _AGAIN & set(names):  # what is spoken of again is meant, whatever it is to who speaks
        names = tuple(name for name in names if name not in _PRIVATE)
    return max(sum(WEIGHTS.get(name, 0.0) for name in names), DENIED + 0.1)


def _deny(text: str, found: list[Mention]) -> None:
    """Deny what is said not to be the one wherever it is named, and what was corrected till then.

    If nothing else is left, nothing is denied.
    """
    not_it = _denied_names(text, found)
    if any(m.anchor and m.anchor.form not in not_it for m in found):
        for mention in found:
            if mention.anchor and mention.anchor.form in not_it:
                mention.weight = _DENIAL
    for at, mention in enumerate(found[:-1]):
        if _is_corrected(text, mention, found[at + 1]):
            for earlier in found[: at + 1]:
                if earlier is mention or earlier.is_named_as(mention):
                    earlier.weight = _DENIAL


def _denied_names(text: str, found: list[Mention]) -> set[str]:
    """Give the names that are denied; of 是北京路18号不是北京路20号 only the one door is."""
    denied = [m for m in found if m.anchor and _is_not(text, found, m)]
    for mention in denied:
        if mention.number and any(m.is_named_as(mention) and m not in denied for m in found):
            mention.weight = _DENIAL
    return {m.anchor.form for m in denied if m.anchor and m.weight > _DENIAL}


def _end(text: str, found: list[Mention], at: int) -> int:
    """Give where the place behind one begins, or the text ends."""
    return found[at + 1].start if at + 1 < len(found) else len(text)


def _hand_over_tails(text: str, found: list[Mention]) -> None:
    """A house behind words about a place is in that place.

    紫园新居不是紫园，8号楼: behind the place that is not meant.
    锦绣花园，就是商场东街那个，8号楼: behind the road it stands at.
    """
    for at, (before, mention) in enumerate(pairwise(found)):
        follows = _end(text, found, at + 1)
        between = text[before.end : mention.start]
        if before.place and not before.tail.words and mention.road and not mention.place:
            told = between and cues.STANDS_AT.fullmatch(between) and not mention.number
            before.tail = house(text, mention.end, follows) if told else before.tail
        was = bool(_IN_THE_PAST & set(mention.signs)) and mention.tail.end > mention.end + 3
        if (mention.weight <= DENIED or was) and not before.tail.words and not before.number:
            before.tail, mention.tail = mention.tail, before.tail


def _is_not(text: str, found: list[Mention], mention: Mention) -> bool:
    return cues.NOT.search(_clause_before(text, found, found.index(mention))) is not None


def _is_corrected(text: str, mention: Mention, following: Mention) -> bool:
    """Whether another place is said in the stead of one."""
    between = text[mention.end : following.start]
    name = mention.anchor.form if mention.anchor else ""
    return cues.CORRECTED.search(between) is not None or (
        bool(name) and f"不是{name[-SHORT_NAME:]}" in between
    )


def _leads_to(text: str, mention: Mention, following: Mention) -> bool:
    """世纪花园对面人民路88号: the compound only tells where to look for the door."""
    gap = text[mention.end : following.start]
    if mention.road and not mention.place and following.place and cues.ON_ROAD.fullmatch(gap):
        return True
    relation = cues.RELATION.match(gap)
    return relation is not None and len(gap) - relation.end() <= 2 and bool(following.anchor)


def _signs(text: str, found: list[Mention], at: int) -> list[str]:
    mention = found[at]
    is_shop = mention.anchor is not None and mention.anchor.senses[0].level == "poi"
    others = (other.start for other in found[at + 1 :] if other.tells_where is not mention)
    follows = next(others, len(text))
    before = _clause_before(text, found, at)
    behind, rest = text[mention.end : follows], text[mention.end :]
    names = signs(before, behind, rest, is_shop=is_shop)
    return names + _standing(text, found, at, before)


def _standing(text: str, found: list[Mention], at: int, before: str) -> list[str]:
    """Give the signs by how a place stands among the others."""
    mention, anchor = found[at], found[at].anchor
    area = anchor.form if anchor and not mention.place else ""
    is_first = not at and _STANDS_ALONE.fullmatch(before) is not None
    sentence = text[found[at - 1].end if at else 0 : mention.start]
    told = (
        ("fault_field", _ACCUSED.search(sentence)),
        ("tail", mention.number or mention.tail.words),
        ("leads_to", at + 1 < len(found) and _leads_to(text, mention, found[at + 1])),
        ("stretch", is_of_stretch(text, found, at)),
        ("tells_where", mention.tells_where),
        ("last", not any(m.anchor for m in found[at + 1 :])),
        ("agency", area and cues.AGENCY.search(area + text[mention.end : mention.end + 6])),
        ("foreign", anchor is None),
        ("slip", anchor is not None and anchor.slip),
        ("alone", is_first and text[mention.end : mention.end + 1] in _ENDS),
    )
    return [name for name, is_told in told if is_told]


def _clause_before(text: str, found: list[Mention], at: int) -> str:
    """Give what stands in front of a name, from the last comma or the end of another name on."""
    start = found[at].start
    begin = max(start - 18, found[at - 1].end if at else 0)
    before = text[begin:start]
    field = before.rstrip("：")  # of a field its name is told: 住址：
    return cues.CLAUSE.split(field)[-1] + before[len(field) :]
