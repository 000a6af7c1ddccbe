"""Bodies of callbacks as a page of ours sends them, made from what the app itself declares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash import Dash

ADDRESS = "/_dash-update-component"
SAID = {
    "url.search": "?area=11",
    "url.pathname": "/plan",
    "search.searchValue": "北",
    "table.getRowsRequest": {"startRow": 0, "endRow": 100},
}
FOUND = {"panel": ("indicators", "list", "notices"), "control": ("layers", "metric")}
CALLBACKS = ("map.scene", "go.data", "search.data", "table.getRowsResponse", "page.children")


def output(app: Dash, name: str) -> str:
    """The whole name of the callback that has this output."""
    return next(key for key in app.callback_map if name in key.strip(".").split("..."))


def body(
    app: Dash,
    name: str,
    said: Mapping[str, Any] = SAID,
    found: Mapping[str, Sequence[str]] = FOUND,
    values: Sequence[Any] = (),
) -> dict[str, Any]:
    """What a page sends when the first input has changed.

    ``said`` is what single components hold by ``id.property``; ``found`` names the components of
    each pattern that are on the page, and ``values`` what those of the inputs hold, in that order.
    """
    whole = output(app, name)
    declared = app.callback_map[whole]
    several = isinstance(declared["output"], list | tuple)
    outputs = [o.to_dict() for o in (declared["output"] if several else [declared["output"]])]

    def told(dependency: dict[str, Any], given: Sequence[Any] = ()) -> Any:
        ident, prop = dependency["id"], dependency["property"]
        if not ident.startswith("{"):
            return {"id": ident, "property": prop, "value": said.get(f"{ident}.{prop}")}
        ids = _ids(json.loads(ident), found)
        held = ids if prop == "id" else [*given, *[None] * len(ids)]
        return [
            {"id": i, "property": prop, "value": v}
            for i, v in zip(ids, held[: len(ids)], strict=True)
        ]

    named = [_without_value(told(o)) for o in outputs]
    first = declared["inputs"][0]
    return {
        "output": whole,
        "outputs": named if several else named[0],
        "inputs": [told(d, values) for d in declared["inputs"]],
        "state": [told(d) for d in declared["state"]],
        "changedPropIds": [f"{first['id']}.{first['property']}"],
    }


def moved(app: Dash, key: str, value: Any, search: str = "") -> dict[str, Any]:
    """The body of a widget that a reader has moved."""
    asked = body(app, "go.data", {**SAID, "url.search": search}, {"control": [key]}, values=[value])
    ident = json.dumps({"key": key, "type": "control"}, separators=(",", ":"), ensure_ascii=False)
    return asked | {"changedPropIds": [f"{ident}.value"]}


def _ids(pattern: dict[str, Any], found: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    (key,) = (name for name, part in pattern.items() if isinstance(part, list))
    return [{**pattern, key: name} for name in found[pattern["type"]]]


def _without_value(named: Any) -> Any:
    if isinstance(named, list):
        return [_without_value(one) for one in named]
    return {name: part for name, part in named.items() if name != "value"}
