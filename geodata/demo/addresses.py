"""The address book of the district: areas and roads, quarters, rooms, doors, villages, shops."""

from __future__ import annotations

import datetime as dt

from geodata.demo.book import Book, joined
from geodata.demo.compounds import compounds
from geodata.demo.doors import door_rows, doors, road_names
from geodata.demo.heads import head_rows
from geodata.demo.markets import smoke_sites
from geodata.demo.partition import District
from geodata.demo.pois import kept_doors, nearness, pois
from geodata.demo.quarters import quarters
from geodata.demo.rng import stream
from geodata.demo.roads import Road
from geodata.demo.scales import Scale
from geodata.demo.sheets import sheet
from geodata.demo.villages import village_doors


def addresses(seed: int, place: District, minor: list[Road], scale: Scale) -> Book:
    """Write the book: exactly as many rows as the scale has, parents before children.

    ``minor`` are the invented streets, beside the main roads of the district.

    Every point lies inside the grid its row names.
    """
    rng = stream(seed, "addresses", scale.salt)
    roads = [*place.roads, *minor]
    names = road_names(roads)
    _, middles, power = smoke_sites(place)
    every = doors(roads)
    some = kept_doors(every.point, middles, power, scale.every_door)
    street_doors = door_rows(place, every.take(some))
    near = nearness(street_doors.point, middles, power)
    shops, poi_names, poi_aliases = pois(
        place, street_doors, names, near, count=scale.pois, rng=rng
    )
    named = quarters(seed, place)
    village, lane_names = village_doors(seed, place, named, scale, len(names))
    heads = head_rows(place, every, village)
    rest = scale.addresses - len(heads) - len(street_doors) - len(shops) - len(village)
    homes = joined(compounds(seed, place, named, scale, rest))
    rows = joined([heads, homes.take(slice(0, rest)), street_doors, village, shops])
    former, since = _renamed(names + lane_names, minor)
    assert len(rows) == scale.addresses, f"the town has room for {len(rows)} addresses only"
    return Book(
        rows=rows,
        quarters=named.names,
        quarter_aliases=named.aliases,
        nicknames=named.nicknames,
        roads=names + lane_names,
        former=former,
        since=since,
        pois=poi_names,
        poi_aliases=poi_aliases,
        codes=place.codes,
        community=place.community,
        street=place.street,
    )


def _renamed(names: list[str], minor: list[Road]) -> tuple[list[str | None], list[dt.date | None]]:
    """Give every road the name it had before, and the day it got its own: the longest invented."""
    changes = {
        road.name: (row["former"], dt.date.fromisoformat(row["since"]))
        for road, row in zip(minor, sheet("phrases/renamed_roads"), strict=False)
    }
    told = [changes.get(name, (None, None)) for name in names]
    return [former for former, _ in told], [since for _, since in told]
