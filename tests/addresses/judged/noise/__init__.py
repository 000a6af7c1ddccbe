"""A large invented district and noisy queries against it, written without the product's tables.

``library(rooms, seed)`` gives the canonical rows, ``queries(table, n, seed)`` the texts with the
right answers, ``rows(table, ids)`` the rows that ``score`` needs. All deterministic by seed.
"""

from tests.addresses.judged.noise.library import library
from tests.addresses.judged.noise.queries import queries
from tests.addresses.judged.noise.view import rows

__all__ = ["library", "queries", "rows"]
