"""What bodies look like, in JSON Schema: made from the columns, metrics and fields declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from api.openapi import addresses, desk
from geodata.intake.items import CODES, COLUMNS, CRS_NAME, LONGEST, LONGEST_ID, REQUIRED
from geodata.intake.live import LIMIT
from geodata.store.schema import TABLES
from layers._answers import GOVERNOR
from layers._metrics import METRICS

if TYPE_CHECKING:
    from layers._view import Catalog

    Schema = dict[str, Any]

# Any text but control characters, and one that is more than blanks.
_PLAIN = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f]"
_VISIBLE = r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_DATE = "(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
MOMENT = f"{_DATE}([T ]{_TIME}(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?)?"
COUNTS = ("total", "smoke", "open", "overdue")


def ref(name: str) -> Schema:
    """A reference to one of the schemas below."""
    return {"$ref": f"#/components/schemas/{name}"}


def schemas(catalog: Catalog) -> dict[str, Schema]:
    """Every named schema of the document."""
    return {
        "Ticket": _ticket(catalog),
        "Tickets": _tickets(),
        "Taken": _taken(),
        **addresses.schemas(),
        **desk.schemas(),
        "Summary": _summary(),
        "Features": _features(),
        "Refusal": _object({"error": _TEXT}, ready={"type": "boolean"}, parts=_list(_TEXT)),
        "Alive": _object({"alive": {"const": True}}),
        "Ready": _object({"ready": {"const": True}}),
        "Version": _object({"build": _TEXT, "data_version": _TEXT, "data_until": _AT}),
        "Document": _object({"openapi": _TEXT, "info": {"type": "object"}}),
    }


_TEXT: Schema = {"type": "string"}
_AT: Schema = {"type": "string", "format": "date-time"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def _object(required: dict[str, Schema], **optional: Schema) -> Schema:
    properties = {**required, **optional}
    return {"type": "object", "required": list(required), "properties": properties}


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _ticket(catalog: Catalog) -> Schema:
    """A ticket on its way in."""
    titles = {f.name: f.title for f in catalog[GOVERNOR].fields} if GOVERNOR in catalog else {}
    properties: dict[str, Schema] = {}
    for name in COLUMNS:
        title = titles.get(name)
        said = {"description": f"{title.zh} · {title.en}"} if title else {}
        properties[name] = said | _value(name)
    properties["crs"] = {
        **{"type": ["string", "null"], "pattern": f"^({CRS_NAME})$"},
        "description": "What lon and lat are in; EPSG:4326 when nothing is said.",
    }
    return {
        "type": "object",
        "required": list(REQUIRED),
        "properties": properties,
        "additionalProperties": False,
    }


def _value(name: str) -> Schema:
    """What the value of a column may be."""
    column, longest = TABLES["tickets"].field(name), LONGEST_ID if name == "id" else LONGEST
    must = name in REQUIRED
    if pa.types.is_floating(column.type):
        return {"type": ["number", "null"]}
    if pa.types.is_timestamp(column.type):
        pattern = f"^{MOMENT}$" if must else f"^({MOMENT})?$"
    else:
        pattern = f"^{_PLAIN}*{_VISIBLE}{_PLAIN}*$" if must else f"^{_PLAIN}*$"
    types = ["string", *(["integer"] if name in CODES else []), *([] if must else ["null"])]
    one = types[0] if len(types) == 1 else types
    return {"type": one, "pattern": pattern, "maxLength": longest}


def _tickets() -> Schema:
    """The body of a request: one ticket, or several."""
    several = _list(ref("Ticket"), minItems=1, maxItems=LIMIT)
    crs = {"type": ["string", "null"], "pattern": f"^({CRS_NAME})$"}
    wrapped = _object({"tickets": several}, crs=crs) | {"additionalProperties": False}
    return {"anyOf": [ref("Ticket"), several, wrapped]}


def _taken() -> Schema:
    """What became of each ticket of a request."""
    fault = _object(dict.fromkeys(("column", "value", "reason", "cure"), _TEXT))
    good = _object({"id": _TEXT, "status": {"enum": ["created", "updated", "known"]}})
    bad = _object(
        {
            **{"index": _COUNT, "id": {"type": ["string", "integer", "null"]}},
            **{"status": {"const": "rejected"}, "errors": _list(fault, minItems=1)},
        }
    )
    items = _list({"oneOf": [good, bad]}, minItems=1, maxItems=LIMIT)
    return _object({"accepted": _COUNT, "rejected": _COUNT, "items": items})


def _summary() -> Schema:
    """The numbers of an address."""
    metrics = {
        m.id: {
            "type": ["number", "null"],
            "description": f"{m.note.zh} · {m.note.en} ({m.unit.en})",
        }
        for m in METRICS
    }
    area = {"code": _TEXT, "name": _TEXT, "level": _COUNT, **dict.fromkeys(COUNTS, _COUNT)}
    return _object(
        {
            **metrics,
            **{"unplaced": _COUNT, "areas": _list(_object(area)), "data_version": _TEXT},
        }
    )


def _features() -> Schema:
    """A GeoJSON FeatureCollection (RFC 7946)."""
    feature = _object(
        {
            "type": {"const": "Feature"},
            "geometry": {"type": ["object", "null"]},
            "properties": {"type": ["object", "null"]},
        }
    )
    return _object({"type": {"const": "FeatureCollection"}, "features": _list(feature)})
