"""The declaration of a plain layer, written so that a person can edit it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

GEOMETRIES = ("Point", "Line", "Polygon")  # by shapely's dimension of a shape
# Beside the blue of load and the orange of smoke, and readable on both grounds.
COLORS = ("#b07cc6", "#c4697b", "#8fa64a", "#8a86d6", "#d077ae", "#b89a3e")
MOST_VALUES = 12  # of a text column that becomes a filter
HOVERED = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the layer: its name in the data, its title, its values."""

    name: str
    title: str
    values: pa.Array

    @property
    def is_text(self) -> bool:
        """Whether the values are words and not numbers."""
        return bool(pa.types.is_string(self.values.type))


def declared(
    ident: str, title: str, frame: gpd.GeoDataFrame, columns: list[Column], source: str
) -> str:
    """The declaration of a layer as TOML, in the words of docs/how-to/add-a-layer.md."""
    size = int(shapely.get_dimensions(frame.geometry.iloc[0]))
    hovered = [column for column in columns if column.is_text and column.name != "id"][:HOVERED]
    named = next((c for c in columns if re.search(r"name|名称|名$", c.title.lower())), None)
    lines = [
        "# Made by `python -m geodata import layer`; edit it as you like.",
        f"id = {_text(ident)}",
        f"title = {_text(title)}",
        'group = {zh = "导入", en = "Imported"}',
        f"description = {_text(source)}",
        f'source = {{provider = {_text(source)}, license = "unknown"}}',
        f"geometry = {_text(GEOMETRIES[size])}",
        "fields = [",
        *[_field(column, hovered=column in hovered) for column in columns],
        "]",
    ]
    filters = [line for column in columns if (line := _filter(column))]
    lines += ["queryables = [", *filters, "]"] if filters else []
    lines += [f"label = {{field = {_text(named.name)}, from_zoom = 13.5}}"] if named else []
    color = COLORS[sum(ident.encode()) % len(COLORS)]
    return "\n".join([*lines, "", "[symbology]", f"color = {_text(color)}", ""])


def _field(column: Column, *, hovered: bool) -> str:
    hover = ", hover = true" if hovered else ""
    return f"  {{name = {_text(column.name)}, title = {_text(column.title)}{hover}}},"


def _filter(column: Column) -> str:
    """A filter by the few values of a text column; none for names and numbers."""
    if not column.is_text or column.name == "id":
        return ""
    values = sorted(set(column.values.drop_null().to_pylist()))
    if not 1 < len(values) <= MOST_VALUES:
        return ""
    told = ", ".join(_text(value) for value in values)
    return f"  {{name = {_text(column.name)}, title = {_text(column.title)}, values = [{told}]}},"


def _text(value: str) -> str:
    # A JSON string is a TOML basic string, but for the one control character JSON leaves bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
