"""What two addresses have in common, in numbers a learner can weigh."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geodata.addresses.evaluate.installed import rapidfuzz
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DIVISION = re.compile(
    "[^省市区县镇乡街道村路0-9A-Z]{1,8}?(?:省|自治区|市|区|县|镇|乡|街道办事处|街道)"
)
_ROAD = re.compile(
    r"[^省市区县镇乡与和及0-9A-Z\-，、号]{1,7}?(?:大道|公路|路|大街|街|巷|胡同)(?!道|口|区)"
    r"(?:[东西南北]段|[0-9一二三四]段)?"
)
_COUNTED = {
    "弄": "弄",
    "号": "号(?!楼|院|线|门|店|厅)",
    "幢": "号楼|栋|幢|座|#|号院",
    "单元": "单元|门",
    "层": "层|楼|F",
    "室": "室|户|房",
    "期": "期",
    "组": "组|队",
}
_NUMBERS = {
    kind: re.compile(rf"([0-9A-Z]+(?:-[0-9A-Z]+)*)(?:{words})") for kind, words in _COUNTED.items()
}
_HOUSE = re.compile(r"[0-9A-Z\-]+(?:号楼|栋|幢|座|#|号院|号|单元|层|楼|室|户|弄|期)?")
_APART = re.compile(r"\|+|，|附近|交叉口|[东西南北]+\d+米|交汇处|与")
_SAYS = tuple(
    map(
        re.compile,
        (
            "交叉口|交汇",
            "附近",
            r"\d米",
            "店|有限公司|卫生|超市|公厕|厕所|停车|门$|地铁",
            "单元|室|号楼|幢|栋",
            "[路街道巷]$",
            "[村区镇县]$",
        ),
    )
)
_RARE = 9.0  # the weight of a pair of characters that no text to learn from has


@dataclass(frozen=True)
class Side:
    """One address of a pair, taken apart by rules of thumb."""

    written: str

    @cached_property
    def text(self) -> str:
        """The text in the one form in which names are compared."""
        return normalised(self.written)

    @cached_property
    def divisions(self) -> tuple[str, ...]:
        """Provinces to towns in front."""
        found, rest = [], self.text
        while match := _DIVISION.match(rest):
            found.append(match.group())
            rest = rest[match.end() :]
        return tuple(found)

    @cached_property
    def rest(self) -> str:
        """What follows the divisions."""
        return self.text[sum(map(len, self.divisions)) :]

    @cached_property
    def roads(self) -> list[str]:
        """Names of roads."""
        return _ROAD.findall(self.text)

    @cached_property
    def core(self) -> str:
        """What is left without divisions, roads and numbers; bars where these stood."""
        core = self.rest
        for road in self.roads:
            core = core.replace(road, "|")
        return _HOUSE.sub("|", core)

    @cached_property
    def parts(self) -> list[str]:
        """Names in the core."""
        return [part for part in _APART.split(self.core) if len(part) > 1]

    @cached_property
    def numbers(self) -> dict[str, set[str]]:
        """Numbers by what they count."""
        return {kind: set(found.findall(self.text)) for kind, found in _NUMBERS.items()}

    @cached_property
    def digits(self) -> set[str]:
        """All numbers, whatever they count."""
        return set(re.findall("[0-9]+", self.text))

    @cached_property
    def grams(self) -> set[str]:
        """Pairs of neighbouring characters."""
        return set(_grams(self.text))


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Give the weight of pairs of characters: the rarer among the texts, the more they tell."""
    counts: Counter[str] = Counter()
    many = 0
    for text in texts:
        counts.update(set(_grams(normalised(text))))
        many += 1
    return {gram: math.log(many / count) for gram, count in counts.items()}


def likeness(one: Side, other: Side, weights: Mapping[str, float]) -> list[float]:
    """Give the numbers of a pair, the same many for each; -1 where there is nothing to compare."""
    return [
        *_whole(one, other, weights),
        *_longest(one.text, other.text, weights),
        *_longest(one.core, other.core, weights),
        *_covered(one, other, weights),
        *_covered(other, one, weights),
        *_ends(one, other),
        *_roads(one, other),
        *_roads(other, one),
        *_divisions(one, other),
        *_counted(one, other),
        *(float(bool(says.search(other.text))) for says in _SAYS),
    ]


# Places in a row of ``likeness`` by which the candidates of one query are put in order.
RANKED = (3, 5, 9, 10, 11, 19, 24, 27)


def _whole(one: Side, other: Side, weights: Mapping[str, float]) -> list[float]:
    fuzz, distance = rapidfuzz().fuzz, rapidfuzz().distance
    a, b = max(len(one.text), 1), max(len(other.text), 1)
    shared = distance.LCSseq.similarity(one.text, other.text)
    both = _weight(one.grams & other.grams, weights)
    return [
        a,
        b,
        a / b,
        fuzz.ratio(one.text, other.text),
        fuzz.partial_ratio(one.text, other.text),
        fuzz.ratio(one.rest, other.rest),
        fuzz.partial_ratio(one.core, other.core),
        shared / a,
        shared / b,
        both,
        both / (_weight(one.grams, weights) + 1e-6),
        both / (_weight(other.grams, weights) + 1e-6),
    ]


def _longest(one: str, other: str, weights: Mapping[str, float]) -> list[float]:
    """The longest common piece: how long, how telling, how far from the ends."""
    from difflib import SequenceMatcher

    found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    piece = one[found.a : found.a + found.size]
    return [
        found.size,
        _weight(_grams(piece), weights),
        len(one) - found.a - found.size,
        len(other) - found.b - found.size,
        found.size / max(len(one), 1),
        found.size / max(len(other), 1),
    ]


def _covered(one: Side, other: Side, weights: Mapping[str, float]) -> list[float]:
    """How well the names of one side are found in the other: best, worst, weighted mean."""
    if not one.parts:
        return [-1.0, -1.0, -1.0]
    fuzz = rapidfuzz().fuzz
    found = [fuzz.partial_ratio(part, other.text) / 100 for part in one.parts]
    heavy = [_weight(_grams(part), weights) + 1e-6 for part in one.parts]
    mean = sum(a * b for a, b in zip(found, heavy, strict=True)) / sum(heavy)
    return [max(found), min(found), mean]


def _ends(one: Side, other: Side) -> list[float]:
    """How alike the last names are, which mostly are the place itself."""
    if not one.parts or not other.parts:
        return [-1.0, -1.0]
    fuzz = rapidfuzz().fuzz
    a, b = one.parts[-1], other.parts[-1]
    return [fuzz.ratio(a, b), fuzz.partial_ratio(a, b)]


def _roads(one: Side, other: Side) -> list[float]:
    if not one.roads:
        return [-1.0, -1.0, -1.0]
    fuzz = rapidfuzz().fuzz
    there = [float(road in other.text) for road in one.roads]
    alike = max((fuzz.ratio(a, b) for a in one.roads for b in other.roads), default=-1.0)
    return [max(there), sum(there) / len(there), alike]


def _divisions(one: Side, other: Side) -> list[float]:
    a = {name[:2] for name in one.divisions}
    b = {name[:2] for name in other.divisions}
    unsaid = sum(name not in one.text for name in b)
    return [len(a & b), len(b - a), len(a - b), len(b), -unsaid]


def _counted(one: Side, other: Side) -> list[float]:
    found: list[float] = []
    for kind in _COUNTED:
        a, b = one.numbers[kind], other.numbers[kind]
        found.append((3.0 if a & b else 2.0) if a and b else 1.0 if a else 0.0 if b else -1.0)
        found.append(min(abs(_first(a) - _first(b)), 200.0) if a and b else -1.0)
    a, b = one.digits, other.digits
    return [*found, len(a & b), len(a - b), len(b - a), len(a), len(b)]


def _first(numbers: set[str]) -> int:
    return int(re.sub("[^0-9]", "", min(numbers).split("-")[0])[:6] or 0)


def _weight(grams: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(gram, _RARE) for gram in grams)


def _grams(text: str) -> Sequence[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]
