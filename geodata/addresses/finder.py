"""Finds places by what is typed of them, and says which of them come first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geodata.addresses.below import below
from geodata.addresses.forms import Forms
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from geodata.addresses.bases import Base
    from geodata.addresses.forms import Walk
    from geodata.addresses.library import Library

    Closeness = NDArray[np.int8]

OF_A_KIND = 4  # so that the grids of one community do not hide the road of the same name
KINDS = ("areas", "landmarks", "markets", "roads", "addresses")
EXACT, BEGINS, HOLDS, FAR = 0, 1, 2, 9  # how close a name is to what is typed
PLACES = 8  # base places below which is looked for one text
_RANK = {"road_no": 5, "building": 6, "unit": 7, "room": 8}  # a base place has 4
_PARTED = re.compile(r"([^0-9]*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Known:
    """A place known by name. ``rank`` says what is larger; ``also`` are further names and codes.

    ``node`` is its place in the library's tree, -1 where it has none; a place without an id is
    only known by what lies below it.
    """

    kind: str
    id: str
    name: str
    name_en: str | None
    area: int | None
    rank: int
    also: tuple[str, ...] = ()
    node: int = -1


class _Hit(NamedTuple):
    closeness: int
    rank: int
    order: int
    found: Known | int  # or the number of an address


class Finder:
    """All places of one generation by name; never changes, safe to use from many threads."""

    def __init__(self, library: Library, others: Iterable[Known]) -> None:
        self._library = library
        self._known = sorted([*others, *_bases(library)], key=_order)
        self._forms = Forms([[k.name, k.name_en or "", *k.also] for k in self._known])
        self._kind = np.array([KINDS.index(k.kind) if k.id else -1 for k in self._known], np.int8)
        self._has_node = np.array([k.node >= 0 for k in self._known], np.bool_)

    def find(self, text: str, limit: int) -> list[Known | int]:
        """Give places by what is typed, the closest first; addresses by their numbers."""
        parts = [plain for part in text.split() if (plain := normalised(part))]
        if not parts:
            return []
        whole = "".join(parts)
        walk = self._forms.walk(whole)
        closeness = self._closeness(walk, parts)
        hits = self._named(closeness)
        hits += self._behind(whole, walk, parts)
        if sum(isinstance(hit.found, int) for hit in hits) < OF_A_KIND:
            hits += self._inside(closeness)
        return _first(hits)[:limit]

    def area(self, code: str) -> Known | None:
        """Give an area by its code."""
        return next((k for k in self._known if k.kind == "areas" and k.id == code), None)

    def _closeness(self, walk: Walk, parts: list[str]) -> Closeness:
        """How close each known place is to a text."""
        closeness = np.full(len(self._known), FAR, np.int8)
        holds = np.ones(len(self._known), np.bool_)
        for part in parts:
            holds &= self._forms.holding(part)
        closeness[holds] = HOLDS
        closeness[walk.begins] = BEGINS
        closeness[walk.exact] = EXACT
        return closeness

    def _named(self, closeness: Closeness) -> list[_Hit]:
        hits = []
        for kind in range(len(KINDS)):
            for at in _best(closeness, self._kind == kind, OF_A_KIND):
                known = self._known[at]
                found = known.node if known.kind == "addresses" else known
                hits.append(_Hit(int(closeness[at]), known.rank, at, found))
        return hits

    def _behind(self, whole: str, walk: Walk, parts: list[str]) -> list[_Hit]:
        """What stands below a name that the text begins with, or that holds what is no number."""
        for length, owners in reversed(walk.passed):
            places = owners[self._has_node[owners]][:PLACES]
            if hits := self._below(places.tolist(), whole[length:], EXACT):
                return hits
        divided = [_PARTED.fullmatch(part) for part in parts]
        names = [found[1] for found in divided if found and found[1]]
        typed = "".join(found[2] for found in divided if found)
        if not names or not typed:
            return []
        closeness = self._closeness(self._forms.walk("".join(names)), names)
        return self._below(_best(closeness, self._has_node, PLACES), typed, HOLDS)

    def _inside(self, closeness: Closeness) -> list[_Hit]:
        """What stands below the places that are meant: a compound is followed by its buildings."""
        return [
            hit
            for at in _best(closeness, self._has_node, OF_A_KIND)
            for hit in self._below([at], "", max(BEGINS, int(closeness[at])))
        ]

    def _below(self, places: list[int], typed: str, closeness: int) -> list[_Hit]:
        hits: list[_Hit] = []
        for at in places:
            found = below(self._library, self._known[at].node, typed)
            for is_whole, n in islice(found, OF_A_KIND):
                close = closeness if is_whole else max(BEGINS, closeness)
                row = self._library.row(n)
                assert row is not None
                hits.append(_Hit(close, _RANK[row.level], len(hits), n))
        return hits


def _first(hits: list[_Hit]) -> list[Known | int]:
    """Give what is found once, in order, and no more than is told of a kind."""
    left = dict.fromkeys(KINDS, OF_A_KIND)
    told: dict[Known | int, None] = {}
    for hit in sorted(hits, key=lambda hit: hit[:3]):
        kind = hit.found.kind if isinstance(hit.found, Known) else "addresses"
        if hit.found not in told and left[kind]:
            left[kind] -= 1
            told[hit.found] = None
    return [*told]


def _bases(library: Library) -> Iterator[Known]:
    """Base places of the library, those without an entry of their own too."""
    for base in library.bases:
        if base.n >= 0:
            also = (*(alias for alias, _ in base.aliases), *_at_door(base))
            yield Known("addresses", base.id, base.name, None, None, 4, also, base.n)


def _at_door(base: Base) -> Iterator[str]:
    """The whole address of a place that stands at a door."""
    if base.road and base.level in ("quarter", "poi"):
        door = f"{base.road_no}号" if base.road_no else ""
        within = base.quarter or "" if base.level == "poi" else ""
        yield f"{base.road}{door}{within}{base.name}"


def _order(known: Known) -> tuple[int, int, str, str]:
    return known.rank, len(known.name), known.name, known.id


def _best(closeness: Closeness, among: NDArray[np.bool_], most: int) -> list[int]:
    """Give the closest places, and of equal ones those that stand first."""
    found = np.flatnonzero(among & (closeness < FAR))
    keys = closeness[found].astype(np.int64) * len(closeness) + found
    if len(keys) > most:
        keys = np.partition(keys, most)[:most]
    return [int(key) % len(closeness) for key in np.sort(keys)]
