"""Suggestions while a reader types: areas, compounds, doors, roads, landmarks, markets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.store.reader import Reader

OF_A_KIND = 4  # so that the grids of one community do not hide the road of the same name
LONGEST = 40  # characters of a query; nobody types more to find a place


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One hit: ``kind`` is areas, addresses, roads, landmarks or markets, which are layers too."""

    kind: str
    id: str
    name: str
    name_en: str | None
    area: int | None


def suggestions(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """Places whose name holds every part of a text, the closest first.

    Parts are separated by spaces. A name that is the text, or begins with it, comes first; then
    what is larger (an area before a road, a compound before its rooms); then the shorter name.
    """
    parts = [part for part in re.split(r"\s+", text.strip()[:LONGEST].lower()) if part]
    if not parts:
        return []
    parameters: dict[str, Any] = {f"part_{i}": part for i, part in enumerate(parts)}
    holds = " AND ".join(f"contains(lower(said), ${name})" for name in parameters)
    rows = reader.rows(
        f"""
        WITH hits AS (
            SELECT kind, id, name, name_en, area, rank,
                   CASE WHEN lower(said) = $whole THEN 0
                        WHEN starts_with(lower(said), $whole) THEN 1 ELSE 2 END AS closeness
            FROM ({_SAID}) known WHERE {holds}),
        places AS (
            SELECT kind, id, any_value(name) AS name, any_value(name_en) AS name_en,
                   any_value(area) AS area, min(closeness) AS closeness, min(rank) AS rank
            FROM hits GROUP BY kind, id)
        SELECT kind, id, name, name_en, area FROM places
        QUALIFY row_number() OVER (
            PARTITION BY kind ORDER BY closeness, rank, length(name), name, id) <= $of_a_kind
        ORDER BY closeness, rank, length(name), name, id LIMIT $limit
        """,
        parameters | {"whole": "".join(parts), "limit": limit, "of_a_kind": OF_A_KIND},
    )
    return [Suggestion(**row) for row in rows]


# Every name a place goes by, one row each; a road in several parts is one road.
_SAID = """
    SELECT 'areas' AS kind, code AS id, name, name_en, n AS area, level AS rank,
           concat(name, ' ', code, ' ', name_en) AS said
    FROM areas
    UNION ALL
    SELECT 'landmarks', id, name, name_en, area, 2, concat(name, ' ', name_en) FROM places
    UNION ALL
    SELECT 'markets', id, name, name_en, area, 2, concat(name, ' ', name_en) FROM markets
    UNION ALL
    SELECT 'roads', min(id), name, any_value(name_en), NULL, 3,
           concat(name, ' ', any_value(name_en)) FROM roads GROUP BY name
    UNION ALL
    SELECT 'addresses', id, name, NULL, area,
           CASE level WHEN 'quarter' THEN 4 WHEN 'poi' THEN 4 WHEN 'road_no' THEN 5
                      WHEN 'building' THEN 6 WHEN 'unit' THEN 7 ELSE 8 END,
           concat(name, ' ', aliases)
    FROM addresses
"""
