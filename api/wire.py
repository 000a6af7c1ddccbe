"""Bytes on the wire: JSON, compression, cache headers, refusals."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import orjson
from flask import Response, abort, request

if TYPE_CHECKING:
    from layers._answers import Question

TRANSPORT = {"v", "crs", "with"}
DISPLAYS, FLAGS = ("WGS84", "GCJ-02"), ("labels",)
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"
GEOJSON = "application/geo+json"
JSON = "application/json"
MVT = "application/vnd.mapbox-vector-tile"


def json(value: Any, status: int = 200, cached: str = NEVER) -> Response:
    """A JSON answer; numpy values are written as numbers."""
    body = orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)
    return _headed(Response(body, status, mimetype=JSON), cached)


def refused(status: int, reason: str, **more: Any) -> Response:
    """Why a request was not answered, in one sentence."""
    return json({"error": reason, **more}, status)


def packed(compressed: bytes, mimetype: str, cached: str = FOREVER) -> Response:
    """An answer that is kept compressed; unpacked for the rare client that cannot read gzip."""
    if request.accept_encodings["gzip"] > 0:
        response = Response(compressed, mimetype=mimetype)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(gzip.decompress(compressed), mimetype=mimetype)
    response.vary.add("Accept-Encoding")
    return _headed(response, cached)


def pack(body: bytes, level: int = 6) -> bytes:
    """Compress an answer that will be kept; the same bytes for the same body."""
    return gzip.compress(body, level, mtime=0)


def lifetime() -> str:
    """An address that names the data's version may be kept for ever, another may not."""
    return FOREVER if request.args.get("v") else NEVER


def search() -> str:
    """The view part of the request's query: all but what belongs to the transport."""
    text = request.query_string.decode("utf-8", "replace")
    kept = [(k, v) for k, v in parse_qsl(text, keep_blank_values=True) if k not in TRANSPORT]
    return "?" + urlencode(kept)


def display() -> str:
    """The CRS the map is shown in: ``crs=GCJ-02`` for a shifted base map, else WGS84."""
    given = request.args.get("crs", "WGS84")
    if given not in DISPLAYS:
        abort(400, f"crs is {given[:40]!r}; it must be {' or '.join(DISPLAYS)}.")
    return given


def flags() -> set[str]:
    """Transport flags of the request: the comma-separated ``with=``."""
    given = set(filter(None, request.args.get("with", "").split(",")))
    if strange := sorted(given - set(FLAGS)):
        abort(400, f"with has {strange[0][:40]!r}; it may have {', '.join(FLAGS)}.")
    return given


def unread(question: Question) -> Response:
    """The refusal of an address with parts that cannot be honoured."""
    return refused(
        400,
        " ".join(notice("en") for notice in question.notices),
        parts=[notice.key for notice in question.notices],
    )


def _headed(response: Response, cached: str) -> Response:
    response.headers["Cache-Control"] = cached
    return response
