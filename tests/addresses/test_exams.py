"""Exams by other hands, each with a library of its own that the matcher had not seen.

``exams/<hand>/``: ``library.csv.xz`` in canonical columns, and ``texts.csv`` with the answers. What
is asserted is a little less than what is reached since their faults have been mended; what each had
at first sight stands in ``docs/acceptance/04.md``.
"""

from __future__ import annotations

import csv
import lzma
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.addresses.judged import library as book
from tests.addresses.judged.score import HOMONYM, NEGATIVE, OVERCLAIM, WRONG, Score, score
from tests.addresses.test_judged import matcher_of

EXAMS = Path(__file__).parent / "exams"
HANDS = sorted(folder.name for folder in EXAMS.iterdir())


@cache
def judged(hand: str) -> tuple[Score, list[str]]:
    """What came of an exam, and the texts that were answered falsely."""
    rows, gold = library(hand), texts(hand)
    matcher = matcher_of(pa.Table.from_pylist(rows), [])
    answers = [asdict(found) for found in matcher.match_all(one["text"] for one in gold)]
    result = score(gold, answers, {row["id"]: row for row in rows})
    false = {WRONG, OVERCLAIM, HOMONYM, NEGATIVE}
    told = zip(gold, answers, result.verdicts, strict=True)
    return result, [f"{v}: {one['text']} {a['reason']}" for one, a, v in told if v in false]


def library(hand: str) -> list[dict[str, str]]:
    with lzma.open(EXAMS / hand / "library.csv.xz", "rt", encoding="utf-8", newline="") as lines:
        return [{**dict.fromkeys(book.COLUMNS, ""), **row} for row in csv.DictReader(lines)]


def texts(hand: str) -> list[dict[str, Any]]:
    with (EXAMS / hand / "texts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [{**row, "also": tuple(filter(None, row["also"].split("|")))} for row in rows]


@pytest.mark.parametrize("hand", HANDS)
def test_what_another_hand_asks_of_another_library_is_answered_right(hand):
    result, false = judged(hand)
    assert result.precision >= 0.985, false
    assert result.recall >= 0.87


@pytest.mark.parametrize("hand", HANDS)
def test_nothing_finer_than_the_truth_is_claimed_there_and_no_homonym_accepted(hand):
    result, false = judged(hand)
    assert (result.overclaims, result.homonyms_accepted) == (0, 0), false
