"""An order carried out: appeals get their address, and a name its meaning, for good.

It is a batch of the log like an import, so that replaying, taking back and backups work as they do
for everything else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.addresses.kept import book
from geodata.addresses.locate import CLERK, MATCHED
from geodata.desk.deciding import UNDECIDED, NotWaitingError, meaning
from geodata.desk.places import place
from geodata.desk.survey import MARK
from geodata.errors import DataError
from geodata.place import read_place
from geodata.replay import remade
from geodata.store.batches import DECISION, Batch, now
from geodata.store.folding import Incoming, fold
from geodata.store.generation import writing
from geodata.store.reader import Store
from geodata.store.schema import TABLES
from geodata.store.sql import TICKETS_AS_GIVEN

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.desk.deciding import Order
    from geodata.store.reader import Reader

OTHER_BOOK = "The address book has changed meanwhile. Try again in a moment."
# Appeals as they were handed over, so that they can be handed over once more. An appeal without an
# address has the coordinates it came with, or none.
_FOUND = f"NULL::VARCHAR AS address_by, NULL::FLOAT AS distance_m, {MARK} AS mark"
_TICKETS = (
    TICKETS_AS_GIVEN.format(found=_FOUND)
    + "WHERE t.address_id IS NULL AND t.id IN (SELECT unnest($ids)) ORDER BY t.id"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of an order: its batch, how many appeals have an address by it, of how many.

    There is no batch where nothing was left to do.
    """

    batch: int | None
    placed: int
    waited: int


def settle(folder: Path, order: Order) -> Settled:
    """Carry out an order: all of it becomes visible at once, or nothing does.

    What has changed since it was given, or has got an address otherwise, is left alone. So an order
    may be given again after whatever broke it off.

    Raises
    ------
    DataError
        When the address book is another one by now, or somebody else has decided about the name.
    BusyError
        When another process is writing.
    """
    with writing(folder):
        reader = folded(folder)
        if book(reader, without="decisions") != order.library:
            raise DataError(OTHER_BOOK)
        if order.mention is not None and _means(reader, order.mention) != order.before:
            raise NotWaitingError(order.mention)
        tickets = _moved(reader, order)
        if order.mention is None and not len(tickets):
            return Settled(None, 0, order.waited)
        coming = _incoming(reader, order, tickets)
        generation = fold(folder, read_place(folder), coming, make=remade)
    return Settled(generation.batch, len(tickets), order.waited)


def folded(folder: Path) -> Reader:
    """The newest facts with nothing left in the journal: whole rows are moved.

    The caller holds the writer's lock.
    """
    reader = Store(folder).reader()
    if reader.upto == reader.generation.upto:
        return reader
    fold(folder, read_place(folder), make=remade)
    return Store(folder).reader()


def _means(reader: Reader, mention: str) -> str | None:
    return meaning(reader).get(mention, UNDECIDED)


def _moved(reader: Reader, order: Order) -> pa.Table:
    """The appeals of an order as canonical tickets with their address, those that still wait."""
    found, schema = order.found.combine_chunks(), TABLES["tickets"]
    rows = reader.table(_TICKETS, {"ids": found["id"].to_pylist()})
    told = found.take(pc.index_in(rows["id"], found["id"]))
    how = MATCHED if order.mention is None else CLERK
    columns = dict(zip(rows.column_names, rows.columns, strict=True)) | {
        **{"address_id": told["address_id"], "distance_m": told["distance_m"]},
        "address_by": pa.array([how] * len(rows), pa.string()),
    }
    same = pc.equal(rows["mark"], told["mark"])
    return pa.table({name: columns[name] for name in schema.names}, schema).filter(same)


def _incoming(reader: Reader, order: Order, tickets: pa.Table) -> Incoming:
    """The batch of an order; its number is given when it is folded."""
    name = place(reader, order.address_id) if order.address_id else None
    batch = Batch(
        number=0,
        kind=DECISION,
        at=now(),
        file=order.mention or "",
        read=order.waited,
        accepted=len(tickets),
        recipe={
            **{"mention": order.mention, "address_id": order.address_id, "by": order.by},
            "name": name.name if name else None,
        },
    )
    tables = {"tickets": tickets}
    if order.mention is not None:
        tables["decisions"] = pa.Table.from_pylist([_row(reader, order)], TABLES["decisions"])
    return Incoming(batch, tables)


def _row(reader: Reader, order: Order) -> dict[str, Any]:
    return {
        **{"id": order.mention, "mention": order.mention, "address_id": order.address_id},
        **{"decided_by": order.by, "decided_at": dt.datetime.now(dt.UTC)},
        "is_demo": reader.place.is_demo,
    }
