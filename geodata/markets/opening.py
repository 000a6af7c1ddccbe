"""Whether a market is open: windows in the OpenStreetMap opening_hours syntax."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from geodata.errors import DataError

if TYPE_CHECKING:
    from geodata.store.reader import Reader

CLOSING = dt.timedelta(minutes=30)
OPEN, SOON_CLOSED, CLOSED = "open", "closing", "closed"


def windows(text: str) -> OpeningHours:
    """Parsed opening windows.

    Raises
    ------
    DataError
        When the text is not in the opening_hours syntax; the message quotes it.
    """
    try:
        return OpeningHours(text)
    except ParserError as error:
        raise DataError(
            f"{text!r} is not an opening time. Write it as on OpenStreetMap, for example "
            f"'May 01-Oct 31 Mo-Fr 17:00-21:30; Sa,Su 16:00-22:00'."
        ) from error


def state(hours: OpeningHours, local: dt.datetime) -> str:
    """State at a local moment: open, closing (within 30 minutes) or closed."""
    if not hours.is_open(local):
        return CLOSED
    change = hours.next_change(local)
    return SOON_CLOSED if change is not None and change - local <= CLOSING else OPEN


def states(reader: Reader, at: dt.datetime) -> dict[str, str]:
    """State of every market at a moment given in UTC, by id."""
    local = at.astimezone(reader.place.zone).replace(tzinfo=None)
    return {ident: state(hours, local) for ident, hours in _all(reader).items()}


def until(reader: Reader, ident: str, at: dt.datetime) -> dt.datetime | None:
    """When a market next opens or closes, in UTC; None when it never does again."""
    zone = reader.place.zone
    local = at.astimezone(zone).replace(tzinfo=None)
    change = _all(reader)[ident].next_change(local)
    return change.replace(tzinfo=zone).astimezone(dt.UTC) if change else None


def next_change(reader: Reader, at: dt.datetime) -> dt.datetime | None:
    """The next moment, in UTC, at which any market's state changes."""
    zone = reader.place.zone
    local = at.astimezone(zone).replace(tzinfo=None)
    ahead = []
    for hours in _all(reader).values():
        change = hours.next_change(local)
        if change is None:
            continue
        warning = change - CLOSING
        ahead.append(warning if hours.is_open(local) and warning > local else change)
    return min(ahead).replace(tzinfo=zone).astimezone(dt.UTC) if ahead else None


def _all(reader: Reader) -> dict[str, OpeningHours]:
    def read() -> dict[str, OpeningHours]:
        rows = reader.rows("SELECT id, windows FROM markets ORDER BY id")
        return {row["id"]: windows(row["windows"]) for row in rows}

    return reader.lasting("markets/windows", read)
