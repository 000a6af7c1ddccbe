"""Texts that no answer fits: names that nobody bears, other districts, no place at all."""

from __future__ import annotations

from random import Random

from tests.addresses.judged.noise import said
from tests.addresses.judged.noise.book import Book
from tests.addresses.judged.noise.prose import (
    AFTER,
    BEFORE,
    DISTRICTS,
    ELSEWHERE,
    NOWHERE,
    STRANGE,
)
from tests.addresses.judged.noise.said import Pools, Query
from tests.addresses.judged.noise.typos import slip


def unknown(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Say a name that differs from a real one in one character, neither by ear nor by eye."""
    level = draw.choice(("quarter", "quarter", "quarter", "road", "poi"))
    real = draw.choice(pools[level])[level]
    place = draw.randrange(0, 2)
    common = draw.random() < 0.5
    other = draw.choice(STRANGE if not common else draw.choice(pools["quarter"])["quarter"][:2])
    name = real[:place] + other + real[place + 1 :]
    if name == real or known.mistakable(name, "") or slip_of(real, name, draw):
        return None
    tail = {"quarter": said.made_up_home(draw), "road": f"{draw.randint(1, 200)}号", "poi": "门口"}
    district = draw.choice(("", "", DISTRICTS[0], DISTRICTS[1]))
    text = draw.choice(BEFORE) + district + name + tail[level] + draw.choice(AFTER)
    return Query(text, "negative", "none")


def slip_of(real: str, name: str, draw: Random) -> bool:
    """Tell whether a name could be a slip of the real one."""
    return any(slip(real, draw) == name for _ in range(20))


def elsewhere(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Say a place of this library, but in another district."""
    row = draw.choice(pools[draw.choice(("quarter", "road_no", "building"))])
    query = said.bare(row, draw)
    lead, district = draw.choice(BEFORE), draw.choice(ELSEWHERE)
    return Query(lead + district + query + draw.choice(AFTER), "negative", "none")


def nowhere(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Say no place at all, or the district alone."""
    text = draw.choice((*NOWHERE, *DISTRICTS)) + draw.choice(("", "，请尽快处理", "。", "！！"))
    return Query(text, "negative", "none")
