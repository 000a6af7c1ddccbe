"""Waiting for the writer's lock, which somebody else holds for a moment."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from geodata.errors import DataError
from geodata.store.generation import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PATIENCE = 20.0  # seconds to wait for another writer, who is most often the compactor
BUSY = "Another import is under way; try again in a moment."
_AGAIN = 0.25  # seconds between two tries


def patient(act: Callable[[], T], seconds: float) -> T:
    """Do something that needs the writer's lock, again while another holds it, for a while.

    Raises
    ------
    DataError
        When it is still held after so many seconds.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            return act()
        except BusyError as error:
            if time.monotonic() > until:  # its own sentence names the folder, for the command line
                raise DataError(BUSY) from error
            time.sleep(_AGAIN)
