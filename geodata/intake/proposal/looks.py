"""What the values of a column look like, without knowing its name."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from geodata.intake.proposal.moments import Dates, dates

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = 50  # different words: no more than a list of states or channels has
_WKT = re.compile(r"\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*Z?\s*\(", re.IGNORECASE)
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_MOBILE = re.compile(r"(\+?86[- ]?)?1[3-9]\d{9}|1[3-9]\d\*{4}\d{4}", re.ASCII)
_CITIZEN = re.compile(r"\d{6}(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]", re.ASCII)
_DOOR = re.compile(
    r"[路街巷道村镇]|小区|社区|\d+号|\b(ST|AVE|ROAD|STREET|AVENUE|BLVD)\b", re.IGNORECASE
)
_HOURS = re.compile(r"\b\d{1,2}:\d\d\s*[-–—~至]\s*(次日)?\d{1,2}:\d\d")
_SHARES = {"wkt": _WKT, "uscc": _USCC, "mobile": _MOBILE, "citizen": _CITIZEN}


@dataclass(frozen=True)
class Look:
    """Facts of one column; ``texts`` are its filled values, stripped."""

    texts: tuple[str, ...]
    n: int = field(default=0)  # rows looked at, the empty ones too

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different values."""
        return frozenset(self.texts)

    @cached_property
    def dates(self) -> Dates:
        """The column read as dates."""
        some = self.texts if any(c.isdigit() for c in "".join(self.texts[:20])) else ()
        return dates(some)

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The finite numbers among the values."""
        return tuple(n for n in map(_number, self.texts) if math.isfinite(n))

    @cached_property
    def is_unique(self) -> bool:
        """Whether every row has a value of its own."""
        return 0 < len(self.texts) == self.n == len(self.distinct)

    @property
    def is_numeric(self) -> bool:
        """Whether nearly all values are numbers."""
        return bool(self.texts) and len(self.numbers) >= 0.95 * len(self.texts)

    @property
    def length(self) -> float:
        """Characters of a value, on average."""
        return sum(map(len, self.texts)) / len(self.texts) if self.texts else 0.0

    def share(self, pattern: str) -> float:
        """The part of the values that are wholly WKT, USCC, a mobile or a citizen's number."""
        return self._shares[pattern]

    @cached_property
    def _shares(self) -> dict[str, float]:
        shares = {name: self._part(_whole(pattern)) for name, pattern in _SHARES.items()}
        return shares | {"wkt": self._part(lambda text: bool(_WKT.match(text)))}  # its start

    @cached_property
    def letters(self) -> float:
        """The part of the values that have a letter in any script."""
        return self._part(lambda text: any(c.isalpha() for c in text))

    @cached_property
    def doors(self) -> float:
        """The part of the values that read like an address."""
        return self._part(lambda text: bool(_DOOR.search(text)))

    @cached_property
    def hours(self) -> float:
        """The part of the values that read like opening hours."""
        return self._part(lambda text: bool(_HOURS.search(text)) or text == "24/7")

    @property
    def is_personal(self) -> bool:
        """Whether the values are telephone numbers or numbers of citizens."""
        return self.share("mobile") > 0.8 or self.share("citizen") > 0.8

    def _part(self, fits: Callable[[str], bool]) -> float:
        return sum(map(fits, self.texts)) / len(self.texts) if self.texts else 0.0


def look(texts: list[str]) -> Look:
    """The look of a column given all its texts."""
    return Look(tuple(t for t in (text.strip() for text in texts) if t), len(texts))


def _whole(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(pattern.fullmatch(text))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
