"""Which candidate is which canonical column: a score for each pair, and the best assignment."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.intake.proposal.looks import FEW
from geodata.intake.proposal.names import SAME, by_name, is_canonical, stem, told_crs
from geodata.intake.proposal.states import known
from geodata.intake.proposal.synonyms import SYNONYMS
from geodata.store.schema import ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.intake.proposal.looks import Look
    from geodata.intake.proposal.pool import Candidate

LEAST = 0.3  # a pair below this is no proposal
_TOGETHER = 0.97
_BY_VALUES = 0.45  # the most that values alone can say
_CONTRADICTED = 0.25
_LISTED = {"state", "channel", "kind", "satisfaction", "grade"}
_WORDED = {"address", "text", "name", "road", "department", "result"}
_NUMERIC = {"lon", "lat", "stalls", "population"}


def score(kind: str, target: str, candidate: Candidate) -> float:
    """How surely a candidate is a canonical column, 0 to 1; only its very name gives 1."""
    if candidate.only:
        return _TOGETHER if candidate.only == target else 0.0
    named = max(by_name(kind, target, name) for name in candidate.sources)
    if named == SAME:
        return SAME
    if any(is_canonical(kind, name) for name in candidate.sources):
        return 0.0
    fit = plausible(kind, target, candidate.look)
    if named:
        return named * (_CONTRADICTED if fit == 0 else 0.55 + 0.45 * fit)
    return _BY_VALUES * signature(kind, target, candidate.look)


def plausible(kind: str, target: str, seen: Look) -> float:
    """How well values go with what a column's name says: 0 contradicts, 1 agrees or says nothing.

    Where there are no values there is nothing against the name.
    """
    if not seen.texts:
        return 0.9
    if target == "id" or (kind, target) == ("areas", "code"):
        return (len(seen.distinct) / max(seen.n, 1)) ** 2
    if target in _WORDED:
        return _worded(target, seen)
    if target in _LISTED:
        return 1.0 if len(seen.distinct) <= max(FEW, seen.n // 10) else 0.4
    return _measured(target, seen)


def _measured(target: str, seen: Look) -> float:
    """Values that can be read: a moment, a number, a credit code."""
    if target.endswith("_at"):
        return seen.dates.share if seen.dates.parts in {"date", "both"} else 0.0
    if target in _NUMERIC:
        return float(seen.is_numeric)
    if target == "level":
        return float(seen.is_numeric or seen.distinct <= set(ELEMENTS))
    return seen.share("uscc") if target == "uscc" else 1.0


def _worded(target: str, seen: Look) -> float:
    """Words are no numbers, no points and no dates."""
    if seen.share("wkt") > 0.5 or seen.dates.share > 0.9 or seen.letters < 0.5:
        return 0.0
    return max(0.7, seen.doors) if target == "address" else 1.0


def signature(kind: str, target: str, seen: Look) -> float:
    """What values say of a column whose name says nothing: 0 nothing, 1 as sure as values are."""
    if not seen.texts or len(seen.texts) < 0.5 * seen.n or target not in SYNONYMS[kind]:
        return 0.0
    if target == "created_at":
        return 0.9 * (seen.dates.share > 0.9 and seen.dates.parts in {"date", "both"})
    if target in {"lon", "lat"}:
        return _degrees(target, seen)
    signs = {
        "id": 0.75 * _is_key(seen),
        "state": float(known(seen.distinct) >= 0.8),
        "uscc": float(seen.share("uscc") > 0.9),
        "windows": 0.9 * (seen.hours > 0.8),
        "address": 0.8 * (seen.doors > 0.7 and 6 <= seen.length <= 60 and _is_varied(seen)),
        "text": 0.7 * (seen.length > 15 and _is_varied(seen) and _worded("text", seen) > 0),
        "name": 0.7 * (2 <= seen.length <= 30 and _is_varied(seen) and _worded("name", seen) > 0),
    }
    if kind == "addresses" and target == "level":
        return 0.9 * (seen.distinct <= set(ELEMENTS))
    return signs.get(target, 0.0)


def _is_varied(seen: Look) -> bool:
    return len(seen.distinct) > 0.5 * len(seen.texts) and seen.n > 3


def _is_key(seen: Look) -> bool:
    """Short, without spaces, each once: what a register's numbers look like."""
    plain = all(text.isascii() and not set(text) & {" ", ".", ",", "("} for text in seen.texts)
    return seen.is_unique and seen.n > 3 and plain and seen.length <= 40 and not seen.dates.share


def _degrees(target: str, seen: Look) -> float:
    """Decimal degrees within one city; a longitude is known by being beyond 90."""
    values = [n for n in seen.numbers if n]
    if not seen.is_numeric or not values or max(values) - min(values) > 10:
        return 0.0
    if sum("." in text for text in seen.texts) < 0.8 * len(seen.texts):
        return 0.0
    far = max(map(abs, values))
    beyond = 90 < far <= 180
    return 0.9 * (beyond if target == "lon" else far <= 90 and min(map(abs, values)) > 3)


def paired(
    kind: str, table: Sequence[Sequence[float]], pool: Sequence[Candidate]
) -> list[list[float]]:
    """Scores where only the best pair of a longitude and a latitude may be either.

    The two halves of a position belong together: lon_gcj02 does not go with lat_wgs84.
    """
    targets = list(SYNONYMS[kind])
    if "lon" not in targets:
        return [list(row) for row in table]
    rows = targets.index("lon"), targets.index("lat")
    may = [[c for c, value in enumerate(table[r]) if value >= LEAST] for r in rows]
    pairs = [(east, north) for east in may[0] for north in may[1] if east != north]
    if not pairs:
        return [list(row) for row in table]

    def worth(pair: tuple[int, int]) -> float:
        names = [pool[c].sources[0] for c in pair]
        same = stem(kind, "lon", names[0]) == stem(kind, "lat", names[1])
        shifted = any(map(told_crs, names))
        return table[rows[0]][pair[0]] + table[rows[1]][pair[1]] + 0.05 * same - 0.02 * shifted

    chosen = max(pairs, key=worth)
    best = {rows[0]: chosen[0], rows[1]: chosen[1]}
    return [
        [value if best.get(r, c) == c else 0.0 for c, value in enumerate(row)]
        for r, row in enumerate(table)
    ]


def assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Row to column, each used once, so that the squares of the scores have the greatest sum.

    ``scores`` is (n, m) of 0 to 1; pairs below ``LEAST`` are left out. Squares, because one sure
    pair is worth more than two guesses. Kuhn's method with potentials, O(n² m).
    """
    n = len(scores)
    width = max(len(scores[0]) if scores else 0, n)
    costs = [
        [-(s**2) if s >= LEAST else 0.0 for s in row] + [0.0] * (width - len(row)) for row in scores
    ]
    held = _Held([0.0] * (n + 1), [0.0] * (width + 1), [0] * (width + 1))
    for row in range(1, n + 1):
        _augment(row, costs, held)
    pairs = {held.owner[c] - 1: c - 1 for c in range(1, width + 1) if held.owner[c]}
    return {r: c for r, c in sorted(pairs.items()) if costs[r][c] < 0}


@dataclass(slots=True)
class _Held:
    """Potentials of rows and columns, and the row each column goes to; all count from 1."""

    up: list[float]
    down: list[float]
    owner: list[int]  # of column 0 the row that is being placed

    def shift(self, seen: Iterable[int], gap: float) -> None:
        """Move the potentials so that one more column can be reached for nothing."""
        for c in seen:
            self.up[self.owner[c]] += gap
            self.down[c] -= gap


def _augment(row: int, costs: list[list[float]], held: _Held) -> None:
    """Give one more row a column; rows that had one may change theirs."""
    owner, width = held.owner, len(held.down)
    owner[0] = row
    least, way = [math.inf] * width, [0] * width
    seen: list[int] = []
    at = 0
    while owner[at]:
        seen.append(at)
        free = [c for c in range(1, width) if c not in seen]
        for c in free:
            rest = costs[owner[at] - 1][c - 1] - held.up[owner[at]] - held.down[c]
            if rest < least[c]:
                least[c], way[c] = rest, at
        at = min(free, key=least.__getitem__)
        gap = least[at]
        held.shift(seen, gap)
        for c in free:
            least[c] -= gap
    while at:
        owner[at], at = owner[way[at]], way[at]
