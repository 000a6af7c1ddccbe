"""Roads that only tell from where to where another one is meant: 南京路(人民西路至华光路段)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses import cues

if TYPE_CHECKING:
    from geodata.addresses.mentions import Mention


def is_of_stretch(text: str, found: list[Mention], at: int) -> bool:
    """Whether a place is an end of a stretch, by what joins it to the places beside it."""
    if at and found[at - 1].road and not found[at - 1].place:
        leads = cues.FROM_UNKNOWN_TO.fullmatch(text, found[at - 1].end, found[at].start)
        if leads and cues.STRETCH_BEHIND.match(text, found[at].end):
            return True
    for n in range(max(at - 1, 0), min(at + 1, len(found) - 1)):
        one, other = found[n], found[n + 1]
        between = text[one.end : other.start]
        are_roads = one.road and other.road and not (one.place or other.place)
        if cues.BETWEEN.fullmatch(between) and cues.BETWEEN_BEHIND.match(text, other.end):
            # What lies between two compounds has to be named; between two roads it need not be.
            if are_roads or n + 2 < len(found):
                return True
        elif cues.STRETCH.fullmatch(between):
            # Directly behind another road the two are where that one is meant from and to.
            told = n > 0 and found[n - 1].road and found[n - 1].end == one.start
            from_one = text[max(one.start - 1, 0) : one.start] in cues.FROM
            # 从江南豪庭到紫园的南京路上: the road behind is meant.
            road = n + 2 < len(found) and found[n + 2].road and not found[n + 2].place
            of_road = road and text[other.end : found[n + 2].start] == "的"
            is_piece = of_road or cues.STRETCH_BEHIND.match(text, other.end) is not None
            if (are_roads and (told or from_one or is_piece)) or (from_one and is_piece):
                return True
    return False
