"""What a text says of a place beside its name, and which places of the library agree."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING, NamedTuple

from geodata.addresses.weighing import AWAY, DENIED

if TYPE_CHECKING:
    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.library import Library
    from geodata.addresses.mentions import Mention
    from geodata.addresses.surfaces import Sense

NEAR_M = 800.0  # a base place this near to a given point agrees with it
FAR_M = 3000.0  # and this far from it contradicts it


class Evidence(NamedTuple):
    """What a text says of a place beside its name."""

    towns: frozenset[str]
    communities: frozenset[str]
    roads: frozenset[str]
    number: str | None
    quarters: frozenset[str]
    near: tuple[float, float] | None


def finest(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """A village is a community and a place: then the place is meant."""
    if len(senses) == 1:
        return senses
    return tuple([s for s in senses if s.level not in ("town", "community")]) or senses


def evidence_of(
    chosen: Mention, named: list[Mention], library: Library, near: tuple[float, float] | None
) -> Evidence:
    """Give what is said of a chosen mention: by itself, and by areas that stand alone."""
    if len(named) == 1 and near is None and not _says_more(chosen):
        return NOTHING_SAID

    bases = library.bases
    towns = names_of(bases, chosen.town, "town") if chosen.town else _NOBODY
    communities = names_of(bases, chosen.community, "community") if chosen.community else _NOBODY
    if len(named) > 1:
        beside = [m for m in named if not m.place and not m.road and _tells_of(m, chosen)]
        towns = towns or _NOBODY.union(*(names_of(bases, m.town, "town") for m in beside if m.town))
        communities = communities or _NOBODY.union(
            *(names_of(bases, m.community, "community") for m in beside if m.community)
        )
    return Evidence(
        towns,
        communities,
        names_of(bases, chosen.road, "road") if chosen.place and chosen.road else _NOBODY,
        chosen.number.words["road_no"] if chosen.number and chosen.place else None,
        names_of(bases, chosen.quarter, "quarter") if chosen.quarter else _NOBODY,
        near,
    )


def names_of(bases: list[Base], hit: Hit, level: str) -> frozenset[str]:
    """Give what the places of a level are called that a name may mean, as they are compared."""
    return frozenset([bases[sense.base].core for sense in hit.senses if sense.level == level])


def _tells_of(area: Mention, chosen: Mention) -> bool:
    """Whether an area that stands alone tells where the chosen place is.

    Not if it tells so of another place, or is where somebody lives, came from or went past.
    """
    place = area.tells_where
    if place is not None:
        return place is chosen or place.is_named_as(chosen)
    if "agency" in area.signs and chosen.anchor and len(finest(chosen.anchor.senses)) < 2:
        return False  # those who govern may be asked for what is no longer theirs
    return area.weight > DENIED and not AWAY & set(area.signs)


def _says_more(mention: Mention) -> bool:
    """Whether a mention tells where its place lies: what it is in, or the road it stands at."""
    return bool(
        mention.town or mention.community or (mention.place and mention.road) or mention.quarter
    )


_NOBODY: frozenset[str] = frozenset()
NOTHING_SAID = Evidence(_NOBODY, _NOBODY, _NOBODY, None, _NOBODY, None)


def agreeing_with(candidates: list[Base], evidence: Evidence) -> tuple[list[Base], int]:
    """Give the candidates nothing contradicts, those for which most speaks, and how much does."""
    if evidence is NOTHING_SAID:
        return candidates, 0
    if len(candidates) == 1:  # as it is most often
        speaks = support(candidates[0], evidence)
        return ([], 0) if speaks is None else (candidates, speaks)
    judged = [(support(base, evidence), base) for base in candidates]
    most = max((speaks for speaks, _ in judged if speaks is not None), default=0)
    return [base for speaks, base in judged if speaks == most], most


def support(base: Base, evidence: Evidence) -> int | None:
    """How much speaks for a place; None where something speaks against it."""
    speaks = 0
    for said, own in (
        (evidence.towns, base.town),
        (evidence.communities, base.community),
        (evidence.roads, base.road),
        (evidence.quarters, base.quarter if base.level == "poi" else None),
    ):
        if not said or own is None:
            continue
        if own not in said and not _is_other_name(base, own, said, evidence):
            return None
        speaks += 1
    if evidence.number and base.road_no:
        if base.road_no != evidence.number:
            return None
        speaks += 1
    return speaks if evidence.near is None else _supported_by_point(base, evidence.near, speaks)


def _is_other_name(base: Base, own: str, said: frozenset[str], evidence: Evidence) -> bool:
    """Whether what is said of a place is true of it although its row says another name.

    傅家 is a town and a village in it: what is said to be in the one may lie in the other. And a
    road goes through all the towns its doors lie in.
    """
    if said is evidence.communities:
        return base.town in said
    return own is base.town and not base.passes.isdisjoint(said)


def _supported_by_point(base: Base, near: tuple[float, float], speaks: int) -> int | None:
    if base.lon is None or base.lat is None or base.level == "road":
        return speaks
    distance = metres(near, (base.lon, base.lat))
    if distance > FAR_M:
        return None
    return speaks + (1 if distance <= NEAR_M else 0)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the distance of two points (lon, lat) in metres, to a thousandth within a city."""
    across = radians(other[0] - one[0]) * cos(radians((one[1] + other[1]) / 2))
    return 6_371_000 * hypot(across, radians(other[1] - one[1]))
