"""The address book of the district: quarters, buildings, rooms, doors, villages and shops."""

from __future__ import annotations

from geodata.demo.book import Book, joined
from geodata.demo.compounds import compounds
from geodata.demo.doors import door_rows, doors, road_names
from geodata.demo.markets import smoke_sites
from geodata.demo.partition import District
from geodata.demo.pois import kept_doors, nearness, pois
from geodata.demo.quarters import quarters
from geodata.demo.rng import stream
from geodata.demo.roads import Road
from geodata.demo.scales import Scale
from geodata.demo.villages import village_doors


def addresses(seed: int, place: District, minor: list[Road], scale: Scale) -> Book:
    """Write the book: exactly as many rows as the scale has, parents before children.

    ``minor`` are the invented streets, beside the main roads of the district.

    Every point lies inside the grid its row names.
    """
    rng = stream(seed, "addresses", scale.addresses)
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
    rest = scale.addresses - len(street_doors) - len(shops) - len(village)
    homes = joined(compounds(seed, place, named, scale, rest))
    rows = joined([homes.take(slice(0, rest)), street_doors, village, shops])
    assert len(rows) == scale.addresses, f"the town has room for {len(rows)} addresses only"
    return Book(
        rows=rows,
        quarters=named.names,
        quarter_aliases=named.aliases,
        roads=names + lane_names,
        pois=poi_names,
        poi_aliases=poi_aliases,
        codes=place.codes,
        community=place.community,
        street=place.street,
    )
