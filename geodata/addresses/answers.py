"""What a text means: an answer of the matcher, and those that name no place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.addresses.bases import Base

MOST = 5  # alternatives that are told
IN_REVIEW = 0.5  # the most an answer under review scores
CONTRADICTED, SEVERAL = "contradicts", "several"
UNLISTED = "unlisted"  # beside the codes of an answer: a name that no address book has
# Why a clerk must look: the codes of ``why`` of an answer under review.
REASONS = (
    *("goes_on", "begins", "zone", "zones", "unknown", "partial", "homonym", "no_row"),
    *(CONTRADICTED, SEVERAL),
)
NO_NAME = frozenset({CONTRADICTED, SEVERAL})  # of the codes of ``why``, where none is in the way


@dataclass(slots=True)
class Match:
    """What a text means: ``status`` is matched, review or none.

    ``address_id`` and ``level`` are of the finest certain row; ``base`` the id of the base place;
    ``score`` 0 to 1; ``reason`` one Chinese sentence; ``alternatives`` ids of what else it may be;
    ``mention`` the name it hangs on, or one that looks like a name and is in no library; ``why``
    says in a code why it is not matched.
    """

    status: str
    address_id: str | None
    level: str | None
    base: str | None
    score: float
    reason: str
    building: str | None = None
    unit: str | None = None
    room: str | None = None
    lon: float | None = None
    lat: float | None = None
    area: int | None = None
    alternatives: tuple[str, ...] = ()
    mention: str | None = None
    why: str = ""


def review(candidates: list[Base], reason: str, why: str) -> Match:
    """Give the answer to what only a clerk can tell, with what it may be."""
    ids = tuple(base.id for base in candidates[:MOST] if base.id)
    return Match("review", None, None, None, IN_REVIEW, reason, alternatives=ids, why=why)


def none(reason: str, why: str) -> Match:
    """Give the answer to what names no place of the library."""
    return Match("none", None, None, None, 0.0, reason, why=why)


def elsewhere() -> Match:
    """Give the answer to what names a place in another city or district."""
    return none("所说的地点不在本区。", "elsewhere")
