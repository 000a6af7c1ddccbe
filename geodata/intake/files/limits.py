"""How much a file may ask for. Who sends more wants something else than its rows read.

The figures were measured (reference: reliability, upload attacks): each is well above any honest
table of a city and well below what hurts the machine that reads it.
"""

from __future__ import annotations

MB = 1 << 20

# Arrow's text columns hold 2 GiB; GB18030 grows by half on its way to UTF-8.
TEXT_BYTES = 1400 * MB
# A feature costs several times its bytes while JSON is taken apart.
JSON_BYTES = 500 * MB
# What one row may be, so that one missing quote or line feed is not read for minutes.
ROW_LINES = 100
COLUMNS = 1000  # of a text, a layer or a Parquet file

# Of an archive: .zip and .xlsx. Honest spreadsheets pack 5 to 20 times.
ARCHIVE_BYTES = 200 * MB
ARCHIVE_RATIO = 100
ARCHIVE_MEMBERS = 2000
SHEET_COLUMNS = 200  # one cell in the last column makes a row of 16,384
SHEET_ROWS = 1_000_000

# Of one shape; the outline of a country has a few hundred thousand.
VERTICES = 2_000_000
# Of a Parquet file, unpacked: one byte may stand for a million equal values.
PARQUET_BYTES = 1400 * MB
PARQUET_ROWS = 20_000_000

# Of the process that reads what is not plain text.
CHILD_MEMORY = 2048 * MB
MEMORY_PER_BYTE = 4  # more for a large file: what JSON becomes while it is read
CHILD_SECONDS = 60
SECONDS_PER_BYTE = 20 / (100 * MB)
