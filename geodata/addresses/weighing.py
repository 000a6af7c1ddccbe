"""Which of the places a text speaks of is meant: how much the words around each speak for it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.addresses import cues
from geodata.addresses.tails import house

if TYPE_CHECKING:
    from geodata.addresses.mentions import Mention

DENIED = -5.0  # the weight of a place of which it is said that it is not the one, or less
_DENIAL = -9.0
FOREIGN_GAP = 5  # characters of what may stand between a city elsewhere and a place in it
SHORT_NAME = 2  # characters at the end of a name that may stand for it


def weigh(text: str, found: list[Mention]) -> None:
    """Set the weights of the places of a normalised text, in order; hand tails to those meant."""
    for at, mention in enumerate(found):
        mention.weight = _weight(text, found, at)
    _deny_alike(found)
    _hand_over_tails(text, found)


def heaviest(named: list[Mention]) -> Mention:
    """The heaviest mention; of equal ones a finer place, then what is said first."""
    finest = {"poi": 3, "quarter": 3, "road": 2, "community": 1, "town": 0}

    def order(mention: Mention) -> tuple[float, int, int]:
        anchor = mention.anchor
        assert anchor is not None
        level = finest[anchor.senses[0].level] + (1 if mention.number else 0)
        # A road or town without more is rather the way to a place than the place.
        vague = 1.2 if level < 3 else 0.0
        return (mention.weight - vague, level, -mention.start)

    return max(named, key=order)


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


def _deny_alike(found: list[Mention]) -> None:
    """What is denied once is denied wherever it is named, if another place is."""
    denied = {m.anchor.form for m in found if m.anchor and m.weight <= DENIED}
    others = any(m.anchor and m.anchor.form not in denied for m in found)
    for mention in found:
        if denied and others and mention.anchor and mention.anchor.form in denied:
            mention.weight = _DENIAL


def _hand_over_tails(text: str, found: list[Mention]) -> None:
    """A house behind words about a place is in that place.

    紫园新居不是紫园，8号楼: behind the place that is not meant.
    锦绣花园，就是商场东街那个，8号楼: behind the road it stands at.
    """
    for at, (before, mention) in enumerate(pairwise(found)):
        follows = found[at + 2].start if at + 2 < len(found) else len(text)
        between = text[before.end : mention.start]
        if before.place and not before.tail.words and mention.road and not mention.place:
            told = between and cues.STANDS_AT.fullmatch(between) and not mention.number
            before.tail = house(text, mention.end, follows) if told else before.tail
        if mention.weight <= DENIED and not before.tail.words and not before.number:
            before.tail, mention.tail = mention.tail, before.tail


def _weight(text: str, found: list[Mention], at: int) -> float:
    mention = found[at]
    if at + 1 < len(found):
        between = text[mention.end : found[at + 1].start]
        name = mention.anchor.form if mention.anchor else ""
        if cues.CORRECTED.search(between) or (name and f"不是{name[-SHORT_NAME:]}" in between):
            return _DENIAL
    if _is_of_stretch(text, found, at):
        return -2.0
    weight = _weight_of_words(text, found, at)
    again = _is_named_again(text, mention) or any(map(mention.is_named_as, found))
    return max(weight, 0.0) + 0.6 if again and weight > DENIED else weight


def _is_of_stretch(text: str, found: list[Mention], at: int) -> bool:
    """南京路(人民西路至华光路段): the two roads only tell from where to where."""
    for n in range(max(at - 1, 0), min(at + 1, len(found) - 1)):
        one, other = found[n], found[n + 1]
        between = text[one.end : other.start]
        are_roads = one.road and other.road and not (one.place or other.place)
        if cues.BETWEEN.fullmatch(between) and cues.BETWEEN_BEHIND.match(text, other.end):
            # What lies between two compounds has to be named; between two roads it need not be.
            if are_roads or n + 2 < len(found):
                return True
        elif are_roads and cues.STRETCH.fullmatch(between):
            # Directly behind another road the two are where that one is meant from and to.
            told = n > 0 and found[n - 1].road and found[n - 1].end == one.start
            from_one = text[max(one.start - 1, 0) : one.start] in cues.FROM
            if told or from_one or cues.STRETCH_BEHIND.match(text, other.end):
                return True
    return False


def _is_named_again(text: str, mention: Mention) -> bool:
    """张店八中…，八中门口: by the end of its name, at the beginning of a clause."""
    name = mention.place.form if mention.place else ""
    if len(name) <= SHORT_NAME or cues.GENERAL.fullmatch(name[-SHORT_NAME:]):
        return False
    at = text.find(name[-SHORT_NAME:], mention.end)
    return at > 0 and cues.CLAUSE.match(text, at - 1) is not None


def _weight_of_words(text: str, found: list[Mention], at: int) -> float:
    mention = found[at]
    after = text[mention.end : mention.end + 16]
    weight = _weight_of_before(text, mention, found[at + 1].start if at + 1 < len(found) else None)
    if cues.BUSY.match(after) and not cues.SHOP_AFTER_ALL.search(text, mention.end):
        weight -= 4
    if cues.BOUGHT.match(after):
        weight += 3
    if cues.DWELLER.match(after):
        weight -= 1.5
    weight += 1 if cues.PROBLEM.search(cues.CLAUSE.split(after)[0]) else 0
    weight += 0.4 if mention.number or mention.tail.words else 0
    if at + 1 < len(found) and _leads_to(text, mention, found[at + 1]):
        weight -= 2
    return weight


def _weight_of_before(text: str, mention: Mention, until: int | None) -> float:
    """How much the words in front speak for a place; ``until`` is where the next one begins."""
    before, rest = _clause_before(text, mention.start), text[mention.end : until]
    weight = _DENIAL if cues.NOT.search(before) else 0.0
    if passed := cues.PASSED_BY.search(before) or cues.PASSED.search(before):
        by = -1 if passed.re is cues.PASSED_BY else -2
        return weight + (1 if cues.THAT_ONE.match(rest) else by)
    if cues.HOME.search(before):
        weight += 4 if cues.HOME_AFTER_ALL.search(text) else 0
        return weight - (0.5 if cues.AT_HOME.search(rest) else 2)
    if cues.AT.search(before):
        return weight + 1.5
    return weight + (0.5 if cues.IN.search(before) else 0)


def _leads_to(text: str, mention: Mention, following: Mention) -> bool:
    """世纪花园对面人民路88号: the compound only tells where to look for the door."""
    gap = text[mention.end : following.start]
    relation = cues.RELATION.match(gap)
    return relation is not None and len(gap) - relation.end() <= 1 and bool(following.anchor)


def _clause_before(text: str, start: int) -> str:
    """Give what stands between the last comma and a name."""
    return cues.CLAUSE.split(text[max(0, start - 14) : start])[-1]
