"""From what people say to a standard address: the finest level that is certain, and why.

A clerk's rules. A place is accepted when one place of the library, and no other, agrees with all
that is said; homonyms without evidence, a name that goes on, and contradictions go to review; what
the library does not know is none. Below a base place everything is exact.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from geodata.addresses import cues
from geodata.addresses.answers import CONTRADICTED, SEVERAL, Match, elsewhere, none, review
from geodata.addresses.doubt import DOUBTS, doubt_of
from geodata.addresses.evidence import Evidence, agreeing_with, evidence_of, finest, names_of
from geodata.addresses.gazetteer import Gazetteer
from geodata.addresses.mentions import Mention, Reading, in_pieces, reading
from geodata.addresses.names import known_names, own_names
from geodata.addresses.reasons import UNSURE, how, missing, said
from geodata.addresses.roles import aside, either_of
from geodata.addresses.standing import Doors
from geodata.addresses.surfaces import LOOSE, NAME, surfaces
from geodata.addresses.weighing import DENIED, chosen_of, lies_elsewhere
from geodata.addresses.within import Inside, of_branch, place_within
from geodata.addresses.zones import Zones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.library import Library

INSIDE = 0.97  # the score of a place by its name and the compound it lies in


class Matcher:
    """Matches texts against one library. Deterministic; safe to use from many threads."""

    def __init__(self, library: Library, foreign: Iterable[str] = ()) -> None:
        self.library = library
        own = own_names(library)
        self.gazetteer = Gazetteer(
            surfaces(library.bases, own, library.nowhere),
            own | library.nowhere,  # what names no place stands in the way of what it holds
            set(foreign) - own - known_names(library),
        )
        self._doors = Doors(library)
        self._zones = Zones(library.bases)

    def match(self, text: str, near: tuple[float, float] | None = None) -> Match:
        """Match one text; ``near`` is (lon, lat) where the caller or the appeal is known to be."""
        return self.matched(reading(text, self.gazetteer), near)

    def match_all(self, texts: Iterable[str]) -> Iterator[Match]:
        """Match texts in order, as ``match`` would each: several times as fast."""
        for reads in in_pieces(texts, self.gazetteer):
            yield from [self.matched(read) for read in reads]

    def matched(self, read: Reading, near: tuple[float, float] | None = None) -> Match:
        """Match a text that has been read."""
        named = [m for m in read.mentions if m.anchor and m.weight > DENIED]
        if not named:
            answer = none("没有提到标准地址库中的地名。", "unnamed")
            answer.mention = cues.unknown_name(read.plain)
        elif len(read.mentions) == 1:
            answer = self._meant(read, named[0], named, near)
        else:
            answer = self._one_of(read, named, near)
        return answer

    def _one_of(
        self, read: Reading, named: list[Mention], near: tuple[float, float] | None
    ) -> Match:
        """Match a text with several places, of which one is meant."""
        found = read.mentions
        others = [m for m in found if m.foreign and not m.anchor and m.weight > DENIED]
        chosen, rival = chosen_of([*named, *others])
        if lies_elsewhere(read.plain, chosen, found):
            return elsewhere()
        if not chosen.foreign:
            if inside := place_within(read, chosen, self.library.bases):
                return self._inside(inside, chosen)
            if rival is not None and not self._lies_by(chosen, rival):
                return self._either(chosen, rival)
        answer = self._meant(read, chosen, named, near)
        if answer.status == "matched" and (other := aside(chosen, found)):
            answer.reason = f"{answer.reason.removesuffix('。')};{other}。"
        return answer

    def _meant(
        self,
        read: Reading,
        chosen: Mention,
        named: list[Mention],
        near: tuple[float, float] | None,
    ) -> Match:
        """Match the place that is meant; ``named`` are all that may tell where it is."""
        if chosen.foreign or chosen.anchor is None:
            return elsewhere()
        evidence = evidence_of(chosen, named, self.library, near)
        answer = self._decided(chosen, evidence, read)
        answer.mention = chosen.anchor.form
        return answer

    def _lies_by(self, chosen: Mention, other: Mention) -> bool:
        """Whether a place lies in the area, or at the road, that is told beside it."""
        hits = [hit for hit in (other.road, other.community, other.town) if hit]
        if not chosen.place or other.place or other.foreign:
            return False
        bases, told = self.library.bases, other.number and other.number.words["road_no"]
        names = {bases[sense.base].core for hit in hits for sense in hit.senses}
        return any(
            not names.isdisjoint((base.town, base.community, base.road))
            and told in (None, base.road_no)
            for base in (bases[sense.base] for sense in finest(chosen.place.senses))
        )

    def _either(self, one: Mention, other: Mention) -> Match:
        """Two places of which either may be the one: a clerk decides."""
        hits = [hit for hit in (one.anchor, other.anchor) if hit]
        bases = [self.library.bases[sense.base] for hit in hits for sense in finest(hit.senses)]
        reason = f"文中提到{either_of(one, other)},不能确定问题发生在哪一处。"
        answer = review(bases, reason, SEVERAL)
        answer.mention = hits[0].form
        return answer

    def _inside(self, inside: Inside, chosen: Mention) -> Match:
        base = inside.base
        if inside.agrees:
            answer = self._row(base, base.n, INSIDE, f"{base.name}在{base.quarter}内。")
        else:
            reason = f"{base.name}在{base.quarter},但不在所说的楼。"
            answer = review([base], reason, CONTRADICTED)
        answer.mention = chosen.anchor.form if chosen.anchor else None
        return answer

    def _decided(self, mention: Mention, evidence: Evidence, read: Reading) -> Match:
        anchor = mention.anchor
        assert anchor is not None
        bases = self.library.bases
        candidates = [bases[sense.base] for sense in finest(anchor.senses)]
        is_zoned = mention.place is not None and mention.place.level == "quarter"
        if is_zoned and (zone := self._zones.told(read, mention, candidates)):
            candidates, mention = zone.bases or candidates, zone.applied_to(mention)
        doubt = doubt_of(read, mention, candidates)
        if anchor.level == "poi" and (branch := of_branch(candidates, doubt, read.plain, anchor)):
            candidates, doubt = branch, None
        if doubt:
            return review(candidates, DOUBTS[doubt].format(name=said(read, anchor)), doubt)
        agreeing, speaks = agreeing_with(candidates, evidence)
        told = anchor is mention.place and len(agreeing) == 1 and speaks > 0
        if anchor.senses[0].quality == LOOSE and not told:
            reason = f"“{said(read, anchor)}”可能指{candidates[0].name}等,说得不全。"
            return review(candidates, reason, "partial")
        if len(agreeing) > 1:
            agreeing = self._narrowed(agreeing, mention, read)
        if not agreeing:
            reason = f"“{said(read, anchor)}”与所说的其他地名或位置不一致。"
            return review(candidates, reason, CONTRADICTED)
        if len(agreeing) > 1:
            reason = f"“{said(read, anchor)}”有{len(agreeing)}处同名,没有依据确定是哪一处。"
            return review(agreeing, reason, "homonym")
        return self._below(agreeing[0], mention, evidence, _score(anchor, speaks), read)

    def _narrowed(self, homonyms: list[Base], mention: Mention, read: Reading) -> list[Base]:
        """Homonyms by what is told elsewhere: a road behind, or where it is named once more."""
        if mention.place and len(homonyms) > 1:
            homonyms = self._on_roads_told(homonyms, read)
        for other in read.mentions:
            if other.is_named_as(mention) and other.weight > DENIED:
                told = evidence_of(other, [other], self.library, None)
                homonyms = agreeing_with(homonyms, told)[0] or homonyms
        return homonyms

    def _on_roads_told(self, homonyms: list[Base], read: Reading) -> list[Base]:
        """Those that stand on a road which is told anywhere in the text: 老张烧烤…，店在洪沟路."""
        bases = self.library.bases
        told = [m.road for m in read.mentions if m.road and m.weight > DENIED]
        roads = frozenset().union(*(names_of(bases, road, "road") for road in told))
        return [base for base in homonyms if base.road in roads] or homonyms

    def _below(
        self, base: Base, mention: Mention, evidence: Evidence, score: float, read: Reading
    ) -> Match:
        """Go down from the base place as far as the library goes with what is said."""
        why = how(read, mention, base)
        if base.n < 0:
            return Match("matched", base.id, base.level, base.id, score, why)
        if mention.number is None and not mention.tail.words:
            return self._row(base, base.n, score, why + (UNSURE if mention.tail.found else ""))
        if mention.number and self._doors.is_elsewhere(base, mention.number, evidence):
            number = mention.number.words["road_no"]
            return review([base], f"{base.name}{number}号不在所说的街道或镇。", CONTRADICTED)
        if base.level == "road":
            return self._on_road(base, mention, score, why)
        return self._in_house(base, base.n, mention, score, why)

    def _on_road(self, base: Base, mention: Mention, score: float, how: str) -> Match:
        if mention.number is None:
            return self._row(base, base.n, score, how)
        number = mention.number.words["road_no"]
        there = self._doors.standing(base, mention.number)
        node = self._doors.node(base, mention.number)
        # What stands at a door may be entered only where it has the building that is told.
        inside = [one for one in there if self._doors.has_building(one, mention)]
        if len(inside) == 1:
            return self._in_house(inside[0], inside[0].n, mention, score, how)
        if node is not None:
            return self._in_house(base, node, mention, score, how)
        if len(there) == 1 and there[0].level == "quarter":
            how = f"{base.name}{number}号是{there[0].name}。"
            return self._in_house(there[0], there[0].n, mention, score, how)
        return self._row(base, base.n, score, f"{how}地址库中{base.name}没有{number}号。")

    def _in_house(self, base: Base, node: int, mention: Mention, score: float, how: str) -> Match:
        library, words = self.library, mention.tail.words
        reached: dict[str, str] = {}
        for level in ("building", "unit", "room"):
            word = words.get(level)
            if word is None:
                if level == "unit" and {"room", "floor"} & words.keys() and "building" in reached:
                    units = library.tree.children(node, "unit")
                    if len(units) == 1 and not library.tree.children(node, "room"):
                        reached["unit"], node = units[0]
                        continue
                    if len(units) > 1:
                        return self._row(base, node, score, f"{how}没有说是哪个单元。", reached)
                if level == "building" and words:
                    break
                continue
            below = library.tree.child(node, level, word)
            if below is None:
                why = missing(library, node, level, mention=mention, base=base, reached=reached)
                return self._row(base, node, score, how + why, reached)
            node, reached[level] = below, word
        return self._row(base, node, score, how, reached)

    def _row(
        self,
        base: Base,
        node: int,
        score: float,
        reason: str,
        reached: dict[str, str] | None = None,
    ) -> Match:
        row = self.library.row(node)
        if row is None:
            return review([], f"{reason}地址库没有{base.name}本身的条目。", "no_row")
        if row.is_historic:
            reason += "该地址已停用。"
        building, unit, room = _claims(row.level, reached) if reached else _NO_CLAIMS
        return Match(
            *("matched", row.id, row.level, base.id or None, score, reason, building, unit, room),
            *(row.lon, row.lat, row.area),
        )


Claims: TypeAlias = tuple[str | None, str | None, str | None]
_NO_CLAIMS: Claims = (None, None, None)


def _claims(level: str, reached: dict[str, str]) -> Claims:
    """Give building, unit and room of what has been reached, as far as the level of the row."""
    return (
        reached.get("building") if level in ("building", "unit", "room") else None,
        reached.get("unit") if level in ("unit", "room") else None,
        reached.get("room") if level == "room" else None,
    )


def _score(anchor: Hit, speaks: int) -> float:
    sense = anchor.senses[0]
    return _scored(None if sense.quality == NAME else sense.trust, anchor.slip, speaks)


@cache  # there are few
def _scored(trust: float | None, slip: bool, speaks: int) -> float:
    score = 0.98 if trust is None else 0.9 * trust
    score -= 0.12 if slip else 0
    return round(min(1.0, score + 0.01 * speaks), 3)
