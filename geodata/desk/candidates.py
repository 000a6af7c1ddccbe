"""What a name may mean: places called so, places called much the same, places close by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from geodata.addresses.evidence import FAR_M, metres
from geodata.addresses.text import normalised
from geodata.desk.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.addresses.locate import Point
    from geodata.addresses.match import Matcher
    from geodata.desk.near import Neighbours
    from geodata.desk.places import Place
    from geodata.desk.survey import Unaddressed
    from geodata.store.reader import Reader

MOST, ALIKE, AROUND = 6, 4, 3
ROADS = ("路", "街", "大道", "巷", "胡同")  # what stands along one is not it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean, and how it came here: ``same``, ``alike`` or ``near``.

    ``distance_m`` is how far it lies from the middle of the appeals that speak the name.
    """

    place: Place
    how: str
    distance_m: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a clerk may choose from: the places by their forms, and by their neighbours."""

    matcher: Matcher
    near: Neighbours


def candidates(
    reader: Reader, known: Known, grouped: dict[str, list[Unaddressed]]
) -> dict[str, tuple[Candidate, ...]]:
    """Give what each name may mean, the likeliest first."""
    found: dict[str, dict[str, str]] = {}
    for mention, among in grouped.items():
        how: dict[str, str] = {}
        for ident, why in _found(known, mention, among):
            if len(how) < MOST:
                how.setdefault(ident, why)
        found[mention] = how
    told = places(reader, {ident for how in found.values() for ident in how})
    return {
        mention: ranked(
            [Candidate(told[ident], why, None) for ident, why in how.items() if ident in told],
            middle(grouped[mention]),
        )
        for mention, how in found.items()
    }


def middle(among: list[Unaddressed]) -> Point | None:
    """Give the middle of where appeals lie, None where none has coordinates."""
    points = [one.point for one in among if one.point]
    if not points:
        return None
    return median(lon for lon, _ in points), median(lat for _, lat in points)


def _found(known: Known, mention: str, among: list[Unaddressed]) -> Iterator[tuple[str, str]]:
    engine, near = known.matcher, known.near
    for sense in engine.gazetteer.forms.get(normalised(mention), ()):
        if ident := engine.library.bases[sense.base].id:
            yield ident, "same"
    told = Counter(ident for one in among for ident in one.alternatives)
    yield from ((ident, "alike") for ident, _ in told.most_common(ALIKE))
    yield from ((base.id, "alike") for base in near.alike(mention, ALIKE))
    if not mention.endswith(ROADS) and (point := middle(among)):
        yield from ((base.id, "near") for base in near.around(point, AROUND))


def ranked(among: list[Candidate], point: Point | None) -> tuple[Candidate, ...]:
    """Candidates with their distance; of those of one kind the nearest first.

    What is only called much the same, and lies far off, stands behind what lies close by.
    """
    told = [replace(one, distance_m=_distance(one.place, point)) for one in among]
    return tuple(sorted(told, key=_likely))


def _likely(one: Candidate) -> tuple[int, float]:
    distance = float("inf") if one.distance_m is None else one.distance_m
    is_far = one.how == "alike" and FAR_M < distance < float("inf")
    return (3 if is_far else {"same": 0, "alike": 1, "near": 2}[one.how]), distance


def _distance(place: Place, point: Point | None) -> int | None:
    if point is None or place.lon is None or place.lat is None:
        return None
    return round(metres((place.lon, place.lat), point))
