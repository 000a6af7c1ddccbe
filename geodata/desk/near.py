"""Names that are like another one, and places that lie near a point: what a clerk may mean."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.addresses.alike import sound
from geodata.addresses.evidence import metres
from geodata.addresses.surfaces import BRANCH
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from geodata.addresses.bases import Base
    from geodata.addresses.library import Library
    from geodata.addresses.locate import Point

LIKE = 0.5  # of the pairs of characters of two names that they share, at least
NEAR_M = 300.0
SEARCHED = ("road", "quarter", "poi", "community", "town")


class Neighbours:
    """The base places of a library by the sound of their names and by where they lie."""

    def __init__(self, library: Library) -> None:
        self._bases = [b for b in library.bases if b.id and b.is_searched and b.level in SEARCHED]
        self._sounds = [_pairs(BRANCH.sub("", base.name)) for base in self._bases]
        self._by_pair: dict[tuple[str, ...], list[int]] = {}
        for number, pairs in enumerate(self._sounds):
            for pair in pairs:
                self._by_pair.setdefault(pair, []).append(number)

    def alike(self, name: str, most: int) -> list[Base]:
        """Give the places whose names sound most like one, the likest first."""
        wanted = _pairs(name)
        shared = Counter(n for pair in wanted for n in self._by_pair.get(pair, ()))
        scored = [
            (-2 * count / (len(wanted) + len(self._sounds[n])), n) for n, count in shared.items()
        ]
        close = sorted(pair for pair in scored if -pair[0] >= LIKE)
        return [self._bases[n] for _, n in close[:most]]

    def around(self, point: Point, most: int) -> list[Base]:
        """Give the compounds and named places within ``NEAR_M`` of a point, the nearest first."""
        found = []
        for n, base in enumerate(self._bases):
            if base.level in ("quarter", "poi") and base.lon is not None and base.lat is not None:
                distance = metres(point, (base.lon, base.lat))
                if distance <= NEAR_M:
                    found.append((distance, n))
        return [self._bases[n] for _, n in sorted(found)[:most]]


def _pairs(name: str) -> frozenset[tuple[str, ...]]:
    sounds = [sound(char) or char for char in normalised(name)]
    return frozenset(pairwise(sounds)) or frozenset([tuple(sounds)])
