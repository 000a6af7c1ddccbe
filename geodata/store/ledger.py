"""The ledger: the highest number the journal has acknowledged, beside it and not in it."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
FILE = "journal.ledger"


class Ledger:
    """It may lag behind the journal, because it is not synced; it is never ahead of it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def read(self) -> int:
        """The highest number noted; 0 where nothing was."""
        try:
            return int(self._path.read_text(encoding="ascii") or 0)
        except FileNotFoundError:
            return 0

    def note(self, seq: int) -> None:
        """Note a number that has been acknowledged; a lower one than before changes nothing.

        On a full disk the ledger lags: an alarm may be missed, the row itself is safe.
        """
        if self.read() >= seq:
            return
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o644)
            try:
                os.pwrite(descriptor, f"{seq:020d}".encode(), 0)
            finally:
                os.close(descriptor)
        except OSError:
            log.warning("the ledger could not be written; the row itself is safe", exc_info=True)
