"""The decisions that have been made, as the log has them: who, when, what, and how many placed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from geodata.store.batches import DECISION, Batch, Log

if TYPE_CHECKING:
    from pathlib import Path

SHOWN, LOOKED_AT = 200, 5000  # decisions that are listed, and the newest batches read for it


def decisions(folder: Path) -> list[dict[str, Any]]:
    """Every decision, the newest first; one without a ``mention`` is of what needed none."""
    log = Log(folder)
    names = sorted((p.name for p in log.room.glob("[0-9]*") if p.name.isdigit()), reverse=True)
    batches = (log.batch(int(name)) for name in names[:LOOKED_AT])
    return [_told(b) for b in islice((b for b in batches if b.kind == DECISION), SHOWN)]


def _told(batch: Batch) -> dict[str, Any]:
    return {
        **{"batch": batch.number, "at": batch.at, "undone": batch.undone},
        **{"mention": batch.file or None, "placed": batch.accepted, "waited": batch.read},
        **{name: batch.recipe.get(name) for name in ("address_id", "name", "by")},
    }
