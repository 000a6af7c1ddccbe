"""Which paths there are, what they are asked with, and every answer they can give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from api import intake, tiles, wire
from api.openapi import addresses, desk
from api.openapi.schemas import ref
from geodata.intake.items import CRS_NAME
from layers._layer import Category
from layers._metrics import METRICS
from layers._view import LANGUAGES, View, to_search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers._layer import Layer, Queryable
    from layers._view import Catalog

    Part = dict[str, Any]

WHY = {
    400: "The request cannot be honoured; the error says why.",
    401: "Who sends this is not known.",
    403: "A page of another origin may not write.",
    404: "There is no such layer or tile.",
    413: "The body is too long.",
    415: "The body is not JSON.",
    503: "The data cannot be read or written at the moment.",
}
# Parts of an address that every answer about the facts understands, and an example of each.
ADDRESS = {
    "area": ("Code of the area; the whole place when absent.", ""),
    "layers": ("Layers on the map, bottom first; changes no number.", "areas,tickets:60"),
    "datetime": ("Period start/end, half-open, .. for an open end; a date.", "2026-11-01/.."),
    "compare": ("The period to compare with.", "2026-10-01/2026-11-01"),
    "at": ("A moment, for what changes by the hour.", "2026-11-01T18:30"),
    "selected": ("What is selected, as layer:id.", ""),
}
HOURS = "^([01]?[0-9]|2[0-3])/([01]?[0-9]|2[0-4])$"
EXAMPLE = {
    **{"id": "12345-0001", "created_at": "2026-11-01T08:30:00+08:00"},
    **{"category": "市容环境/餐饮油烟/烧烤油烟", "channel": "电话", "text": "楼下烧烤店油烟大"},
    **{"address": "世纪花园3号楼", "lon": 118.05, "lat": 36.81},
}


def paths(catalog: Catalog, own: str) -> dict[str, Part]:
    """Every path of the document; ``own`` is where the document itself is."""
    pointed = [layer.id for layer in catalog.values() if layer.tiles]
    shaped = [layer.id for layer in catalog.values() if not layer.tiles]
    address = _address(catalog)
    exported = [_path("layer", {"enum": list(catalog)}), *address]
    return {
        "/healthz": _get("alive", "Whether the server runs.", {200: _json("Alive")}),
        "/readyz": _get("ready", "Whether it can answer.", {200: _json("Ready")}, 503),
        "/version.json": _get("version", "Build and data.", {200: _json("Version")}, 503),
        own: _get("document", "This document.", {200: _json("Document")}, 503),
        "/api/summary": _get(
            *("summary", "The numbers of an address.", {200: _json("Summary")}, 400, 503),
            parameters=address,
        ),
        intake.ROUTE: {"post": _intake()},
        **addresses.paths(),
        **desk.paths(),
        "/geo/{layer}.geojson": _get(
            *("shapes", "All shapes of a layer.", {200: _features()}, 400, 404, 503),
            parameters=[_path("layer", {"enum": shaped}), *_transport(), _labels()],
        ),
        "/tiles/{layer}/{z}/{x}/{y}.mvt": _get(
            *("tile", "One vector tile of a layer.", {200: _binary(wire.MVT)}, 400, 404, 503),
            parameters=[_path("layer", {"enum": pointed}), *_tile(), *_transport(), *address],
        ),
        "/export/{layer}.csv": _get(
            *("rows", "Rows as CSV in UTF-8 with BOM.", {200: _file(_binary("text/csv"))}),
            *(400, 404, 503),
            parameters=exported,
        ),
        "/export/{layer}.geojson": _get(
            *("features", "Rows as GeoJSON.", {200: _file(_features())}, 400, 404, 503),
            parameters=exported,
        ),
    }


def _get(
    name: str, summary: str, good: dict[int, Part], *refusals: int, parameters: Iterable[Part] = ()
) -> Part:
    asked = {"operationId": name, "summary": summary, "parameters": list(parameters)}
    return {"get": asked | {"responses": _responses(good, refusals)}}


def _responses(good: dict[int, Part], refusals: Iterable[int]) -> Part:
    refused = {status: _json("Refusal", WHY[status]) for status in refusals}
    return {str(status): told for status, told in sorted((good | refused).items())}


def _json(name: str, why: str = "The answer.") -> Part:
    return {"description": why, "content": {wire.JSON: {"schema": ref(name)}}}


def _features() -> Part:
    return {"description": "The answer.", "content": {wire.GEOJSON: {"schema": ref("Features")}}}


def _binary(mimetype: str) -> Part:
    return {"description": "The answer.", "content": {mimetype: {}}}


def _file(told: Part) -> Part:
    return told | {"headers": {"Content-Disposition": _header("Names the file.")}}


def _header(description: str, **schema: Any) -> Part:
    return {"required": True, "description": description, "schema": {"type": "string", **schema}}


def _intake() -> Part:
    """The one way in."""
    both = {"schema": {"anyOf": [ref("Taken"), ref("Refusal")]}}
    responses = _responses(
        {
            200: _json("Taken", "All was known already."),
            201: _json("Taken", "Something new is on disk."),
            422: {
                "description": "Some tickets are refused, or the Idempotency-Key is in use.",
                "content": {wire.JSON: both},
            },
        },
        (400, 401, 403, 413, 415, 503),
    )
    responses["401"]["headers"] = {"WWW-Authenticate": _header("Bearer.", pattern="^Bearer")}
    responses["503"]["headers"] = {"Retry-After": _header("Seconds.", pattern="^[0-9]+$")}
    examples = {"one": {"value": EXAMPLE}, "several": {"value": {"tickets": [EXAMPLE]}}}
    content = {wire.JSON: {"schema": ref("Tickets"), "examples": examples}}
    return {
        "operationId": "takeTickets",
        "summary": "Send tickets; what is acknowledged is on disk.",
        "description": "Needs a token, unless it comes from the machine itself. A request may be "
        "repeated without harm: an id with the same content is known.",
        "security": [{"bearer": []}, {}],
        "parameters": [
            _query("crs", "CRS of coordinates that name none.", pattern=f"^({CRS_NAME})?$"),
            _key(),
        ],
        "requestBody": {"required": True, "content": content},
        "responses": responses,
    }


def _key() -> Part:
    return {
        **{"name": "Idempotency-Key", "in": "header", "required": False},
        "description": "Names the request: with the same body it gets the same answer again.",
        "schema": {"type": "string", "pattern": f"^{intake.KEY.pattern}$"},
    }


def _path(name: str, schema: Part) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", **schema}}


def _query(name: str, description: str, **schema: Any) -> Part:
    told = {"name": name, "in": "query", "required": False, "description": description}
    return told | {"schema": {"type": "string", **schema}}


def _tile() -> list[Part]:
    most = {"z": tiles.MAX_ZOOM, "x": (1 << tiles.MAX_ZOOM) - 1, "y": (1 << tiles.MAX_ZOOM) - 1}
    return [_path(n, {"type": "integer", "minimum": 0, "maximum": m}) for n, m in most.items()]


def _transport() -> list[Part]:
    return [
        _query("v", "The data's version; the answer may then be kept for ever."),
        _query("crs", "What the coordinates are shown in.", enum=list(wire.DISPLAYS)),
    ]


def _labels() -> Part:
    told = _query("with", "labels: points where names stand, in place of the shapes.")
    return _listed(told, wire.FLAGS)


def _address(catalog: Catalog) -> list[Part]:
    """Every key an address may have."""
    texts = [
        _query(name, said, **({"examples": [example]} if example else {}))
        for name, (said, example) in ADDRESS.items()
    ]
    return [
        *texts,
        _query("hours", "Local hours, first/last; may wrap midnight.", pattern=HOURS),
        _query("metric", "What areas are painted by.", enum=[m.id for m in METRICS]),
        _query("lang", "Language of the page.", enum=list(LANGUAGES)),
        *(_filter(layer, q) for layer in catalog.values() for q in layer.queryables),
    ]


def _filter(layer: Layer, queryable: Queryable) -> Part:
    name = f"{layer.id}.{queryable.name}"
    title = f"{queryable.title.zh} · {queryable.title.en}"
    if not isinstance(queryable, Category):
        return _query(name, f"{title}, as low/high, .. for an open end.")
    # The catalogue has met its data, so the values are there.
    values = [_written(layer, queryable, v) for v in queryable.values]  # type: ignore[union-attr]
    return _listed(_query(name, f"{title}; empty chooses none."), values)


def _listed(told: Part, values: Iterable[str]) -> Part:
    """A parameter of several values between commas; nothing between them stands for none."""
    listed = {"type": "array", "items": {"type": "string", "enum": ["", *values]}}
    return told | {"schema": listed, "style": "form", "explode": False}


def _written(layer: Layer, queryable: Queryable, value: str) -> str:
    """A value as it stands in an address."""
    search = to_search(View(filters=((layer.id, queryable.name, frozenset({value})),)))
    return dict(parse_qsl(search.removeprefix("?")))[f"{layer.id}.{queryable.name}"]
