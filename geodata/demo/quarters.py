"""Residential quarters (小区) and villages: who lives where, and what it is called. Invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.demo.book import NONE
from geodata.demo.partition import District
from geodata.demo.plane import Ints
from geodata.demo.rng import stream
from geodata.demo.sheets import column

BUILT_UP = 1500.0  # residents per km²; grids with fewer are villages and fields
HOUSING = ("园", "苑", "城", "豪庭", "国际", "湾", "绿洲")  # communities named after a quarter
UNSAID = 0.12  # of the parts of quarters: nobody says which part
PAIRS = (("东区", "西区"), ("一期", "二期"), ("南区", "北区"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarters:
    """Names of quarters and villages, and which one each grid has most of.

    ``of_grid`` (1466,) is a place in ``names``; ``is_village`` tells of each name;
    ``nicknames`` are what people call a few of them, and no book knows.
    """

    names: list[str]
    aliases: list[str | None]
    nicknames: list[str | None]
    of_grid: Ints
    is_village: list[bool]


def quarters(seed: int, place: District) -> Quarters:
    """Name the quarters of built-up grids and the villages of the others."""
    rng = stream(seed, "quarters")
    shorts = column("facts/communities", "short")
    built_up = place.residents / shapely.area(place.grids) * 1e6 > BUILT_UP
    pool = _pool(rng)
    names: list[str] = []
    of_grid = np.full(len(place.grids), NONE)
    for community in np.unique(place.community):
        grids = np.flatnonzero(place.community == community)
        for run in _runs(grids[built_up[grids]], rng):
            of_grid[run] = len(names)
            names.append("")
        names[_first_unnamed(names) :] = _named(shorts[community], names, pool, rng)
        if not built_up[grids].all():
            of_grid[grids[~built_up[grids]]] = len(names)
            names.append(shorts[community])
    villages = {shorts[c] for c in np.unique(place.community)}
    is_village = [name in villages for name in names]
    return Quarters(
        names=names,
        aliases=[_alias(name) for name in names],
        nicknames=_nicknames(names, is_village, stream(seed, "nicknames")),
        of_grid=of_grid,
        is_village=is_village,
    )


def _pool(rng: np.random.Generator) -> list[str]:
    """Made-up names in a random order, so many that few are used twice."""
    first = column("phrases/quarter_first", "first")
    second = column("phrases/quarter_second", "second")
    whole = [a + b for a in first for b in second if a[-1] != b[0]]
    whole = [whole[i] for i in rng.permutation(len(whole))[:1150]]
    whole += column("phrases/quarter_dormitories", "name")
    return [whole[i] for i in rng.permutation(len(whole))]


def _runs(grids: Ints, rng: np.random.Generator) -> list[Ints]:
    """Part the grids of a community into lots of one to three that belong to one quarter."""
    if not len(grids):
        return []
    breaks = rng.choice([1, 1, 2, 2, 3], len(grids)).cumsum()
    return [lot for lot in np.split(grids, breaks[breaks < len(grids)]) if len(lot)]


def _first_unnamed(names: list[str]) -> int:
    return names.index("") if "" in names else len(names)


def _named(short: str, names: list[str], pool: list[str], rng: np.random.Generator) -> list[str]:
    """Names for a community's quarters: its own first, now and then two parts of one quarter."""
    missing = len(names) - _first_unnamed(names)
    own = short.removesuffix("社区")
    found = [own] if own.endswith(HOUSING) else []
    while len(found) < missing:
        name = pool[int(rng.integers(len(pool)))] if rng.random() < 0.04 else pool.pop()
        pair = PAIRS[int(rng.integers(len(PAIRS)))]
        found += [name + part for part in pair] if rng.random() < 0.16 else [name]
    return found[:missing]


def _alias(name: str) -> str | None:
    """How people shorten or lengthen a name: 世纪花园 and 世纪花园小区, 锦绣苑东区 and 锦绣苑东."""
    if name.endswith("小区"):
        return name.removesuffix("小区")
    if name[-2:] in ("东区", "西区", "南区", "北区"):
        return f"{name[:-1]}|{name[:-2]}小区{name[-2:]}"
    if name.endswith(("花园", "家园", "嘉园", "苑", "新村", "雅居", "家属院", "宿舍")):
        return f"{name}小区"
    return f"{name[:-1]}庄" if name.endswith("家村") else None


def _nicknames(
    names: list[str], is_village: list[bool], rng: np.random.Generator
) -> list[str | None]:
    """Of some quarters an old name; of some parts of one the name of both, which may be either."""
    parts = {part for pair in PAIRS for part in pair}
    in_parts = np.array([name[-2:] in parts for name in names])
    both = Counter(names[n][:-2] for n in np.flatnonzero(in_parts))
    found: list[str | None] = [None] * len(names)
    for n in np.flatnonzero(in_parts & (rng.random(len(names)) < UNSAID)):
        stem = names[n][:-2]
        found[n] = stem if both[stem] > 1 and stem not in names else None
    plain = np.flatnonzero(~in_parts & ~np.asarray(is_village))
    old = column("phrases/nicknames", "name")
    for n, name in zip(rng.permutation(plain), old, strict=False):
        found[n] = name
    return found
