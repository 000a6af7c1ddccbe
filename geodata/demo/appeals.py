"""The appeals, month by month.

A month is drawn whole from its own seed and told to its end; only then is it cut at ``until``. So
the appeals of a past month are the same whatever day the demonstration ends on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.demo.book import NONE, Book, named
from geodata.demo.calendar import DAY, UTC_OFFSET, number
from geodata.demo.departments import routing
from geodata.demo.partition import District
from geodata.demo.plane import Floats, Ints, to_degrees
from geodata.demo.rhythm import START, categories, drawn
from geodata.demo.rng import stream
from geodata.demo.runs import count_up
from geodata.demo.said import VAGUE, Sayings, sayings
from geodata.demo.scales import Scale
from geodata.demo.scenes import SCENES, Scenes, scene_of_category, scenes
from geodata.demo.sheets import column, numbers
from geodata.demo.spots import Spots, spots
from geodata.demo.story import STATES, STEPS, Story, stories
from geodata.demo.texts import REPORT, STYLES, Words, words
from geodata.store.schema import TICKETS

SATISFACTION = ("非常满意", "满意", "基本满意", "不满意")
UNPLACED = (0.011, 0.42)  # of the appeals; of enquiries, which need no place
SPOTTED = 0.12  # name a landmark or a crossing, or an address that nobody looked up
INDOORS = ("home", "village")  # at home nobody names a crossing
OUTDOORS = ("street", "road", "smoke", "smokenight", "crowd", "village")
TABLE_ROWS = 60_000  # months are put together until a table has so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """All that appeals are drawn from; made once, used for every month."""

    seed: int
    scale: Scale
    place: District
    book: Book
    spots: Spots
    scenes: Scenes
    sayings: Sayings
    words: Words


def source(seed: int, place: District, book: Book, scale: Scale) -> Source:
    """Prepare to draw appeals about the addresses of a book."""
    found = spots(place)
    return Source(
        seed=seed,
        scale=scale,
        place=place,
        book=book,
        spots=found,
        scenes=scenes(seed, scale, place, book, found),
        sayings=sayings(book, found),
        words=words(seed),
    )


def months(until: dt.date) -> list[dt.date]:
    """First days of the months from the start to ``until``."""
    count = (until.year - START.year) * 12 + until.month
    return [dt.date(START.year + n // 12, n % 12 + 1, 1) for n in range(max(count, 0))]


def tickets(origin: Source, until: dt.date) -> Iterator[tuple[int, pa.Table]]:
    """Give the number of months told so far with a table of appeals in the schema ``TICKETS``."""
    waiting: list[pa.Table] = []
    every = months(until)
    for n, month in enumerate(every, start=1):
        waiting.append(_month(origin, month, until))
        if n == len(every) or sum(len(table) for table in waiting) >= TABLE_ROWS:
            yield n, pa.concat_tables(waiting)
            waiting = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where n appeals are: rows of the book, of the spots (-1 for neither), point, grid.

    ``unmatched`` tells where the place was said but nobody looked its address up, ``doubtful``
    where it was said by a name that the book does not know, ``mute`` where that was all.
    """

    address: Ints
    unmatched: Any
    doubtful: Any
    mute: Any
    spot: Ints
    point: Floats
    grid: Ints


def _month(origin: Source, month: dt.date, until: dt.date) -> pa.Table:
    rng = stream(origin.seed, "appeals", origin.scale.salt, month.year, month.month)
    following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    days = np.arange(number(month), number(following))
    category, created = drawn(origin.seed, days, origin.scale.appeals_a_day, rng)
    where = _places(origin, category, rng)
    story = stories(category, created, rng)
    channel = _channels(category, rng)
    street = np.where(where.grid >= 0, origin.place.street[where.grid], NONE)
    department = routing().send(category, street, rng.random(len(category)))
    said = _said(origin, category, where, rng)
    hour = created % DAY // 3600
    text = origin.words.appeals(category, _styles()[channel], hour, said, rng)
    now = (number(until) + 1) * DAY
    columns = {
        "id": _ids(channel, created),
        "category": named(categories().path, category),
        "channel": named(column("phrases/channels", "name"), channel),
        "department": named(routing().names, department),
        "text": text,
        "address": pc.if_else(pa.array(where.grid >= 0), said, None),
        "smoke": pa.array(categories().smoke[category]),
        "is_demo": pa.repeat(True, len(category)),
        "address_by": pa.nulls(len(category), pa.string()),
        **_position(origin, where),
        **_told(story, now),
    }
    outcome = origin.words.outcomes(category, columns["department"], rng)
    columns["result"] = pc.if_else(pa.array(story.happened(now)[:, 3]), outcome, None)
    table = pa.table([columns[field.name] for field in TICKETS], schema=TICKETS)
    return table.slice(0, int(np.searchsorted(created, now)))


def _places(origin: Source, category: Ints, rng: np.random.Generator) -> Places:
    """Most have an address; some a spot; a few no place at all."""
    n = len(category)
    luck, aim = rng.random((2, n))
    scene = scene_of_category()[category]
    loose = np.array(column("phrases/categories", "scene")) == "none"
    nowhere = luck < np.where(loose[category], UNPLACED[1], UNPLACED[0])
    inexact = ~nowhere & (luck > 1 - SPOTTED)
    indoors = np.isin(scene, [SCENES.index(name) for name in INDOORS])
    spotted = inexact & ~indoors
    address, spot = np.full(n, NONE), np.full(n, NONE)
    for which, name in enumerate(SCENES):
        here = (scene == which) & ~nowhere
        with_address, with_spot = here & ~spotted, here & spotted
        address[with_address] = origin.scenes.address(name, aim[with_address])
        spot[with_spot] = origin.scenes.spot(name, aim[with_spot])
    spread = rng.normal(0, 0.5, (n, 2)).clip(-1.5, 1.5) * origin.spots.reach[spot][:, None]
    point = np.where(
        spotted[:, None], origin.spots.point[spot] + spread, origin.book.rows.point[address]
    )
    grid = np.where(spotted, origin.spots.grid[spot], origin.book.rows.grid[address])
    unmatched = inexact & indoors
    has_nickname = np.array([name is not None for name in origin.book.nicknames])
    quarter = origin.book.rows.quarter[address]
    doubtful = unmatched & (quarter >= 0) & has_nickname[quarter]
    return Places(
        address=address,
        unmatched=unmatched,
        doubtful=doubtful,
        mute=doubtful & (luck > 1 - SPOTTED / 2),
        spot=spot,
        point=point,
        grid=np.where(nowhere, NONE, grid),
    )


def _styles() -> Ints:
    """Style of each channel, a place in ``STYLES``."""
    return np.array([STYLES.index(style) for style in column("phrases/channels", "style")])


def _channels(category: Ints, rng: np.random.Generator) -> Ints:
    """Only what can be seen from the street is reported by grid workers and cameras."""
    weight = np.asarray(numbers("phrases/channels", "weight"))[:, 0]
    channel = rng.choice(len(weight), len(category), p=weight / weight.sum())
    outdoors = np.isin(column("phrases/categories", "scene"), OUTDOORS)[category]
    return np.where((_styles()[channel] >= REPORT) & ~outdoors, 0, channel)


def _said(origin: Source, category: Ints, where: Places, rng: np.random.Generator) -> Any:
    """What is said of each place, put together from three kinds of saying."""
    kinds = (where.address >= 0, where.spot >= 0, where.grid < 0)
    address, spot, nowhere = (np.flatnonzero(kind) for kind in kinds)
    scene = np.array([SCENES[n] for n in scene_of_category()])
    scene[np.array(column("phrases/categories", "scene")) == "none"] = "none"
    vague = np.array([VAGUE.index(s) if s in VAGUE else VAGUE.index("street") for s in scene])
    lots = [
        origin.sayings.addresses(where.address[address], where.doubtful[address], rng),
        origin.sayings.spot(where.spot[spot]),
        origin.sayings.vaguely(vague[category[nowhere]], rng),
    ]
    order = np.argsort(np.concatenate([address, spot, nowhere]), kind="stable")
    return pa.concat_arrays(lots).take(pa.array(order))


def _ids(channel: Ints, created: Ints) -> pa.Array:
    """Sixteen digits: channel, day, number of the day."""
    day = created // DAY
    serial = count_up(day)
    dates = pa.array(np.unique(day).astype("datetime64[D]"))
    written = pc.strftime(dates, "%Y%m%d").take(pa.array(np.unique(day, return_inverse=True)[1]))
    digits = pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), 6, "0")
    return pc.binary_join_element_wise(
        named(column("phrases/channels", "code"), channel), written, digits, ""
    )


def _position(origin: Source, where: Places) -> dict[str, pa.Array]:
    lon, lat = to_degrees(where.point).T
    nowhere = (where.grid < 0) | where.mute
    known = np.where(where.unmatched, NONE, where.address)
    return {
        "address_id": origin.book.ids(known),
        "distance_m": pa.array(np.zeros(len(known), np.float32), mask=known < 0),
        "lon": pa.array(lon, mask=nowhere),
        "lat": pa.array(lat, mask=nowhere),
        "area": pa.nulls(len(nowhere), pa.string()),  # the coordinates decide
    }


def _told(story: Story, now: int) -> dict[str, pa.Array]:
    """Steps, state and satisfaction as they are known at a moment."""
    past = story.happened(now)
    steps = {name: _moment(story.steps[:, n], ~past[:, n]) for n, name in enumerate(STEPS)}
    asked = np.where(past[:, 4], story.satisfaction, NONE)
    return {
        **steps,
        "created_at": _moment(story.created, None),
        "due_at": _moment(story.due, None),
        "state": named(list(STATES), story.state(now)),
        "satisfaction": named(list(SATISFACTION), asked),
    }


def _moment(local: Ints, unknown: Any) -> pa.Array:
    """Seconds of local time as UTC microseconds."""
    utc = pa.array((local - UTC_OFFSET) * 1_000_000, mask=unknown)
    return pc.cast(utc, pa.timestamp("us", tz="UTC"))
