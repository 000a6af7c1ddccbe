"""The address desk in the document: its paths and what its answers look like."""

from __future__ import annotations

from typing import Any

from api import address_desk as desk
from api import wire
from geodata.addresses.answers import REASONS, UNLISTED

Part = dict[str, Any]

SECURITY: list[Part] = [{"bearer": []}, {}]
WHY = {
    400: "The request cannot be honoured; the error says why.",
    401: "Who asks this is not known.",
    403: "A page of another origin may not ask this.",
    404: "There is no such name, address or decision.",
    409: "Something else is being written, or there is nothing to do, or not yet.",
    413: "The body is too long.",
    503: "The data cannot be read or written at the moment.",
}
_TEXT: Part = {"type": "string"}
_IDENT: Part = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
_MAYBE: Part = {"type": ["string", "null"]}
_NUMBER: Part = {"type": ["number", "null"]}
_COUNT: Part = {"type": "integer", "minimum": 0}
_SHARES = ("matched", "first", "by_clerk", "by_text", "far", "repeated", "empty")
# Why most appeals of a name have no address: the codes of the matcher, and a name nobody knows.
_CODES = (*REASONS, UNLISTED)
_LISTS = ("by_community", "by_channel", "by_level", "without", "duplicates")


def paths() -> dict[str, Part]:
    """Every path of the desk."""
    mention = _query("mention", {"type": "string", "minLength": 1}, required=True)
    address = _query("address_id", {"type": "string", "minLength": 1}, required=True)
    return {
        f"{desk.ROOT}/queue": {
            "get": _asked(
                *("addressQueue", "Names that wait for a decision.", {200: "AddressQueue"}),
                parameters=[
                    _query("limit", _whole(1, desk.MOST)),
                    _query("offset", _whole(0, desk.DEEPEST)),
                    _query("crs", {"type": "string", "enum": list(wire.DISPLAYS)}),
                ],
            )
        },
        f"{desk.ROOT}/preview": {
            "get": _asked(
                *("addressPreview", "How many appeals a decision would place."),
                {200: "AddressPreview"},
                *(404, 409),
                parameters=[mention, address],
            )
        },
        f"{desk.ROOT}/coverage": {
            "get": _asked("addressCoverage", "How well appeals are addressed.", {200: "Coverage"})
        },
        **_of_decisions(),
        **_of_work(),
    }


def _of_decisions() -> dict[str, Part]:
    batch = {"name": "number", "in": "path", "required": True, "schema": _COUNT}
    return {
        f"{desk.ROOT}/decisions": {
            "get": _asked("addressDecisions", "Every decision.", {200: "AddressDecisions"}),
            "post": {
                **_asked("decideAddress", "Decide what a name means.", {202: "Begun"}, *_WRITE),
                "description": "What is decided is written by a process of its own; ask for it at "
                f"{desk.ROOT}/work/{{ident}} until its phase is done.",
                "requestBody": {"required": True, "content": _content("AddressDecision")},
            },
        },
        f"{desk.ROOT}/decisions/{{number}}": {
            "delete": _asked(
                *("undoDecision", "Take a decision back.", {202: "Undoing"}, *_WRITE),
                parameters=[batch],
            )
        },
    }


def _of_work() -> dict[str, Part]:
    ident = {"name": "ident", "in": "path", "required": True, "schema": _IDENT}
    summary = "Place all appeals that have an address by now and need no decision."
    return {
        f"{desk.ROOT}/ready": {
            "post": {
                **_asked("placeReady", summary, {202: "Begun"}, 409),
                "description": "May be repeated: what has an address is left alone. It is a batch "
                "among the decisions, without a mention, and can be taken back like them.",
            }
        },
        f"{desk.ROOT}/work/{{ident}}": {
            "get": _asked(
                "addressWork",
                "What has become of a decision, a placing or a taking back.",
                {200: "Work"},
                404,
                parameters=[ident],
            )
        },
    }


_WRITE = (404, 409, 413)


def schemas() -> dict[str, Part]:
    """What its answers look like."""
    share = _object({"name": _TEXT, "count": _COUNT, "of": _COUNT, "code": _TEXT})
    point = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    where = {"lon": _NUMBER, "lat": _NUMBER}
    place = _object({**dict.fromkeys(("id", "name", "level", "within"), _TEXT), **where})
    how = {"enum": ["same", "alike", "near"]}
    candidate = _object(
        {"place": place, "how": how, "distance_m": {"type": ["integer", "null"], "minimum": 0}}
    )
    said = {**dict.fromkeys(("id", "text", "at"), _TEXT), "channel": _MAYBE, "area": _MAYBE}
    group = _object(
        {
            **{"mention": _TEXT, "count": _COUNT, "why": _TEXT, "code": {"enum": list(_CODES)}},
            **{"examples": _list(_object(said | where)), "points": _list(point)},
            "candidates": _list(candidate),
        }
    )
    counts = dict.fromkeys(("appeals", "ready", "silent", "groups"), _COUNT)
    return _answers(share, group, counts)


def _answers(share: Part, group: Part, counts: dict[str, Part]) -> dict[str, Part]:
    decided = _object(
        {
            **{"batch": _COUNT, "at": _TEXT, "undone": {"type": "boolean"}},
            **{"placed": _COUNT, "waited": _COUNT},
            **dict.fromkeys(("mention", "address_id", "name", "by"), _MAYBE),
        }
    )
    return {
        "AddressQueue": {
            "oneOf": [
                _object({"state": {"const": "preparing"}, "done": _COUNT, "of": _COUNT}),
                _object(
                    {
                        **{"state": {"enum": ["ready", "refreshing"]}, "version": _TEXT},
                        **{**counts, "shown": _list(group)},
                    }
                ),
            ]
        },
        "AddressPreview": _object({"placed": _COUNT}),
        "Coverage": _object(
            {
                **{"version": _TEXT, **dict.fromkeys(_SHARES, share)},
                **dict.fromkeys(_LISTS, _list(share)),
            }
        ),
        "AddressDecision": _object(_wanted()) | {"additionalProperties": False},
        "AddressDecisions": _object({"decisions": _list(decided)}),
        "Begun": _object({"id": _IDENT, "expected": _COUNT}),
        "Undoing": _object({"id": _IDENT, "batch": _COUNT}),
        "Work": _worked(),
    }


def _worked() -> Part:
    """How a work stands, and at its end what came of it."""
    settled = _object({"batch": {"type": ["integer", "null"]}, "placed": _COUNT, "waited": _COUNT})
    undone = _object({"batch": _COUNT, "file": _TEXT, "kind": _TEXT})
    phase = {"phase": {"enum": ["none", "running", "stopped", "failed", "done"]}}
    more = {
        **{"seconds": {"type": "number", "minimum": 0}, "error": _TEXT, "error_zh": _TEXT},
        "result": {"oneOf": [settled, undone]},
    }
    return {"type": "object", "required": list(phase), "properties": phase | more}


def _wanted() -> dict[str, Part]:
    return {
        "mention": {"type": "string", "minLength": 1, "maxLength": desk.LONGEST["mention"]},
        "address_id": {
            **{"type": ["string", "null"], "minLength": 1},
            "maxLength": desk.LONGEST["address_id"],
            "description": "An address or the code of an area; null where it names no place.",
        },
    }


def _asked(
    name: str,
    summary: str,
    good: dict[int, str],
    *refusals: int,
    parameters: list[Part] | None = None,
) -> Part:
    told = {
        status: {"description": "The answer.", "content": _content(schema)}
        for status, schema in good.items()
    }
    for status in (400, 401, 403, 503, *refusals):
        told[status] = {"description": WHY[status], "content": _content("Refusal")}
    bearer = {"type": "string", "pattern": "^Bearer"}
    told[401]["headers"] = {"WWW-Authenticate": {"required": True, "schema": bearer}}
    return {
        **{"operationId": name, "summary": summary, "security": SECURITY},
        **{"parameters": parameters or []},
        "responses": {str(status): told[status] for status in sorted(told)},
    }


def _content(schema: str) -> Part:
    return {wire.JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _query(name: str, schema: Part, *, required: bool = False) -> Part:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _whole(least: int, most: int) -> Part:
    return {"type": "integer", "minimum": least, "maximum": most}


def _object(required: dict[str, Part]) -> Part:
    return {"type": "object", "required": list(required), "properties": required}


def _list(items: Part) -> Part:
    return {"type": "array", "items": items}
