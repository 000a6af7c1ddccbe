"""A decision: what a name means. It teaches the library and gives every appeal it frees an address.

It is a batch of the log like an import, so that replaying, taking back and backups work as they do
for everything else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.addresses.decisions import decision
from geodata.addresses.engine import matcher
from geodata.addresses.locate import CLERK, distance, found, said
from geodata.desk.places import place
from geodata.desk.survey import point_of
from geodata.desk.trial import deciding
from geodata.errors import DataError
from geodata.store.batches import DECISION, Batch, now
from geodata.store.folding import Incoming
from geodata.store.schema import TABLES
from geodata.store.sql import TICKETS_AS_GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.desk.survey import Survey
    from geodata.store.reader import Reader

# Appeals as they were handed over, so that they can be handed over once more. An appeal without an
# address has the coordinates it came with, or none.
_TICKETS = (
    TICKETS_AS_GIVEN.format(found="NULL::VARCHAR AS address_by, NULL::FLOAT AS distance_m")
    + "WHERE address_id IS NULL AND list_contains($ids, t.id) ORDER BY t.id"
)


class UnknownNameError(DataError):
    """A name or an address that a decision is about is not there; told in both languages."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be decided: ``address_id`` is of an address or an area, None for no place."""

    mention: str
    address_id: str | None
    by: str


def placed(reader: Reader, survey: Survey, asked: Asked) -> pa.Table:
    """Give the appeals that a decision gives an address, as canonical tickets with it.

    Raises
    ------
    UnknownNameError
        When no appeal waits for this name, or there is no such address.
    """
    among = survey.waiting.get(asked.mention)
    if not among:
        raise UnknownNameError(
            f"No appeal waits for a decision about {asked.mention!r}.",
            f"没有诉求在等“{asked.mention}”的认定;可能刚刚已有人认定。",
        )
    if asked.address_id is not None and place(reader, asked.address_id) is None:
        raise UnknownNameError(
            f"There is no address {asked.address_id!r}.", f"没有编号为 {asked.address_id} 的地址。"
        )
    if asked.address_id is None:
        return TABLES["tickets"].empty_table()
    tickets = canonical(reader, [one.id for one in among])
    rows = tickets.to_pylist()
    words = [said(row["address"], row["text"]) for row in rows]
    meant = decision(reader, asked.mention, asked.address_id)
    engine = deciding(matcher(reader), meant, words)
    for row, text in zip(rows, words, strict=True):
        match = found(text, point_of(row), engine)
        if match.address_id is not None:
            row["address_id"], row["address_by"] = match.address_id, CLERK
            row["distance_m"] = distance(match, point_of(row))
    freed = [row for row in rows if row["address_id"] is not None]
    return pa.Table.from_pylist(freed, TABLES["tickets"])


def canonical(reader: Reader, ids: Iterable[str]) -> pa.Table:
    """Give appeals without an address as canonical tickets, by id."""
    schema = TABLES["tickets"]
    return reader.table(_TICKETS, {"ids": list(ids)}).select(schema.names).cast(schema)


def incoming(reader: Reader, asked: Asked, tickets: pa.Table, waited: int) -> Incoming:
    """Give the batch of a decision."""
    row: dict[str, Any] = {
        **{"id": asked.mention, "mention": asked.mention, "address_id": asked.address_id},
        **{"decided_by": asked.by, "decided_at": dt.datetime.now(dt.UTC)},
        "is_demo": reader.place.is_demo,
    }
    told = place(reader, asked.address_id) if asked.address_id else None
    batch = Batch(
        number=0,
        kind=DECISION,
        at=now(),
        file=asked.mention,
        read=waited,
        accepted=len(tickets),
        recipe={
            **{"mention": asked.mention, "address_id": asked.address_id, "by": asked.by},
            "name": told.name if told else None,
        },
    )
    tables = {"decisions": pa.Table.from_pylist([row], TABLES["decisions"]), "tickets": tickets}
    return Incoming(batch, tables)
