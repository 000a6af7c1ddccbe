"""What intake would have done: appeals that came without an address are placed by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.addresses.engine import matcher_of
from geodata.addresses.library import Library, area_bases
from geodata.addresses.locate import located
from geodata.demo.book import ROAD, Book
from geodata.store.book import FORMER_SCORE

if TYPE_CHECKING:
    from geodata.addresses.match import Matcher

FOUND = ("address_id", "address_by", "distance_m")


def matcher(book: Book, areas: pa.Table) -> Matcher:
    """Give the matcher of the book and the areas, before a store has them."""
    rows = pa.concat_tables(book.tables())
    rows = rows.append_column("n", pa.array(np.arange(len(rows), dtype=np.int32)))
    rows = rows.append_column("area", pa.nulls(len(rows), pa.int32()))
    return matcher_of(Library(rows, area_bases(_numbered(areas)), _former(book)))


def addressed(tickets: pa.Table, finder: Matcher) -> pa.Table:
    """Give appeals with the address of each that came without one and says where it is."""
    which = pc.is_null(tickets["address_id"]).combine_chunks()
    found = located(tickets.filter(which), finder)
    for name in FOUND:
        at, field = tickets.schema.get_field_index(name), tickets.schema.field(name)
        whole = tickets[name].combine_chunks()
        told = pc.replace_with_mask(whole, which, found[name].combine_chunks())
        tickets = tickets.set_column(at, field, told)
    return tickets


def _numbered(areas: pa.Table) -> list[dict[str, object]]:
    """Give streets and communities as ``area_bases`` wants them."""
    rows = areas.select(["code", "name", "level", "parent"]).to_pylist()
    number = {row["code"]: n for n, row in enumerate(rows)}
    return [
        {**row, "n": n, "parent": number.get(row["parent"])}
        for n, row in enumerate(rows)
        if row["level"] in (1, 2)
    ]


def _former(book: Book) -> dict[int, list[tuple[str, float]]]:
    """Give the names that roads had before, by row."""
    roads = np.flatnonzero(book.rows.kind == ROAD)
    names = ((int(n), book.former[book.rows.road[n]]) for n in roads)
    return {n: [(name, FORMER_SCORE)] for n, name in names if name}
