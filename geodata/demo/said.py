"""Places as people say them: shortened, with a gate, a neighbour or a direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.demo.book import DOOR, NONE, POI, ROOM, Book, Lot, named, numbered
from geodata.demo.phrasebook import Pools, joined, pools, sentences
from geodata.demo.plane import Ints
from geodata.demo.sheets import column
from geodata.demo.spots import Spots

AFTER = ("quarter", "building", "unit", "room", "door", "poi")  # in the order of KINDS
NAMES = ("quarter", "short", "nickname", "road", "former road", "poi")
QUARTER, SHORT, NICKNAME, ROAD, FORMER_ROAD, NAMED_POI = range(6)
VAGUE = ("home", "street", "smoke", "village", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """How the places of a book and the spots are said.

    ``names`` are the lists of ``NAMES`` one after the other, ``start`` is where each begins;
    ``before`` are words in front of a name by street, ``after`` behind it by kind.
    """

    book: Book
    spots: pa.Array
    names: list[str]
    start: Ints
    before: Pools
    after: Pools
    vague: Pools

    def addresses(self, which: Ints, doubtful: Any, rng: np.random.Generator) -> pa.Array:
        """Words for rows of the book; the ``doubtful`` by a nickname, where there is one."""
        rows = self.book.rows.take(which)
        luck = rng.random((5, len(rows)))
        street = self.book.street[rows.grid]
        full = self.before.drawn(street, luck[0])
        name = named(self.names, self._name(rows, luck[1] < 0.35, doubtful))
        after = self.after.drawn(rows.kind, luck[3])
        return joined(full, name, *_numbers(rows, luck[2], luck[4]), after)

    def _name(self, rows: Lot, short: Any, doubtful: Any) -> Ints:
        quarter = np.where(doubtful, NICKNAME, np.where(short, SHORT, QUARTER))
        road = np.where(short, FORMER_ROAD, ROAD)
        ways = [rows.kind == DOOR, rows.kind == POI]
        names = np.select(ways, [road, NAMED_POI], quarter)
        place = np.select(ways, [rows.road, rows.poi], rows.quarter)
        return np.asarray(self.start[names] + place)

    def spot(self, which: Ints) -> pa.Array:
        """Words for spots."""
        return self.spots.take(pa.array(which))

    def vaguely(self, scene: Ints, rng: np.random.Generator) -> pa.Array:
        """Words that say no place, by the kind of scene (a place in ``VAGUE``)."""
        return self.vague.drawn(scene, rng.random(len(scene)))


def sayings(book: Book, spots: Spots) -> Sayings:
    """Collect the words for the places of a book."""
    short = [alias and alias.split("|")[0] for alias in book.quarter_aliases]
    lists = [
        *(book.quarters, _instead(short, book.quarters), _instead(book.nicknames, book.quarters)),
        *(book.roads, _instead(book.former, book.roads), book.pois),
    ]
    streets = column("facts/streets", "name")
    return Sayings(
        book=book,
        spots=pa.array(spots.text),
        names=[name for names in lists for name in names],
        start=np.cumsum([0, *map(len, lists[:-1])]),
        before=pools([_before(street) for street in streets]),
        after=pools([sentences("said_after", kind) for kind in AFTER]),
        vague=pools([sentences("vague", scene) for scene in VAGUE]),
    )


def _instead(others: list[str | None], names: list[str]) -> list[str]:
    return [other or name for other, name in zip(others, names, strict=True)]


def _before(street: str) -> list[str]:
    """Most people leave the town away."""
    full = [f"张店区{street}", f"淄博市张店区{street}"]
    return [*[""] * 13, "张店区", "张店", street, street, *full]


def _numbers(rows: Lot, style: Any, exact: Any) -> list[pa.Array]:
    """Door, building, unit and room; the same building is 3号楼, 3栋 or 3#楼."""
    building = np.where(rows.kind == POI, NONE, rows.building)
    room = np.where((rows.kind == ROOM) & (exact < 0.3), rows.room, NONE)
    door = np.where(rows.kind == DOOR, rows.number, NONE)
    ending = named(["号楼", "栋", "#楼"], (style > 0.86).astype(int) + (style > 0.95))
    digits = numbered(building, "")
    parts = [numbered(door, "号"), pc.binary_join_element_wise(digits, ending, ""),
             numbered(rows.unit, "单元"), numbered(room, "室")]  # fmt: skip
    return [pc.fill_null(part, "") for part in parts]
