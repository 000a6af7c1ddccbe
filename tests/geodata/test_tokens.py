"""Tokens: shown once, kept as digests, ended at once."""

from __future__ import annotations

import json
import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import tokens
from geodata.errors import DataError
from geodata.tokens import FILE, Tokens, issue, revoke, senders


def names(folder) -> list[str]:
    return [sender.name for sender in senders(folder)]


def test_a_token_belongs_to_the_sender_it_was_issued_to(tmp_path):
    north, south = issue(tmp_path, "north"), issue(tmp_path, "城管-12345")
    known = Tokens(tmp_path)
    assert known.sender_of(north) == "north"
    assert known.sender_of(south) == "城管-12345"
    assert names(tmp_path) == ["north", "城管-12345"]


def test_a_token_is_long_fits_a_header_and_never_comes_twice(tmp_path):
    issued = {issue(tmp_path, "north") for _ in range(20)}
    assert len(issued) == 20
    for token in issued:
        assert len(token) == 43  # 256 bits in base64
        assert token.isascii()
        assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.text(max_size=50))
def test_no_other_text_is_a_token(tmp_path, text):
    token = issue(tmp_path, "north")
    known = Tokens(tmp_path)
    for guess in (text, token + text, token[:-1], token.swapcase(), ""):
        if guess != token:
            assert known.sender_of(guess) is None


def test_the_file_holds_no_token_and_is_read_by_its_owner_alone(tmp_path):
    token = issue(tmp_path, "north")
    path = tmp_path / FILE
    assert token not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    issue(tmp_path, "south")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.tmp"))


def test_the_leftover_of_a_killed_writer_does_no_harm(tmp_path):
    leftover = tmp_path / f"{FILE}.tmp"
    leftover.write_text("half")
    leftover.chmod(0o644)
    issue(tmp_path, "north")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert names(tmp_path) == ["north"]


def test_a_second_token_replaces_the_first_at_once(tmp_path):
    known = Tokens(tmp_path)
    first = issue(tmp_path, "north")
    assert known.sender_of(first) == "north"
    second = issue(tmp_path, "north")
    assert known.sender_of(first) is None
    assert known.sender_of(second) == "north"
    assert names(tmp_path) == ["north"]


def test_a_revoked_token_is_refused_at_once_and_the_others_stay(tmp_path):
    north, south = issue(tmp_path, "north"), issue(tmp_path, "south")
    workers = [Tokens(tmp_path), Tokens(tmp_path)]
    assert [w.sender_of(north) for w in workers] == ["north", "north"]
    revoke(tmp_path, "north")
    assert [w.sender_of(north) for w in workers] == [None, None]
    assert [w.sender_of(south) for w in workers] == ["south", "south"]


def test_when_the_file_is_gone_nobody_is_known(tmp_path):
    known = Tokens(tmp_path)
    north = issue(tmp_path, "north")
    assert known.sender_of(north) == "north"
    (tmp_path / FILE).unlink()
    assert known.sender_of(north) is None


@pytest.mark.parametrize("name", ["", "North", "a b", "x" * 41, "local", "a/b", "a\n", "é", "名 "])
def test_a_name_that_is_none_is_refused_with_the_rule(tmp_path, name):
    with pytest.raises(DataError, match="small letters"):
        issue(tmp_path, name)
    assert senders(tmp_path) == []


def test_who_has_no_token_cannot_lose_it(tmp_path):
    issue(tmp_path, "north")
    with pytest.raises(DataError, match=r"'south'.*north"):
        revoke(tmp_path, "south")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"senders":[{"name":"x"}]}', '{"senders":5}'])
def test_a_damaged_file_lets_nobody_in_and_says_so(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(DataError, match="issue the tokens again"):
        Tokens(tmp_path).sender_of("x")
    with pytest.raises(DataError):
        issue(tmp_path, "north")


def test_two_who_issue_at_once_lose_nothing(tmp_path):
    wanted = [f"sender-{i}" for i in range(12)]
    together = [threading.Thread(target=issue, args=(tmp_path, name)) for name in wanted]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert sorted(names(tmp_path)) == sorted(wanted)


def test_every_digest_is_compared_whichever_fits(tmp_path, monkeypatch):
    first = issue(tmp_path, "north")
    issue(tmp_path, "south")
    compared = []
    real = tokens.hmac.compare_digest
    monkeypatch.setattr(
        tokens.hmac, "compare_digest", lambda a, b: compared.append(a) or real(a, b)
    )
    assert Tokens(tmp_path).sender_of(first) == "north"
    assert len(compared) == len(json.loads((tmp_path / FILE).read_text())["senders"]) == 2
