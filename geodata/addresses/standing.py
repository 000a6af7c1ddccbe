"""Doors of roads: which are listed, in which town, and what stands at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.addresses.bases import Base
    from geodata.addresses.evidence import Evidence
    from geodata.addresses.library import Library
    from geodata.addresses.mentions import Mention
    from geodata.addresses.tails import Tail


class Doors:
    """The doors of one library; never changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._standing: dict[tuple[str, str], list[Base]] = {}
        for base in library.bases:
            if base.road and base.road_no and base.level in ("quarter", "poi"):
                self._standing.setdefault((base.road, base.road_no), []).append(base)

    def node(self, road: Base, number: Tail) -> int | None:
        """Give the node of the door that is told of a road, None where it is not listed."""
        if road.level != "road" or road.n < 0:
            return None
        return self._library.tree.child(road.n, "road_no", number.words["road_no"])

    def standing(self, road: Base, number: Tail) -> list[Base]:
        """Give what stands at the door that is told; not at that of another road of the name."""
        there = self._standing.get((road.name, number.words["road_no"]), [])
        if road.town is None:
            return there
        towns = {road.town, None} | road.passes
        return [place for place in there if place.town in towns]

    def is_elsewhere(self, road: Base, number: Tail, evidence: Evidence) -> bool:
        """Whether the door that is told of a road lies in none of the towns that are told."""
        if not evidence.towns or road.level != "road":
            return False
        if (node := self.node(road, number)) is not None:
            town = self._library.town(node)
        else:
            there = self.standing(road, number)
            town = there[0].town if len(there) == 1 else None
        return town is not None and town not in evidence.towns

    def has_building(self, place: Base, mention: Mention) -> bool:
        """Whether a place has the building that is told."""
        building = mention.tail.words.get("building")
        if building is None or place.n < 0:
            return False
        return self._library.tree.child(place.n, "building", building) is not None
