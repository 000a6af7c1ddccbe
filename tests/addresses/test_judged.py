"""The matcher before the judge: hand-written complaints, and noise it has never seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from geodata.addresses.answers import REASONS
from geodata.addresses.doubt import DOUBTS
from geodata.addresses.elsewhere import elsewhere
from geodata.addresses.library import Library, area_bases
from geodata.addresses.match import Matcher
from tests.addresses.judged import library as book
from tests.addresses.judged import noise
from tests.addresses.judged.score import Score, score
from tests.addresses.judged.texts import gold, texts

NUMBERS = ("lon", "lat")
CODES = list(book.areas())
AREAS = [
    {
        "n": n,
        "code": code,
        "name": book.areas()[code],
        "level": 1 if len(code) == 9 else 2,
        "parent": None if len(code) == 9 else CODES.index(code[:9]),
    }
    for n, code in enumerate(CODES)
]


def matcher_of(rows: pa.Table, areas: list[dict[str, Any]] = AREAS) -> Matcher:
    """A matcher of canonical rows, as if they had been imported: an empty text is none."""
    filled = {}
    for name in book.COLUMNS:
        column = rows[name].combine_chunks()
        if pa.types.is_string(column.type):
            column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
        filled[name] = column.cast(pa.float64() if name in NUMBERS else pa.string())
    filled["status"] = pa.nulls(len(rows), pa.string())
    filled["n"] = pa.array(range(len(rows)), pa.int32())
    filled["area"] = pa.nulls(len(rows), pa.int32())
    known = area_bases(areas)
    table = pa.table({name: pa.chunked_array([column]) for name, column in filled.items()})
    return Matcher(Library(table, known, {}), elsewhere(["淄博市"], ["张店区"]))


@cache
def judged() -> tuple[Score, list[dict[str, Any]]]:
    rows = pa.Table.from_pylist([dict(row) for row in book.rows()])
    matcher = matcher_of(rows)
    answers = [asdict(matcher.match(text.text)) for text in texts()]
    return score(gold(), answers, book.by_id()), answers


def faults(verdicts: tuple[str, ...], *kinds: str) -> list[str]:
    """The texts judged so, each with its number: what a failing test shows."""
    pairs = zip(texts(), verdicts, strict=True)
    return [f"{text.n} {text.text}" for text, verdict in pairs if verdict in kinds]


def test_ninety_eight_of_a_hundred_accepted_answers_are_right():
    result, _ = judged()
    wrong = faults(result.verdicts, "wrong", "overclaim", "homonym accepted", "negative accepted")
    assert result.precision >= 0.98, wrong


def test_eighty_five_of_a_hundred_answerable_texts_are_answered_right():
    result, _ = judged()
    assert result.recall >= 0.85, faults(result.verdicts, "missed", "coarser")


def test_nothing_finer_than_the_truth_is_claimed_and_no_homonym_accepted():
    result, _ = judged()
    assert (result.overclaims, result.homonyms_accepted) == (0, 0)


def test_every_kind_of_text_is_answered():
    result, _ = judged()
    right = Counter(
        text.category
        for text, verdict in zip(texts(), result.verdicts, strict=True)
        if verdict in ("right", "refused")
    )
    every = Counter(text.category for text in texts())
    weak = {kind: right[kind] for kind, count in every.items() if right[kind] < count * 0.8}
    assert weak == {}


def test_why_a_clerk_must_look_is_one_of_the_known_codes():
    _, answers = judged()
    codes = {a["why"] for a in answers if a["status"] == "review"}
    assert codes <= set(REASONS)
    assert set(DOUBTS) <= set(REASONS)
    assert len(codes) >= len(REASONS) - 2, set(REASONS) - codes


def test_no_answer_has_a_place_without_an_address():
    _, answers = judged()
    assert [a for a in answers if a["address_id"] is None and a["lon"] is not None] == []


@pytest.mark.parametrize("seed", [11, 2026])
def test_noise_of_another_hand_is_answered_right(seed):
    table = noise.library(rooms=40_000, seed=seed)
    queries = noise.queries(table, n=1_500, seed=seed + 1).to_pylist()
    matcher = matcher_of(table)
    answers = [asdict(matcher.match(query["text"])) for query in queries]
    named = {one["address_id"] for one in [*queries, *answers]} | {q["base"] for q in queries}
    result = score(queries, answers, noise.rows(table, {ident for ident in named if ident}))
    assert result.precision >= 0.995
    assert result.recall >= 0.93
    assert (result.overclaims, result.homonyms_accepted) == (0, 0)
