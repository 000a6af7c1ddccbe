"""Suggestions while a reader types: areas, compounds, doors, roads, landmarks, markets.

All from memory. A text that names nothing by itself is read by the matcher, which knows slips and
whole addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.engine import matcher
from geodata.addresses.finder import Finder
from geodata.addresses.kept import kept
from geodata.addresses.known import Suggestion, others
from geodata.addresses.library import load
from geodata.addresses.written import written

if TYPE_CHECKING:
    from geodata.store.reader import Reader

LONGEST = 100  # characters of a query; a whole address may be pasted
SHORTEST_READ = 4  # characters of a text the matcher is asked about


def suggestions(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """Places whose name holds every part of a text, the closest first.

    Parts are separated by spaces. A name may be written, spelled in pinyin, or given by its
    initials; behind it may stand a door, building, unit or room, or the beginning of one. A name
    that is the text, or begins with it, comes first; then what is larger (an area before a road,
    a compound before its rooms); then the shorter name.
    """
    text = text.strip()[:LONGEST]
    found = finder(reader).find(text)
    if not found and len(text) >= SHORTEST_READ:
        found = _read(reader, text)
    return found[:limit]


def finder(reader: Reader) -> Finder:
    """Give the finder of a generation, made once: 1,500,000 addresses take some seconds."""
    return kept(reader, "finder", lambda: _finder(reader))


def _finder(reader: Reader) -> Finder:
    library = load(reader)
    return Finder(library, written(reader, library), others(reader, library))


def _read(reader: Reader, text: str) -> list[Suggestion]:
    """What the matcher takes a text for: the place, or those it cannot tell apart."""
    match = matcher(reader).match(text)
    idents = [match.address_id] if match.address_id else match.alternatives
    told = [finder(reader).told(ident) for ident in idents]
    return [one for one in told if one]


__all__ = ["Suggestion", "finder", "suggestions"]
