"""Base places, and which of them each row of the library belongs to.

A room belongs to the compound it names, a door to its road: by name, and of several with one name
the one in the same community, town and road; a road of which there is one goes through all towns
its doors lie in. A name without a row of its own is a base place too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from geodata.addresses.text import normalised
from geodata.addresses.words import community_core, core, said, town_core

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa
    from numpy.typing import NDArray

HISTORIC = "historic"  # the status of an address that is out of use
_NAMED = ("quarter", "road", "town", "community")


@dataclass(frozen=True, slots=True)
class Base:
    """A base place: what is searched by name. ``n`` is its node, -1 for an area without a row."""

    n: int
    id: str
    level: str
    name: str
    core: str  # its name as those of its kind are compared
    aliases: tuple[tuple[str, float], ...]  # and how far each is to be trusted, 0 to 1
    town: str | None  # cores, as the three that follow: comparable at once
    community: str | None
    road: str | None
    road_no: str | None
    quarter: str | None
    lon: float | None
    lat: float | None
    decided: tuple[str, ...] = ()  # names that a clerk has decided are its own, normalised
    is_searched: bool = True  # else only those: it lies below a base place
    is_historic: bool = False  # out of use: what is in use goes before it
    building: str | None = None  # of a place in a compound, the one it is in
    passes: frozenset[str] = frozenset()  # of a road, what other towns its doors lie in


def base_of(row: dict[str, Any], extra: Iterable[tuple[str, float]] = ()) -> Base:
    """Give the base place that a row of the library stands for; ``extra`` are further names."""
    aliases = [(name, 1.0) for name in (row["aliases"] or "").split("|") if name]
    return Base(
        n=row["n"],
        id=row["id"],
        level=row["level"],
        name=row[row["level"]],
        core=core(row["level"], row[row["level"]]),
        aliases=(*aliases, *extra),
        town=town_core(row["town"]) if row["town"] else None,
        community=community_core(row["community"]) if row["community"] else None,
        road=normalised(row["road"]) if row["road"] else None,
        road_no=said("road_no", row["road_no"]) if row["road_no"] else None,
        quarter=normalised(row["quarter"]) if row["quarter"] else None,
        lon=row["lon"],
        lat=row["lat"],
        is_historic=row.get("status") == HISTORIC,
        building=said("building", row["building"]) if row.get("building") else None,
    )


def belonging(rows: pa.Table, bases: list[Base]) -> tuple[NDArray[np.int64], list[Base]]:
    """Give the node of the base place of each row (-1 = none), and all bases.

    Those are the given ones in their order, then those without a row, which have nodes behind those
    of the rows, and no id.
    """
    column, combinations = _combined(rows)
    by_name: dict[tuple[str, str], list[Base]] = {}
    for base in bases:
        by_name.setdefault((base.level, normalised(base.name)), []).append(base)
    implied: list[Base] = []
    passes: dict[int, set[str]] = {}
    node = np.full(len(combinations), -1, np.int64)
    for at, named in enumerate(combinations):
        level = "quarter" if named["quarter"] else "road"
        if not named[level]:
            continue
        known = by_name.setdefault((level, normalised(named[level])), [])
        found = known[0] if level == "road" and len(known) == 1 else _fitting(known, named)
        if found is None:
            found = _implied(len(rows) + len(implied), level, named)
            known.append(found)
            implied.append(found)
        elif level == "road" and found.town and named["town"]:
            passes.setdefault(found.n, set()).add(town_core(named["town"]))
        node[at] = found.n
    belongs = node[column]
    belongs[[base.n for base in bases if base.n >= 0]] = -1
    return belongs, [*map(partial(_passing, passes), bases), *implied]


def _passing(passes: dict[int, set[str]], base: Base) -> Base:
    towns = passes.get(base.n, set()) - {base.town}
    return replace(base, passes=frozenset(towns)) if towns else base


def _combined(rows: pa.Table) -> tuple[NDArray[np.int64], list[dict[str, Any]]]:
    """Give the number of each row's combination of names, and the combinations."""
    code = np.zeros(len(rows), np.int64)
    for name in _NAMED:
        coded = rows[name].combine_chunks().dictionary_encode()
        index = pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy()
        code = code * (len(coded.dictionary) + 1) + index
        # Numbered anew after every column, so that no product grows out of its bounds.
        _, first, code = np.unique(code, return_index=True, return_inverse=True)
    return code, rows.select(_NAMED).take(first).to_pylist()


def _fitting(known: list[Base], named: dict[str, Any]) -> Base | None:
    """The base place of a name that nothing contradicts; of several, the one that fits best."""
    town = town_core(named["town"]) if named["town"] else None
    community = community_core(named["community"]) if named["community"] else None
    best, fits = None, -1
    for base in known:
        pairs = (
            (base.town, town),
            (base.community if base.level == "quarter" else None, community),
        )
        if any(own and said and own != said for own, said in pairs):
            continue
        score = sum(own is not None and own == said for own, said in pairs)
        if score > fits:
            best, fits = base, score
    return best


def _implied(n: int, level: str, named: dict[str, Any]) -> Base:
    town = named["town"] if level == "quarter" else None
    return Base(
        n=n,
        id="",
        level=level,
        name=named[level],
        core=core(level, named[level]),
        aliases=(),
        town=town_core(town) if town else None,
        community=None,
        road=None,
        road_no=None,
        quarter=None,
        lon=None,
        lat=None,
    )
