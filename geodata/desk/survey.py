"""Every appeal without an address, and why: the matcher's word on each, kept while it holds.

A survey of a district takes seconds, so the next one is made from the one before: only what is new,
what has changed, and what speaks of a name decided meanwhile is read and matched again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from geodata.addresses.answers import NO_NAME, UNLISTED
from geodata.addresses.decisions import decisions
from geodata.addresses.engine import matcher
from geodata.addresses.kept import book
from geodata.addresses.locate import distance, found_all, said
from geodata.addresses.text import normalised
from geodata.desk.names import name_of
from geodata.desk.trial import Engine, meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.addresses.answers import Match
    from geodata.addresses.locate import Point
    from geodata.addresses.match import Matcher
    from geodata.desk.trial import Meaning
    from geodata.store.reader import Reader

PIECE = 500  # appeals between two words on how far it is
UNADDRESSED = """address_id IS NULL AND (coalesce(address, '') <> '' OR coalesce(text, '') <> '')"""
# Tells what an appeal says and where it lies from what it said before; the same in any process.
MARK = "hash(address, text, lon, lat)"
_MARKS = f"SELECT id, {MARK} AS mark FROM tickets WHERE {UNADDRESSED} ORDER BY id"
_ROWS = f"SELECT id, {MARK} AS mark, address, text, lon, lat FROM tickets WHERE {UNADDRESSED}"
_WORDS = f"SELECT id, address, text FROM tickets WHERE {UNADDRESSED}"
_SAYS = "(position($s{} IN coalesce(nullif(address, ''), text)) > 0)::INTEGER"
# An appeal that has an address now, as it is handed to whoever writes it down.
FOUND = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("mark", pa.uint64()),
        pa.field("address_id", pa.string()),
        pa.field("distance_m", pa.float32()),
    ]
)


class Unaddressed(NamedTuple):
    """An appeal without an address; ``mark`` tells its words and its point apart from others.

    ``address_id`` is the address it has now that more is known. ``mention`` is the name that stands
    in the way, None where none is spoken; ``code`` and ``reason`` say why. ``words`` are kept of
    what waits for a name alone.
    """

    id: str
    mark: int
    address_id: str | None
    distance_m: float | None
    mention: str | None
    code: str
    reason: str
    alternatives: tuple[str, ...]
    point: Point | None
    words: str


@dataclass(frozen=True)
class Survey:
    """What became of every appeal without an address, as of one version of the data.

    ``library`` names the address book but for the ``decided``; ``engine`` is what appeals can be
    matched with while the next full matcher is being made.
    """

    version: str
    library: str
    decided: frozenset[Meaning]
    appeals: dict[str, Unaddressed] = field(repr=False)
    engine: Engine = field(repr=False)

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
    def ranked(self) -> list[tuple[str, int]]:
        """Every name that waits and how many appeals it would unlock, those that unlock most first.

        Where a name is not what is in the way, it unlocks nothing.
        """
        counts = {m: sum(one.code not in NO_NAME for one in a) for m, a in self.waiting.items()}
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    @cached_property
    def ready(self) -> pa.Table:
        """The appeals that have an address now that more is known, as ``FOUND``."""
        return as_found([one for one in self.appeals.values() if one.address_id is not None])

    @cached_property
    def silent(self) -> int:
        """How many speak of no place."""
        return sum(o.address_id is None and o.mention is None for o in self.appeals.values())

    @cached_property
    def meaning(self) -> dict[str, str | None]:
        """What each decided name meant when this was made."""
        return dict(self.decided)


def as_found(appeals: list[Unaddressed]) -> pa.Table:
    """Give appeals with the address of each as ``FOUND``."""
    columns = {name: [getattr(one, name) for one in appeals] for name in FOUND.names}
    return pa.table(columns, FOUND)


def surveyed(
    reader: Reader,
    before: Survey | None = None,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> Survey:
    """Look at every appeal without an address; ``tell`` is called with how many of how many."""
    library, made = book(reader, without="decisions"), decisions(reader)
    decided = meanings(made)
    known: dict[str, Unaddressed] = {}
    if before and before.library == library:
        known = before.appeals
    engine = _engine(reader, before, library, decided)
    marks = reader.table(_MARKS)
    there = dict(zip(marks["id"].to_pylist(), marks["mark"].to_pylist(), strict=True))
    other = {i for i, mark in there.items() if i not in known or known[i].mark != mark}
    if before and known:
        other |= _speaking(reader, {mention for mention, _ in decided ^ before.decided})
    rows = [row for row in _read(reader, other, len(there)) if row["id"] in there]
    able = engine.knowing(made, [said(row["address"], row["text"]) for row in rows])
    looked = dict(_looked(rows, able, tell))
    appeals = {ident: looked.get(ident) or known[ident] for ident in there}
    return Survey(reader.version, library, decided, appeals, engine)


def _engine(
    reader: Reader, before: Survey | None, library: str, decided: frozenset[Meaning]
) -> Engine:
    """The engine of the survey before, if only decisions have been added to the book since."""
    if before and before.library == library and before.engine.knows <= decided:
        return before.engine
    return Engine(matcher(reader), decided)


def _speaking(reader: Reader, names: set[str]) -> set[str]:
    """Which appeals may speak of one of some names, a slip of one character in it too."""
    found: set[str] = set()
    for name in names:
        signs = [char for char in name if _is_han(char)]
        said_of = " + ".join(_SAYS.format(i) for i in range(len(signs))) or "0"
        asked = {f"s{i}": char for i, char in enumerate(signs)}
        rows = reader.table(f"{_WORDS} AND {said_of} >= {len(signs) - 1}", asked).to_pylist()
        found |= {r["id"] for r in rows if _speaks(said(r["address"], r["text"]), name)}
    return found


def _read(reader: Reader, ids: set[str], of: int) -> list[dict[str, Any]]:
    """What some appeals say; of most of them a list is no help."""
    if not ids:
        return []
    if 2 * len(ids) > of:
        return [row for row in reader.table(_ROWS).to_pylist() if row["id"] in ids]
    asked = {"ids": sorted(ids)}
    rows = reader.table(f"{_ROWS} AND id IN (SELECT unnest($ids))", asked)
    return list(rows.to_pylist())


def _looked(
    rows: list[dict[str, Any]], engine: Matcher, tell: Callable[[int, int], None]
) -> Iterator[tuple[str, Unaddressed]]:
    reasons: dict[str, str] = {}
    told = found_all(((said(r["address"], r["text"]), point_of(r)) for r in rows), engine)
    for done, (row, match) in enumerate(zip(rows, told, strict=True)):
        if done % PIECE == 0:
            tell(done, len(rows))
        one = _looked_at(row, match)
        # A reason is the same sentence for thousands.
        yield one.id, one._replace(reason=reasons.setdefault(one.reason, one.reason))


def _looked_at(row: dict[str, Any], match: Match) -> Unaddressed:
    point, words = point_of(row), said(row["address"], row["text"])
    if match.address_id is not None:
        far = distance(match, point)
        return Unaddressed(
            row["id"], row["mark"], match.address_id, far, None, "", "", (), None, ""
        )
    mention, code, reason = name_of(match, words), match.why, match.reason
    if mention is None:
        return Unaddressed(row["id"], row["mark"], None, None, None, code, "", (), None, "")
    if match.status == "none":
        code, reason = UNLISTED, f"地址库中没有“{mention}”。"
    told = (mention, code, reason, match.alternatives, point, words)
    return Unaddressed(row["id"], row["mark"], None, None, *told)


def point_of(row: dict[str, Any]) -> Point | None:
    """Give the coordinates of a row, where it has both."""
    if row["lon"] is None or row["lat"] is None:
        return None
    return row["lon"], row["lat"]


def _speaks(words: str, name: str) -> bool:
    """Whether a name may be read in a text; a slip of one character in it too."""
    missing = sum(char not in words for char in name if _is_han(char))
    return missing <= 1 and (missing == 1 or name in words or name in normalised(words))


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"
