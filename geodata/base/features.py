"""Roads and landmarks as features."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from geodata.query import Query
    from geodata.store.reader import Reader


def roads(reader: Reader, _: Query | None = None) -> Iterator[pa.RecordBatch]:
    """Every road part: id, name, name_en, grade, is_demo, geometry (lines)."""
    return reader.batches(
        "SELECT id, name, name_en, grade, is_demo, geometry FROM roads ORDER BY id"
    )


def landmarks(reader: Reader, _: Query | None = None) -> Iterator[pa.RecordBatch]:
    """Every landmark: id, name, name_en, kind, approximate, is_demo, lon, lat."""
    return reader.batches(
        "SELECT id, name, name_en, kind, approximate, is_demo, lon, lat FROM places ORDER BY id"
    )
