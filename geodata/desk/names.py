"""The name an uncertain appeal hangs on: the one a decision would have to be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses import cues
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from geodata.addresses.answers import Match

_LONGER = (cues.GOES_ON, cues.ZONE_GOES_ON, cues.ROAD_GOES_ON)
SHORTEST, LONGEST = 2, 24  # characters of a name that can be decided about


def name_of(match: Match, words: str) -> str | None:
    """Give the name that stands in the way of a match, or None.

    Where a known name goes on, the whole of it is the name: 世纪花园幼儿园 is not 世纪花园. Where
    an unknown name follows a known one, it is the unknown one.
    """
    name = match.mention
    if name is not None and match.status == "review":
        name = _longer(normalised(words), name)
    return name if name is not None and SHORTEST <= len(name) <= LONGEST else None


def _longer(plain: str, name: str) -> str:
    start = plain.find(name)
    if start < 0:  # it is written with a slip
        return name
    end = start + len(name)
    for pattern in _LONGER:
        if more := pattern.match(plain, end):
            return name + more.group()
    if unknown := cues.unknown_behind(plain, end):
        return unknown.group("name") or name
    return name
