"""Live in: tickets as JSON become canonical rows, by the same checks as the rows of a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import pyarrow as pa

from geodata.errors import DataError
from geodata.intake.files import Sheet
from geodata.intake.items import COLUMNS, Refused, checked_crs, is_placed, misfit, refusal, text
from geodata.intake.kinds import CHECKS
from geodata.intake.mapping import SHIPPED, Column, Mapping, read_mapping
from geodata.intake.plainly import Plainly
from geodata.intake.rows import SHOWN, canonical, table
from geodata.space.crs import STORED
from geodata.store.journal import Entry
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geodata.intake.rows import Rows

LIMIT = 500  # tickets in one request
# Moments travel as whole microseconds since 1970 in UTC.
_PLAIN = pa.schema(
    [
        pa.field(f.name, pa.int64()) if pa.types.is_timestamp(f.type) else f
        for f in TABLES["tickets"]
    ]
)

Checked: TypeAlias = Entry | Refused


@dataclass(frozen=True, slots=True)
class Batch:
    """The items of one request, and the CRS of those that do not name their own."""

    items: list[Any]
    crs: str = STORED


class Usage:
    """What a place is used to: its clock, and how it spells its categories."""

    def __init__(
        self,
        timezone: str,
        categories: Iterable[str] = (),
        locate: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    ) -> None:
        """``locate`` gives a row with the address it speaks of, where the place has addresses."""
        self.timezone, self.locate = timezone, locate
        self._spelled: dict[str, str] = {}
        self.learn(categories)

    def learn(self, categories: Iterable[str]) -> None:
        """Remember spellings; of two that differ by case alone the first stays."""
        for path in categories:
            for node in _nodes(path):
                self._spelled.setdefault(node.casefold(), node)

    def knows(self, path: str) -> bool:
        """Whether a category and the branches it hangs on are spelled as they are here."""
        return all(self._spelled.get(node.casefold()) == node for node in _nodes(path))

    def spellings(self, categories: Iterable[str]) -> tuple[str, ...]:
        """How the branches of some categories are spelled here, as far as they are known."""
        nodes = (node for path in categories for node in _nodes(path))
        known = (self._spelled.get(node.casefold()) for node in nodes)
        return tuple(dict.fromkeys(node for node in known if node))


@dataclass(slots=True)
class _One:
    """An item, its position in its request, and what became of it."""

    item: Any
    index: int
    crs: str
    found: Checked | None

    def said_crs(self) -> str:
        """The CRS it names itself, else its request's."""
        return self.item.get("crs") or self.crs


def batch_of(body: bytes, crs: str = "") -> Batch:
    """The tickets of a request's body: one, a list of them, or ``{"tickets": […], "crs": …}``.

    ``crs`` is what the request says beside its body; the body's own goes before it.

    Raises
    ------
    DataError
        When the body is not JSON, or none of the three, or holds none or too many.
    """
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise DataError(f"The body is not JSON in UTF-8: {error}.") from error
    if isinstance(told, dict) and "tickets" in told:
        if strange := sorted(set(told) - {"tickets", "crs"}):
            raise DataError(f"{', '.join(strange)[:SHOWN]}: beside tickets there may be crs only.")
        own = told.get("crs")
        if own is not None and not isinstance(own, str):
            raise DataError("crs must be a text such as GCJ-02 or EPSG:4326.")
        told, crs = told["tickets"], crs if own is None else own
    elif isinstance(told, dict):
        told = [told]
    if not isinstance(told, list):
        raise DataError('The body must be a ticket, a list of tickets, or {"tickets": […]}.')
    if not 1 <= len(told) <= LIMIT:
        raise DataError(f"{len(told)} tickets were sent; one request takes 1 to {LIMIT}.")
    return Batch(told, checked_crs(crs) if crs else STORED)


def checked(batches: Sequence[Batch], usage: Usage) -> list[list[Checked]]:
    """The tickets of requests as they may go to the journal, or why not, in their order.

    Several requests are checked as one: by the column the first row costs as much as a hundred.
    """
    asked = [
        [_One(item, i, batch.crs, misfit(i, item)) for i, item in enumerate(batch.items)]
        for batch in batches
    ]
    for ones in asked:
        _refuse_repeated(ones)
    _take_plain([one for ones in asked for one in ones if one.found is None], usage)
    groups: dict[tuple[str, int], list[_One]] = {}
    times: dict[str, int] = {}
    for one in [one for ones in asked for one in ones if one.found is None]:
        # Of two requests each may bring an id; they are not rows of one file.
        ident = text(one.item.get("id"))
        times[ident] = times.get(ident, 0) + 1 if ident else 0
        groups.setdefault((one.said_crs(), times[ident]), []).append(one)
    for (crs, _), group in groups.items():
        _settle(group, crs, usage)
    return [[one.found for one in ones if one.found is not None] for ones in asked]


def _take_plain(ones: list[_One], usage: Usage) -> None:
    """Settle those that have nothing unusual about them: for a few that is far quicker."""
    plainly = Plainly(_mapping(STORED), ZoneInfo(usage.timezone), usage.knows)
    for one in ones:
        if row := plainly.row(one.item, one.said_crs()):
            one.found = _entry(row, usage)


def _refuse_repeated(ones: list[_One]) -> None:
    """Of two items with one id the second is refused: nobody can say which is the newer."""
    first: dict[str, int] = {}
    for one in ones:
        ident = text(one.item.get("id")) if isinstance(one.item, dict) else ""
        if ident and first.setdefault(ident, one.index) != one.index and one.found is None:
            reason = f"stands in this request already, at index {first[ident]}"
            cure = "Send an id once in a request."
            one.found = refusal(one.index, one.item, "id", ident, reason, cure)


def _settle(group: list[_One], crs: str, usage: Usage) -> None:
    """Find what becomes of items whose coordinates are in one CRS and whose ids differ."""
    if not group:
        return
    try:
        rows = _rows(group, crs, usage)
    except DataError as error:  # none of their coordinates can be of this CRS
        for one in group:
            if is_placed(one.item):
                why = ("crs", crs, "does not fit the coordinates", str(error))
                one.found = refusal(one.index, one.item, *why)
        _settle([one for one in group if one.found is None], crs, usage)
        return
    entries = iter(_entries(table(rows), usage))
    for n, one in enumerate(group):
        bad = rows.bad.get(n)
        one.found = Refused(one.item.get("id"), (bad,)) if bad else next(entries)


def _rows(group: list[_One], crs: str, usage: Usage) -> Rows:
    """Canonical rows by the code that checks the rows of files."""
    rows = canonical(
        _sheet(group),
        _mapping(crs),
        timezone=usage.timezone,
        is_demo=False,
        known_categories=usage.spellings(one.item.get("category") or "" for one in group),
    )
    CHECKS["tickets"](rows)
    return rows


def _sheet(group: list[_One]) -> Sheet:
    """Items as the rows of a file; the line of a row is the item's position from 0."""
    head = [n for n in COLUMNS if any(one.item.get(n) is not None for one in group)]
    columns = [[text(one.item.get(name)) or None for one in group] for name in head]
    return Sheet(
        head=tuple(head),
        columns=tuple(pa.array(column, pa.string()) for column in columns),
        lines=np.array([one.index for one in group]),
    )


def _entries(good: pa.Table, usage: Usage) -> list[Entry]:
    rows = good.cast(_PLAIN).to_pylist()
    usage.learn(row["category"] for row in rows)
    return [_entry(row, usage) for row in rows]


def _entry(row: dict[str, Any], usage: Usage) -> Entry:
    """A row for the journal; its digest is of what was sent, so that a retry is one.

    What address is found for it may change with the address book between two tries.
    """
    sent = orjson.dumps(row)
    written = orjson.dumps(usage.locate(row)) if usage.locate else sent
    return Entry(row["id"], hashlib.blake2b(sent, digest_size=16).digest(), written)


def _nodes(path: str) -> list[str]:
    """A category and the branches it hangs on, the coarsest first."""
    steps = path.split("/")
    return ["/".join(steps[: n + 1]) for n in range(len(steps))]


@lru_cache(maxsize=64)
def _mapping(crs: str) -> Mapping:
    """The shipped mapping of canonical tickets, with the steps of their story, in a CRS."""
    shipped = read_mapping(SHIPPED / "canonical_tickets.toml")
    columns = {name: Column(sources=(name,), optional=True) for name in COLUMNS}
    return replace(shipped, columns=columns, crs=crs)
