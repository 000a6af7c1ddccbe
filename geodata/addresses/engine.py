"""The matcher of a generation: made once from its library, and kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.elsewhere import elsewhere
from geodata.addresses.kept import kept
from geodata.addresses.library import load
from geodata.addresses.match import Matcher

if TYPE_CHECKING:
    from geodata.addresses.library import Library
    from geodata.store.reader import Reader


def matcher(reader: Reader) -> Matcher:
    """Give the matcher of a reader's library, made once for its address book."""
    return kept(reader, "matcher", lambda: matcher_of(load(reader)))


def matcher_of(library: Library) -> Matcher:
    """Give the matcher of a library, which knows what lies in other cities."""
    return Matcher(library, elsewhere(library.own["city"], library.own["county"]))
