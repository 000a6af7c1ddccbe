"""A ticket as a JSON object: which keys it may have, and what their values may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.errors import DataError
from geodata.intake.rejects import SHOWN, Reject
from geodata.space import crs as systems
from geodata.store.schema import TABLES

LONGEST, LONGEST_ID = 20_000, 200  # characters
# What counts as smoke and how an address was found is decided here; nothing live is a demo.
OURS = {"smoke", "is_demo", "address_by", "distance_m"}
COLUMNS = tuple(name for name in TABLES["tickets"].names if name not in OURS)
REQUIRED = ("id", "created_at", "category")
NUMBERS = frozenset({"lon", "lat"})
CODES = frozenset({"id", "address_id", "area"})  # many systems write these as numbers
CRS_NAME = r"GCJ-02|BD-09|EPSG:[0-9]{4,6}"
CRS_CURE = "write EPSG:…, GCJ-02 or BD-09"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
_CRS_NAME, _CONTROL = re.compile(CRS_NAME), re.compile(CONTROL)


@dataclass(frozen=True, slots=True)
class Refused:
    """A ticket that is not taken, and why."""

    id: str | int | None
    errors: tuple[Reject, ...]


def misfit(index: int, item: Any) -> Refused | None:
    """Why an item does not have the form of a ticket: each wrong key with its reason."""
    if not isinstance(item, dict):
        return refusal(index, {}, "", item, "is not an object", "Send every ticket as an object.")
    errors = []
    if strange := [key for key in item if key not in COLUMNS and key != "crs"]:
        cure = f"A ticket has {', '.join(COLUMNS)}, and crs."
        errors.append(_fault(index, ", ".join(strange), "", "is not a column of tickets", cure))
    for name, value in item.items():
        if value is not None and name not in strange and (why := _wrong(name, value)):
            errors.append(_fault(index, name, value, *why))
    return Refused(id_of(item), tuple(errors)) if errors else None


def refusal(index: int, item: Any, *fault: Any) -> Refused:
    """The refusal of an item for one fault: column, value, reason, cure."""
    return Refused(id_of(item), (_fault(index, *fault),))


def id_of(item: dict[str, Any]) -> str | int | None:
    """The id as it was sent, where it can be said back."""
    given = item.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int):
        return None
    return given if len(str(given)) <= LONGEST_ID else None


def text(value: Any) -> str:
    """A value as the cell of a file."""
    return "" if value is None else str(value).strip()


def is_placed(item: dict[str, Any]) -> bool:
    """Whether an item has any coordinate."""
    return any(item.get(name) is not None for name in NUMBERS)


def checked_crs(name: str) -> str:
    """A CRS by its name; raises DataError when tickets cannot be in it."""
    if not _is_crs(name):
        raise DataError(f"crs is {name[:SHOWN]!r}; {CRS_CURE}.")
    return name


def _wrong(name: str, value: Any) -> tuple[str, str] | None:
    """Reason and cure where a value does not have its column's type."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in NUMBERS:
        return None if is_number else ("is not a number", "Send a JSON number, or null.")
    if isinstance(value, str):
        return _wrong_text(name, value)
    is_code = is_number and isinstance(value, int) and name in CODES
    return None if is_code else ("is not a text", "Send a JSON string, or null.")


def _wrong_text(name: str, value: str) -> tuple[str, str] | None:
    most = LONGEST_ID if name == "id" else LONGEST
    if len(value) > most:
        return f"has {len(value)} characters", f"Send at most {most}."
    if _CONTROL.search(value):
        return "holds a control character", "Leave it out."
    if name == "crs" and not _is_crs(value):
        return "is not a known CRS", f"{CRS_CURE.capitalize()}."
    return None


def _fault(index: int, column: str, value: Any, reason: str, cure: str) -> Reject:
    shown = value if isinstance(value, str) else _shown(value)
    return Reject(index, column[:SHOWN], shown[:SHOWN], reason, cure)


def _shown(value: Any) -> str:
    """A JSON value in a few characters; what is nested is not shown, however deep it goes."""
    nested = "{…}" if isinstance(value, dict) else "[…]" if isinstance(value, list) else ""
    return nested or orjson.dumps(value).decode()


@lru_cache(maxsize=256)
def _is_crs(name: str) -> bool:
    """Whether a CRS has two axes on the ground, so that a point of it can be on the map."""
    if not _CRS_NAME.fullmatch(name):
        return False
    if name in {systems.GCJ, systems.BD}:
        return True
    try:
        system = CRS(name)
    except CRSError:
        return False
    return len(system.axis_info) == 2 and (system.is_geographic or system.is_projected)
