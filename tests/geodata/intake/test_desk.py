"""The desk: one commit for requests of one moment, and to each request its own answer."""

from __future__ import annotations

import pytest

from geodata.intake.desk import Desk, Request, Taken
from geodata.intake.live import Batch, Usage
from geodata.store.journal import Journal, JournalError, Key, KeyUsedError

T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "噪声"}


class Counted(Journal):
    """A journal that tells how often it was written."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.puts: list[tuple] = []

    def put_all(self, requests):
        self.puts.append([(s, [e.id for e in entries], k and k.name) for s, entries, k in requests])
        return super().put_all(requests)


@pytest.fixture
def journal(tmp_path):
    return Counted(tmp_path)


@pytest.fixture
def desk(journal):
    return Desk(journal, lambda: Usage("Asia/Shanghai"))


def request(*idents: str, source: str = "north", key: Key | None = None, **more) -> Request:
    return Request(source, Batch([{**T, **more, "id": ident} for ident in idents]), key)


def test_requests_of_one_moment_share_a_commit_whoever_sends_them(desk, journal):
    answers = desk._take_all([request("a", "b"), request("c"), request("d", source="south")])
    assert journal.puts == [
        [("north", ["a", "b"], None), ("north", ["c"], None), ("south", ["d"], None)]
    ]
    assert [answer.status for answer in answers] == [
        {"a": "created", "b": "created"},
        {"c": "created"},
        {"d": "created"},
    ]


def test_the_same_ticket_in_two_requests_of_one_moment_is_created_once(desk, journal):
    first, again, other = desk._take_all([request("a"), request("a"), request("a", text="x")])
    assert (first.status, again.status) == ({"a": "created"}, {"a": "known"})
    assert other.status == {"a": "updated"}
    assert len(journal.after(0)[1]) == 2


def test_requests_with_a_key_share_the_commit_too(desk, journal):
    key = Key("order-0001", b"1")
    desk._take_all([request("a"), request("b", key=key), request("c")])
    assert journal.puts == [
        [("north", ["a"], None), ("north", ["b"], "order-0001"), ("north", ["c"], None)]
    ]
    assert desk.take(request("b", key=key)).status == {"b": "created"}


def test_a_key_that_is_used_costs_its_own_request_alone(desk):
    desk.take(request("a", key=Key("order-0001", b"1")))
    bad, good = desk._take_all([request("a", key=Key("order-0001", b"2")), request("b")])
    assert isinstance(bad, KeyUsedError)
    assert good.status == {"b": "created"}
    with pytest.raises(KeyUsedError):
        desk.take(request("a", key=Key("order-0001", b"2")))


def test_nothing_good_writes_nothing(desk, journal):
    answer = desk.take(request("", key=Key("order-0001", b"1")))
    assert journal.puts == []
    assert (len(answer.found), answer.status) == (1, {})


def test_a_commit_that_fails_fails_every_request_in_it(desk, monkeypatch):
    def failing(self, requests):
        raise JournalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Counted, "put_all", failing)
        answers = desk._take_all([request("a"), request("b", source="south"), request("")])
        with pytest.raises(JournalError, match="disk full"):
            desk.take(request("a"))
    assert [type(answer) for answer in answers] == [JournalError, JournalError, Taken]
    assert desk.take(request("a")).status == {"a": "created"}
