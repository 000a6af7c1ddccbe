"""A decision teaches a name, moves what it frees, and can be taken back."""

from __future__ import annotations

import pytest

from geodata.addresses.engine import matcher
from geodata.desk.deciding import UnknownNameError
from geodata.desk.desk import Desk, decisions
from geodata.desk.groups import queue
from geodata.replay import replay, undo
from geodata.store import folding
from geodata.store.reader import Store
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN
from tests.live import entry, put


def addressed(folder) -> dict[str, tuple]:
    rows = (
        Store(folder)
        .reader()
        .rows("SELECT id, address_id, address_by, lon FROM tickets WHERE id LIKE 'W%' ORDER BY id")
    )
    return {row["id"]: (row["address_id"], row["address_by"], row["lon"]) for row in rows}


def mentions(desk: Desk, folder) -> list[str]:
    reader = Store(folder).reader()
    return [group.mention for group in queue(reader, desk.surveyed(reader), 50).shown]


def test_a_decision_places_every_appeal_it_frees_as_finely_as_each_says(desk, folder):
    assert desk.preview(HOMONYM, "H2") == 3
    decided = desk.decide(HOMONYM, "H2", "张三")
    assert (decided.placed, decided.waited) == (3, 3)
    now = addressed(folder)
    assert now["W1"] == ("H2", "clerk", 118.027)
    assert now["W2"] == ("H3", "clerk", 118.0272)
    assert now["W4"] == (None, None, None)
    assert HOMONYM not in mentions(desk, folder)


def test_a_name_nobody_knew_is_known_from_then_on(desk, folder):
    desk.decide(UNKNOWN, "Q1", "张三")
    match = matcher(Store(folder).reader()).match("老槐树小区又有人烧垃圾")
    assert (match.status, match.address_id) == ("matched", "Q1")


def test_a_door_may_be_what_a_name_means(desk, folder):
    assert desk.decide(UNKNOWN, "A5", "张三").placed == 2
    assert addressed(folder)["W4"][0] == "A5"


def test_an_area_may_be_what_a_name_means(desk, folder):
    assert desk.decide(UNKNOWN, "112", "张三").placed == 2
    assert addressed(folder)["W5"][0] == "112"


def test_what_names_no_place_waits_no_more_and_places_nothing(desk, folder):
    decided = desk.decide(HOMONYM, None, "张三")
    assert decided.placed == 0
    assert addressed(folder)["W1"][0] is None
    assert HOMONYM not in mentions(desk, folder)
    assert matcher(Store(folder).reader()).match("凯瑞家园太吵").status == "none"


def test_taken_back_everything_is_as_it_was(desk, folder):
    before = addressed(folder), mentions(desk, folder)
    decided = desk.decide(HOMONYM, "H2", "张三")
    undo(folder, decided.batch)
    assert (addressed(folder), mentions(desk, folder)) == before
    assert matcher(Store(folder).reader()).match("凯瑞家园太吵").status == "review"


def test_the_newest_decision_is_taken_back_without_replaying_all_before(desk, folder, monkeypatch):
    decided = desk.decide(HOMONYM, "H2", "张三")
    applied: list[int] = []
    monkeypatch.setattr(folding, "_apply", lambda *given: applied.append(given[2].number))
    undo(folder, decided.batch)
    assert applied == []


def test_replayed_from_the_log_a_decision_is_there_again(desk, folder):
    desk.decide(HOMONYM, "H2", "张三")
    before = addressed(folder)
    replay(folder)
    assert addressed(folder) == before


def test_who_decided_what_and_when_is_kept(desk, folder):
    first = desk.decide(HOMONYM, "H2", "张三")
    second = desk.decide(UNKNOWN, None, "李四")
    undo(folder, second.batch)
    newest, oldest = decisions(folder)
    assert (newest["mention"], newest["address_id"], newest["undone"]) == (UNKNOWN, None, True)
    assert {key: oldest[key] for key in ("batch", "mention", "by", "placed", "name")} == {
        **{"batch": first.batch, "mention": HOMONYM, "by": "张三", "placed": 3},
        "name": "凯瑞家园",
    }


@pytest.mark.parametrize(("mention", "ident"), [("没人提过的名字", "H1"), (HOMONYM, "nowhere")])
def test_what_is_not_there_cannot_be_decided_about(desk, folder, mention, ident):
    with pytest.raises(UnknownNameError):
        desk.decide(mention, ident, "张三")
    assert decisions(folder) == []


def test_what_came_meanwhile_is_newer_than_a_decision(desk, folder, monkeypatch):
    """A ticket that the journal holds in a newer form does not fall back to the older one."""
    reader = desk._newest()
    survey = desk.surveyed(reader)
    monkeypatch.setattr(Desk, "_folded", lambda _: reader)  # it came after the journal was folded
    assert survey.waiting[HOMONYM]
    put(folder, entry("W1", text="凯瑞家园的事已经解决", state="closed"))
    desk.decide(HOMONYM, "H2", "张三")
    rows = Store(folder).reader().rows("SELECT text, address_id FROM tickets WHERE id = 'W1'")
    assert rows[0] == {"text": "凯瑞家园的事已经解决", "address_id": None}
    assert addressed(folder)["W3"][0] == "H2"
