"""The demonstration district: Zhangdian's real names on an invented ground, with invented facts.

``frames`` gives every canonical table. What is real and what is invented is said file by file in
``facts/README.md`` and ``phrases/README.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from geodata.demo.scales import SCALES, Scale

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["SCALES", "Scale", "frames", "place"]

Progress = Callable[[str, int, int], None]


def place() -> dict[str, Any]:
    """Give the contents of ``place.toml``: names, clock, root area and levels."""
    return {
        "title": "张店一张图",
        "title_en": "Zhangdian One Map",
        "name": "张店区",
        "name_en": "Zhangdian District",
        "timezone": "Asia/Shanghai",
        "root": "370303",
        "is_demo": True,
        "levels": [
            {"name": "区", "name_en": "District", "count": 1},
            {"name": "街道/镇", "name_en": "Street/Town", "count": 13},
            {"name": "社区/村", "name_en": "Community/Village", "count": 304},
            {"name": "网格", "name_en": "Grid", "grid": True, "count": 1466},
        ],
    }


def frames(
    scale: str, seed: int, until: dt.date, progress: Progress | None = None
) -> Iterator[tuple[str, pa.Table]]:
    """Give the tables of the district, name and rows, in the schemas of ``store.schema.TABLES``.

    Areas come first, addresses and tickets in several tables; tickets rise by ``created_at``. The
    first of the addresses are as a few roads stood in the book before they were renamed.

    Parameters
    ----------
    scale : str
        One of ``SCALES``.
    seed : int
        The same seed gives the same ground at every scale, and the same tables in any process.
    until : date
        The last local day with appeals; what happened later is not known yet.
    progress : callable, optional
        Called with the stage, how much of it is done, and how much there is.

    Raises
    ------
    KeyError
        When the scale is none of ``SCALES``.
    """
    from geodata.demo import areas, markets, people, places, words
    from geodata.demo.addresses import addresses
    from geodata.demo.appeals import months, source, tickets
    from geodata.demo.finding import addressed, matcher
    from geodata.demo.lanes import lanes
    from geodata.demo.partition import district

    size = SCALES[scale]
    say = progress or _silent
    say("地面 · ground", 0, 1)
    ground = district(seed)
    say("地面 · ground", 1, 1)
    land = areas.areas(ground)
    yield "areas", land
    minor = lanes(ground)
    yield "roads", places.roads(ground.roads, minor)
    yield "places", places.places()
    yield "markets", markets.markets(ground)
    yield "people", people.people(seed, ground)
    yield "words", words.words()
    book, done = addresses(seed, ground, minor, size), 0
    yield "addresses", book.before()
    for table in book.tables():
        yield "addresses", table
        done += len(table)
        say("地址 · addresses", done, len(book))
    finder = matcher(book, land)
    origin = source(seed, ground, book, size)
    for month, table in tickets(origin, until):
        yield "tickets", addressed(table, finder)
        say("诉求 · appeals", month, len(months(until)))


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""
