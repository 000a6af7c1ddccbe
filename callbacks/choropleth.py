"""Layers of areas: the choropleth, its borders and names, and what hover and click act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callbacks.paint import OUTSIDE, class_color, name_text
from callbacks.theme import FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callbacks.paint import Brush, Spec

VALUE = ["coalesce", ["feature-state", "v"], OUTSIDE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which part of the hierarchy is on the screen.

    ``area`` is the number of the shown area and ``level`` its depth; ``is_leaf`` says that it has
    no areas below; ``acts`` that this layer holds the children that hover and click act on;
    ``paints`` that it is the choropleth; ``finest`` that it holds the leaves of the hierarchy and
    nothing above them.
    """

    area: int
    level: int
    is_leaf: bool
    acts: bool
    paints: bool
    finest: bool


def choropleth(
    brush: Brush, shown: Shown, bounds: Sequence[float], colors: Sequence[str]
) -> list[Spec]:
    """Style layers of one layer of areas, bottom first."""
    specs = [_fill(brush, bounds, colors, shown)] if shown.paints else []
    specs += _borders(brush, shown)
    if shown.acts:
        specs += _children(brush, shown)
    return [*specs, *_names(brush, shown)]


def _fill(brush: Brush, bounds: Sequence[float], colors: Sequence[str], shown: Shown) -> Spec:
    painted = _itself(shown) if shown.is_leaf else ["==", ["get", "parent"], shown.area]
    return brush.spec(
        "fill",
        "fill",
        "areas",
        **({} if shown.finest else {"filter": painted}),
        paint={
            "fill-color": class_color(VALUE, bounds, colors, brush.theme),
            "fill-opacity": 0.92 * brush.opacity,
        },
    )


def _itself(shown: Shown) -> list[Any]:
    return ["==", ["id"], shown.area]


def _borders(brush: Brush, shown: Shown) -> list[Spec]:
    """Hairlines between all areas; thinner the deeper they lie."""
    if shown.finest:
        return [
            _line(
                brush,
                "line",
                "grid-line",
                [10, 0.2, 13, 0.8, 16, 1.8],
                opacity=brush.opacity,
                slot="areas",
            )
        ]
    faint = _line(brush, "line", "border", [10, 0.25, 14, 0.9], opacity=0.45 * brush.opacity)
    upper = _line(brush, "upper", "border", [10, 0.9, 14, 2.4], opacity=0.8 * brush.opacity)
    return [faint, {**upper, "filter": ["<=", ["get", "level"], max(shown.level, 1)]}]


def _line(
    brush: Brush,
    part: str,
    color: str,
    widths: list[float],
    *,
    opacity: float,
    slot: str = "borders",
) -> Spec:
    return brush.spec(
        part,
        "line",
        slot,
        layout={"line-join": "round"},
        paint={
            "line-color": brush.color(color),
            "line-width": ["interpolate", ["linear"], ["zoom"], *widths],
            "line-opacity": opacity,
        },
    )


def _children(brush: Brush, shown: Shown) -> list[Spec]:
    """The areas directly below the shown one: their borders, and the light under the pointer."""
    below = ["==", ["get", "parent"], shown.area]
    hover = ["boolean", ["feature-state", "hover"], False]
    border = _line(brush, "child", "border", [10, 1.0, 14, 2.0], opacity=0.9 * brush.opacity)
    ring = _line(brush, "ring", "selected", [10, 2.2, 14, 3.2], opacity=1)
    ring["paint"]["line-opacity"] = ["case", hover, 0.95, 0]
    lit = brush.spec(
        "hit",
        "fill",
        "borders",
        filter=below,
        paint={
            "fill-color": brush.color("selected"),
            "fill-opacity": ["case", hover, 0.07, 0],
        },
    )
    return [lit, {**border, "filter": below}, {**ring, "filter": below}]


def _names(brush: Brush, shown: Shown) -> list[Spec]:
    """Names of the children at any zoom, of what lies deeper from its own zoom on."""
    below = ["==", ["get", "parent"], shown.area]
    if shown.finest:
        deep = _name(brush, "deep", 10.5, "muted", 14.6)
        near = (
            {"filter": below} if shown.acts else {"filter": ["!=", ["get", "parent"], shown.area]}
        )
        return [{**deep, **near, "minzoom": 13 if shown.acts else 14.6}]
    deeper = [">", ["get", "level"], shown.level + 1]
    upper = [
        *("all", ["<=", ["get", "level"], shown.level + 1], ["!", below]),
        ["!", _itself(shown)],  # the breadcrumb names it
    ]
    return [
        {**_name(brush, "upper", 12, "faint", 0), "filter": upper, "maxzoom": 15},
        {**_name(brush, "deep", 11.5, "muted", 12.8), "filter": deeper},
        {**_name(brush, "child", 14.5, "text", 0), "filter": below},
    ]


def _name(brush: Brush, part: str, size: float, color: str, from_zoom: float) -> Spec:
    layer = brush.layer
    spec = brush.spec(
        f"{part}-label",
        "symbol",
        "labels",
        source=f"{layer.id}-labels",
        minzoom=from_zoom,
        layout={
            "text-field": name_text(brush.lang, "label"),
            "text-font": [FONT],
            "text-size": size,
            "text-letter-spacing": 0.06,
            "text-padding": 3,
            "text-max-width": 7,
            "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
            "text-radial-offset": 0.5,
        },
        paint={
            "text-color": brush.color(color),
            "text-halo-color": brush.color("halo"),
            "text-halo-width": 1.8,
            "text-opacity": brush.opacity,
        },
    )
    rank: dict[str, Any] = {"rank": 10 if part == "child" else layer.label.rank - 4, "text": True}  # type: ignore[union-attr]
    spec["metadata"] |= rank
    return spec
