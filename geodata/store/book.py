"""The standard addresses of a generation: numbered, placed, hung on each other, and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store import kin, placing

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

# Of several rows with one id the newest counts.
_NUMBERED = """
CREATE TEMP TABLE numbered AS
SELECT (row_number() OVER (ORDER BY cell, a.id) - 1)::INTEGER AS n, a.rowid AS row,
       placed.area::INTEGER AS area, placed.cell
FROM addresses_in a JOIN placed ON placed.row = a.rowid
WHERE a.rowid IN (SELECT max(rowid) FROM addresses_in GROUP BY id);
"""

_STANDING = f"""
CREATE TEMP VIEW standing AS SELECT {kin.COLUMNS}, true AS seeks
FROM addresses_in a JOIN numbered ON numbered.row = a.rowid;
"""

# A text as a value of a vector tile, so that a tile has only to join: ``mvt.text`` in SQL. Its
# lengths are of one byte or two, which is enough for 16 kB.
_TILE_TEXT = """
CREATE OR REPLACE TEMP MACRO varint(n) AS CASE WHEN n < 128 THEN unhex(printf('%02x', n))
    ELSE unhex(printf('%02x%02x', n % 128 + 128, n // 128)) END;
CREATE OR REPLACE TEMP MACRO tile_field(tag, bytes) AS
    unhex(tag) || varint(octet_length(bytes)) || bytes;
CREATE OR REPLACE TEMP MACRO tile_text(said) AS
    tile_field('22', tile_field('0a', encode(left(said, 4000))));
"""

_SETTLED = f"""
WITH whole AS (
    SELECT n, id, code, province, city, county, town, community, a.grid, road, road_no, quarter,
           building, unit, floor, room, poi, level, lon, lat, aliases, accuracy_m,
           coalesce(status, 'in_use') AS status, standing, valid_from, valid_to, is_demo,
           coalesce(nullif({_WHOLE.format(a="a")}, ''), community, town, id) AS name,
           numbered.area, numbered.cell, parents.parent
    FROM addresses_in a JOIN numbered ON numbered.row = a.rowid LEFT JOIN parents USING (n))
SELECT *, tile_text(name) AS label, tile_text(id) AS ident FROM whole ORDER BY n
"""

# Wide rows are joined and sorted once.
_WRITE = f"""
CREATE OR REPLACE TABLE addresses AS {_SETTLED};
DROP VIEW standing; DROP TABLE numbered; DROP TABLE parents;
"""

# A few rows more: those that were there keep their number and their place in the table, new ones
# come behind all others, out of the order of the cells.
_NUMBERED_ON = """
CREATE TEMP TABLE numbered AS
SELECT coalesce(old.n, row_number() OVER (PARTITION BY old.n IS NULL ORDER BY placed.cell, a.id)
                       + (SELECT max(n) FROM addresses))::INTEGER AS n,
       a.rowid AS row, placed.area::INTEGER AS area, placed.cell
FROM addresses_in a JOIN placed ON placed.row = a.rowid LEFT JOIN addresses old ON old.id = a.id
WHERE a.rowid IN (SELECT max(rowid) FROM addresses_in GROUP BY id);
CREATE TEMP TABLE parents (n INTEGER, parent INTEGER);
"""
_WRITE_ON = """
UPDATE addresses SET {columns} FROM settled WHERE addresses.n = settled.n;
INSERT INTO addresses BY NAME
SELECT * FROM settled WHERE n NOT IN (SELECT n FROM addresses) ORDER BY n;
DROP TABLE settled; DROP TABLE numbered; DROP TABLE parents;
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
    connection.execute(_STANDING)
    kin.hang(connection)
    connection.execute(_TILE_TEXT)
    connection.execute(_WRITE)
    connection.execute(_NAMES)


def extend(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the rows of ``addresses_in`` into the table ``addresses``, which stays as it is else.

    To write a large table anew takes seconds; here the time goes by the rows that come.
    """
    placing.place_rows(connection, "addresses_in", "grid")
    connection.execute(kin.TOUCHED)
    connection.execute(_NUMBERED_ON)
    connection.execute(_TILE_TEXT)
    connection.execute(f"CREATE TEMP TABLE settled AS {_SETTLED}")
    columns = [row[0] for row in connection.execute("DESCRIBE settled").fetchall()]
    told = ", ".join(f"{name} = settled.{name}" for name in columns if name not in {"n", "id"})
    connection.execute(_WRITE_ON.format(columns=told))
    kin.hang_again(connection)
    connection.execute(_NAMES)


def name_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Name the addresses of a generation from before there were names."""
    connection.execute(_NAMES)
