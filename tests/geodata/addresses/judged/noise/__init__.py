"""A large invented district and noisy queries against it, written without the product's tables.

``library(rooms, seed)`` gives the canonical rows, ``queries(table, n, seed)`` the texts with the
right answers, ``rows(table, ids)`` the rows that ``score`` needs. All deterministic by seed.
"""

from tests.geodata.addresses.judged.noise.library import library
from tests.geodata.addresses.judged.noise.queries import queries
from tests.geodata.addresses.judged.noise.view import rows

__all__ = ["library", "queries", "rows"]
