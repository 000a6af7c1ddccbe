"""The names addresses go by, or went by, beside their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.text import normalised

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.addresses.library import Library
    from geodata.store.reader import Reader

_OF_PLACES = """
    SELECT a.n, known.name, known.score FROM address_names known
    JOIN addresses a ON a.id = known.address_id
    WHERE known.source <> 'given' AND a.level IN ('town', 'community', 'road', 'quarter', 'poi')
    ORDER BY a.n, known.name
"""


def names(reader: Reader) -> pa.Table:
    """Give every further name: address_id, name, source, score, valid_from, valid_to.

    ``source`` is given (an alias of the row itself) or former (what it was called before it came
    again under another name); ``valid_to`` is the first day on which it was no longer called so.
    Empty where the generation is of a program that knew no names.
    """
    if not reader.knows("address_names", "name"):
        return reader.table("SELECT id AS address_id, name FROM addresses WHERE false")
    return reader.table("SELECT * FROM address_names ORDER BY address_id, source, name")


def found_names(reader: Reader) -> dict[int, list[tuple[str, float]]]:
    """Give the names, with how far each is to be trusted, that no row of the book gives itself.

    By the number of the address; of places that are searched by name alone.
    """
    if not reader.knows("address_names", "name"):
        return {}
    found: dict[int, list[tuple[str, float]]] = {}
    for row in reader.rows(_OF_PLACES):
        found.setdefault(row["n"], []).append((row["name"], row["score"]))
    return found


def own_names(library: Library) -> set[str]:
    """Give what the district and what it lies in are called, normalised, in full and in short."""
    own: set[str] = set()
    for every in library.own.values():
        for name in every:
            plain = normalised(name)
            own |= {plain, plain.rstrip("省市区县")} - {""}
    return {name for name in own if len(name) >= 2}


def known_names(library: Library) -> set[str]:
    """Give the names of all base places, normalised."""
    return {normalised(base.name) for base in library.bases}
