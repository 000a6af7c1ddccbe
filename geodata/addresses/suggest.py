"""Suggestions while a reader types: areas, compounds, doors, roads, landmarks, markets.

All from memory: names by the forms of ``forms``, what lies below them by the library's tree. A text
that names nothing so is read by the matcher, which knows slips and whole addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.addresses.engine import matcher
from geodata.addresses.finder import Finder, Known
from geodata.addresses.library import load
from geodata.areas.hierarchy import hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.store.reader import Reader

LONGEST = 100  # characters of a query; a whole address may be pasted
SHORTEST_READ = 4  # characters of a text the matcher is asked about


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One hit: ``kind`` is areas, addresses, roads, landmarks or markets, which are layers too."""

    kind: str
    id: str
    name: str
    name_en: str | None
    area: int | None


def suggestions(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """Places whose name holds every part of a text, the closest first.

    Parts are separated by spaces. A name may be written, spelled in pinyin, or given by its
    initials; behind it may stand a door, building, unit or room, or the beginning of one. A name
    that is the text, or begins with it, comes first; then what is larger (an area before a road,
    a compound before its rooms); then the shorter name.
    """
    text = text.strip()[:LONGEST]
    found = finder(reader).find(text, limit)
    if not found and len(text) >= SHORTEST_READ:
        found = _read(reader, text)[:limit]
    return [*_told(reader, found)]


def finder(reader: Reader) -> Finder:
    """Give the finder of a generation, made once: 1,500,000 addresses take some seconds."""
    return reader.lasting("addresses/finder", lambda: Finder(load(reader), _known(reader)))


def _read(reader: Reader, text: str) -> list[Known | int]:
    """What the matcher takes a text for: the place, or those it cannot tell apart."""
    match = matcher(reader).match(text)
    idents = [match.address_id] if match.address_id else match.alternatives
    found: list[Known | int] = []
    for ident in idents:
        row = load(reader).find(ident)
        area = None if row else finder(reader).area(ident)
        found += [row.n] if row else [area] if area else []
    return found


def _told(reader: Reader, found: list[Known | int]) -> Iterator[Suggestion]:
    names = _names(reader, [hit for hit in found if isinstance(hit, int)])
    for hit in found:
        if isinstance(hit, int):
            row = load(reader).row(hit)
            assert row is not None
            yield Suggestion("addresses", row.id, names[hit], None, row.area)
        else:
            yield Suggestion(hit.kind, hit.id, hit.name, hit.name_en, hit.area)


def _names(reader: Reader, numbers: list[int]) -> dict[int, str]:
    if not numbers:
        return {}
    found = reader.rows(
        "SELECT n, name FROM addresses JOIN (SELECT unnest($numbers) AS n) USING (n)",
        {"numbers": numbers},
    )
    return {row["n"]: row["name"] for row in found}


def _known(reader: Reader) -> Iterator[Known]:
    """Areas, landmarks, markets and roads; a road in several parts is one road."""
    tree = hierarchy(reader)
    for n, code in enumerate(tree.codes):
        level = int(tree.level[n])
        yield Known("areas", code, tree.names[n], tree.names_en[n] or None, n, level, (code,))
    for kind, table in (("landmarks", "places"), ("markets", "markets")):
        for row in reader.rows(f"SELECT id, name, name_en, area FROM {table}"):
            yield _place(kind, 2, row)
    for row in reader.rows(
        "SELECT min(id) AS id, name, any_value(name_en) AS name_en, NULL AS area FROM roads "
        "GROUP BY name"
    ):
        yield _place("roads", 3, row)


def _place(kind: str, rank: int, row: dict[str, Any]) -> Known:
    return Known(kind, row["id"], row["name"], row["name_en"], row["area"], rank)
