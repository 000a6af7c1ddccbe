"""The sites of markets, for the map, the detail and the export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.areas.hierarchy import hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from geodata.query import Query
    from geodata.store.reader import Reader

_COLUMNS = """id, name, name_en, kind, windows, stalls, address, operator, approximate, is_demo,
    area, lon, lat, geometry"""


def sites(reader: Reader) -> Iterator[pa.RecordBatch]:
    """Every market; ``geometry`` is null where only the point is known."""
    return reader.batches(f"SELECT {_COLUMNS} FROM markets ORDER BY id")


def rows(reader: Reader, query: Query) -> Iterator[pa.RecordBatch]:
    """The markets of the shown area that pass the filters, for the export."""
    parts, parameters = ["TRUE"], {}
    if query.area:
        parts = ["area BETWEEN $first AND $last"]
        parameters = {"first": query.area, "last": int(hierarchy(reader).last[query.area])}
    for name, chosen in query.filters.items():
        parts.append(f"list_contains(${name}, {name})")
        parameters[name] = sorted(chosen)  # type: ignore[assignment]
    return reader.batches(
        f"SELECT {_COLUMNS} FROM markets WHERE {' AND '.join(parts)} ORDER BY id", parameters
    )


def market(reader: Reader, ident: str) -> dict[str, Any] | None:
    """One market by id, or None."""
    found = reader.rows(f"SELECT {_COLUMNS} FROM markets WHERE id = $id", {"id": ident})
    return found[0] if found else None


def kinds(reader: Reader) -> tuple[str, ...]:
    """The kinds of markets in the data."""
    found = reader.rows("SELECT DISTINCT kind FROM markets ORDER BY kind")
    return tuple(row["kind"] for row in found)
