"""Places a text speaks of: names that stand together, and how much speaks for each.

People name the place of the problem, and beside it where they live, where they came from and what
lies opposite. Each mention is weighed by the words around it; the heaviest is the place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from geodata.addresses import cues
from geodata.addresses.door import door
from geodata.addresses.surfaces import BRIEF
from geodata.addresses.tails import NOTHING, Tail, house, house_before, is_house
from geodata.addresses.text import normalised_all
from geodata.addresses.weighing import weigh
from geodata.addresses.within import holds, is_of_whole, tells_which

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.addresses.gazetteer import Gazetteer, Hit


# Texts that are read together. Of more, what is read of them would outlive two collections of
# garbage, and cause full ones, which pass by all that the library holds.
PIECE = 100


@dataclass(slots=True, eq=False)
class Mention:
    """Names that stand together, each by its kind, and how much speaks for them."""

    start: int
    end: int
    hits: list[Hit] = field(default_factory=list)
    place: Hit | None = None  # a compound or a named place; a place in a compound counts
    quarter: Hit | None = None  # the compound a named place is in
    road: Hit | None = None
    crossing: Hit | None = None  # the other road of a crossing
    community: Hit | None = None
    town: Hit | None = None
    foreign: Hit | None = None
    number: Tail | None = None
    tail: Tail = NOTHING
    weight: float = 0.0
    order: int = 0  # of the finest name so far, from a city to a named place
    doubt: str | None = None  # why its name may be another one
    signs: tuple[str, ...] = ()  # what tells it from the other places of its text
    tells_where: Mention | None = None  # the place it only tells where to find
    anchor: Hit | None = None  # the finest name: what the mention is a mention of
    is_zoned: bool = False  # its zone is told apart from its name

    def is_named_as(self, other: Mention) -> bool:
        """Whether another mention is of the same name."""
        if self is other or self.anchor is None or other.anchor is None:
            return False
        return self.anchor.form == other.anchor.form

    def is_same(self, other: Mention) -> bool:
        """Whether another mention may mean the same places, by whatever name."""
        if self is other or self.anchor is None or other.anchor is None:
            return False
        mine, its = ({s.base for s in hit.senses} for hit in (self.anchor, other.anchor))
        return mine == its


class Reading(NamedTuple):
    """A text in its one form, the places it speaks of, in order, and the text as it was given."""

    plain: str
    mentions: list[Mention]
    text: str


def reading(text: str, gazetteer: Gazetteer) -> Reading:
    """Read a text, for its match and for its elements."""
    return next(readings([text], gazetteer))


def readings(texts: Iterable[str], gazetteer: Gazetteer) -> Iterator[Reading]:
    """Read texts as ``reading`` would, many at once: most steps are dear for a single one."""
    return chain.from_iterable(in_pieces(texts, gazetteer))


def in_pieces(texts: Iterable[str], gazetteer: Gazetteer) -> Iterator[list[Reading]]:
    """Read texts piece by piece, and every step for a whole piece.

    A step that is taken for many texts has its code in the processor's cache, and a tenth of the
    time is saved by that alone.
    """
    rest = iter(texts)
    while piece := list(islice(rest, PIECE)):
        plains = normalised_all(piece)
        hits = gazetteer.read(plains)
        groups = [_grouped(plain, named) for plain, named in zip(plains, hits, strict=True)]
        every = zip(piece, plains, groups, hits, strict=True)
        yield [Reading(p, _weighed(p, found, named), text) for text, p, found, named in every]


def _weighed(text: str, found: list[Mention], hits: list[Hit]) -> list[Mention]:
    """Weigh groups of names by the words around them, and doubt them by those."""
    if found and found[0].place:
        _look_around(text, found)
    for mention in found:
        mention.anchor = mention.place or mention.road or mention.community or mention.town
    if len(found) > 1 or "不" in text:  # one place alone needs no weighing
        weigh(text, found)
    for mention in found:
        mention.doubt = _doubt(text, mention, hits)
    return found


def _grouped(text: str, hits: list[Hit]) -> list[Mention]:
    """Give the names that stand together, each group with the house or door behind it."""
    found: list[Mention] = []
    last: Mention | None = None
    for at, hit in enumerate(hits):
        if hit.is_weak and not _stands(text, hit, hits, at):
            if last and tells_which(text, last.end, hits[at - 1], hit):
                _tell(text, last, hits, at)
            continue
        if last is None or not _joins(text, last, hit):
            last = Mention(hit.start, hit.end)
            found.append(last)
        last.hits.append(hit)
        last.end = hit.end
        if hit.level != "own":
            _add(text, last, hits, at)
    return found


def _stands(text: str, hit: Hit, hits: list[Hit], at: int) -> bool:
    """A town without the word town (和平, 公园) is one only directly in front of a name.

    A compound of two characters is one only directly in front of a building, or of what is in it.
    """
    if hit.level == "foreign" or hit.slip:  # 今年夏|天水漫到院里
        return _begins(text, hit, hits, at) and (not hit.slip or is_house(text, hit.end))
    if hit.senses[0].quality == BRIEF:
        if at + 1 < len(hits) and holds(text, hit, hits[at + 1]):
            return True
        return is_house(text, hit.end)
    following = hits[at + 1] if at + 1 < len(hits) else None
    if following is None or not following.senses:
        return False
    if following.is_weak and not _stands(text, following, hits, at + 1):
        return False
    gap = text[hit.end : following.start]
    return gap in _LEADS_ON or (gap == "，" and len(following.senses) > 1)


def _tell(text: str, mention: Mention, hits: list[Hit], at: int) -> None:
    """Take an area as that of the place in front of it; the house may stand behind both."""
    area = hits[at]
    mention.hits.append(area)
    mention.end = area.end
    if area.level == "town":
        mention.town = mention.town or area
    else:
        mention.community = mention.community or area
    if mention.place and not mention.tail.words:
        follows = hits[at + 1].start if at + 1 < len(hits) else len(text)
        mention.tail = house(text, area.end, follows)


def _look_around(text: str, found: list[Mention]) -> None:
    """2号楼3单元，世纪花园的: the house in front; in 2号楼，世纪花园对面 it is another's.

    And the house behind a place alone, if the matter is not with all of the compound.
    """
    mention, place = found[0], found[0].place
    if place is None or place.level != "quarter":
        return
    if mention.tail.words:
        if len(found) == 1 and is_of_whole(text, place, mention.tail):
            mention.tail = NOTHING
    elif mention.start and (tail := house_before(text, 0, mention.start)).found:
        mention.tail = NOTHING if cues.RELATION.match(text, place.end) else tail


def _begins(text: str, hit: Hit, hits: list[Hit], at: int) -> bool:
    """Whether what stands in front of a name is no part of it."""
    return bool(at and hits[at - 1].end == hit.start) or cues.leads_in(text, hit.start)


# What may stand between an area and a place in it.
_LEADS_ON = frozenset(("", "的", "这边的", "那边的", "这边", "那边", "那个", "这个", "的那个"))
_NEAR = 3  # characters between a name and the house behind it
_ORDER = {"foreign": 0, "own": 0, "town": 1, "community": 2, "road": 3, "quarter": 4, "poi": 5}


def _joins(text: str, mention: Mention, hit: Hit) -> bool:
    level, gap = hit.level, text[mention.end : hit.start]
    if level == "road" and mention.road and not mention.place:
        return mention.crossing is None and _crosses(text, gap, hit)
    if level in ("quarter", "poi") and mention.place:
        return (
            level == "poi"
            and mention.place.level == "quarter"
            and not gap
            and not mention.tail.words
        )
    if level == "road" and mention.place:
        return not gap and mention.road is None
    if _ORDER[level] < mention.order:
        return False
    return not gap or cues.JOIN.fullmatch(gap) is not None


def _crosses(text: str, gap: str, hit: Hit) -> bool:
    return bool(cues.CROSS.fullmatch(gap)) and bool(cues.CROSSING.match(text, hit.end))


def _add(text: str, mention: Mention, hits: list[Hit], at: int) -> None:
    """Add the hit at a place of all hits, with the house or door behind it."""
    hit = hits[at]
    level = hit.level
    mention.order = max(mention.order, _ORDER[level])
    if level == "town":
        mention.town = hit
    elif level == "community":
        mention.community = hit
    elif level == "foreign":
        mention.foreign = hit
    else:
        follows = hits[at + 1].start if at + 1 < len(hits) else len(text)
        (_add_road if level == "road" else _add_place)(text, mention, hit, follows)


def _add_place(text: str, mention: Mention, hit: Hit, follows: int) -> None:
    if mention.place:
        mention.quarter = mention.place
    mention.place = hit
    mention.tail = tail = house(text, hit.end, follows)
    # Directly behind its name the mention goes on behind the tail.
    if tail.found and tail.start - hit.end <= _NEAR and tail.end > hit.end:
        mention.end = tail.end


def _add_road(text: str, mention: Mention, hit: Hit, follows: int) -> None:
    if mention.road:
        mention.crossing = hit
        return
    mention.road = hit
    number = door(text, hit.end)
    if number and number.end <= follows:
        mention.number, mention.end = number, number.end
        if not mention.place:
            mention.tail = house(text, number.end, follows)


def _doubt(text: str, mention: Mention, hits: list[Hit]) -> str | None:
    """Why the finest name may be another one; None where nothing speaks for that."""
    anchor = mention.anchor
    if anchor is None:
        return None
    start, end = anchor.start, anchor.end
    if start and anchor is mention.hits[0] and _begins_earlier(text, anchor):
        return "begins"
    if mention.place and mention.tail.found and mention.tail.start == end:
        return None  # a house directly behind a name: it is the whole name
    is_area = anchor is mention.community or anchor is mention.town
    if (not is_area and cues.GOES_ON.match(text, end)) or _is_other_road(text, mention):
        # But 羊汤馆|车站街道: another name begins there.
        return None if any(hit.start == end and hit.senses for hit in hits) else "goes_on"
    if mention.place:
        is_zone = anchor.senses[0].level == "quarter" and _goes_on_with_zone(text, end)
        return "zone" if is_zone else None
    return "unknown" if cues.unknown_behind(text, mention.end) else None


def _begins_earlier(text: str, name: Hit) -> bool:
    start = name.start
    if text[start - 1] not in cues.LONGER_BEFORE or cues.is_called_old(text, start, name.form):
        return False
    return cues.BEGINS_EARLIER.search(text[max(0, start - 2) : start]) is not None


def _goes_on_with_zone(text: str, at: int) -> bool:
    """紫园三期; 碧水湾东区，不对，是西区; 翰林苑一期还是二期."""
    other = cues.CORRECTED.match(text, at) or cues.OR_ZONE.match(text, at)
    return cues.ZONE_GOES_ON.match(text, other.end() if other else at) is not None


def _is_other_road(text: str, mention: Mention) -> bool:
    if mention.place or mention.number or mention.crossing or mention.road is None:
        return False
    at = mention.road.start
    if text[max(at - 1, 0) : at] in cues.FROM and cues.PASSES.match(text, mention.road.end):
        return True
    return cues.ROAD_GOES_ON.match(text, mention.road.end) is not None
