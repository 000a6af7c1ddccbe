from __future__ import annotations

import gzip
import zlib
from urllib.parse import parse_qsl, urlencode

import brotli
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from api import wire

BODY = b'{"a":1}'


@pytest.fixture
def asked(app):
    """A request context: what a client asks for, and which headers it sends."""
    return app.server.test_request_context


# ---- the address of a request ----


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", "?"),
        ("v=3-ab&crs=GCJ-02&with=labels", "?"),
        ("area=11&v=3&hours=17/23", "?area=11&hours=17%2F23"),
        ("v=1&v=2&area=11", "?area=11"),
        ("area=", "?area="),  # an empty value is said, not left out
        ("tickets.smoke=", "?tickets.smoke="),
        ("V=1&wit=h", "?V=1&wit=h"),  # only exactly the transport's own
        ("area=%E5%8C%97", "?area=%E5%8C%97"),
    ],
)
def test_an_address_is_the_query_without_what_belongs_to_the_transport(asked, query, kept):
    with asked(f"/?{query}"):
        assert wire.search() == kept


KEYS = st.sampled_from(["area", "v", "crs", "with", "tickets.category", "hours", ""])
TEXT = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.lists(st.tuples(KEYS, TEXT), max_size=6))
def test_what_is_kept_of_a_query_keeps_its_order_and_its_words(asked, pairs):
    with asked("/", query_string=urlencode(pairs)):
        kept = parse_qsl(wire.search().removeprefix("?"), keep_blank_values=True)
    assert kept == [pair for pair in pairs if pair[0] not in {"v", "crs", "with"}]


@given(st.binary(max_size=20))
def test_no_bytes_of_a_query_break_the_address(asked, query):
    with asked("/", environ_overrides={"QUERY_STRING": query.decode("latin-1")}):
        assert wire.search().startswith("?")


@pytest.mark.parametrize(
    ("query", "display"), [("", "WGS84"), ("crs=GCJ-02", "GCJ-02"), ("crs=WGS84", "WGS84")]
)
def test_the_map_is_shown_in_degrees_unless_its_base_is_shifted(asked, query, display):
    with asked(f"/?{query}"):
        assert wire.display() == display


@pytest.mark.parametrize(
    ("query", "flags"),
    [("", set()), ("with=", set()), ("with=labels", {"labels"}), ("with=labels,", {"labels"})],
)
def test_flags_stand_between_commas(asked, query, flags):
    with asked(f"/?{query}"):
        assert wire.flags() == flags


@pytest.mark.parametrize("query", ["with=x", "with=labels,x", "crs=BD-09", "crs=", "crs=gcj-02"])
def test_a_flag_or_a_crs_that_is_none_is_refused(asked, query):
    with asked(f"/?{query}"), pytest.raises(BadRequest, match=r"labels|GCJ-02"):
        wire.flags(), wire.display()


# ---- answers ----


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "gzip"),
        ("br;q=1.0, gzip;q=0.5", "gzip"),  # it is packed already, and the client can read it
        ("*", "gzip"),
        ("", None),
        ("br", None),
        ("gzip;q=0", None),
        ("identity", None),
    ],
)
def test_what_is_kept_packed_is_unpacked_for_who_cannot_read_it(asked, accepted, encoding):
    with asked("/", headers={"Accept-Encoding": accepted}):
        answer = wire.packed(wire.pack(BODY), "application/json")
    assert answer.headers.get("Content-Encoding") == encoding
    assert (gzip.decompress(answer.data) if encoding else answer.data) == BODY
    assert answer.headers["Vary"] == "Accept-Encoding"  # so that a proxy does not mix them up


def test_a_client_that_says_nothing_gets_plain_bytes(client):
    answer = client.get("/geo/areas.geojson")
    assert "Content-Encoding" not in answer.headers
    packed = client.get("/geo/areas.geojson", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == answer.data


@given(st.binary(max_size=200))
def test_the_same_bytes_are_packed_the_same_at_any_time(body):
    assert wire.pack(body) == wire.pack(body)
    assert gzip.decompress(wire.pack(body)) == body


@pytest.mark.parametrize(
    ("query", "cached"),
    [("?v=3-ab", wire.FOREVER), ("?v=", wire.NEVER), ("?area=11", wire.NEVER), ("", wire.NEVER)],
)
def test_only_an_address_that_names_a_version_is_kept_for_ever(asked, query, cached):
    with asked(f"/{query}"):
        assert wire.lifetime() == cached


def test_for_ever_means_a_year_without_asking_again():
    assert wire.FOREVER == "public, max-age=31536000, immutable"


def test_numbers_of_arrays_are_numbers_on_the_wire(asked):
    with asked("/"):
        answer = wire.json({"n": np.int64(3), "x": np.array([1.5, np.nan])})
    assert answer.get_json() == {"n": 3, "x": [1.5, None]}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_has_a_reason_and_is_not_kept(asked):
    with asked("/"):
        answer = wire.refused(404, "There is nothing.", parts=["area"])
    assert answer.status_code == 404
    assert answer.get_json() == {"error": "There is nothing.", "parts": ["area"]}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "encoding", "unpacked"),
    [
        ("/_dash-dependencies", "gzip", gzip.decompress),
        ("/_dash-dependencies", "br", brotli.decompress),
        ("/export/tickets.csv?datetime=../..", "br", brotli.decompress),
        ("/export/tickets.csv?datetime=../..", "deflate", zlib.decompress),  # streamed: no gzip
    ],
)
def test_long_answers_are_packed_for_a_browser(client, path, encoding, unpacked):
    plain = client.get(path).data
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.data) < len(plain)
    assert unpacked(answer.data) == plain
