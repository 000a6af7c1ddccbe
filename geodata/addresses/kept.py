"""What is made of the address book and lasts as long as the book: longer than a generation.

Tickets come all day and make a new generation every minute; the book changes once a week. What is
made of it is kept in this process until it does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from geodata.store.once import Once

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.reader import Reader

T = TypeVar("T")
# The one that is read and the one before it, which a request may still be reading; and of each
# what is the same whatever clerks decide.
BOOKS = 4


def kept(reader: Reader, name: str, make: Callable[[], T], *, without: str = "") -> T:
    """What ``make`` gives, made once for the address book of a reader.

    ``without`` is a table that it does not depend on.
    """
    return reader.lasting(
        f"addresses/{name}-{without}",
        lambda: _of_book(book(reader, without=without))(name, make),
    )


@lru_cache(maxsize=BOOKS)
def _of_book(_: str) -> Once:
    return Once()


def book(reader: Reader, *, without: str = "") -> str:
    """Names the content of a book: the same rows, names and areas have the same name.

    ``without`` is a table that is left out.
    """
    return reader.lasting(f"addresses/book-{without}", lambda: _content(reader, without))


def _content(reader: Reader, without: str) -> str:
    there = {row["name"] for row in reader.rows(_TABLES)}
    sums = [
        reader.rows(f"SELECT count(*) AS n, bit_xor(hash(t)) AS sum FROM (SELECT {what}) t")[0]
        for table, what in _CONTENT.items()
        if table in there and table != without
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
