"""The statements that settle a generation, in DuckDB's own dialect."""

from __future__ import annotations

from geodata.store import book
from geodata.store.schema import CLOSED_STATES, OPEN_STATES


def _names(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


# What a generation of an earlier program does not have yet.
NEW_COLUMNS = """
ALTER TABLE tickets ADD COLUMN IF NOT EXISTS address_by VARCHAR;
ALTER TABLE tickets ADD COLUMN IF NOT EXISTS distance_m FLOAT;
"""

# What people say is long and seldom the same: zstd writes it in half the time DuckDB's own choice
# takes and in two thirds of the room, and it is read as fast.
FINAL_TABLES = f"""
CREATE TABLE IF NOT EXISTS areas (
    n INTEGER, code VARCHAR, name VARCHAR, name_en VARCHAR, level SMALLINT, parent INTEGER,
    last INTEGER, population INTEGER, west DOUBLE, south DOUBLE, east DOUBLE, north DOUBLE,
    label_lon DOUBLE, label_lat DOUBLE, km2 DOUBLE, geometry BLOB, is_demo BOOLEAN);
CREATE TABLE IF NOT EXISTS terms (subject VARCHAR, code SMALLINT, value VARCHAR);
CREATE TABLE IF NOT EXISTS words (subject VARCHAR, value VARCHAR, en VARCHAR);
CREATE TABLE IF NOT EXISTS roads (
    id VARCHAR, name VARCHAR, grade VARCHAR, geometry BLOB, name_en VARCHAR, is_demo BOOLEAN);
CREATE TABLE IF NOT EXISTS places (
    id VARCHAR, name VARCHAR, kind VARCHAR, lon DOUBLE, lat DOUBLE, name_en VARCHAR,
    approximate BOOLEAN, is_demo BOOLEAN, area INTEGER);
CREATE TABLE IF NOT EXISTS people (
    area VARCHAR, role SMALLINT, name VARCHAR, phone_masked VARCHAR, is_demo BOOLEAN);
CREATE TABLE IF NOT EXISTS markets (
    id VARCHAR, name VARCHAR, kind VARCHAR, windows VARCHAR, stalls INTEGER, address VARCHAR,
    lon DOUBLE, lat DOUBLE, geometry BLOB, operator VARCHAR, name_en VARCHAR,
    approximate BOOLEAN, is_demo BOOLEAN, area INTEGER);
CREATE TABLE IF NOT EXISTS merchants (
    id VARCHAR, uscc VARCHAR, name VARCHAR, kind VARCHAR, address VARCHAR, address_id VARCHAR,
    lon DOUBLE, lat DOUBLE, is_demo BOOLEAN, area INTEGER);
CREATE TABLE IF NOT EXISTS addresses (
    n INTEGER, id VARCHAR, code VARCHAR, province VARCHAR, city VARCHAR, county VARCHAR,
    town VARCHAR, community VARCHAR, grid VARCHAR, road VARCHAR, road_no VARCHAR,
    quarter VARCHAR, building VARCHAR, unit VARCHAR, floor VARCHAR, room VARCHAR, poi VARCHAR,
    level VARCHAR, lon DOUBLE, lat DOUBLE, aliases VARCHAR, accuracy_m DOUBLE, status VARCHAR,
    standing VARCHAR, valid_from DATE, valid_to DATE, is_demo BOOLEAN,
    name VARCHAR, area INTEGER, cell BIGINT, parent INTEGER, label BLOB, ident BLOB);
{book.TABLES}
CREATE TABLE IF NOT EXISTS tickets (
    n INTEGER, id VARCHAR, created_at TIMESTAMP, closed_at TIMESTAMP, due_at TIMESTAMP,
    category SMALLINT, channel SMALLINT, state SMALLINT, department SMALLINT,
    satisfaction SMALLINT, text VARCHAR USING COMPRESSION zstd, address VARCHAR,
    address_id VARCHAR, address_n INTEGER,
    lon DOUBLE, lat DOUBLE, given_area VARCHAR, area INTEGER, cell BIGINT, block BIGINT,
    day INTEGER, hour TINYINT, smoke BOOLEAN, is_open BOOLEAN, dispatched_at TIMESTAMP,
    signed_at TIMESTAMP, contacted_at TIMESTAMP, handled_at TIMESTAMP, visited_at TIMESTAMP,
    result VARCHAR, address_by VARCHAR, distance_m FLOAT, is_demo BOOLEAN);
{NEW_COLUMNS}
CREATE TABLE IF NOT EXISTS decisions (
    id VARCHAR, mention VARCHAR, address_id VARCHAR, decided_by VARCHAR, decided_at TIMESTAMP,
    is_demo BOOLEAN);
CREATE TABLE IF NOT EXISTS days (day INTEGER, total INTEGER, smoke INTEGER);
"""

REPLACE_AREAS = """
INSERT INTO areas_in
    SELECT code, name, level, (SELECT code FROM areas p WHERE p.n = a.parent), population,
           geometry, name_en, is_demo
    FROM areas a WHERE code NOT IN (SELECT code FROM areas_in);
DELETE FROM areas;
"""

# Tickets as they were handed over. A reader of an earlier generation has no columns of what was
# ``found`` for them.
TICKETS_AS_GIVEN = """
    SELECT t.id, created_at, closed_at, category.value AS category, channel.value AS channel,
           state.value AS state, due_at, department.value AS department, text, address, address_id,
           lon, lat, given_area AS area, smoke, dispatched_at, signed_at, contacted_at, handled_at,
           visited_at, result, satisfaction.value AS satisfaction, {found}, is_demo
    FROM tickets t
    LEFT JOIN terms category ON category.subject = 'category' AND category.code = t.category
    LEFT JOIN terms channel ON channel.subject = 'channel' AND channel.code = t.channel
    LEFT JOIN terms state ON state.subject = 'state' AND state.code = t.state
    LEFT JOIN terms department
           ON department.subject = 'department' AND department.code = t.department
    LEFT JOIN terms satisfaction
           ON satisfaction.subject = 'satisfaction' AND satisfaction.code = t.satisfaction
"""

_TICKETS_BACK = f"""
INSERT INTO tickets_in {TICKETS_AS_GIVEN.format(found="address_by, distance_m")}
    WHERE t.id NOT IN (SELECT id FROM tickets_in)
"""

# Hand rows of the generation over once more, unless a newer row with the same id has come.
TAKE_BACK = {
    "addresses": f"""
INSERT INTO addresses_in
    SELECT id, code, province, city, county, town, community, grid, road, road_no, quarter,
           building, unit, floor, room, poi, level, lon, lat, aliases, {book.TOLD}, is_demo
    FROM addresses WHERE id NOT IN (SELECT id FROM addresses_in);
DELETE FROM addresses;
""",
    "tickets": f"{_TICKETS_BACK}; DELETE FROM tickets;",
}

# Tickets that came before the address they name, now that it is there.
TAKE_WAITING_BACK = f"""{_TICKETS_BACK}
    AND t.lon IS NULL AND t.address_id IN (SELECT id FROM addresses WHERE cell >= 0);
"""

REPLACE_SMALL = {
    "roads": """
DELETE FROM roads WHERE id IN (SELECT id FROM roads_in);
INSERT INTO roads SELECT * FROM roads_in;
""",
    "places": """
DELETE FROM places WHERE id IN (SELECT id FROM places_in);
INSERT INTO places SELECT *, NULL FROM places_in;
""",
    "people": """
DELETE FROM people WHERE area IN (SELECT area FROM people_in);
INSERT INTO people SELECT * FROM people_in;
""",
    "decisions": """
DELETE FROM decisions WHERE id IN (SELECT id FROM decisions_in);
INSERT INTO decisions SELECT * FROM decisions_in;
""",
    "markets": """
DELETE FROM markets WHERE id IN (SELECT id FROM markets_in);
INSERT INTO markets SELECT *, NULL FROM markets_in;
""",
    "merchants": """
DELETE FROM merchants WHERE id IN (SELECT id FROM merchants_in);
INSERT INTO merchants SELECT *, NULL FROM merchants_in;
""",
}

NEW_TERMS = """
INSERT INTO terms
SELECT $subject, coalesce((SELECT max(code) FROM terms WHERE subject = $subject), -1)
                 + row_number() OVER (ORDER BY {subject}), {subject}
FROM (SELECT DISTINCT {subject} FROM tickets_in WHERE {subject} IS NOT NULL)
WHERE {subject} NOT IN (SELECT value FROM terms WHERE subject = $subject);
"""

TRANSLATE_TERMS = """
DELETE FROM words WHERE (subject, value) IN (SELECT (subject, value) FROM words_in);
INSERT INTO words SELECT * FROM words_in;
"""

PLACE_BY_ADDRESS = """
UPDATE tickets_in SET lon = a.lon, lat = a.lat, area = coalesce(tickets_in.area, a.grid)
FROM addresses a
WHERE a.id = tickets_in.address_id AND tickets_in.lon IS NULL;
"""

# Tickets that come again give up their old row. New ones are numbered in order of time, after all
# that are there: the table is a row of runs, each in order, and nothing old is written again.
FIRST_NUMBER = "SELECT coalesce(max(n), -1) + 1 AS n FROM {tickets}"

NUMBER_TICKETS = """
DELETE FROM tickets WHERE id IN (SELECT id FROM tickets_in);
CREATE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY created_at, r.id) - 1 AS n, r.rowid AS row, a.n AS address_n
FROM tickets_in r LEFT JOIN addresses a ON a.id = r.address_id
WHERE r.rowid IN (SELECT max(rowid) FROM tickets_in GROUP BY id)
ORDER BY 1;
"""

# One stretch of time: what is sorted at once must fit in memory. Codes and places are joined before
# the wide rows are, which then go through one join instead of eight.
TICKETS = f"""
INSERT INTO tickets BY NAME
WITH coded AS MATERIALIZED (
    SELECT t.rowid AS row, numbered.n + $first AS number, numbered.address_n,
           timezone($timezone, timezone('UTC', created_at::TIMESTAMP)) AS local_time,
           category.code AS category_code, channel.code AS channel_code,
           state.code AS state_code, department.code AS department_code,
           satisfaction.code AS satisfaction_code, placed.area AS area_n, cell, block
    FROM tickets_in t
    JOIN numbered ON numbered.row = t.rowid AND numbered.n >= $start AND numbered.n < $end
    JOIN placed ON placed.row = t.rowid
    JOIN terms category ON category.subject = 'category' AND category.value = t.category
    LEFT JOIN terms channel ON channel.subject = 'channel' AND channel.value = t.channel
    JOIN terms state ON state.subject = 'state' AND state.value = t.state
    LEFT JOIN terms department
           ON department.subject = 'department' AND department.value = t.department
    LEFT JOIN terms satisfaction
           ON satisfaction.subject = 'satisfaction' AND satisfaction.value = t.satisfaction)
SELECT number::INTEGER AS n, address_n, id, created_at::TIMESTAMP AS created_at,
       closed_at::TIMESTAMP AS closed_at, due_at::TIMESTAMP AS due_at,
       category_code AS category, channel_code AS channel,
       state_code AS state, department_code AS department,
       satisfaction_code AS satisfaction, text, address, address_id, lon, lat,
       area AS given_area, area_n AS area, cell, block,
       date_diff('day', DATE '1970-01-01', local_time::DATE)::INTEGER AS day,
       hour(local_time)::TINYINT AS hour, smoke,
       CASE WHEN state IN ({_names(CLOSED_STATES)}) THEN FALSE
            WHEN state IN ({_names(OPEN_STATES)}) THEN TRUE
            ELSE closed_at IS NULL END AS is_open,
       dispatched_at::TIMESTAMP AS dispatched_at, signed_at::TIMESTAMP AS signed_at,
       contacted_at::TIMESTAMP AS contacted_at, handled_at::TIMESTAMP AS handled_at,
       visited_at::TIMESTAMP AS visited_at, result, address_by, distance_m, is_demo
FROM coded JOIN tickets_in t ON t.rowid = coded.row
ORDER BY n;
"""

# Addresses are numbered along the cells, so new ones move the old ones' numbers.
TICKETS_FOLLOW_ADDRESSES = """
UPDATE tickets SET address_n = a.n FROM addresses a
WHERE a.id = tickets.address_id AND tickets.address_n IS DISTINCT FROM a.n;
"""

DAYS = """
CREATE OR REPLACE TABLE days AS
SELECT day, count(*)::INTEGER AS total, sum(smoke::INTEGER)::INTEGER AS smoke
FROM tickets GROUP BY day ORDER BY day;
"""

# ---- the journal's tail over a generation, in a schema of its own (ground.py) ----

TABLES_OF_BASE = """
SELECT table_name FROM duckdb_tables() WHERE database_name = 'base' AND schema_name = 'main'
"""

TAIL_OVER_BASE = "ALTER TABLE tickets RENAME TO tail"

REPLACED_BY_TAIL = "SELECT n FROM base.tickets WHERE id IN (SELECT id FROM tail)"

TICKETS_WITH_TAIL = """
CREATE VIEW tickets AS
SELECT * FROM base.tickets WHERE n NOT IN ({replaced}) UNION ALL BY NAME SELECT * FROM tail;
CREATE TABLE days AS
SELECT day, sum(total)::INTEGER AS total, sum(smoke)::INTEGER AS smoke
FROM (FROM base.days
      UNION ALL SELECT day, 1, smoke::INTEGER FROM tail
      UNION ALL SELECT day, -1, -smoke::INTEGER FROM base.tickets WHERE n IN ({replaced}))
GROUP BY day HAVING sum(total) > 0 ORDER BY day;
"""
