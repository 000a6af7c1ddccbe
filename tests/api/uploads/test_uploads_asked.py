"""Who may ask the data page's routes, and what is refused."""

from __future__ import annotations

import pytest

from api import uploads
from geodata import tokens
from geodata.intake.uploads import folder, jobs
from geodata.intake.uploads.locks import taken
from geodata.store.batches import Log
from tests.api.conftest import told
from tests.api.uploads.desk import asking, left, sent


def test_a_question_must_be_answered_before_the_file_comes_in(desk, data, monkeypatch):
    begun = []
    monkeypatch.setattr(jobs, "start", lambda *asked: begun.append(asked[2:]))
    ident = asking(data, desk, kind="tickets", crs="", accepted=5, asks=True)
    bring = f"{uploads.ROOT}/files/{ident}/bring"
    for body in ({}, {"anyway": False}, {"anyway": "yes"}, []):
        answer = desk.post(bring, json=body)
        assert (answer.status_code, begun) == (409, [])
        assert "Answer it" in told(answer)
    assert desk.post(bring, json={"anyway": True}).status_code == 202
    assert begun == [("bring", {"kind": "tickets", "crs": "", "id": "", "title": ""})]


def test_nothing_comes_in_that_nobody_has_looked_at(desk, data):
    ident = sent(desk).get_json()["id"]
    answer = desk.post(f"{uploads.ROOT}/files/{ident}/bring", json={})
    assert (answer.status_code, "look at the file first" in told(answer)) == (409, True)


@pytest.mark.parametrize(
    "body",
    [
        [],
        None,
        {"kind": "people"},
        {"kind": 1},
        {"path": "/etc/passwd"},
        {"crs": "E" * 100},
    ],
)
def test_a_body_that_is_not_understood_is_refused(desk, body):
    ident = sent(desk).get_json()["id"]
    answer = desk.post(f"{uploads.ROOT}/files/{ident}/look", json=body)
    assert answer.status_code == 400
    assert told(answer)


@pytest.mark.parametrize("ident", ["0" * 32, "..", "%2e%2e", "a"])
def test_an_upload_that_is_not_there_is_not_found(desk, ident):
    for path, method in ((f"/files/{ident}", "get"), (f"/files/{ident}/look", "post")):
        answer = getattr(desk, method)(uploads.ROOT + path)
        assert answer.status_code == 404
        assert told(answer)


def test_what_is_not_there_is_not_found(desk):
    ident = sent(desk).get_json()["id"]
    for path in (f"/files/{ident}/map", f"/files/{ident}/look/rejects", "/batches/77/rejects"):
        assert desk.get(uploads.ROOT + path).status_code == 404
    assert desk.post(f"{uploads.ROOT}/batches/77/undo").status_code == 404


@pytest.mark.parametrize(("step", "slots"), [("bring", ["write"]), ("look", jobs.LOOKS)])
def test_no_more_is_done_at_once_than_the_machine_can_bear(desk, data, step, slots):
    ident = asking(data, desk, kind="tickets", crs="", accepted=5, asks=False)
    held = [taken(data / folder.ROOM / f"{slot}.slot") for slot in slots]
    answer = desk.post(f"{uploads.ROOT}/files/{ident}/{step}", json={})
    assert answer.status_code == 409
    assert "then try again" in told(answer) or "Try again" in told(answer)
    jobs._let_go(held)


def test_a_batch_is_not_taken_back_while_an_import_is_at_work(desk, data):
    Log(data).path(1).mkdir(parents=True)
    held = [taken(data / folder.ROOM / "write.slot")]
    answer = desk.post(f"{uploads.ROOT}/batches/1/undo")
    assert (answer.status_code, left(data)) == (409, ["write.slot"])
    jobs._let_go(held)


# ---- who ----

ELSEWHERE = {"REMOTE_ADDR": "10.1.2.3"}
ASKED = [
    ("post", "/files"),
    ("get", f"/files/{'0' * 32}"),
    ("post", f"/files/{'0' * 32}/look"),
    ("post", f"/files/{'0' * 32}/bring"),
    ("post", f"/files/{'0' * 32}/stop"),
    ("get", f"/files/{'0' * 32}/map"),
    ("get", f"/files/{'0' * 32}/bring/rejects"),
    ("get", "/batches"),
    ("get", "/batches/1/rejects"),
    ("post", "/batches/1/undo"),
]


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_nobody_elsewhere_asks_without_a_token(desk, data, method, path):
    ask = getattr(desk, method)
    assert ask(uploads.ROOT + path, environ_overrides=ELSEWHERE).status_code == 401
    wrong = {"Authorization": "Bearer no"}
    assert ask(uploads.ROOT + path, headers=wrong).status_code == 401
    other = {"Origin": "https://elsewhere.example"}
    assert ask(uploads.ROOT + path, headers=other).status_code == 403
    assert left(data) == []


def test_every_route_of_the_page_is_asked_for_above(desk):
    rules = [r for r in desk.application.url_map.iter_rules() if r.endpoint.startswith("uploads.")]
    assert len(rules) == len(ASKED)


def test_somebody_elsewhere_with_a_token_may_bring_a_file(desk, data):
    known = {"Authorization": f"Bearer {tokens.issue(data, 'planner')}"}
    assert sent(desk, headers=known, environ_overrides=ELSEWHERE).status_code == 201
