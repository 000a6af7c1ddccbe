"""What a writer of queries knows: names that are one, names that are several, what is listed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyarrow as pa

from tests.addresses.judged.noise.typos import lookalikes, sound
from tests.addresses.judged.noise.view import Row, of_level

ZONES = ("东区", "西区", "南区", "北区", "一期", "二期", "三期", "A区", "B区")
CONTEXT = ("town", "community", "road", "road_no")


@dataclass(slots=True)
class Book:
    """The library by name. ``bases`` by surface: a name, an alias, or a name without its zone."""

    roads: list[Row]
    doors: list[Row]
    quarters: list[Row]
    pois: list[Row]
    bases: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    sounds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    zoned: list[str] = field(default_factory=list)
    numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    buildings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    units: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def candidates(self, surface: str, stated: dict[str, str]) -> list[Row]:
        """Give the bases of a surface that agree with every stated element."""
        return [
            base
            for base in self.bases.get(surface, ())
            if all(base[name] == told for name, told in stated.items())
        ]

    def holds_name(self, text: str, *, but: str = "") -> bool:
        """Tell whether a known name, other than ``but``, stands anywhere in a text."""
        ends = range(2, 13)
        parts = (text[n : n + size] for n in range(len(text) - 1) for size in ends)
        return any(part in self.bases and part != but for part in parts)

    def mistakable(self, text: str, meant: str) -> bool:
        """Tell whether a text that means one name sounds or looks like another as well.

        ``小区`` may come or go, so two names that differ only by it are heard as one.
        """
        for form in (text, text.removesuffix("小区"), f"{text}小区"):
            if self.sounds.get(sound(form), set()) - {meant}:
                return True
            if any(other != meant and other in self.bases for other in lookalikes(form)):
                return True
        return self.holds_name(text, but=meant)


def book(table: pa.Table) -> Book:
    """Read a library into a book."""
    found = Book(
        roads=of_level(table, "road"),
        doors=of_level(table, "road_no"),
        quarters=of_level(table, "quarter"),
        pois=of_level(table, "poi"),
    )
    for base in (*found.roads, *found.quarters, *found.pois):
        _name(found, base)
    for door in found.doors:
        found.numbers[door["road"]].add(door["road_no"])
    for building in of_level(table, "building"):
        found.buildings[_parent(building["id"])].append(building["building"])
    for unit in of_level(table, "unit"):
        found.units[_parent(unit["id"])] += 1
    return found


def _name(found: Book, base: Row) -> None:
    own = base[base["level"]]
    surfaces = [own, *filter(None, base["aliases"].split("|"))]
    if base["level"] == "quarter" and own.endswith(ZONES):
        surfaces.append(own[:-2])
        found.zoned.append(own[:-2])
    for surface in surfaces:
        found.bases[surface].append(base)
        found.sounds[sound(surface)].add(surface)


def _parent(code: str) -> str:
    return code.rpartition("-")[0]
