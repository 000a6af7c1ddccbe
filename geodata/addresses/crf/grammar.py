"""A small grammar of chance: rules in text files, expanded into words with labels.

A line ``name = one other*3 third`` gives a rule its alternatives, apart by spaces; ``*3`` draws one
three times as often, ``_`` is nothing, and a rule may go on over several lines. Inside, ``{name}``
is another rule, ``{1-400}`` a number (small ones more often), ``{zh1-40}`` the same in Chinese
numerals, and ``[road:…]`` an element with its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import DataError

if TYPE_CHECKING:
    import random

Rules = dict[str, list[str]]

_RULE = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"(zh)?(\d+)-(\d+)")
_TIMES = re.compile(r"\*(\d+)$")
_NUMERALS = "零一二三四五六七八九"


class Grammar:
    """Rules and the source of chance that draws from them."""

    def __init__(self, rules: Mapping[str, Sequence[str]], chance: random.Random) -> None:
        self._rules = rules
        self._chance = chance

    def said(self, name: str) -> str:
        """Expand a rule to words, elements still in brackets.

        Raises
        ------
        DataError
            A rule is named that is not there.
        """
        if name not in self._rules:
            return self._number(name)
        drawn = self._chance.choice(self._rules[name])
        if "{" not in drawn:
            return drawn
        return _RULE.sub(lambda named: self.said(named[1]), drawn)

    def _number(self, name: str) -> str:
        asked = _NUMBER.fullmatch(name)
        if asked is None:
            raise DataError(f"The grammar has no rule {name}.")
        least, most = int(asked[2]), int(asked[3])
        value = least + int((most - least + 1) * self._chance.random() ** 2)
        return in_chinese(value) if asked[1] else str(value)


def in_chinese(value: int) -> str:
    """Write a number from 0 to 999 in Chinese numerals: 二十三, 一百零五."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    if hundreds:
        rest = value % 100
        zero = "零" if 0 < rest < 10 else ""
        told = f"一{_tens(tens, ones)}" if tens == 1 else _tens(tens, ones)
        return f"{_NUMERALS[hundreds]}百{zero}{told if rest else ''}"
    return _tens(tens, ones) if value else _NUMERALS[0]


def digit_by_digit(digits: str) -> str:
    """Write digits one by one in Chinese numerals: 502 is 五零二."""
    return "".join(_NUMERALS[int(digit)] for digit in digits)


@cache
def read(path: Path) -> Mapping[str, Sequence[str]]:
    """Read the rules of a file; each is read once."""
    rules: Rules = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, is_rule, told = line.partition(" = ")
        if is_rule and not line.startswith("#"):
            rules.setdefault(name, []).extend(_weighted(told.split()))
    return rules


def together(parts: Iterable[Mapping[str, Sequence[str]]]) -> Rules:
    """Join rules; what several give alternatives to has those of all."""
    rules: Rules = {}
    for part in parts:
        for name, alternatives in part.items():
            rules.setdefault(name, []).extend(alternatives)
    return rules


def _weighted(alternatives: Iterable[str]) -> Iterable[str]:
    for told in alternatives:
        times = _TIMES.search(told)
        words = told[: times.start()] if times else told
        yield from ["" if words == "_" else words] * (int(times[1]) if times else 1)


def _tens(tens: int, ones: int) -> str:
    ten = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return ten + (_NUMERALS[ones] if ones else "")
