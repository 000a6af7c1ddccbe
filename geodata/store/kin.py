"""On whom each address hangs: the row with the longest beginning of its elements.

Within a compound the elements begin with the compound, whatever its street is called; a row whose
beginning is nowhere hangs on its street, its community or its town, where these have rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

COLUMNS = """n, id, level, town, community, road, road_no, quarter, building, unit, floor, room,
    poi, lon, lat"""

# ``own`` is the path of an address, its steps separated and each marked with what it is; the
# street of an address in a compound is beside its path. A former name is a path too.
_KIN = """
CREATE TEMP TABLE kin AS
WITH streets AS (
    SELECT *, nullif(concat_ws(chr(31), 's' || road, 'n' || road_no), '') AS way,
           concat_ws(chr(31), 'b' || building, 'u' || unit,
                     CASE WHEN level = 'floor' THEN 'f' || floor END, 'h' || room, 'p' || poi)
               AS inside
    FROM standing)
SELECT n, town, community, lon, lat, false AS former,
       CASE WHEN quarter IS NOT NULL THEN concat_ws(chr(31), 'q' || quarter, nullif(inside, ''))
            WHEN way IS NOT NULL OR inside <> '' THEN concat_ws(chr(31), way, nullif(inside, ''))
            WHEN level = 'community' THEN 'c' || community
            WHEN level = 'town' THEN 't' || town END AS own,
       CASE WHEN quarter IS NOT NULL THEN way END AS street, seeks
FROM streets;
INSERT INTO kin
SELECT n, town, community, lon, lat, true,
       CASE level WHEN 'road' THEN 's' WHEN 'quarter' THEN 'q' ELSE left(level, 1) END
           || known.name, NULL, false
FROM address_names known JOIN standing ON id = address_id
WHERE source = 'former' AND level IN ('road', 'quarter', 'community', 'town');
CREATE TEMP TABLE parents (n INTEGER, parent INTEGER);
CREATE TEMP TABLE seeking AS SELECT * EXCLUDE (former, own, seeks), own AS up FROM kin WHERE seeks;
"""

# One step up for all that have no parent yet.
_HIGHER = """
CREATE OR REPLACE TEMP TABLE seeking AS
SELECT * FROM (
    SELECT * REPLACE (CASE
        WHEN contains(up, chr(31)) THEN left(up, length(up) - instr(reverse(up), chr(31)))
        WHEN starts_with(up, 'q') AND street IS NOT NULL THEN street
        WHEN coalesce(left(up, 1) NOT IN ('c', 't'), true) AND community IS NOT NULL
            THEN 'c' || community
        WHEN coalesce(left(up, 1) <> 't', true) AND town IS NOT NULL THEN 't' || town
        END AS up)
    FROM seeking WHERE n NOT IN (SELECT n FROM parents))
WHERE up IS NOT NULL;
"""

# Same town, or a parent that says none because it runs through several. Of several: a name of
# today, the town said, the same street and community, the nearest.
_FOUND = """
INSERT INTO parents
SELECT s.n, arg_min(k.n, {
    'former': k.former, 'anywhere': k.town IS NULL AND s.town IS NOT NULL,
    'elsewhere': k.street IS NOT NULL AND k.street IS DISTINCT FROM s.street,
    'apart': k.community IS DISTINCT FROM s.community,
    'far': coalesce(abs(k.lon - s.lon) + abs(k.lat - s.lat), 720), 'n': k.n})
FROM seeking s JOIN kin k
  ON k.own = s.up AND (k.town IS NULL OR k.town = s.town) AND k.n <> s.n
GROUP BY s.n;
"""

# Whose parent may be another one now: who shares a road or a compound with a row that has come, or
# an area whose own row has; and, as there are hardly any, who names neither.
TOUCHED = """
CREATE TEMP TABLE touched AS
SELECT id, level, town, community, road, quarter FROM addresses_in
UNION ALL
SELECT id, level, town, community, road, quarter FROM addresses
WHERE id IN (SELECT id FROM addresses_in)
UNION ALL
SELECT a.id, level, CASE level WHEN 'town' THEN name END,
       CASE level WHEN 'community' THEN name END, CASE level WHEN 'road' THEN name END,
       CASE level WHEN 'quarter' THEN name END
FROM address_names JOIN addresses_in a ON a.id = address_id WHERE source = 'former';
"""
_SEEKERS = """
CREATE TEMP TABLE seekers AS
SELECT n, road, quarter FROM addresses
WHERE id IN (SELECT id FROM touched) OR quarter IN (SELECT quarter FROM touched)
   OR road IN (SELECT road FROM touched)
   OR community IN (SELECT community FROM touched WHERE level = 'community')
   OR town IN (SELECT town FROM touched WHERE level = 'town') OR {nameless};
""".format(
    nameless="quarter IS NULL AND road IS NULL AND level NOT IN ('town', 'community', 'poi')"
)
_AROUND = f"""
CREATE TEMP TABLE standing AS
SELECT {COLUMNS}, n IN (SELECT n FROM seekers) AS seeks FROM addresses
WHERE n IN (SELECT n FROM seekers) OR quarter IN (SELECT quarter FROM seekers)
   OR road IN (SELECT road FROM seekers) OR level IN ('town', 'community')
   OR id IN (SELECT address_id FROM address_names WHERE source = 'former');
"""
_HANG_AGAIN = """
UPDATE addresses SET parent = found.parent
FROM (SELECT seekers.n, parents.parent FROM seekers LEFT JOIN parents USING (n)) found
WHERE addresses.n = found.n AND addresses.parent IS DISTINCT FROM found.parent;
DROP TABLE seekers; DROP TABLE touched; DROP TABLE standing; DROP TABLE parents;
"""


def hang(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``parents`` (n, parent) for those of ``standing`` that seek one.

    ``standing`` has ``COLUMNS`` and ``seeks``. A step up for all, as often as somebody still looks.
    """
    connection.execute(_KIN)
    while True:
        connection.execute(_HIGHER)
        if not connection.execute("SELECT 1 FROM seeking LIMIT 1").fetchall():
            connection.execute("DROP TABLE kin; DROP TABLE seeking;")
            return
        connection.execute(_FOUND)


def hang_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Set the parents of all rows of ``addresses`` that those of ``touched`` may have changed."""
    connection.execute(_SEEKERS)
    connection.execute(_AROUND)
    hang(connection)
    connection.execute(_HANG_AGAIN)
