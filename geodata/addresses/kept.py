"""What is made of the address book and lasts as long as the book: longer than a generation.

Tickets come all day and make a new generation every minute; the book changes once a week. What is
made of it is kept in this process until it does.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.reader import Reader

T = TypeVar("T")
BOOKS = 2  # the one that is read and the one before it, which a request may still be reading
_kept: dict[str, dict[str, Any]] = {}
_keeping = threading.RLock()


def kept(reader: Reader, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for the address book of a reader."""
    return reader.lasting(f"addresses/{name}", lambda: _of_book(_book(reader), name, make))


def _of_book(book: str, name: str, make: Callable[[], T]) -> T:
    with _keeping:
        things = _kept.setdefault(book, {})
        while len(_kept) > BOOKS:
            _kept.pop(next(iter(_kept)))
        if name not in things:
            things[name] = make()
        return cast("T", things[name])


def _book(reader: Reader) -> str:
    """Names the content of a book: the same rows, names and areas have the same name."""
    there = {row["name"] for row in reader.rows(_TABLES)}
    sums = [
        reader.rows(f"SELECT count(*) AS n, bit_xor(hash(t)) AS sum FROM (SELECT {what}) t")[0]
        for table, what in _CONTENT.items()
        if table in there
    ]
    return "|".join(f"{one['n']}:{one['sum']}" for one in sums)


# What is large and made of the rest is left out; a generation of an earlier program lacks some.
_CONTENT = {
    "addresses": "* EXCLUDE (label, ident) FROM addresses",
    "areas": "* EXCLUDE (geometry) FROM areas",
    "places": "* FROM places",
    "markets": "* EXCLUDE (geometry) FROM markets",
    "roads": "* EXCLUDE (geometry) FROM roads",
    "decisions": "* FROM decisions",
    "address_names": "* FROM address_names",
}
_TABLES = "SELECT DISTINCT table_name AS name FROM information_schema.tables"
