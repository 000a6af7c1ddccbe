"""The hand-written complaint texts and the answer a careful clerk gives to each.

``texts.csv``: ``status`` is matched, review or none; ``address_id`` the finest row that is certain
(a town or community by its area code), ``base`` the road, compound, shop or area it belongs to;
``also`` other right answers of a matched text, or the candidates of one that goes to review.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One text with its right answer; the columns of ``texts.csv``."""

    n: int
    category: str
    text: str
    status: str
    level: str
    address_id: str
    base: str
    road_no: str
    building: str
    unit: str
    room: str
    also: tuple[str, ...]
    note: str


@cache
def texts() -> tuple[Text, ...]:
    """Every judged text, in the order of the file."""
    with (Path(__file__).parent / "texts.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_text(row) for row in csv.DictReader(lines))


def gold() -> list[dict[str, Any]]:
    """The right answers as ``score`` takes them, in the order of the texts."""
    return [asdict(text) for text in texts()]


def _text(row: dict[str, str]) -> Text:
    told = {name: row[name] for name in Text.__slots__ if name not in ("n", "also")}
    return Text(n=int(row["n"]), also=tuple(filter(None, row["also"].split("|"))), **told)
