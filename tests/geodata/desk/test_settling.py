"""An order carried out: all of it or nothing, and nothing that has changed since it was given."""

from __future__ import annotations

import pytest

from geodata.desk.deciding import NotReadyError, Order
from geodata.desk.desk import Desk
from geodata.desk.made import decisions
from geodata.desk.settling import OTHER_BOOK, settle
from geodata.errors import DataError
from geodata.replay import replay, undo
from geodata.store.batches import Log
from geodata.store.generation import BusyError, published, writing
from geodata.store.reader import Store
from tests import town
from tests.geodata.desk.test_deciding import addressed
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN, decide
from tests.live import entry, put

READY = "W7"  # of the appeals that need no decision, the one that these tests look at


@pytest.fixture
def looked(desk, folder) -> Desk:
    desk.surveyed(Store(folder).reader())
    return desk


def text_of(folder, ident: str) -> dict:
    sql = f"SELECT text, address_id FROM tickets WHERE id = '{ident}'"
    return Store(folder).reader().rows(sql)[0]


def test_what_needs_no_decision_is_placed_as_matched(looked, folder):
    order = looked.ready("张三")
    settled = settle(folder, order)
    assert settled.placed == settled.waited == len(order.found)
    assert addressed(folder)[READY][:2] == ("Q1", "matched")
    assert addressed(folder)["W1"] == (None, None, None)
    newest = decisions(folder)[0]
    assert (newest["mention"], newest["address_id"], newest["by"]) == (None, None, "张三")


def test_given_again_an_order_finds_nothing_to_do_and_writes_nothing(looked, folder):
    order = looked.ready("张三")
    settle(folder, order)
    before = published(folder)
    again = settle(folder, order)
    assert (again.batch, again.placed) == (None, 0)
    assert published(folder) == before
    looked.surveyed(Store(folder).reader())
    with pytest.raises(NotReadyError):
        looked.ready("张三")


def test_what_was_placed_is_taken_back_and_comes_again_from_the_log(looked, folder):
    before = addressed(folder)
    batch = settle(folder, looked.ready("张三")).batch
    after = addressed(folder)
    replay(folder)
    assert addressed(folder) == after
    undo(folder, batch)
    assert addressed(folder) == before


def test_broken_off_before_it_is_written_nothing_has_changed(looked, folder, monkeypatch):
    before, order = addressed(folder), looked.ready("张三")
    with monkeypatch.context() as broken:
        broken.setattr(Log, "commit", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settle(folder, order)
    assert addressed(folder) == before
    assert settle(folder, order).placed == len(order.found)


def test_what_came_after_the_order_is_newer(looked, folder):
    order = looked.order(HOMONYM, "H2", "张三")
    put(folder, entry("W1", text="凯瑞家园的事已经解决", state="closed"))
    assert settle(folder, order).placed == 2
    assert text_of(folder, "W1") == {"text": "凯瑞家园的事已经解决", "address_id": None}
    assert addressed(folder)["W3"][0] == "H2"


def test_what_comes_while_it_is_written_is_newer_too(looked, folder, monkeypatch):
    """A ticket that the journal holds in a newer form does not fall back to the older one."""
    reader, order = Store(folder).reader(), looked.order(HOMONYM, "H2", "张三")
    monkeypatch.setattr("geodata.desk.settling.folded", lambda _: reader)
    put(folder, entry("W1", text="凯瑞家园的事已经解决", state="closed"))
    settle(folder, order)
    assert text_of(folder, "W1") == {"text": "凯瑞家园的事已经解决", "address_id": None}
    assert addressed(folder)["W3"][0] == "H2"


def test_a_ticket_that_only_lies_elsewhere_by_now_is_left_alone(looked, folder):
    order = looked.ready("张三")
    put(folder, entry(READY, text="阳光新城停水三天了", lon=118.02, lat=36.81))
    assert settle(folder, order).placed == len(order.found) - 1
    assert addressed(folder)[READY][0] is None


def test_of_two_who_decide_about_one_name_the_second_is_told(looked, folder):
    order = looked.order(HOMONYM, "H1", "李四")
    decide(folder, HOMONYM, "H2")
    with pytest.raises(DataError, match="No appeal waits"):
        settle(folder, order)
    assert addressed(folder)["W1"][0] == "H2"


def test_decisions_about_other_names_do_not_stand_in_the_way(looked, folder):
    order = looked.order(HOMONYM, "H2", "李四")
    decide(folder, UNKNOWN, "Q1")
    assert settle(folder, order).placed == 3


def test_with_another_address_book_nothing_is_placed(looked, folder):
    order = looked.ready("张三")
    row = {
        **{"id": "NEW", "town": "北街道", "quarter": "新家园", "level": "quarter"},
        **{"lon": 118.003, "lat": 36.812},
    }
    town.published(folder, addresses=town.rows("addresses", row))
    with pytest.raises(DataError, match=OTHER_BOOK):
        settle(folder, order)
    assert addressed(folder)[READY][0] is None


def test_one_at_a_time_writes(looked, folder):
    order = looked.ready("张三")
    with writing(folder), pytest.raises(BusyError):
        settle(folder, order)


def test_an_order_is_kept_on_disk_as_it_is(looked, tmp_path):
    order = looked.order(HOMONYM, "H2", "张三")
    kept = Order.kept(tmp_path, order.keep(tmp_path))
    assert kept.found.equals(order.found)
    assert (kept.mention, kept.address_id, kept.by, kept.library, kept.waited) == (
        *(HOMONYM, "H2", "张三"),
        *(order.library, 3),
    )


def test_what_has_just_come_in_is_placed_with_the_rest(desk, folder):
    put(folder, entry("L1", text="老槐树小区路灯不亮", lon=None, lat=None))
    desk.surveyed(Store(folder).reader())
    assert settle(folder, desk.order(UNKNOWN, "Q1", "张三")).placed == 3
    assert text_of(folder, "L1") == {"text": "老槐树小区路灯不亮", "address_id": "Q1"}
