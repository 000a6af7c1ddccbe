"""What waits for a clerk: names, ranked by what a decision unlocks, with what they may mean."""

from __future__ import annotations

import pytest

from geodata.addresses.engine import matcher
from geodata.desk import groups as told
from geodata.desk import survey as module
from geodata.desk.deciding import NotReadyError
from geodata.desk.desk import Desk
from geodata.desk.groups import Groups, queue
from geodata.desk.survey import surveyed
from geodata.replay import undo
from geodata.store.reader import Store
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN, decide
from tests.live import entry, put


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


def test_why_a_name_waits_is_a_code_too(shown):
    assert [group.code for group in shown.shown[:2]] == ["homonym", "unlisted"]


def test_a_decision_unlocks_nothing_of_what_contradicts_itself(folder):
    put(folder, entry("L1", text="东街道南关社区凯瑞家园太吵"))
    reader = Store(folder).reader()
    survey = surveyed(reader)
    assert survey.appeals["L1"].code == "contradicts"
    assert len(survey.waiting[HOMONYM]) == 4
    assert dict(survey.ranked)[HOMONYM] == 3


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


def test_what_was_told_is_told_again_without_looking(waiting_reader, survey, monkeypatch):
    groups = Groups()
    first = queue(waiting_reader, survey, 20, groups=groups)
    monkeypatch.setattr(told, "_made", lambda *_: pytest.fail("looked up again"))
    assert queue(waiting_reader, survey, 20, groups=groups) == first


def test_a_group_is_told_anew_when_another_appeal_waits_for_its_name(folder):
    groups = Groups()
    reader = Store(folder).reader()
    survey = surveyed(reader)
    assert queue(reader, survey, 1, groups=groups).shown[0].count == 3
    put(folder, entry("L1", text="凯瑞家园又停电", lon=None, lat=None))
    reader = Store(folder).reader()
    assert queue(reader, surveyed(reader, survey), 1, groups=groups).shown[0].count == 4


def test_what_has_been_decided_since_the_survey_waits_no_more(waiting_folder, folder):
    survey = surveyed(Store(folder).reader())
    decide(folder, HOMONYM, "H2")
    left = queue(Store(folder).reader(), survey, 20)
    assert HOMONYM not in [group.mention for group in left.shown]
    assert left.groups == len(survey.ranked) - 1


# ---- the survey ----


def test_a_survey_is_made_from_the_one_before(waiting_reader, survey, monkeypatch):
    looked: list[str] = []
    monkeypatch.setattr(module, "_looked_at", lambda row, *_: looked.append(row["id"]))
    assert surveyed(waiting_reader, survey).appeals == survey.appeals
    assert looked == []


@pytest.mark.parametrize(("mention", "ident"), [(HOMONYM, "H2"), (UNKNOWN, "Q1"), (UNKNOWN, None)])
def test_after_a_decision_it_is_what_it_would_be_made_from_nothing(folder, mention, ident):
    before = surveyed(Store(folder).reader())
    put(
        folder,
        entry("L1", text="老槐树小区旁边,凯瑞家园门口"),
        entry("L2", text="老愧树小区没人管"),
    )
    decide(folder, mention, ident)
    reader = Store(folder).reader()
    assert surveyed(reader, before).appeals == surveyed(reader).appeals


def test_after_a_decision_it_needs_no_new_matcher(folder, monkeypatch):
    before = surveyed(Store(folder).reader())
    decide(folder, HOMONYM, "H2")
    monkeypatch.setattr(module, "matcher", lambda _: pytest.fail("a matcher was made"))
    after = surveyed(Store(folder).reader(), before)
    assert HOMONYM not in after.waiting


def test_a_decision_taken_back_is_forgotten(folder):
    before = surveyed(Store(folder).reader())
    batch = decide(folder, HOMONYM, "H2").batch
    decided = surveyed(Store(folder).reader(), before)
    undo(folder, batch)
    assert surveyed(Store(folder).reader(), decided).appeals == before.appeals


def test_the_desk_goes_on_with_the_full_matcher_once_it_is_made(desk, folder):
    desk.surveyed(Store(folder).reader())
    decide(folder, HOMONYM, "H2")
    reader = Store(folder).reader()
    desk.surveyed(reader)
    desk._go_ahead(reader)
    assert desk.surveyed(reader).engine.matcher is matcher(reader)


def test_before_there_is_a_survey_nothing_can_be_decided(folder):
    desk = Desk(Store(folder).reader)
    with pytest.raises(NotReadyError):
        desk.order(HOMONYM, "H2", "张三")
    assert desk.surveyed(Store(folder).reader()).waiting[HOMONYM]
    assert desk.order(HOMONYM, "H2", "张三").waited == 3
