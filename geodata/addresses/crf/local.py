"""Real names of Zhangdian and ready sentences, from the tables of the demonstration district."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "demo"
# Kinds of ready sentences, and the parts of names that the demonstration invents its own from.
_SENTENCES = ("opener", "detail", "ask", "tail", "vague")
_PARTS = {
    "street_stem": ("street_stems.csv", "stem"),
    "quarter_first": ("quarter_first.csv", "first"),
    "dormitory": ("quarter_dormitories.csv", "name"),
    "nickname": ("nicknames.csv", "name"),
    "poi_head": ("poi_heads.csv", "head"),
    "surname": ("surnames.csv", "surname"),
    "leaf": ("complaints.csv", "leaf"),
}

# Behind these the name itself would be longer: 世纪花园 and 小区里 is no place and prose.
_NAME_GOES_ON = re.compile(r"\{p\}(村|小区|学校|公园|广场|医院|市场|社区|工地|楼盘|夜市|商店|路口)")
_PART_OF_IT = re.compile(r"\{p\}(门口|楼顶|楼道|大门|单元门口)")
_BESIDE_IT = re.compile(r"\{p\}(附近|旁边|隔壁|楼下|楼上|路边)")


@cache
def names() -> Mapping[str, Sequence[str]]:
    """Real names, as rules of the grammar."""
    return {
        "town": towns(),
        "community": communities(),
        "village": villages(),
        "road": roads(),
        "landmark": landmarks(),
    }


@cache
def phrases() -> Mapping[str, Sequence[str]]:
    """The demonstration's phrases, as rules of the grammar; ``{p}`` is a place.

    Sentences made for rows that show personal data are left out.
    """
    told: dict[str, Sequence[str]] = {
        name: tuple(_column(f"phrases/{file}", column)) for name, (file, column) in _PARTS.items()
    }
    for row in _rows("phrases/slots.csv"):
        told[row["slot"]] = row["words"].split("|")
    told["w"] = [words for row in _rows("phrases/when.csv") for words in row["words"].split("|")]
    complaints = _column("phrases/complaints.csv", "text")
    told["complaint"] = [_told(text) for text in complaints if not _NAME_GOES_ON.search(text)]
    sentences = list(_rows("phrases/sentences.csv"))
    for kind in _SENTENCES:
        told[kind] = [row["text"] for row in sentences if row["kind"] == kind]
    return told


@cache
def towns() -> tuple[str, ...]:
    """The streets and towns of the district."""
    return tuple(_column("facts/streets.csv", "name"))


@cache
def communities() -> tuple[str, ...]:
    """Communities, by their full names and without the committee."""
    names = (*_column("facts/communities.csv", "name"), *_column("facts/communities.csv", "short"))
    return tuple(dict.fromkeys(names))


@cache
def villages() -> tuple[str, ...]:
    """Villages, short."""
    names = _column("facts/communities.csv", "short")
    return tuple(dict.fromkeys(name for name in names if name.endswith("村")))


@cache
def roads() -> tuple[str, ...]:
    """The main roads."""
    return tuple(dict.fromkeys(_column("facts/main_roads.csv", "name")))


@cache
def landmarks() -> tuple[str, ...]:
    """Landmarks and what people call them."""
    aliases = [
        name
        for told in _column("facts/landmark_aliases.csv", "aliases")
        for name in told.split("|")
    ]
    night = _column("facts/night_economy.csv", "name")
    return tuple(dict.fromkeys([*_column("facts/landmarks.csv", "name"), *aliases, *night]))


def _told(complaint: str) -> str:
    """Give a complaint with the words directly behind its place labelled as elsewhere."""
    told = _PART_OF_IT.sub(r"{p}[sub_poi:\1]", complaint)
    return _BESIDE_IT.sub(r"{p}[assist:\1]", told)


def _column(file: str, name: str) -> Iterator[str]:
    yield from [row[name] for row in _rows(file) if row[name]]


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (DEMO / file).open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)
