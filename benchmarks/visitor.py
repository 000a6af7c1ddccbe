"""A visitor without a browser: asks a server what a page asks, on one kept connection."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from geodata.query import Tile

CALLBACKS = "/_dash-update-component"
REFRESH, SUGGEST, PAGE = "map.scene", "search.data", "page.children"


class Visitor:
    """Reads pages of the server at a port of this machine."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        declared = json.loads(self.get("/_dash-dependencies"))
        self._outputs = [str(callback["output"]) for callback in declared]
        self._panels: dict[str, list[Any]] = {}

    def get(self, path: str) -> bytes:
        """The body at a path; raises when the answer is not 200."""
        return self._asked("GET", path, None)

    def tile(self, layer: str, tile: Tile, search: str = "") -> bytes:
        """A tile of an address."""
        return self.get(f"/tiles/{layer}/{tile.z}/{tile.x}/{tile.y}.mvt{_quoted(search)}")

    def summary(self, search: str) -> bytes:
        """The numbers of an address."""
        return self.get(f"/api/summary{_quoted(search)}")

    def refresh(self, path: str, search: str) -> bytes:
        """The round trip of an address: scene and every panel of the page."""
        ids = self._panels.get(path) or self._panels.setdefault(path, self._panels_of(path))
        children = [{"id": ident, "property": "children"} for ident in ids]
        named = [{"id": ident, "property": "id", "value": ident} for ident in ids]
        return self._call(
            REFRESH,
            outputs=[{"id": "map", "property": "scene"}, children],
            inputs=[_value("url", "search", search), _value("pulse", "data", None)],
            state=[_value("url", "pathname", path), named],
        )

    def suggest(self, text: str) -> bytes:
        """What the search box shows for a text."""
        return self._call(
            SUGGEST,
            outputs={"id": "search", "property": "data"},
            inputs=[_value("search", "searchValue", text)],
            state=[_value("url", "search", "")],
        )

    def _panels_of(self, path: str) -> list[Any]:
        body = self._call(
            PAGE,
            outputs={"id": "page", "property": "children"},
            inputs=[_value("url", "pathname", path)],
            state=[_value("url", "search", "")],
        )
        return list(_ids(json.loads(body)))

    def _call(self, name: str, *, outputs: Any, inputs: list[Any], state: list[Any]) -> bytes:
        output = next(o for o in self._outputs if o.lstrip(".").startswith(name))
        changed = f"{inputs[0]['id']}.{inputs[0]['property']}"
        body = {
            "output": output,
            "outputs": outputs,
            "inputs": inputs,
            "state": state,
            "changedPropIds": [changed],
        }
        return self._asked("POST", CALLBACKS, json.dumps(body))

    def _asked(self, method: str, path: str, body: str | None) -> bytes:
        try:
            answer = self._sent(method, path, body)
        except (
            http.client.RemoteDisconnected
        ):  # a connection kept too long; a browser opens another
            self._connection.close()
            answer = self._sent(method, path, body)
        told = answer.read()
        if answer.status not in {200, 204}:
            raise RuntimeError(f"{method} {path}: {answer.status} {told[:300]!r}")
        return told if answer.headers["Content-Encoding"] != "gzip" else gzip.decompress(told)

    def _sent(self, method: str, path: str, body: str | None) -> http.client.HTTPResponse:
        headers = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}
        self._connection.request(method, path, body, headers)
        return self._connection.getresponse()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def visiting(port: int) -> Iterator[Visitor]:
    visitor = Visitor(port)
    try:
        yield visitor
    finally:
        visitor.close()


def _value(ident: str, name: str, value: Any) -> dict[str, Any]:
    return {"id": ident, "property": name, "value": value}


def _ids(node: Any) -> Iterator[dict[str, str]]:
    """Every panel's id in a tree of components."""
    if isinstance(node, dict):
        ident = node.get("id")
        if isinstance(ident, dict) and ident.get("type") == "panel":
            yield ident
        for value in node.values():
            yield from _ids(value)
    elif isinstance(node, list):
        for value in node:
            yield from _ids(value)


def _quoted(search: str) -> str:
    return quote(search, safe="?&=/:,.%")
