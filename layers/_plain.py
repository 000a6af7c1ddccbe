"""Plain layers: declarations in ``DATA/layers/<id>.toml``, checked like files of code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.store.tables import table
from layers._layer import (
    Categorized,
    Category,
    Class,
    Field,
    Graduated,
    Label,
    Layer,
    LayerError,
    Range,
    Single,
    Source,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layers._layer import Queryable

_KEYS = {"id", "title", "group", "description", "source", "geometry", "fields", "symbology"}
_MORE = {"queryables", "label", "order", "shown_on"}


def layer_of(values: Mapping[str, Any], file: Path) -> Layer:
    """A layer from TOML: the rows are the file of the same name beside it.

    Raises
    ------
    LayerError
        When a key is missing or not understood; names the file.
    """
    if missing := sorted(_KEYS - set(values)):
        raise LayerError(f"{file} lacks {', '.join(missing)}. See docs/how-to/add-a-layer.md.")
    if unknown := sorted(set(values) - _KEYS - _MORE):
        raise LayerError(
            f"{file} has {', '.join(unknown)}, which is not a key of a layer. Its keys are "
            f"{', '.join(sorted(_KEYS | _MORE))}."
        )
    try:
        return Layer(
            id=values["id"],
            title=_text(values["title"]),
            group=_text(values["group"]),
            description=_text(values["description"]),
            source=_source(values["source"]),
            geometry=values["geometry"],
            query=table(values["id"]),
            fields=tuple(_field(field) for field in values["fields"]),
            symbology=_symbology(values["symbology"]),
            queryables=tuple(_queryable(q) for q in values.get("queryables", ())),
            label=Label(**values["label"]) if "label" in values else None,
            order=values.get("order", 50),
            shown_on=tuple(values.get("shown_on", ())),
        )
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise LayerError(f"{file} is not understood: {error}.") from error


def _text(value: str | Mapping[str, str]) -> Text:
    """``"名称"`` or ``{zh = "名称", en = "Name"}``."""
    return Text(value, value) if isinstance(value, str) else Text(value["zh"], value["en"])


def _source(values: Mapping[str, Any]) -> Source:
    return Source(**{**values, "provider": _text(values["provider"])})


def _field(values: Mapping[str, Any]) -> Field:
    texts = {name: _text(values[name]) for name in ("title", "unit") if name in values}
    return Field(**{**values, **texts})


def _queryable(values: Mapping[str, Any]) -> Queryable:
    rest = {**values, "title": _text(values["title"])}
    if "values" in rest:
        return Category(**{**rest, "values": tuple(rest["values"])})
    return Range(**rest)


def _symbology(values: Mapping[str, Any]) -> Single | Categorized | Graduated:
    if "color" in values:
        return Single(color=values["color"])
    classes = tuple(
        Class(value=c["value"], title=_text(c["title"]), color=c["color"])
        for c in values["classes"]
    )
    kind = Categorized if isinstance(classes[0].value, str) else Graduated
    return kind(by=values["by"], classes=classes)
