"""Sent again: a retry is harmless, a key names a request."""

from __future__ import annotations

import pytest

from tests.api.conftest import told
from tests.api.intake.conftest import T, kept, results


def test_a_retry_is_harmless(send, folder):
    assert results(send(T)) == [("L1", "created")]
    again = send(T)
    assert again.status_code == 200
    assert results(again) == [("L1", "known")]
    assert len(kept(folder)) == 1


def test_other_content_updates_a_ticket(client, send):
    send(T)
    changed = send([{**T, "closed_at": "2020-11-23T08:00"}, {**T, "id": "L2"}])
    assert changed.status_code == 201
    assert results(changed) == [("L1", "updated"), ("L2", "created")]


def test_a_key_gives_its_answer_again(send, folder):
    first = send(T, key="order-0001")
    again = send(T, key="order-0001")
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(kept(folder)) == 1


def test_a_key_with_another_body_is_refused(send, folder):
    send(T, key="order-0001")
    for other in ({**T, "text": "x"}, {**T, "id": "L2"}):
        response = send(other, key="order-0001")
        assert response.status_code == 422
        assert "Idempotency-Key" in told(response)
    assert send(T, key="order-0001", query="?crs=GCJ-02").status_code == 422
    assert len(kept(folder)) == 1


def test_a_key_stays_free_where_nothing_was_taken(send):
    assert send({**T, "category": ""}, key="order-0001").status_code == 422
    assert send(T, key="order-0001").status_code == 201


def test_a_key_answers_for_the_good_and_the_bad_of_its_request(send):
    body = [T, {"id": "L2"}]
    assert send(body, key="order-0001").data == send(body, key="order-0001").data


@pytest.mark.parametrize("key", ["", "short", "x" * 129, "with space", "schlüssel"])
def test_a_key_must_be_visible_ascii_of_8_to_128(send, folder, key):
    response = send(T, key=key)
    assert response.status_code == 400
    assert "8 to 128" in told(response)
    assert kept(folder) == []
