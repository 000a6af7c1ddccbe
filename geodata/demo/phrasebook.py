"""Pools of phrases, and drawing many at once from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.demo.plane import Floats, Ints
from geodata.demo.sheets import sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """Phrases of several pools in one list: pool ``p`` has ``count[p]`` from ``start[p]`` on."""

    phrases: pa.Array
    start: Ints
    count: Ints

    def place(self, pool: Ints, luck: Floats) -> Ints:
        """Draw from a pool for each row: a place in the list of phrases."""
        return np.asarray(self.start[pool] + (luck * self.count[pool]).astype(np.int64))

    def drawn(self, pool: Ints, luck: Floats) -> pa.Array:
        """Draw a phrase from a pool for each row, luck from 0 to below 1."""
        return self.phrases.take(pa.array(self.place(pool, luck)))


def pools(lists: Sequence[Sequence[str]]) -> Pools:
    """Make pools; an empty one gives the empty phrase."""
    filled = [list(phrases) or [""] for phrases in lists]
    count = np.array([len(phrases) for phrases in filled])
    return Pools(
        phrases=pa.array([phrase for phrases in filled for phrase in phrases]),
        start=np.cumsum(count) - count,
        count=count,
    )


def sentences(kind: str, group: str | None = None) -> list[str]:
    """Phrases of ``phrases/sentences.csv`` of a kind, of one group or of all."""
    return [
        row["text"]
        for row in sheet("phrases/sentences")
        if row["kind"] == kind and group in (None, row["group"])
    ]


def joined(*parts: Any) -> pa.Array:
    """Put arrays of text and plain texts together, row by row."""
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, "")
