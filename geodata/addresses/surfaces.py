"""Every way a base place is called: its name, the aliases given to it, and forms people shorten to.

A form is as good as its source. What a clerk has decided beats a name, a name an alias, an alias a
shortened form; of the places one form may mean, only those of its best source count, and two of
them are homonyms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.addresses.text import normalised
from geodata.addresses.words import community_core, town_core

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.addresses.bases import Base

CLERK, NAME, ALIAS, SHORT = 4, 3, 2, 1
BRIEF = 0  # two characters: a name only where a building follows
WEAK = -1  # an area without the word for it: only in front of a name
LOOSE = -2  # a form that many places could go by: never certain, only a hint to a clerk

_TOWN_FORMS = ("街道", "街道办", "街道办事处", "办事处", "镇", "镇政府")
_OF_A_VILLAGE = ("村", "村委会", "村委", "村民委员会", "村村委会", "村村委", "村村民委员会")
_OF_A_TOWN = ("社区", "居委会", "社区居委会", "社区居委", "居民委员会", "社区居民委员会")
_KIND = re.compile(r"(?:小区|家园小区|公寓|住宅区|花园小区)$")
# What many places are called when they are not called by their own name.
_COMMON = re.compile(r"(?:医院|学校|中学|小学|幼儿园|大学|学院|法院|银行|宾馆|酒店)$")
_DIRECTED = re.compile(r"(?P<stem>.{2,})[东西南北中](?P<kind>路|街|大道|大街)")
ZONE = re.compile(r"(?:[东西南北中新老][区院苑]|[一二三四五六七八九十0-9]+[期区]|[A-D]区)$")
BRANCH = re.compile(r"[(（][^)）]*[)）]")  # says where a shop stands, not what it is called
_LEGAL = re.compile(r"(?:有限责任公司|有限公司|股份公司|分公司)$")
_NUMERALS = dict(zip("一二三四五六七八九", "123456789", strict=True))
_NUMERAL_ALONE = re.compile(
    r"(?<![一二三四五六七八九十百千零])[一二三四五六七八九](?![一二三四五六七八九十百千零])"
)
SHORTEST = 2  # characters of a shortened form


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form may mean: a base place by its number in the library, and how good the form is."""

    base: int
    level: str
    quality: int
    trust: float = 1.0
    is_historic: bool = False


def surfaces(
    bases: Iterable[Base], owners: Iterable[str] = (), nowhere: frozenset[str] = frozenset()
) -> dict[str, tuple[Sense, ...]]:
    """Give every form with the places it may mean, those of the best source alone.

    ``owners`` are the names of the district and what it lies in, normalised, in full and in short,
    which a place may carry in front;
    ``nowhere`` are forms of which a clerk has decided that they name no place.
    """
    owned = _owned(owners)
    found: dict[str, dict[int, Sense]] = {}
    for number, base in enumerate(bases):
        for form, quality, trust in _forms(base, owned):
            if len(form) < 2 or form in nowhere:
                continue
            senses = found.setdefault(form, {})
            if number not in senses or senses[number].quality < quality:
                senses[number] = Sense(number, base.level, quality, trust, base.is_historic)
    return {form: _best(list(senses.values())) for form, senses in found.items()}


def _best(senses: list[Sense]) -> tuple[Sense, ...]:
    """The senses of the best source; of those, one out of use only where none is in use."""
    best = max(sense.quality for sense in senses)
    senses = [sense for sense in senses if sense.quality == best]
    return tuple([sense for sense in senses if not sense.is_historic] or senses)


def _owned(owners: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(owners, key=lambda name: (-len(name), name))
    return re.compile(rf"^(?:{'|'.join(map(re.escape, longest))})+" if longest else r"^(?!)")


def _forms(base: Base, owned: re.Pattern[str]) -> Iterator[tuple[str, int, float]]:
    for decided in base.decided:
        yield decided, CLERK, 1.0
    if not base.is_searched:
        return
    name = normalised(base.name)
    yield name, NAME, 1.0
    for alias, trust in base.aliases:
        yield (plain := normalised(alias)), ALIAS, trust
        if base.level == "quarter" and len(plain) == SHORTEST:
            yield plain + "小区", ALIAS, trust
    if base.level == "poi":
        yield from _poi_forms(base.name, owned)
    elif base.level in _OTHER_FORMS:
        yield from _OTHER_FORMS[base.level](name)
    in_digits = _NUMERAL_ALONE.sub(lambda found: _NUMERALS[found.group()], name)
    if in_digits != name:  # 曹2村, 5公里小区
        yield in_digits, SHORT, 0.9


def _town_forms(name: str) -> Iterator[tuple[str, int, float]]:
    core = town_core(name)
    # 房镇 of 房镇镇 is called a town by itself.
    return _area_forms(core, _TOWN_FORMS, SHORT if core.endswith(("镇", "乡")) else WEAK)


def _community_forms(name: str) -> Iterator[tuple[str, int, float]]:
    village = name.endswith(_OF_A_VILLAGE)
    core = community_core(name)
    # Three characters of a village, 河崖头, are hardly anything else.
    is_sure = village and len(core) > SHORTEST
    return _area_forms(core, _OF_A_VILLAGE if village else _OF_A_TOWN, SHORT if is_sure else WEAK)


def _area_forms(
    core: str, endings: tuple[str, ...], alone: int = WEAK
) -> Iterator[tuple[str, int, float]]:
    for ending in endings:
        yield core + ending, ALIAS, 1.0
    yield core, alone, 1.0


def _road_forms(name: str) -> Iterator[tuple[str, int, float]]:
    """人民路 may be 人民西路 or 人民东路, 西六路 the northern or the southern part of it."""
    inner = _DIRECTED.fullmatch(name)
    if inner:
        yield inner["stem"] + inner["kind"], LOOSE, 0.5
    if name[0] in "东西南北" and len(name) > SHORTEST + 1:
        yield name[1:], LOOSE, 0.5


def _quarter_forms(name: str) -> Iterator[tuple[str, int, float]]:
    zone = ZONE.search(name)
    core = name[: zone.start()] if zone else name
    behind = zone.group() if zone else ""
    for short in {core, _KIND.sub("", core), core + "小区"}:
        if len(short) == SHORTEST and not zone:
            yield short, BRIEF, 0.8
        if len(short) <= SHORTEST:
            if zone and len(short) == SHORTEST:
                yield short + behind, SHORT, 0.9  # 洪沟南区, of 洪沟小区南区
            continue
        if short + behind != name and not (short == core + "小区" and _KIND.search(core)):
            yield short + behind, SHORT, 0.9
        if zone and len(short) > SHORTEST:
            yield short, SHORT, 0.9
        for said in _zones_said(behind):
            yield short + said, SHORT, 0.9


def _zones_said(zone: str) -> Iterator[str]:
    if zone and zone[0] in _NUMERALS:
        yield _NUMERALS[zone[0]] + zone[1:]
    if zone.endswith("区") and zone[0] in "东西南北":
        yield zone[0] + "院"


_CAMPUS = re.compile(r"(?<=..)(?:[东西南北新老]校?区|[东西南北新老]院区?)$")


def _poi_forms(name: str, owned: re.Pattern[str]) -> Iterator[tuple[str, int, float]]:
    plain = normalised(BRANCH.sub("", name))
    for short in (plain, owned.sub("", plain), _LEGAL.sub("", owned.sub("", plain))):
        if len(short) > SHORTEST:
            loose = short != plain and _COMMON.search(short)
            yield short, LOOSE if loose else SHORT, 0.9
            if campus := _CAMPUS.search(short):
                yield short[: campus.start()], LOOSE, 0.5


_OTHER_FORMS = {
    "town": _town_forms,
    "community": _community_forms,
    "road": _road_forms,
    "quarter": _quarter_forms,
}
