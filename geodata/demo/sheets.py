"""The sheets that come with the demonstration: ``facts/`` (known) and ``phrases/`` (invented).

Each folder's README says for every file what it is, where it is from, and what of it is invented.
"""

from __future__ import annotations

import csv
import functools
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@functools.cache
def sheet(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a CSV such as ``facts/streets.csv``, keyed by its head line."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    for line, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise ValueError(f"{name}.csv, row {line}: not as many columns as its head has.")
    return rows


def column(name: str, field: str) -> list[str]:
    """One column of a sheet."""
    return [row[field] for row in sheet(name)]


def numbers(name: str, *fields: str) -> list[list[float]]:
    """Columns of a sheet as floats, one list a row."""
    return [[float(row[field]) for field in fields] for row in sheet(name)]


def drawing(name: str) -> Any:
    """A JSON file such as ``facts/sketch.json``."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
