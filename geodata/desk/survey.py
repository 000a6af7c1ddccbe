"""Every appeal without an address, and why: the matcher's word on each, kept while it holds.

A survey of a district takes seconds, so the next one is made from the one before: only what is new,
what has changed, and what speaks of a name decided meanwhile is matched again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.addresses.decisions import decisions
from geodata.addresses.engine import matcher
from geodata.addresses.kept import book
from geodata.addresses.locate import found, said
from geodata.addresses.text import normalised
from geodata.desk.names import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.addresses.locate import Point
    from geodata.addresses.match import Matcher
    from geodata.store.reader import Reader

PIECE = 500  # appeals between two words on how far it is
UNADDRESSED = """address_id IS NULL AND (coalesce(address, '') <> '' OR coalesce(text, '') <> '')"""
_ROWS = f"SELECT id, address, text, lon, lat FROM tickets WHERE {UNADDRESSED} ORDER BY id"


class Unaddressed(NamedTuple):
    """An appeal without an address; ``mark`` tells its words apart, ``can`` that it has one now.

    ``mention`` is the name that stands in the way, None where none is spoken.
    """

    id: str
    mark: int
    can: bool
    mention: str | None
    reason: str
    alternatives: tuple[str, ...]
    point: Point | None


@dataclass(frozen=True)
class Survey:
    """What became of every appeal without an address, as of one version of the data."""

    version: str
    library: str  # names the address book, but for the decisions
    decided: frozenset[tuple[str, str | None]]
    appeals: dict[str, Unaddressed] = field(repr=False)

    @cached_property
    def waiting(self) -> dict[str, list[Unaddressed]]:
        """The appeals of each name; those of names that are no places are not waiting."""
        nowhere = {mention for mention, ident in self.decided if ident is None}
        found: dict[str, list[Unaddressed]] = {}
        for one in self.appeals.values():
            if one.mention is not None and one.mention not in nowhere:
                found.setdefault(one.mention, []).append(one)
        return found

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many have an address now that more is known, and how many speak of no place."""
        every = self.appeals.values()
        silent = sum(not one.can and one.mention is None for one in every)
        return sum(one.can for one in every), silent


def surveyed(
    reader: Reader,
    before: Survey | None = None,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> Survey:
    """Look at every appeal without an address; ``tell`` is called with how many of how many."""
    library = book(reader, without="decisions")
    decided = frozenset((d.mention, d.address_id) for d in decisions(reader))
    known: dict[str, Unaddressed] = {}
    if before and before.library == library:
        known = before.appeals
    changed = {mention for mention, _ in decided ^ before.decided} if before else set()
    engine, reasons = matcher(reader), dict[str, str]()
    appeals: dict[str, Unaddressed] = {}
    for row in _told(reader, tell):
        words = said(row["address"], row["text"])
        mark = hash((words, row["lon"], row["lat"]))
        old = known.get(row["id"])
        if old is None or old.mark != mark or any(_speaks(words, name) for name in changed):
            old = _looked_at(row, words, mark, engine)
            # A reason is the same sentence for thousands.
            old = old._replace(reason=reasons.setdefault(old.reason, old.reason))
        appeals[row["id"]] = old
    return Survey(reader.version, library, decided, appeals)


def _told(reader: Reader, tell: Callable[[int, int], None]) -> Iterator[dict[str, Any]]:
    rows = reader.table(_ROWS)
    for start in range(0, len(rows), PIECE):
        tell(start, len(rows))
        yield from rows.slice(start, PIECE).to_pylist()


def _looked_at(row: dict[str, Any], words: str, mark: int, engine: Matcher) -> Unaddressed:
    point = point_of(row)
    match = found(words, point, engine)
    can = match.address_id is not None
    mention = None if can else name_of(match, words)
    unknown = mention is not None and match.status == "none"
    reason = f"地址库中没有“{mention}”。" if unknown else match.reason
    return Unaddressed(row["id"], mark, can, mention, reason, match.alternatives, point)


def point_of(row: dict[str, Any]) -> Point | None:
    """Give the coordinates of a row, where it has both."""
    if row["lon"] is None or row["lat"] is None:
        return None
    return row["lon"], row["lat"]


def _speaks(words: str, name: str) -> bool:
    """Whether a name may be read in a text; a slip of one character in it too."""
    missing = sum(char not in words for char in name if "一" <= char <= "鿿")
    return missing <= 1 and (missing == 1 or name in words or name in normalised(words))
