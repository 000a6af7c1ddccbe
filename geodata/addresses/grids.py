"""The grid an answer lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.kept import kept
from geodata.addresses.library import in_order, load

if TYPE_CHECKING:
    from geodata.addresses.answers import Match
    from geodata.addresses.library import Library
    from geodata.store.reader import Reader


class Grids:
    """Codes of the grids addresses lie in; of an address in no area, the code its row gives."""

    def __init__(self, reader: Reader, library: Library) -> None:
        self._library = library
        areas = reader.rows("SELECT code FROM areas ORDER BY n")
        self._areas: list[str] = [row["code"] for row in areas]
        # By the number of the address; a million rows name a few thousand grids.
        own = in_order(reader, "grid")["grid"]
        self._own = own.combine_chunks().dictionary_encode()

    def of(self, match: Match) -> str | None:
        """Give the code of the grid of an answer, None where none is known."""
        if match.area is not None:
            return self._areas[match.area]
        row = self._library.find(match.address_id) if match.address_id else None
        code: str | None = self._own[row.n].as_py() if row else None
        return code


def grids(reader: Reader) -> Grids:
    """Give the grids of a reader's library, made once for its address book."""
    return kept(reader, "grids", lambda: Grids(reader, load(reader)))
