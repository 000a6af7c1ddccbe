"""Parsing: elements of addresses, exact in span and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.crf.rows import labelled
from geodata.addresses.evaluate.scores import Judged, Score, line, over_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geodata.addresses.crf import Reading
    from geodata.addresses.crf.rows import Labelled

# Learned within six minutes on one core from the seven thousand addresses of NAACL 2019.
L1, ITERATIONS = 0.15, 100


def judged(train: Path, test: Path) -> Judged:
    """Learn from one file of labelled texts and read another; texts of both are left out of it.

    Raises
    ------
    DataError
        A file is not of that form, or nothing is left to learn from.
    """
    gold = labelled(test)
    known = {row.text for row in gold}
    rows = [row for row in labelled(train) if row.text not in known]
    score, kinds = compared(readings(rows, gold), gold)
    lines = (f"learned from {len(rows):,} texts, judged on {len(gold):,}", *kinds)
    return Judged(lines, score.figures)


def readings(rows: Sequence[Labelled], gold: Sequence[Labelled]) -> list[Reading]:
    """Learn from rows and read the texts of others."""
    from geodata.addresses.crf import Labeller
    from geodata.addresses.crf.training import Settings, learned

    model = learned(rows, Settings(l1=L1, iterations=ITERATIONS))
    return Labeller(model).read([row.text for row in gold])


def compared(found: Sequence[Reading], gold: Sequence[Labelled]) -> tuple[Score, tuple[str, ...]]:
    """Give the score over all elements, and a line for each label."""
    score = over_all([set(one.elements) for one in found], [set(other.elements) for other in gold])
    return score, tuple(line(label, part) for label, part in by_label(found, gold))


def by_label(found: Sequence[Reading], gold: Sequence[Labelled]) -> Iterator[tuple[str, Score]]:
    """Give the score of each label that either has."""
    labels = {e.label for row in found for e in row.elements}
    labels |= {e.label for row in gold for e in row.elements}
    for label in sorted(labels):
        yield (
            label,
            over_all(
                [{e for e in row.elements if e.label == label} for row in found],
                [{e for e in row.elements if e.label == label} for row in gold],
            ),
        )
