"""Finds places by what is typed of them, and says which of them come first."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geodata.addresses.below import below
from geodata.addresses.forms import Forms
from geodata.addresses.known import KINDS, Known, Suggestion, bases
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geodata.addresses.forms import Walk
    from geodata.addresses.library import Library
    from geodata.addresses.written import Written

    Closeness = NDArray[np.int8]

OF_A_KIND = 4  # so that the grids of one community do not hide the road of the same name
EXACT, ALIAS, BEGINS, HOLDS, FAR = 0, 1, 2, 3, 9  # how close a place is to what is typed
PLACES = 4  # base places below which is looked for one text
_RANK = {"road_no": 5, "building": 6, "unit": 7, "room": 8}  # after the base places
_ADDRESSES = KINDS.index("addresses")
_PARTED = re.compile(r"([^0-9]*)(.*)", re.DOTALL)


class _Hit(NamedTuple):
    closeness: int
    rank: int
    order: int
    kind: int
    found: int  # the number of what is known or, of an address, of its row


class Finder:
    """All places of one generation by name; never changes, safe to use from many threads."""

    def __init__(self, library: Library, written: Written, others: Iterable[Known]) -> None:
        self._library, self._written = library, written
        self._known = sorted([*others, *bases(library)], key=_order)
        # The aliases of all places stand behind the names of all.
        names = [known.names for known in self._known]
        self._forms = Forms([*names, *(known.aliases for known in self._known)])
        self._kind = np.array([_kind(known) for known in self._known], np.int8)
        self._has_node = np.array([known.node >= 0 for known in self._known], np.bool_)
        self._titles = {k.node: k.told for k in self._known if k.node >= 0 and k.told.id}

    def find(self, text: str) -> list[Suggestion]:
        """Give places by what is typed, the closest first, ``OF_A_KIND`` at most."""
        parts = [plain for part in text.split() if (plain := normalised(part))]
        if not parts:
            return []
        walk = self._forms.walk("".join(parts))
        closeness = self._closeness(walk, parts)
        hits = self._named(closeness) + self._behind(walk, parts)
        if sum(hit.kind == _ADDRESSES for hit in hits) < OF_A_KIND:
            hits += self._inside(closeness)
        return [self._told(hit) for hit in _first(hits)]

    def told(self, ident: str) -> Suggestion | None:
        """Give an address by its id, or an area by its code."""
        row = self._library.find(ident)
        if row:
            return self._row(row.n)
        told = (known.told for known in self._known)
        return next((one for one in told if one.kind == "areas" and one.id == ident), None)

    def _closeness(self, walk: Walk, parts: list[str]) -> Closeness:
        """How close each known place is to a text."""
        count = len(self._known)
        closeness = np.full(count, FAR, np.int8)
        holds = np.ones(count, np.bool_)
        for part in parts:
            held = self._forms.holding(part)
            holds &= held[:count] | held[count:]
        closeness[holds] = HOLDS
        closeness[walk.begins % count] = BEGINS
        closeness[walk.exact % count] = ALIAS
        closeness[walk.exact[walk.exact < count]] = EXACT
        return closeness

    def _named(self, closeness: Closeness) -> list[_Hit]:
        hits = []
        for kind in range(len(KINDS)):
            for at in _best(closeness, self._kind == kind, OF_A_KIND):
                known = self._known[at]
                found = known.node if kind == _ADDRESSES else at
                # An alias is no closer than a larger place whose own name begins so.
                close, order = int(closeness[at]), at
                if close == ALIAS:
                    close, order = BEGINS, at - len(self._known)
                hits.append(_Hit(close, known.rank, order, kind, found))
        return hits

    def _behind(self, walk: Walk, parts: list[str]) -> list[_Hit]:
        """What stands below a name that the text begins with, or that holds what is no number."""
        for typed, found in reversed(walk.passed):
            owners = found % len(self._known)
            places = owners[self._has_node[owners]][:PLACES]
            if hits := self._below(places.tolist(), typed, EXACT):
                return hits
        divided = [_PARTED.fullmatch(part) for part in parts]
        names = [two[1] for two in divided if two and two[1]]
        typed = "".join(two[2] for two in divided if two)
        if not names or not typed:
            return []
        closeness = self._closeness(self._forms.walk("".join(names)), names)
        return self._below(_best(closeness, self._has_node, PLACES), typed, HOLDS)

    def _inside(self, closeness: Closeness) -> list[_Hit]:
        """What stands below the places that are meant: a compound is followed by its buildings."""
        return [
            hit
            for at in _best(closeness, self._has_node, OF_A_KIND)
            for hit in self._below([at], "", int(closeness[at]))
        ]

    def _below(self, places: list[int], typed: str, closeness: int) -> list[_Hit]:
        hits: list[_Hit] = []
        for at in places:
            found = below(self._library, self._known[at].node, typed)
            for is_whole, n in islice(found, OF_A_KIND):
                close = closeness if is_whole else max(BEGINS, closeness)
                row = self._library.row(n)
                assert row is not None
                hits.append(_Hit(close, _RANK[row.level], len(hits), _ADDRESSES, n))
        return hits

    def _told(self, hit: _Hit) -> Suggestion:
        return self._row(hit.found) if hit.kind == _ADDRESSES else self._known[hit.found].told

    def _row(self, n: int) -> Suggestion:
        if n in self._titles:
            return self._titles[n]
        row = self._library.row(n)
        assert row is not None
        return Suggestion("addresses", row.id, self._written.name(n), None, row.area)


def _kind(known: Known) -> int:
    return KINDS.index(known.told.kind) if known.told.id else -1


def _order(known: Known) -> tuple[int, int, str, str]:
    told = known.told
    return known.rank, len(told.name), told.name, told.id


def _best(closeness: Closeness, among: NDArray[np.bool_], most: int) -> list[int]:
    """Give the closest places, and of equal ones those that stand first."""
    found = np.flatnonzero(among & (closeness < FAR))
    keys = closeness[found].astype(np.int64) * len(closeness) + found
    if len(keys) > most:
        keys = np.partition(keys, most)[:most]
    return [int(key) % len(closeness) for key in np.sort(keys)]


def _first(hits: list[_Hit]) -> list[_Hit]:
    """Give what is found once, in order, and no more of a kind than is told."""
    left = [OF_A_KIND] * len(KINDS)
    told: dict[tuple[int, int], _Hit] = {}
    for hit in sorted(hits):
        if (hit.kind, hit.found) not in told and left[hit.kind]:
            left[hit.kind] -= 1
            told[hit.kind, hit.found] = hit
    return [*told.values()]
