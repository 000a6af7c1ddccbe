"""The noisy queries are right about the library that they were written from."""

from __future__ import annotations

from collections import Counter
from random import Random

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.addresses.judged.library import COLUMNS, areas
from tests.addresses.judged.noise import forms, library, queries, rows
from tests.addresses.judged.noise.typos import slip, sound
from tests.addresses.judged.score import score

ROOMS, ASKED = 20_000, 1_500


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return library(ROOMS, 3)


@pytest.fixture(scope="module")
def asked(table) -> list[dict]:
    return queries(table, ASKED, 5).to_pylist()


def test_the_library_has_the_columns_of_the_house_and_as_many_rooms_as_asked(table):
    assert table.column_names == list(COLUMNS)
    levels = Counter(table["level"].to_pylist())
    assert ROOMS <= levels["room"] < ROOMS + 150
    assert set(levels) == {"road", "road_no", "quarter", "building", "unit", "room", "poi"}


def test_every_id_is_given_once(table):
    assert pc.count_distinct(table["id"]).as_py() == table.num_rows


def test_towns_and_communities_are_real(table):
    named = {*table["town"].to_pylist(), *table["community"].to_pylist()} - {""}
    assert named <= set(areas().values())


def test_two_compounds_of_one_name_lie_in_two_towns(table):
    held = table.filter(pc.equal(table["level"], "quarter")).to_pylist()
    towns: dict[str, list[str]] = {}
    for row in held:
        towns.setdefault(row["quarter"], []).append(row["town"])
    twice = [where for where in towns.values() if len(where) > 1]
    assert len(twice) >= 2
    assert all(len(set(where)) == len(where) for where in twice)


def test_the_same_seed_writes_the_same(table, asked):
    assert library(ROOMS, 3).equals(table)
    assert queries(table, ASKED, 5).to_pylist() == asked
    assert queries(table, ASKED, 6).to_pylist() != asked


def test_every_kind_is_asked(asked):
    assert set(Counter(query["kind"] for query in asked)) == {
        *("answerable", "coarser", "homonym", "negative"),
    }
    assert len(asked) == ASKED


def test_the_right_answers_judge_themselves_right(table, asked):
    ids = {one for query in asked for one in (query["address_id"], *query["also"])}
    known = rows(table, ids)
    assert set(known) == ids - {""}
    judged = score(asked, asked, known)
    assert (judged.precision, judged.recall) == (1.0, 1.0)
    assert all(
        known[query["address_id"]]["level"] == query["level"]
        for query in asked
        if query["status"] == "matched"
    )


def test_what_goes_to_review_has_candidates_and_what_is_negative_has_none(asked):
    for query in asked:
        if query["kind"] == "homonym":
            assert (query["status"], len(query["also"]) > 1) == ("review", True)
        if query["kind"] == "negative":
            assert (query["status"], query["address_id"], query["also"]) == ("none", "", [])


@pytest.mark.parametrize(
    ("number", "said"),
    [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (118, "一百一十八")],
)
def test_numbers_are_said_as_people_count(number: int, said: str):
    assert forms.numeral(number) == said


def test_a_slip_changes_one_character():
    draw = Random(1)
    for name in ("世纪花园", "泰和家园", "柳泉路"):
        typed = slip(name, draw)
        assert sum(one != other for one, other in zip(name, typed, strict=True)) <= 1


def test_near_sounds_are_one():
    assert sound("世纪花园") == sound("世记花圆")
    assert sound("兴盛") == sound("新胜")
    assert sound("世纪花园") != sound("世纪家园")
