"""What every request passes: known paths only, well-formed callback bodies only, safe headers.

Dash answers any path with its index page and turns most malformed bodies into 500. Here an unknown
path is 404, a wrong method 405, a body no callback could have sent 400.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
from dash.exceptions import DependencyException
from flask import Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from api import wire
from geodata.errors import DataError, NoDataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash import Dash
    from flask import Flask

    from layers._answers import Answers

log = logging.getLogger(__name__)
CALLBACKS = "/_dash-update-component"
LONGEST_BODY = 2_000_000
# Names that Dash's own routes have; every other path must be one of ours.
CATCH_ALL = "/<path:path>"
POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: {tiles}; font-src 'self' data:; worker-src 'self' blob:; "
    "connect-src 'self' {tiles}; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"


def register(app: Dash, answers: Answers, pages: Sequence[str]) -> None:
    """Stand in front of every route of an app whose pages have these paths."""
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY

    @server.before_request
    def known() -> Response | None:
        if fault := _wrong_path(server, pages):
            return fault
        if request.path == CALLBACKS and request.method == "POST":
            return _wrong_body(app)
        return None

    @server.after_request
    def headed(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(app, answers))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if request.path.startswith("/_dash-") and "suites" not in request.path:
            response.headers["Cache-Control"] = wire.NEVER
        return response

    _answer_errors(server)


def _policy(app: Dash, answers: Answers) -> str:
    """What a page may load: our own, and the base map's tiles where the place has one."""
    if request.path.startswith("/api/"):
        return NO_PAGE  # and a ticket on its way in asks nothing of the data
    try:
        tiles = urlsplit(answers.reader().place.basemap.tiles)
    except DataError:
        tiles = urlsplit("")
    host = f"{tiles.scheme}://{tiles.netloc}" if tiles.netloc else ""
    return POLICY.format(scripts=" ".join(app.csp_hashes()), tiles=host)


def _answer_errors(server: Flask) -> None:
    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return wire.refused(error.code or 500, error.description or error.name)

    @server.errorhandler(DependencyException)
    def no_script(_: DependencyException) -> Response:
        return wire.refused(404, f"There is nothing at {request.path}.")

    @server.errorhandler(NoDataError)
    def empty(error: NoDataError) -> Response:
        return wire.refused(503, str(error))

    @server.errorhandler(DataError)
    def unreadable(_: DataError) -> Response:
        log.exception("data failed at %s", request.full_path)
        return wire.refused(503, "The data could not be read; the log says why.")


def _wrong_path(server: Flask, pages: Sequence[str]) -> Response | None:
    """404 for a path nobody serves, 405 for one that is served another way."""
    path = request.path
    rule = request.url_rule
    if isinstance(request.routing_exception, NotFound):
        return wire.refused(404, f"There is nothing at {path}.")
    if rule is not None and rule.rule != CATCH_ALL:
        return None
    others = _other_methods(server)
    if path in pages and rule is not None:
        return None
    if path in pages or others or _is_served(server, path):
        refusal = wire.refused(405, f"{request.method} is not a way to ask for {path}.")
        refusal.headers["Allow"] = ", ".join(sorted(others)) or "GET, HEAD, OPTIONS"
        return refusal
    return wire.refused(404, f"There is nothing at {path}.")


def _other_methods(server: Flask) -> set[str]:
    """Methods, beside those of the catch-all, that some rule takes at this path."""
    adapter = server.create_url_adapter(request)
    assert adapter
    return set(adapter.allowed_methods()) - {"GET", "HEAD", "OPTIONS"}


def _is_served(server: Flask, path: str) -> bool:
    """Whether a rule other than the catch-all answers GET at a path."""
    adapter = server.create_url_adapter(request)
    assert adapter
    try:
        rule, _ = adapter.match(path, method="GET", return_rule=True)
    except (NotFound, MethodNotAllowed):
        return False
    return rule.rule != CATCH_ALL


def _wrong_body(app: Dash) -> Response | None:
    """400 for a body that no page of ours can send, 404 for a callback that is not there."""
    try:
        body = orjson.loads(request.get_data())
    except (orjson.JSONDecodeError, RecursionError):
        return wire.refused(400, "The body is not JSON.")
    if not request.is_json:
        return wire.refused(400, "The body must be sent as application/json.")
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return wire.refused(400, "The body must name its output.")
    declared = app.callback_map.get(body["output"])
    if declared is None or "callback" not in declared:  # those of the browser are not ours to run
        return wire.refused(404, "There is no such callback.")
    fits = _fits(body, declared) and _are_changes(body.get("changedPropIds", []))
    return None if fits else wire.refused(400, "The body does not have the callback's shape.")


def _fits(body: dict[str, Any], declared: dict[str, Any]) -> bool:
    """Whether a body has the callback's ids and properties, a pattern's the same everywhere."""
    several = isinstance(declared["output"], list | tuple)
    outputs = declared["output"] if several else [declared["output"]]
    parts = (
        (body.get("inputs", []), declared["inputs"]),
        (body.get("state", []), declared["state"]),
        (body.get("outputs") if several else [body.get("outputs")], [o.to_dict() for o in outputs]),
    )
    matched: dict[str, Any] = {}
    return all(
        isinstance(given, list)
        and len(given) == len(wanted)
        and all(_is_part(g, d, matched) for g, d in zip(given, wanted, strict=True))
        for given, wanted in parts
    )


def _is_part(given: Any, declared: dict[str, Any], matched: dict[str, Any]) -> bool:
    """A dict naming the declared id and property; for a pattern, a list of such dicts.

    ``matched`` keeps the ids of each pattern, because a page finds the same ones each time.
    """
    if not declared["id"].startswith("{"):
        return _names(given, declared["property"]) and given["id"] == declared["id"]
    pattern = json.loads(declared["id"])
    if not isinstance(given, list) or not all(
        _names(g, declared["property"]) and _is_of(g["id"], pattern) for g in given
    ):
        return False
    ids = [g["id"] for g in given]
    return bool(matched.setdefault(declared["id"], ids) == ids)


def _names(given: Any, name: str) -> bool:
    """Whether a dict names an id and this property; the property ``id`` is the id itself."""
    if not isinstance(given, dict) or "id" not in given or given.get("property") != name:
        return False
    return name != "id" or given.get("value") == given["id"]


def _is_of(ident: Any, pattern: dict[str, Any]) -> bool:
    """Whether an id is one of a pattern, whose open parts are lists such as ``["ALL"]``."""
    return (
        isinstance(ident, dict)
        and set(ident) == set(pattern)
        and all(
            isinstance(ident[key], str | int) if isinstance(part, list) else ident[key] == part
            for key, part in pattern.items()
        )
    )


def _are_changes(given: Any) -> bool:
    """Whether every text reads ``id.property``, where an id may be a dict of plain values."""
    return isinstance(given, list) and all(isinstance(g, str) and _is_change(g) for g in given)


def _is_change(text: str) -> bool:
    ident, dot, _ = text.rpartition(".")
    if not ident.startswith("{"):
        return bool(dot)
    try:
        parts = orjson.loads(ident)
    except orjson.JSONDecodeError:
        return False
    return all(isinstance(part, str | int) for part in parts.values())
