"""Names of districts and cities elsewhere: a place there is not to be looked for here."""

from __future__ import annotations

import csv
import lzma
import re
from pathlib import Path

FACTS = Path(__file__).parent / "facts"
_ENDING = re.compile(r"(?:市|区|县)$")
SHORTEST = 3  # characters: 东区 and 城区 are counties somewhere, and parts of compounds here


def elsewhere(cities: list[str], counties: list[str]) -> set[str]:
    """Give the names of China's provinces, cities and counties but those a place lies in.

    The counties of its own city are also known without their ending, as they are said here, and so
    is every city.
    """
    names = {level: found for level, found in _divisions() if level != "town"}
    full = {name for found in names.values() for name in found if len(name) >= SHORTEST}
    own = {*cities, *counties}
    beside = {county for city, county in _neighbours() if city in cities}
    short = {_ENDING.sub("", name) for name in (*names["city"], *beside)}
    bare = {_ENDING.sub("", name) for name in own}
    return {name for name in full | short if len(name) >= 2} - own - bare


def _divisions() -> list[tuple[str, list[str]]]:
    lines = lzma.decompress((FACTS / "divisions.txt.xz").read_bytes()).decode().splitlines()
    return [(level, names.split(" ")) for level, _, names in (x.partition("\t") for x in lines)]


def _neighbours() -> list[tuple[str, str]]:
    with (FACTS / "neighbours.csv").open(encoding="utf-8", newline="") as handle:
        return [(row["city"], row["county"]) for row in csv.DictReader(handle)]
