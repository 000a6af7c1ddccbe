"""The generated reference: ``docs/layers.md`` from the catalogue."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import layers
from layers._layer import Category, Graduated, Quantiles, Single

if TYPE_CHECKING:
    from layers._layer import Field, Layer

PAGE = Path(__file__).parent / "layers.md"
HEAD = """# Layers

Generated from `layers/` by `python -m docs.generate`; do not edit.

Every layer below can stand in `?layers=`, bottom first, with its opacity in percent after a colon
(`layers=grids:60,smoke`). Its own filters are address keys `<layer>.<filter>`.
"""


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or with ``--check`` return 1 when it is not what the code says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = HEAD + "".join(_section(layer) for layer in layers.catalog().values())
    if not parser.parse_args(arguments).check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/layers.md is stale; run `python -m docs.generate`.\n")
    return 1


def _section(layer: Layer) -> str:
    lines = [
        f"\n## `{layer.id}` · {layer.title.zh} · {layer.title.en}\n",
        f"{layer.description.en} {layer.description.zh}\n",
        f"- geometry: {layer.geometry}, {_travel(layer)}",
        f"- colour: {_colour(layer)}",
        f"- source: {layer.source.provider.en} ({layer.source.license})",
        f"- shown without being asked on: {', '.join(layer.shown_on) or 'no page'}",
        f"- columns of the export: {', '.join(f'`{f.name}`' for f in _columns(layer))}",
    ]
    if layer.filtered_by:
        lines.append(f"- filtered by: the filters of `{layer.filtered_by}`")
    lines += [f"- filter `{layer.id}.{q.name}`: {_filter(q)}" for q in layer.queryables]
    if layer.metrics:
        ids = ", ".join(f"`{m.id}` ({m.title.en})" for m in layer.metrics)
        lines.append(f"- painted by `metric=`: {ids}")
    return "\n".join(lines) + "\n"


def _travel(layer: Layer) -> str:
    if layer.tiles:
        return f"as tiles: counts below zoom {layer.tiles.split_zoom}, single points from there"
    return f"once, as `/geo/{layer.id}.geojson`"


def _colour(layer: Layer) -> str:
    symbology = layer.symbology
    if isinstance(symbology, Single):
        return "one"
    if isinstance(symbology, Graduated) and isinstance(symbology.classes, Quantiles):
        return f"by the metric of the address, in up to {symbology.classes.classes} quantiles"
    names = ", ".join(c.title.en for c in symbology.classes)  # type: ignore[union-attr]
    return f"by `{symbology.by}`: {names}"


def _columns(layer: Layer) -> list[Field]:
    return [field for field in layer.fields if not field.on_map_only]


def _filter(queryable: object) -> str:
    if isinstance(queryable, Category):
        values = queryable.values
        return "values of the data" if callable(values) else ", ".join(f"`{v}`" for v in values)
    return f"{queryable.minimum:g} to {queryable.maximum:g}, as `low/high`"  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
