"""The standard addresses of a generation: numbered, placed, hung on each other, and their names.

The parent of an address is the row with the longest beginning of its elements. Within a compound
the elements begin with the compound, whatever its street is called; a row whose beginning is
nowhere hangs on its street, its community or its town, where these have rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store import placing

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

TOLD = "accuracy_m, status, standing, valid_from, valid_to"  # what else is said of an address

# A generation of an earlier program does not have these yet.
TABLES = """
ALTER TABLE addresses ADD COLUMN IF NOT EXISTS accuracy_m DOUBLE;
ALTER TABLE addresses ADD COLUMN IF NOT EXISTS status VARCHAR;
ALTER TABLE addresses ADD COLUMN IF NOT EXISTS standing VARCHAR;
ALTER TABLE addresses ADD COLUMN IF NOT EXISTS valid_from DATE;
ALTER TABLE addresses ADD COLUMN IF NOT EXISTS valid_to DATE;
CREATE TABLE IF NOT EXISTS address_names (
    address_id VARCHAR, name VARCHAR, source VARCHAR, score DOUBLE,
    valid_from DATE, valid_to DATE);
"""

FORMER_SCORE = 0.9  # a name that was given up may have gone to another place since

_WHOLE = """concat({a}.road, {a}.road_no, {a}.quarter, {a}.building, {a}.unit,
    CASE WHEN {a}.level = 'floor' THEN {a}.floor END, {a}.room, {a}.poi)"""

# What an address is called by itself: a place by its own name, what lies below one in full.
_CALLED = f"""CASE {{a}}.level
    WHEN 'town' THEN {{a}}.town WHEN 'community' THEN {{a}}.community
    WHEN 'road' THEN {{a}}.road WHEN 'quarter' THEN {{a}}.quarter WHEN 'poi' THEN {{a}}.poi
    ELSE {_WHOLE} END"""
_OLD, _NEW = _CALLED.format(a="old"), _CALLED.format(a="new")

# Rows that come again under another name leave the one they had; a name that comes back is no
# former one. ``rows`` are those that come.
_REMEMBER = f"""
CREATE TEMP TABLE renamed AS
WITH before AS (
    SELECT {{columns}} FROM addresses_in WHERE id IN (SELECT id FROM rows)
    UNION ALL
    SELECT {{columns}} FROM addresses
    WHERE id IN (SELECT id FROM rows) AND id NOT IN (SELECT id FROM addresses_in))
SELECT old.id, {_OLD} AS name, old.valid_from, coalesce(new.valid_from, $day) AS valid_to
FROM before old JOIN rows new ON new.id = old.id
WHERE (old.road <> new.road OR old.quarter <> new.quarter OR old.poi <> new.poi
       OR old.building <> new.building
       OR old.level IN ('town', 'community') AND old.level = new.level)
  AND {_OLD} <> {_NEW} AND {_OLD} <> '';
"""
_FORGET = f"""
DELETE FROM address_names known WHERE source = 'former' AND (
    (address_id, name) IN (SELECT (id, name) FROM renamed)
    OR (address_id, name) IN (SELECT (new.id, {_NEW}) FROM rows new));
INSERT INTO address_names
SELECT id, name, 'former', {FORMER_SCORE}, valid_from, valid_to FROM renamed;
DROP TABLE renamed;
"""
_KEPT = "id, level, town, community, road, road_no, quarter, building, unit, floor, room, poi"

# Of several rows with one id the newest counts. Wide rows are sorted once, into the final table.
_NUMBERED = f"""
CREATE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY cell, a.id) - 1 AS n, a.rowid AS row, placed.area, placed.cell
FROM addresses_in a JOIN placed ON placed.row = a.rowid
WHERE a.rowid IN (SELECT max(rowid) FROM addresses_in GROUP BY id);
CREATE TEMP TABLE addresses_next AS
SELECT n::INTEGER AS n, id, code, province, city, county, town,
       community, a.grid, road, road_no, quarter, building, unit, floor, room, poi, level, lon, lat,
       aliases, accuracy_m, coalesce(status, 'in_use') AS status, standing, valid_from, valid_to,
       is_demo, coalesce(nullif({_WHOLE.format(a="a")}, ''), community, town, id) AS name,
       numbered.area::INTEGER AS area, numbered.cell
FROM addresses_in a JOIN numbered ON numbered.row = a.rowid;
DROP TABLE numbered;
"""

# ``own`` is the path of an address, its steps separated and each marked with what it is; the
# street of an address in a compound is beside its path. A former name is a path too.
_KIN = """
CREATE TEMP TABLE kin AS
WITH streets AS (
    SELECT *, nullif(concat_ws(chr(31), 's' || road, 'n' || road_no), '') AS way,
           concat_ws(chr(31), 'b' || building, 'u' || unit,
                     CASE WHEN level = 'floor' THEN 'f' || floor END, 'h' || room, 'p' || poi)
               AS inside
    FROM addresses_next)
SELECT n, town, community, lon, lat, false AS former,
       CASE WHEN quarter IS NOT NULL THEN concat_ws(chr(31), 'q' || quarter, nullif(inside, ''))
            WHEN way IS NOT NULL OR inside <> '' THEN concat_ws(chr(31), way, nullif(inside, ''))
            WHEN level = 'community' THEN 'c' || community
            WHEN level = 'town' THEN 't' || town END AS own,
       CASE WHEN quarter IS NOT NULL THEN way END AS street
FROM streets;
INSERT INTO kin
SELECT n, town, community, lon, lat, true,
       CASE level WHEN 'road' THEN 's' WHEN 'quarter' THEN 'q' ELSE left(level, 1) END
           || known.name, NULL
FROM address_names known JOIN addresses_next ON id = address_id
WHERE source = 'former' AND level IN ('road', 'quarter', 'community', 'town');
CREATE TEMP TABLE parents (n INTEGER, parent INTEGER);
CREATE TEMP TABLE seeking AS SELECT * EXCLUDE (former, own), own AS up FROM kin WHERE NOT former;
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

_WRITE = """
CREATE OR REPLACE TABLE addresses AS
SELECT a.*, parents.parent, labels.label, labels.ident
FROM addresses_next a JOIN labels USING (n) LEFT JOIN parents USING (n) ORDER BY n;
DROP TABLE addresses_next; DROP TABLE labels; DROP TABLE parents; DROP TABLE kin;
DROP TABLE seeking;
"""

# Given names are those that the rows give today; what was found out about an address stays.
_NAMES = """
CREATE OR REPLACE TABLE address_names AS
SELECT * FROM address_names WHERE source <> 'given'
UNION ALL
SELECT DISTINCT id, trim(said), 'given', 1.0, NULL::DATE, NULL::DATE
FROM (SELECT id, unnest(string_split(aliases, '|')) AS said FROM addresses
      WHERE aliases IS NOT NULL)
WHERE trim(said) <> ''
ORDER BY ALL;
"""


def remember(connection: duckdb.DuckDBPyConnection, day: dt.date | None) -> None:
    """Keep the names that the addresses in ``rows`` have had, before the rows replace them.

    ``day`` is when they came; where a row says since when it is valid, that counts.
    """
    columns = f"{_KEPT}, valid_from"
    connection.execute(_REMEMBER.format(columns=columns), {"day": day})
    connection.execute(_FORGET)


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Turn ``addresses_in`` into the table ``addresses``, whole: every row there was is in it."""
    placing.place_rows(connection, "addresses_in", "grid")
    connection.execute(_NUMBERED)
    _hang(connection)
    placing.encode_labels(connection)
    connection.execute(_WRITE)
    connection.execute(_NAMES)


def name_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Name the addresses of a generation from before there were names."""
    connection.execute(_NAMES)


def _hang(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``parents``: a step up for all, as often as somebody still looks for a parent."""
    connection.execute(_KIN)
    while True:
        connection.execute(_HIGHER)
        if not connection.execute("SELECT 1 FROM seeking LIMIT 1").fetchall():
            return
        connection.execute(_FOUND)
