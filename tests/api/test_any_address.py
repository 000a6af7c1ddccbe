"""Any address at all: it is answered or refused, and never makes the server fail."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.pages import ADDRESSES, DATA, PAGES
from tests.api.bodies import ADDRESS, body, moved

ODD = st.sampled_from(
    [
        *("..", ".", "../../etc/passwd", "%", "%00", "\x00", "a/b", "a//b", "-1", "0", "1e3"),
        *("9" * 400, "tickets", "areas", "csv", "0.mvt", "地图", " ", "?", "#", "<script>", "'\""),
    ]
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=10)
KEYS = st.sampled_from(
    [
        *("area", "layers", "datetime", "compare", "hours", "at", "metric", "selected", "lang"),
        *("v", "crs", "with", "tickets.category", "tickets.status", "markets.kind", "nothing", ""),
    ]
)
VALUES = st.one_of(
    TEXT,
    ODD,
    st.dates().map(str),
    st.datetimes().map(str),
    st.lists(st.dates().map(str) | st.just(".."), min_size=2, max_size=2).map("/".join),
    st.lists(st.integers(-5, 30).map(str), min_size=2, max_size=2).map("/".join),
    st.sampled_from(["11", "111001", "tickets:T01", "grids:50,smoke", "GCJ-02", "labels", "en"]),
)


@pytest.fixture(scope="session")
def rules(app) -> list[str]:
    found = sorted(r.rule for r in app.server.url_map.iter_rules() if "GET" in r.methods)
    assert len(found) >= 15
    return found


@st.composite
def addresses(draw, rules):
    """An address that fits a rule, with odd arguments and an odd query."""
    rule = draw(st.sampled_from(rules))
    some = st.integers(0, 16).map(str) | st.sampled_from(["tickets", "areas", "csv"]) | ODD | TEXT
    path = re.sub(
        r"<[^>]+>", lambda _: quote(draw(some), safe=draw(st.sampled_from(["", "/"]))), rule
    )
    return path, urlencode(draw(st.lists(st.tuples(KEYS, VALUES), max_size=3)))


@given(st.data())
def test_no_address_makes_the_server_fail(client, rules, data):
    path, query = data.draw(addresses(rules))
    with client.get(path, query_string=query, buffered=True) as answer:
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert json.loads(answer.get_data(as_text=True))["error"]
        if answer.mimetype == "text/html" and answer.status_code == 200:
            assert path in {*PAGES, DATA, ADDRESSES}


@given(st.lists(st.tuples(KEYS, VALUES), max_size=5))
def test_an_address_is_answered_or_refused_alike_by_everything_that_reads_one(client, pairs):
    query = urlencode([(key, value) for key, value in pairs if key not in {"v", "crs", "with"}])
    paths = ("/api/summary", "/export/tickets.csv", "/tiles/tickets/3/6/3.mvt")
    told = set()
    for path in paths:
        with client.get(path, query_string=query, buffered=True) as answer:
            told.add(answer.status_code)
    assert told in ({200}, {400})


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4), st.sampled_from(sorted(PAGES)))
def test_a_page_leaves_out_what_it_cannot_read_and_shows_the_rest(app, client, pairs, path):
    said = {"url.search": "?" + urlencode(pairs), "url.pathname": path}
    found = {"panel": ("notices", "indicators", "crumbs"), "control": ("layers", "metric")}
    answer = client.post(ADDRESS, json=body(app, "map.scene", said, found))
    assert answer.status_code == 200
    assert answer.get_json()["response"]["map"]["scene"]["layers"]
    change = moved(app, "metric", "smoke", said["url.search"])
    assert client.post(ADDRESS, json=change).status_code in {200, 204}
