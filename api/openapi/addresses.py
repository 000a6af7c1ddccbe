"""The address engine in the document: its paths and what its answers look like."""

from __future__ import annotations

from typing import Any

from api import addresses, wire
from geodata.addresses.known import KINDS
from geodata.addresses.suggest import LONGEST

Part = dict[str, Any]

_TEXT: Part = {"type": "string"}
_MAYBE: Part = {"type": ["string", "null"]}
_NUMBER: Part = {"type": ["number", "null"]}
_COUNT: Part = {"type": "integer", "minimum": 0}
WHY = {
    400: "The request cannot be honoured; the error says why.",
    503: "The data cannot be read at the moment.",
}


def paths() -> dict[str, Part]:
    """Every path of the engine."""
    text = {**_TEXT, "maxLength": addresses.LONGEST_TEXT, "examples": ["世纪花园3号楼2单元501"]}
    near = {**_TEXT, "pattern": f"^{addresses.NEAR}$", "examples": ["118.05,36.81"]}
    limit = {"type": "integer", "minimum": 1, "maximum": addresses.MOST}
    return {
        f"{addresses.ROOT}/match": _get(
            *("matchAddress", "The finest standard address that is certain.", "Match"),
            _query("text", "What somebody said of a place.", text, required=True),
            _query("near", "Where that was, lon,lat in EPSG:4326, if known.", near),
        ),
        f"{addresses.ROOT}/suggest": _get(
            *("suggestAddress", "Places that may be meant, the closest first.", "Suggestions"),
            _query("q", "A name, pinyin or initials.", {**_TEXT, "maxLength": LONGEST}, True),
            _query("limit", "How many are told.", limit | {"default": addresses.SHOWN}),
        ),
    }


def schemas() -> dict[str, Part]:
    """What its answers look like."""
    element = {"start": _COUNT, "end": _COUNT, "label": _TEXT, "text": _TEXT}
    other = {"id": _TEXT, "name": _TEXT, "level": _MAYBE}
    suggestion = {"kind": {"enum": list(KINDS)}, "id": _TEXT, "name": _TEXT}
    return {
        "Match": _object(
            {
                "status": {"enum": ["matched", "review", "none"]},
                **dict.fromkeys(("address_id", "level", "base"), _MAYBE),
                **dict.fromkeys(("building", "unit", "room"), _MAYBE),
                **{"lon": _NUMBER, "lat": _NUMBER, "grid": _MAYBE},
                "score": {"type": "number", "minimum": 0, "maximum": 1},
                "reason": _TEXT | {"description": "One sentence in Chinese."},
                **{"alternatives": _list(_object(other)), "elements": _list(_object(element))},
                "data_version": _TEXT,
            }
        ),
        "Suggestions": _object(
            {
                "suggestions": _list(_object({**suggestion, "name_en": _MAYBE, "area": _MAYBE})),
                "data_version": _TEXT,
            }
        ),
    }


def _get(name: str, summary: str, good: str, *parameters: Part) -> Part:
    responses = {"200": _json(good, "The answer.")}
    responses |= {str(status): _json("Refusal", why) for status, why in WHY.items()}
    told = {"operationId": name, "summary": summary, "parameters": list(parameters)}
    return {"get": told | {"responses": responses}}


def _json(name: str, why: str) -> Part:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": why, "content": {wire.JSON: {"schema": schema}}}


def _query(name: str, description: str, schema: Part, required: bool = False) -> Part:
    told = {"name": name, "in": "query", "required": required, "description": description}
    return told | {"schema": schema}


def _object(required: dict[str, Part]) -> Part:
    return {"type": "object", "required": list(required), "properties": required}


def _list(items: Part) -> Part:
    return {"type": "array", "items": items}
