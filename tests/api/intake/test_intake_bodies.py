"""A request whose body is no list of tickets is refused as a whole."""

from __future__ import annotations

import json

import orjson
import pytest

from api.gate import LONGEST_BODY
from api.intake import ROUTE
from geodata.intake.live import LIMIT
from tests.api.conftest import told
from tests.api.intake.conftest import T, faults, kept


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", b"{", b"nothing", b"\xff\xfe{}", b"[" * 50_000, b"NaN", b"'x'", b"{}{}"),
        *(b"null", b"[]", b"5", b'"x"', b"true", b'{"tickets":5}', b'{"tickets":[]}'),
        *(b'{"tickets":[{}],"x":1}', b'{"tickets":[{}],"crs":5}', b'{"tickets":[{}],"crs":"x"}'),
        b'{"id":"\\ud800","created_at":"2020-11-22","category":"x"}',
        b'{"id":"x","created_at":"2020-11-22","category":"x","lon":NaN,"lat":1}',
        b'{"id":"x","created_at":"2020-11-22","category":"x","lon":1e999,"lat":1}',
        b'{"id":"x","created_at":"2020-11-22","category":"x","lon":' + b"9" * 5_000 + b',"lat":1}',
        orjson.dumps([T] * (LIMIT + 1)),
    ],
)
def test_a_body_that_is_no_list_of_tickets_is_400(client, sent, folder):
    response = client.post(ROUTE, data=sent, content_type="application/json")
    assert response.status_code == 400
    assert told(response)
    assert kept(folder) == []


def test_a_list_that_is_too_long_hears_the_limit(send):
    assert str(LIMIT) in told(send([T] * (LIMIT + 1)))


@pytest.mark.parametrize("query", ["?crs=", "?crs=WGS", "?crs=EPSG:1"])
def test_a_crs_of_the_request_that_is_none_is_400(send, query):
    if query != "?crs=":  # an empty one says nothing
        assert "GCJ-02" in told(send(T, query=query))
        assert send(T, query=query).status_code == 400
    else:
        assert send(T, query=query).status_code == 201


def test_what_is_nested_deeply_is_refused(client):
    deep = b'{"text":' + b"[" * 900 + b"]" * 900 + b"}"
    response = client.post(ROUTE, data=deep, content_type="application/json")
    assert response.status_code == 422
    assert {fault["value"] for fault in faults(response)} == {"[…]"}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_does_not_say_that_it_is_json_is_415(client, kind):
    response = client.post(ROUTE, data=json.dumps(T), content_type=kind)
    assert response.status_code == 415
    assert "application/json" in told(response)


def test_a_body_that_is_too_long_is_413(client):
    long = b'{"text":"' + b"x" * LONGEST_BODY * 5 + b'"}'
    response = client.post(ROUTE, data=long, content_type="application/json")
    assert response.status_code == 413
    assert told(response)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_tickets_come_in_by_post_alone(client, method):
    response = client.open(ROUTE, method=method)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
