"""Real names of Zhangdian, from the tables of the demonstration district."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FACTS = Path(__file__).resolve().parents[2] / "demo" / "facts"


@cache
def towns() -> tuple[str, ...]:
    """The streets and towns of the district."""
    return tuple(_column("streets.csv", "name"))


@cache
def communities() -> tuple[str, ...]:
    """Communities, by their full names and without the committee."""
    names = (*_column("communities.csv", "name"), *_column("communities.csv", "short"))
    return tuple(dict.fromkeys(names))


@cache
def villages() -> tuple[str, ...]:
    """Villages, short."""
    names = _column("communities.csv", "short")
    return tuple(dict.fromkeys(name for name in names if name.endswith("村")))


@cache
def roads() -> tuple[str, ...]:
    """The main roads."""
    return tuple(dict.fromkeys(_column("main_roads.csv", "name")))


@cache
def landmarks() -> tuple[str, ...]:
    """Landmarks and what people call them."""
    aliases = [
        name for told in _column("landmark_aliases.csv", "aliases") for name in told.split("|")
    ]
    night = _column("night_economy.csv", "name")
    return tuple(dict.fromkeys([*_column("landmarks.csv", "name"), *aliases, *night]))


def _column(file: str, name: str) -> Iterator[str]:
    with (FACTS / file).open(encoding="utf-8-sig", newline="") as lines:
        yield from [row[name] for row in csv.DictReader(lines) if row[name]]
