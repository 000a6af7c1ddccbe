"""What waits for a clerk: names, ranked by what a decision unlocks, with what they may mean."""

from __future__ import annotations

import pytest

from geodata.desk import survey as module
from geodata.desk.groups import queue
from geodata.desk.survey import surveyed
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN


@pytest.fixture(scope="module")
def survey(waiting_reader):
    return surveyed(waiting_reader)


@pytest.fixture(scope="module")
def shown(waiting_reader, survey):
    return queue(waiting_reader, survey, 20)


def test_the_name_that_unlocks_most_stands_first(shown):
    assert [(group.mention, group.count) for group in shown.shown[:2]] == [
        (HOMONYM, 3),
        (UNKNOWN, 2),
    ]


def test_a_homonym_comes_with_the_places_called_so_and_the_reason(shown):
    group = shown.shown[0]
    assert {c.place.id for c in group.candidates if c.how == "same"} == {"H1", "H2"}
    assert "2处同名" in group.why
    assert group.candidates[0].place.within.startswith(("北街道", "东街道"))


def test_examples_hide_phone_numbers(shown):
    texts = [example.text for example in shown.shown[0].examples]
    assert any("138****5678" in text for text in texts)
    assert not any("13812345678" in text for text in texts)


def test_what_speaks_of_no_place_and_what_has_one_by_now_are_counted_apart(shown, waiting_reader):
    unplaced = waiting_reader.rows(
        "SELECT count(*) AS n FROM tickets WHERE address_id IS NULL "
        "AND (text IS NOT NULL OR address IS NOT NULL)"
    )
    assert shown.appeals == unplaced[0]["n"]
    assert shown.ready >= 1
    assert shown.silent >= 1


def test_a_part_of_the_queue_begins_where_the_one_before_ended(waiting_reader, survey, shown):
    pages = [queue(waiting_reader, survey, 1, at).shown for at in range(shown.groups)]
    assert [page[0].mention for page in pages] == [group.mention for group in shown.shown]
    assert queue(waiting_reader, survey, 5, shown.groups).shown == ()


def test_a_survey_is_made_from_the_one_before(waiting_reader, survey, monkeypatch):
    looked: list[str] = []
    monkeypatch.setattr(module, "_looked_at", lambda row, *_: looked.append(row["id"]))
    assert surveyed(waiting_reader, survey).appeals == survey.appeals
    assert looked == []
