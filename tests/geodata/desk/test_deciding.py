"""A decision teaches a name, moves what it frees, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.addresses.engine import matcher
from geodata.desk.deciding import UnknownNameError
from geodata.desk.groups import queue
from geodata.desk.made import decisions
from geodata.replay import replay, undo
from geodata.store import folding
from geodata.store.reader import Store
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN, decide

if TYPE_CHECKING:
    from geodata.desk.desk import Desk


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
    desk.surveyed(Store(folder).reader())
    assert desk.preview(HOMONYM, "H2") == 3
    decided = decide(folder, HOMONYM, "H2")
    assert (decided.placed, decided.waited) == (3, 3)
    now = addressed(folder)
    assert now["W1"] == ("H2", "clerk", 118.027)
    assert now["W2"] == ("H3", "clerk", 118.0272)
    assert now["W4"] == (None, None, None)
    assert HOMONYM not in mentions(desk, folder)


def test_a_name_nobody_knew_is_known_from_then_on(folder):
    decide(folder, UNKNOWN, "Q1")
    match = matcher(Store(folder).reader()).match("老槐树小区又有人烧垃圾")
    assert (match.status, match.address_id) == ("matched", "Q1")


def test_a_door_may_be_what_a_name_means(folder):
    assert decide(folder, UNKNOWN, "A5").placed == 2
    assert addressed(folder)["W4"][0] == "A5"


def test_an_area_may_be_what_a_name_means(folder):
    assert decide(folder, UNKNOWN, "112").placed == 2
    assert addressed(folder)["W5"][0] == "112"


def test_what_names_no_place_waits_no_more_and_places_nothing(desk, folder):
    decided = decide(folder, HOMONYM, None)
    assert decided.placed == 0
    assert addressed(folder)["W1"][0] is None
    assert HOMONYM not in mentions(desk, folder)
    assert matcher(Store(folder).reader()).match("凯瑞家园太吵").status == "none"


def test_taken_back_everything_is_as_it_was(desk, folder):
    before = addressed(folder), mentions(desk, folder)
    decided = decide(folder, HOMONYM, "H2")
    undo(folder, decided.batch)
    assert (addressed(folder), mentions(desk, folder)) == before
    assert matcher(Store(folder).reader()).match("凯瑞家园太吵").status == "review"


def test_the_newest_decision_is_taken_back_without_replaying_all_before(folder, monkeypatch):
    decided = decide(folder, HOMONYM, "H2")
    applied: list[int] = []
    monkeypatch.setattr(folding, "_apply", lambda *given: applied.append(given[2].number))
    undo(folder, decided.batch)
    assert applied == []


def test_replayed_from_the_log_a_decision_is_there_again(folder):
    decide(folder, HOMONYM, "H2")
    before = addressed(folder)
    replay(folder)
    assert addressed(folder) == before


def test_who_decided_what_and_when_is_kept(folder):
    first = decide(folder, HOMONYM, "H2")
    second = decide(folder, UNKNOWN, None, "李四")
    undo(folder, second.batch)
    newest, oldest = decisions(folder)
    assert (newest["mention"], newest["address_id"], newest["undone"]) == (UNKNOWN, None, True)
    assert {key: oldest[key] for key in ("batch", "mention", "by", "placed", "name")} == {
        **{"batch": first.batch, "mention": HOMONYM, "by": "张三", "placed": 3},
        "name": "凯瑞家园",
    }


@pytest.mark.parametrize(("mention", "ident"), [("没人提过的名字", "H1"), (HOMONYM, "nowhere")])
def test_what_is_not_there_cannot_be_decided_about(folder, mention, ident):
    with pytest.raises(UnknownNameError):
        decide(folder, mention, ident)
    assert decisions(folder) == []


def test_a_decision_changes_its_mind_about_a_name(folder):
    """Two appeals are left that a first decision did not place; the second means another place."""
    decide(folder, UNKNOWN, "Q1")
    undo(folder, decisions(folder)[0]["batch"])
    assert decide(folder, UNKNOWN, "H1").placed == 2
    assert addressed(folder)["W4"][0] == "H1"
