"""How well the name of a column says what the column is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from types import MappingProxyType

from geodata.intake.proposal.synonyms import PERSONAL, SYNONYMS

SAME, SYNONYM, PART = 1.0, 0.95, 0.5
_SHIFTED = MappingProxyType(
    {"GCJ-02": ("gcj", "火星", "高德", "amap", "gaode"), "BD-09": ("bd09", "百度", "baidu")}
)
_LATER = 0.005  # what each place further back in a list of synonyms costs
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_WORD = re.compile(r"[\W_]+")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case; Chinese stays in one piece: ``Due Date`` is due, date."""
    plain = unicodedata.normalize("NFKC", name)
    return tuple(filter(None, _NOT_A_WORD.split(_HUMP.sub(" ", plain).casefold())))


@cache
def normal(name: str) -> str:
    """A name without case, spaces, underscores and punctuation."""
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


def is_canonical(kind: str, name: str) -> bool:
    """Whether a column already has the name of one of our own."""
    return name in SYNONYMS[kind]


def by_name(kind: str, target: str, name: str) -> float:
    """How surely a column of this name is the canonical one: 0 not at all, 1 the very name."""
    if name == target:
        return SAME
    if is_canonical(kind, name):
        return 0.0
    best = 0.0
    for place, synonym in enumerate((target, *SYNONYMS[kind][target])):
        best = max(best, _likeness(synonym, name) - place * _LATER)
    return best


def is_personal(name: str) -> bool:
    """Whether a column's name says who a person is or how to reach them."""
    return any(_holds(word, name) for word in PERSONAL)


def told_crs(name: str) -> str:
    """The shifted system that a column's name says it is in; empty where it says none."""
    told = (crs for crs, said in _SHIFTED.items() if any(word in normal(name) for word in said))
    return next(told, "")


def stem(kind: str, target: str, name: str) -> str:
    """What is left of a name without the word for the canonical column: lon_wgs84 has wgs84."""
    said = (normal(synonym) for synonym in (target, *SYNONYMS[kind][target]))
    longest = max((word for word in said if word in normal(name)), key=len, default="")
    return normal(name).replace(longest, "", 1) if longest else normal(name)


def _likeness(synonym: str, name: str) -> float:
    if normal(synonym) == normal(name):
        return SYNONYM
    if not _holds(synonym, name) or len(normal(synonym)) < 2:
        return 0.0
    return PART + 0.3 * len(normal(synonym)) / len(normal(name))


def _holds(word: str, name: str) -> bool:
    """Whether a name contains a word: Chinese as text, other scripts as whole words."""
    if not word.isascii():
        return normal(word) in normal(name)
    wanted, there = words(word), words(name)
    starts = range(len(there) - len(wanted) + 1)
    return any(there[i : i + len(wanted)] == wanted for i in starts)
