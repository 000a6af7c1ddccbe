"""Pairs of addresses: the same place (exact), one within or beside the other (partial), or none.

The candidates of a query are judged side by side: how each compares to the best of them says as
much as the likeness itself. A row of a file is ``{"query", "candidates": [{"text", "label"}]}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geodata.addresses.crf.rows import json_lines
from geodata.addresses.evaluate.installed import boosted
from geodata.addresses.evaluate.likeness import RANKED, Side, likeness, rarity
from geodata.addresses.evaluate.scores import Judged, Score, line
from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Floats = NDArray[np.float64]
LABELS = ("none", "partial", "exact")
# Exact is rare and counts a third of the mean; found by trying 1 to 3 on a fifth of dev.
_EXACT = 1.5


class Query:
    """One query with its candidates and their labels."""

    __slots__ = ("candidates", "labels", "text")

    def __init__(self, row: Mapping[str, Any], where: str) -> None:
        told = row.get("candidates")
        if not isinstance(row.get("query"), str) or not isinstance(told, list):
            raise DataError(f"{where} lacks query (a string) or candidates (a list).")
        if not all(_right(one) for one in told):
            raise DataError(f"{where}: a candidate has a text and a label of {', '.join(LABELS)}.")
        self.text: str = row["query"]
        self.candidates: list[str] = [one["text"] for one in told]
        self.labels: list[int] = [LABELS.index(one["label"]) for one in told]


def judged(train: Path, test: Path) -> Judged:
    """Learn from one file of pairs and judge another; queries of both are not learned from.

    Raises
    ------
    DataError
        A file is not of that form, nothing is left to learn from, or a package is not installed.
    """
    gold = _queries(test)
    known = {query.text for query in gold}
    rows = [query for query in _queries(train) if query.text not in known]
    truth = np.array([label for query in gold for label in query.labels])
    found = _learned(rows, gold)
    scores = [_score(found == n, truth == n) for n in range(len(LABELS))]
    lines = [line(label, score) for label, score in zip(LABELS, scores, strict=True)]
    share = float(np.mean(found == truth))
    return Judged((*lines, f"right: {share:.4f} of {truth.size:,} pairs"), _macro(scores))


def _macro(scores: Sequence[Score]) -> dict[str, float]:
    told = [score.figures for score in scores]
    return {name: round(float(np.mean([one[name] for one in told])), 4) for name in told[0]}


def _learned(rows: Sequence[Query], gold: Sequence[Query]) -> NDArray[np.int64]:
    labels = np.array([label for query in rows for label in query.labels], np.int64)
    if len(set(labels.tolist())) < 2:
        raise DataError("Pairs to learn from need at least two different labels.")
    weights = rarity(text for query in rows for text in (query.text, *query.candidates))
    heavy = np.where(labels == LABELS.index("exact"), _EXACT, 1.0)
    found: NDArray[np.int64] = boosted(
        _numbers(rows, weights), labels, heavy, _numbers(gold, weights)
    )
    return found


def _numbers(queries: Sequence[Query], weights: Mapping[str, float]) -> Floats:
    return np.vstack([_side_by_side(query, weights) for query in queries if query.candidates])


def _side_by_side(query: Query, weights: Mapping[str, float]) -> Floats:
    """Give a row a candidate: its likeness, and for some numbers its place among the others."""
    asked = Side(query.text)
    rows = np.array([likeness(asked, Side(text), weights) for text in query.candidates])
    return np.column_stack([rows, *_ranks(rows), np.full(len(rows), len(rows))])


def _ranks(rows: Floats) -> Iterator[Floats]:
    for column in RANKED:
        values = rows[:, column]
        order = np.sort(values)[::-1]
        second = order[min(1, order.size - 1)]
        rank = np.argsort(np.argsort(-values, kind="stable"), kind="stable")
        yield np.column_stack([rank, values - order[0], values - values.mean(), second - values])


def _queries(path: Path) -> list[Query]:
    return [Query(row, f"{path}, row {n}") for n, row in enumerate(json_lines(path), 1)]


def _right(candidate: object) -> bool:
    return (
        isinstance(candidate, dict)
        and isinstance(candidate.get("text"), str)
        and candidate.get("label") in LABELS
    )


def _score(said: NDArray[np.bool_], there: NDArray[np.bool_]) -> Score:
    return Score(int((said & there).sum()), int(said.sum()), int(there.sum()))
