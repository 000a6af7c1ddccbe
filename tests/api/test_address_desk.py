"""What the address desk asks over HTTP, who may, and what is refused."""

from __future__ import annotations

import os
import threading

import pytest

from api.address_desk import ROOT
from api.settings import Settings
from app import create_app
from geodata import tokens
from geodata.desk.desk import Desk
from geodata.intake.uploads import folder as uploads
from geodata.intake.uploads.locks import taken
from geodata.store.reader import Store
from tests.api.conftest import told
from tests.api.uploads.desk import ended
from tests.conftest import NO_FILES
from tests.geodata.desk import waiting
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN


@pytest.fixture(scope="module")
def waiting_folder(tmp_path_factory):
    return waiting.build(tmp_path_factory.mktemp("waiting"))


@pytest.fixture
def data(waiting_folder, tmp_path):
    return waiting.copied(waiting_folder, tmp_path)


@pytest.fixture
def desk(data):
    return create_app(Settings(data=data, cache=NO_FILES)).server.test_client()


def looked(desk) -> dict:
    """The queue once it has been made; it is asked for, never waited for."""
    while (answer := desk.get(f"{ROOT}/queue").get_json())["state"] != "ready":
        for thread in threading.enumerate():
            if thread.name == "address desk":
                thread.join()
    return answer


def addressed(data) -> int:
    rows = Store(data).reader().rows("SELECT count(address_id) AS n FROM tickets")
    return rows[0]["n"]


def test_the_first_who_asks_is_told_that_it_is_being_prepared(desk):
    assert desk.get(f"{ROOT}/queue").get_json()["state"] in {"preparing", "ready"}
    assert [group["mention"] for group in looked(desk)["shown"][:2]] == [HOMONYM, UNKNOWN]


def worked(desk, data, answer) -> dict:
    """What came of a work, which the answer to a request names."""
    assert answer.status_code == 202, answer.get_json()
    ident = answer.get_json()["id"]
    ended(data, ident)
    return desk.get(f"{ROOT}/work/{ident}").get_json()


def test_a_decision_places_what_was_promised_and_can_be_taken_back(desk, data):
    looked(desk)
    before = addressed(data)
    asked = {"mention": HOMONYM, "address_id": "H2"}
    promised = desk.get(f"{ROOT}/preview", query_string=asked).get_json()["placed"]
    answer = desk.post(f"{ROOT}/decisions", json=asked)
    assert answer.get_json()["expected"] == promised
    work = worked(desk, data, answer)
    assert (work["phase"], work["result"]["placed"]) == ("done", promised)
    assert addressed(data) == before + promised
    assert HOMONYM not in [group["mention"] for group in looked(desk)["shown"]]

    (listed,) = desk.get(f"{ROOT}/decisions").get_json()["decisions"]
    assert (listed["mention"], listed["by"], listed["undone"]) == (HOMONYM, "local", False)
    assert listed["batch"] == work["result"]["batch"]
    begun = desk.delete(f"{ROOT}/decisions/{listed['batch']}")
    assert worked(desk, data, begun)["phase"] == "done"
    assert addressed(data) == before
    assert HOMONYM in [group["mention"] for group in looked(desk)["shown"]]
    assert desk.delete(f"{ROOT}/decisions/{listed['batch']}").status_code == 409


def test_what_is_decided_is_out_of_the_queue_before_all_is_looked_at_again(desk, data):
    looked(desk)
    sent = {"mention": HOMONYM, "address_id": "H2"}
    worked(desk, data, desk.post(f"{ROOT}/decisions", json=sent))
    shown = desk.get(f"{ROOT}/queue").get_json()
    assert HOMONYM not in [group["mention"] for group in shown["shown"]]


def test_what_has_been_published_and_is_not_yet_read_keeps_the_queue_from_being_ready(
    desk, data, monkeypatch
):
    looked(desk)
    reader = Store(data).reader()
    waiting.decide(data, HOMONYM, "H2")
    monkeypatch.setattr(Store, "reader", lambda _: reader)
    assert desk.get(f"{ROOT}/queue").get_json()["state"] == "refreshing"


def test_what_needs_no_decision_is_placed_at_one_request(desk, data):
    ready, before = looked(desk)["ready"], addressed(data)
    assert ready
    answer = desk.post(f"{ROOT}/ready")
    assert answer.get_json()["expected"] == ready
    work = worked(desk, data, answer)
    assert (work["result"]["placed"], addressed(data)) == (ready, before + ready)
    assert looked(desk)["ready"] == 0
    (listed,) = desk.get(f"{ROOT}/decisions").get_json()["decisions"]
    assert (listed["mention"], listed["placed"], listed["by"]) == (None, ready, "local")

    again = desk.post(f"{ROOT}/ready")
    assert again.status_code == 409
    assert "没有" in again.get_json()["error_zh"]
    assert worked(desk, data, desk.delete(f"{ROOT}/decisions/{listed['batch']}"))["phase"] == "done"
    assert (looked(desk)["ready"], addressed(data)) == (ready, before)


def test_while_something_else_is_written_a_decision_waits_outside(desk, data):
    looked(desk)
    slot = taken(data / uploads.ROOM / "write.slot")
    answer = desk.post(f"{ROOT}/decisions", json={"mention": HOMONYM, "address_id": "H2"})
    os.close(slot)
    assert answer.status_code == 409
    assert "请" in answer.get_json()["error_zh"]
    assert [path.name for path in (data / uploads.ROOM).iterdir()] == ["write.slot"]


def test_before_the_appeals_have_been_looked_at_nobody_decides(desk, monkeypatch):
    monkeypatch.setattr(Desk, "survey", lambda _: None)
    for answer in (
        desk.post(f"{ROOT}/decisions", json={"mention": HOMONYM, "address_id": "H2"}),
        desk.post(f"{ROOT}/ready"),
        desk.get(f"{ROOT}/preview?mention=x&address_id=y"),
    ):
        assert answer.status_code == 409
        assert "还在整理" in answer.get_json()["error_zh"]


def test_the_name_of_who_holds_the_token_is_kept(desk, data):
    looked(desk)
    token = tokens.issue(data, "张三")
    sent = {"mention": UNKNOWN, "address_id": None}
    answer = desk.post(f"{ROOT}/decisions", json=sent, headers={"Authorization": f"Bearer {token}"})
    assert worked(desk, data, answer)["result"]["placed"] == 0
    assert desk.get(f"{ROOT}/decisions").get_json()["decisions"][0]["by"] == "张三"


@pytest.mark.parametrize("path", ["queue", "coverage", "decisions", "preview"])
def test_nobody_else_reads_what_people_said(desk, path):
    answer = desk.get(f"{ROOT}/{path}", headers={"X-Forwarded-For": "10.1.2.3"})
    assert answer.status_code == 401
    assert told(answer)


def test_nobody_else_decides(desk, data):
    sent = {"mention": HOMONYM, "address_id": "H1"}
    for headers in ({"X-Forwarded-For": "10.1.2.3"}, {"Origin": "https://elsewhere.example"}):
        for path in ("decisions", "ready"):
            answer = desk.post(f"{ROOT}/{path}", json=sent, headers=headers)
            assert answer.status_code in {401, 403}
    assert not (data / uploads.ROOM).exists()
    assert desk.get(f"{ROOT}/decisions").get_json() == {"decisions": []}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"mention": HOMONYM},
        {"mention": "", "address_id": None},
        {"mention": HOMONYM, "address_id": 5},
        {"mention": HOMONYM, "address_id": ""},
        {"mention": "长" * 61, "address_id": None},
        {"mention": HOMONYM, "address_id": None, "by": "x"},
    ],
)
def test_a_body_that_is_not_understood_is_refused(desk, body):
    answer = desk.post(f"{ROOT}/decisions", json=body)
    assert answer.status_code == 400
    assert told(answer)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=51", "limit=x", "offset=-1", "crs=EPSG:1", "page=2"]
)
def test_a_part_of_the_queue_that_cannot_be_is_refused(desk, query):
    answer = desk.get(f"{ROOT}/queue?{query}")
    assert answer.status_code == 400
    assert told(answer)


@pytest.mark.parametrize(("mention", "ident"), [("没人提过的名字", "H1"), (HOMONYM, "没有的编号")])
def test_what_is_not_there_is_not_found_and_said_in_both_languages(desk, mention, ident):
    looked(desk)
    answer = desk.post(f"{ROOT}/decisions", json={"mention": mention, "address_id": ident})
    assert answer.status_code == 404
    assert told(answer)
    assert "没有" in answer.get_json()["error_zh"]


def test_a_decision_that_is_none_cannot_be_taken_back(desk):
    assert desk.delete(f"{ROOT}/decisions/999").status_code == 404
    assert desk.get(f"{ROOT}/work/{'0' * 32}").status_code == 404


def test_every_figure_of_the_coverage_has_both_its_parts(desk):
    figures = desk.get(f"{ROOT}/coverage").get_json()
    for name in ("matched", "first", "by_clerk", "far", "repeated", "empty"):
        assert {"count", "of"} <= set(figures[name])
    assert figures["empty"]["of"] == 5
