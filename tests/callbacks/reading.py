"""Reading what a callback gives: components as the browser is sent them, plain JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
from plotly.io.json import to_json_plotly

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = Any
CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def sent(component: Any) -> Json:
    """What the browser is sent for a component."""
    return orjson.loads(to_json_plotly(component))


def props(node: Json) -> dict[str, Any]:
    """The properties of a component, an empty dict of a text."""
    return node["props"] if isinstance(node, dict) and "props" in node else {}


def nodes(node: Json) -> Iterator[Json]:
    """A component and all in it, in the order of the page, also where a property holds them."""
    if isinstance(node, list):
        for part in node:
            yield from nodes(part)
    elif props(node):
        yield node
        for value in node["props"].values():
            if isinstance(value, list) or props(value):
                yield from nodes(value)


def having(node: Json, **wanted: Any) -> list[Json]:
    """The components with these properties; ``class_`` is one of the classes, ``__`` a dash."""
    names = {name.rstrip("_").replace("__", "-"): value for name, value in wanted.items()}
    one_class = names.pop("class", None)
    return [
        part
        for part in nodes(node)
        if all(props(part).get(name) == value for name, value in names.items())
        and (one_class is None or one_class in str(props(part).get("className") or "").split())
    ]


def texts(node: Json) -> list[str]:
    """The texts of a component in the order of the page."""
    if isinstance(node, str):
        return [node] if node else []
    if isinstance(node, int | float):
        return [str(node)]
    if isinstance(node, list):
        return [text for part in node for text in texts(part)]
    return texts(props(node)["children"]) if "children" in props(node) else []


def text(node: Json) -> str:
    """All the text of a component, its parts apart by ``|``."""
    return "|".join(texts(node))


def links(node: Json) -> list[str]:
    """Where a component leads, in the order of the page."""
    return [props(part)["href"] for part in nodes(node) if "href" in props(part)]


def figure(node: Json) -> dict[str, Any]:
    """The figure of the one chart in a component."""
    (found,) = [props(part)["figure"] for part in nodes(node) if "figure" in props(part)]
    return dict(found)


def strings(value: Json) -> Iterator[str]:
    """Every string of a JSON value; of its objects the values only."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)
