"""Places known by name: areas, landmarks, markets, roads, and the base places of the library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.areas.hierarchy import hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.addresses.bases import Base
    from geodata.addresses.library import Library
    from geodata.store.reader import Reader

KINDS = ("areas", "landmarks", "markets", "roads", "addresses")
PLACE, ROAD, BASE = 2, 3, 4  # how large they are, after the levels of areas
_ENDING = re.compile("[省市区县]$")
_NAMED = """
    SELECT 'landmarks' AS kind, id, name, name_en, area FROM places
    UNION ALL SELECT 'markets', id, name, name_en, area FROM markets
    UNION ALL SELECT 'roads', min(id), name, any_value(name_en), NULL FROM roads GROUP BY name
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One hit: ``kind`` is areas, addresses, roads, landmarks or markets, which are layers too."""

    kind: str
    id: str
    name: str
    name_en: str | None
    area: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A place and every name of it; the smaller its ``rank``, the larger it is.

    ``aliases`` are what it is called beside its own names. ``node`` is its place in the library's
    tree, -1 where it has none. One without an id is only known by what lies below it.
    """

    told: Suggestion
    rank: int
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    node: int = -1


def others(reader: Reader, library: Library) -> Iterator[Known]:
    """Give what is no address; a road in several parts is one road."""
    tree, owners = hierarchy(reader), _owners(library)
    for n, code in enumerate(tree.codes):
        told = Suggestion("areas", code, tree.names[n], tree.names_en[n] or None, n)
        yield Known(told, int(tree.level[n]), (told.name, told.name_en or "", code))
    for row in reader.rows(_NAMED):
        told = Suggestion(**row)
        rank = ROAD if told.kind == "roads" else PLACE
        short = owners.sub("", told.name)
        yield Known(told, rank, (told.name, told.name_en or ""), (short,) * (short != told.name))


def bases(library: Library) -> Iterator[Known]:
    """Give the base places of the library, those without an entry of their own too."""
    for base in library.bases:
        if base.n >= 0:
            row = library.row(base.n) if base.id else None
            whole = _whole(base)
            told = Suggestion("addresses", base.id, whole, None, row.area if row else None)
            aliases = (*(alias for alias, _ in base.aliases), *base.decided)
            yield Known(told, BASE, (whole, base.name), aliases, base.n)


def _owners(library: Library) -> re.Pattern[str]:
    """What a place may carry in front of its name: 淄博人民公园 is the 人民公园 here."""
    full = {name for names in library.own.values() for name in names}
    names = sorted(full | {_ENDING.sub("", name) for name in full}, key=len, reverse=True)
    # What is left must still be a name.
    return re.compile(rf"^(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?=.{{3}})")


def _whole(base: Base) -> str:
    """The name of a place with the door it stands at."""
    if not base.road or base.level not in ("quarter", "poi"):
        return base.name
    door = f"{base.road_no}号" if base.road_no else ""
    within = base.quarter or "" if base.level == "poi" else ""
    return f"{base.road}{door}{within}{base.name}"
