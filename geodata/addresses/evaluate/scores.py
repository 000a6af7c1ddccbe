"""Precision, recall and F1, over all and a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Set


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, how many said, how many there are."""

    right: int
    said: int
    there: int

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was said."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.said + self.there) if self.said + self.there else 0.0

    @property
    def figures(self) -> dict[str, float]:
        """The three as the command prints them."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """Lines for the reader, and the figures of the last line."""

    lines: tuple[str, ...]
    figures: Mapping[str, float]


def over_all(found: Iterable[Set[Hashable]], gold: Iterable[Set[Hashable]]) -> Score:
    """Count over all texts: what was found, what is gold, and both."""
    pairs = list(zip(found, gold, strict=True))
    return Score(
        right=sum(len(one & other) for one, other in pairs),
        said=sum(len(one) for one, _ in pairs),
        there=sum(len(other) for _, other in pairs),
    )


def line(name: str, score: Score) -> str:
    """Give one line of a table of scores."""
    told = f"P {score.precision:.4f}  R {score.recall:.4f}  F1 {score.f1:.4f}"
    return f"{name:<14} {told}  ({score.there:,})"
