"""The canonical tables: what every producer of facts hands over, a file or the demonstration.

The head of each table is the canonical columns of the mapping files and exports, in their order,
followed by what only we need. Coordinates are EPSG:4326 degrees, moments are UTC microseconds,
geometry is WKB. Everything a reader derives from these (numbering, local day and hour, cells)
is added by ``generation``, once, for every producer alike.
"""

from __future__ import annotations

import pyarrow as pa

MOMENT = pa.timestamp("us", tz="UTC")

# States whose meaning we know; of any other word only ``closed_at`` tells whether it is open.
OPEN_STATES = (
    *("accepted", "filed", "dispatched", "signed", "first_contact", "handling", "submitted"),
    *("verified", "callback", "returned", "rework", "extension", "suspended"),
)
CLOSED_STATES = ("closed", "archived")

AREAS = pa.schema(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("level", pa.int16(), nullable=False),  # 0 = the root, then 1, 2, 3 …
        pa.field("parent", pa.string()),  # code; null for the root alone
        pa.field("population", pa.int32()),  # residents; null = unknown
        pa.field("geometry", pa.binary(), nullable=False),  # WKB Polygon or MultiPolygon
        pa.field("name_en", pa.string()),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

# The elements of a standard address, coarse to fine.
ELEMENTS = (
    *("code", "province", "city", "county", "town", "community", "grid", "road", "road_no"),
    *("quarter", "building", "unit", "floor", "room", "poi"),
)

ADDRESSES = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        *[pa.field(name, pa.string()) for name in ELEMENTS],
        pa.field("level", pa.string(), nullable=False),  # the finest element present
        pa.field("lon", pa.float64()),
        pa.field("lat", pa.float64()),
        pa.field("aliases", pa.string()),  # separated by |
        pa.field("accuracy_m", pa.float64()),  # of its point
        pa.field("status", pa.string()),  # in_use, historic, to_check
        pa.field("standing", pa.string()),  # primary, secondary
        pa.field("valid_from", pa.date32()),
        pa.field("valid_to", pa.date32()),  # the first day on which it is no longer so
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

TICKETS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("created_at", MOMENT, nullable=False),
        pa.field("closed_at", MOMENT),
        pa.field("category", pa.string(), nullable=False),  # a path: major/minor/leaf
        pa.field("channel", pa.string()),
        pa.field("state", pa.string(), nullable=False),  # one of the above, or the source's own
        pa.field("due_at", MOMENT),
        pa.field("department", pa.string()),
        pa.field("text", pa.string()),
        pa.field("address", pa.string()),  # as the person said it
        pa.field("address_id", pa.string()),
        pa.field("lon", pa.float64()),
        pa.field("lat", pa.float64()),
        pa.field("area", pa.string()),  # code; used where there are no coordinates
        pa.field("smoke", pa.bool_(), nullable=False),  # counts as cooking smoke
        # The steps of its story (domain: dispatched, signed, first contact, handled, call-back).
        pa.field("dispatched_at", MOMENT),
        pa.field("signed_at", MOMENT),
        pa.field("contacted_at", MOMENT),
        pa.field("handled_at", MOMENT),
        pa.field("visited_at", MOMENT),
        pa.field("result", pa.string()),  # what was done, in a sentence
        pa.field("satisfaction", pa.string()),  # what the caller said at the call-back
        # How its address was found (null = it came with it): matched, or clerk; and how far the
        # address lies from the ticket's own coordinates, in metres.
        pa.field("address_by", pa.string()),
        pa.field("distance_m", pa.float32()),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

MARKETS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("windows", pa.string(), nullable=False),  # OpenStreetMap opening_hours
        pa.field("stalls", pa.int32()),
        pa.field("address", pa.string()),
        pa.field("lon", pa.float64()),
        pa.field("lat", pa.float64()),
        pa.field(
            "geometry", pa.binary()
        ),  # WKB Polygon of the site; null = only the point is known
        pa.field("operator", pa.string()),
        pa.field("name_en", pa.string()),
        pa.field("approximate", pa.bool_(), nullable=False),  # the place is known only roughly
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

MERCHANTS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("uscc", pa.string()),  # unified social credit code, 18 characters
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string()),
        pa.field("address", pa.string()),
        pa.field("address_id", pa.string()),
        pa.field("lon", pa.float64()),
        pa.field("lat", pa.float64()),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

ROADS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("grade", pa.string()),
        pa.field("geometry", pa.binary(), nullable=False),  # WKB LineString or MultiLineString
        pa.field("name_en", pa.string()),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

PLACES = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string()),
        pa.field("lon", pa.float64(), nullable=False),
        pa.field("lat", pa.float64(), nullable=False),
        pa.field("name_en", pa.string()),
        pa.field("approximate", pa.bool_(), nullable=False),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

PEOPLE = pa.schema(
    [
        pa.field("area", pa.string(), nullable=False),  # code of a grid
        pa.field("role", pa.int16(), nullable=False),  # 1–8, 一网八员 in the order of the glossary
        pa.field("name", pa.string(), nullable=False),
        pa.field("phone_masked", pa.string()),  # a plain number is never a column
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

WORDS = pa.schema(
    [
        pa.field(
            "subject", pa.string(), nullable=False
        ),  # category, channel, department, kind, grade …
        pa.field("value", pa.string(), nullable=False),  # as it stands in the data
        pa.field("en", pa.string(), nullable=False),
    ]
)

# What a clerk has decided a name means; a name stands once, under itself.
DECISIONS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),  # the mention
        pa.field("mention", pa.string(), nullable=False),
        pa.field("address_id", pa.string()),  # null = it names no place
        pa.field("decided_by", pa.string(), nullable=False),
        pa.field("decided_at", MOMENT, nullable=False),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)

TABLES = {
    "areas": AREAS,
    "addresses": ADDRESSES,
    "tickets": TICKETS,
    "markets": MARKETS,
    "merchants": MERCHANTS,
    "roads": ROADS,
    "places": PLACES,
    "people": PEOPLE,
    "words": WORDS,
    "decisions": DECISIONS,
}
