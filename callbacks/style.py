"""The style layers of one declared layer, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callbacks.paint import matched, name_text, symbol_color, value_of, weighted
from callbacks.theme import FONT
from layers._layer import Categorized, Category

if TYPE_CHECKING:
    from callbacks.paint import Brush, Spec
    from geodata.query import Filter
    from layers._layer import Layer

CLOSER = 1.6  # zooms nearer, before the lighter classes of a layer get their names


def styled(brush: Brush, filters: dict[str, Filter]) -> list[Spec]:
    """Style layers of a layer that is not painted by metric, bottom first."""
    layer = brush.layer
    if layer.tiles:
        specs = _tiled(brush)
    elif layer.is_base and layer.geometry == "Polygon":
        specs = _ground(brush)
    else:
        specs = {"Polygon": _polygons, "Line": _lines, "Point": _points}[layer.geometry](brush)
        specs += _names(brush)
    chosen = _kept(layer, filters) if not layer.tiles else None
    return [_also(spec, chosen) for spec in specs]


def _polygons(brush: Brush) -> list[Spec]:
    color = symbol_color(brush)
    faint = ["case", ["boolean", ["feature-state", "hover"], False], 0.7, 0.45]
    specs = [
        brush.spec(
            "fill",
            "fill",
            "points" if brush.layer.state else "areas",
            filter=["match", ["geometry-type"], ["Polygon", "MultiPolygon"], True, False],
            paint={"fill-color": color, "fill-opacity": ["*", faint, brush.opacity]},
        ),
        brush.spec(
            "line",
            "line",
            "points" if brush.layer.state else "borders",
            filter=["match", ["geometry-type"], ["Polygon", "MultiPolygon"], True, False],
            paint={"line-color": color, "line-width": 1.2, "line-opacity": brush.opacity},
        ),
    ]
    return specs + (_marks(brush) if brush.layer.state else [])


def _marks(brush: Brush) -> list[Spec]:
    """A site from afar: filled where it is open, a ring when it is about to close, a dot when not.

    The state is told by shape as well as by colour; states beyond the third are drawn like it.
    """
    symbology = brush.layer.symbology
    assert isinstance(symbology, Categorized)
    state = value_of("state")
    classes = symbology.classes
    faint = 0.15 * brush.opacity

    def by_state(*shapes: float) -> Any:
        return matched(state, classes, (shapes + shapes[-1:] * len(classes))[: len(classes)])

    return [
        brush.spec(
            "mark",
            "circle",
            "points",
            source=f"{brush.layer.id}-labels",
            paint={
                "circle-color": symbol_color(brush),
                "circle-radius": by_state(5.5, 5, 3),
                "circle-opacity": by_state(brush.opacity, faint, faint),
                "circle-stroke-color": symbol_color(brush),
                "circle-stroke-width": by_state(1.5, 2.5, 1.2),
                "circle-stroke-opacity": brush.opacity,
            },
        )
    ]


def _lines(brush: Brush) -> list[Spec]:
    width = ["interpolate", ["exponential", 1.5], ["zoom"], 10, weighted(brush.layer, 0.7)]
    return [
        brush.spec(
            "line",
            "line",
            "roads",
            layout={"line-cap": "round", "line-join": "round"},
            paint={
                "line-color": symbol_color(brush),
                "line-width": [*width, 16, weighted(brush.layer, 5)],
                "line-opacity": 0.75 * brush.opacity,
            },
        )
    ]


def _points(brush: Brush) -> list[Spec]:
    return [
        brush.spec(
            "dot",
            "circle",
            "points",
            minzoom=brush.layer.label.from_zoom if brush.layer.label else 0,
            paint={
                "circle-color": symbol_color(brush),
                "circle-radius": weighted(brush.layer, 2.6),
                "circle-opacity": brush.opacity,
                "circle-stroke-color": brush.color("halo"),
                "circle-stroke-opacity": brush.opacity,
                "circle-stroke-width": 1.2,
            },
        )
    ]


def _names(brush: Brush) -> list[Spec]:
    """The labels of a layer: along its lines, beside its points, within its polygons."""
    layer = brush.layer
    if not layer.label:
        return []
    along = layer.geometry == "Line"
    beside = {"text-offset": [0, 0.9], "text-anchor": "top"}
    spec = brush.spec(
        "label",
        "symbol",
        "labels",
        source=layer.id if along else f"{layer.id}-labels",
        minzoom=layer.label.from_zoom,
        layout={
            "text-field": name_text(brush.lang, layer.label.field),
            "text-font": [FONT],
            "text-size": 11 if along else 12,
            "text-padding": 4,
            **({"symbol-placement": "line", "text-letter-spacing": 0.12} if along else beside),
        },
        paint={
            "text-color": brush.color("road-name" if along else "landmark"),
            "text-halo-color": brush.color("halo"),
            "text-halo-width": 1.6,
            "text-opacity": brush.opacity,
        },
    )
    spec["metadata"] |= {"rank": layer.label.rank, "text": True}
    return [{**spec, **_weighty_first(layer)}]


def _weighty_first(layer: Layer) -> dict[str, Any]:
    """A filter that names the lighter classes of a layer only when the reader has come closer."""
    symbology = layer.symbology
    heavy = [c.value for c in getattr(symbology, "classes", ()) if c.weight >= 1]
    if not isinstance(symbology, Categorized) or len(heavy) == len(symbology.classes):
        return {}
    assert layer.label
    among = ["in", ["coalesce", ["get", symbology.by], ""], ["literal", heavy]]
    return {"filter": ["step", ["zoom"], among, layer.label.from_zoom + CLOSER, True]}


def _tiled(brush: Brush) -> list[Spec]:
    """Points in tiles: dots whose strength is the count from afar, single points when close."""
    tiles = brush.layer.tiles
    assert tiles
    split = tiles.split_zoom
    specs = [_single_points(brush, split)]
    if tiles.dots:
        specs.insert(0, _count_dots(brush, split))
    return specs


def _count_dots(brush: Brush, split: int) -> Spec:
    count = ["coalesce", ["get", "n"], 1]
    return brush.spec(
        "count",
        "circle",
        "points",
        maxzoom=split,
        paint={
            "circle-color": brush.color("address"),
            "circle-radius": ["interpolate", ["linear"], ["sqrt", count], 1, 1.1, 16, 4.2],
            "circle-opacity": [
                *("interpolate", ["linear"], ["sqrt", count]),
                *(1, 0.35 * brush.opacity, 8, 0.9 * brush.opacity),
            ],
        },
    )


def _single_points(brush: Brush, split: int) -> Spec:
    hover = ["boolean", ["feature-state", "hover"], False]
    size = weighted(brush.layer, 1.0)
    return brush.spec(
        "point",
        "circle",
        "points",
        minzoom=split,
        paint={
            "circle-color": symbol_color(brush),
            "circle-radius": [
                *("interpolate", ["exponential", 1.6], ["zoom"]),
                *(split, ["*", 2.6, size], 18, ["*", 7.5, size]),
            ],
            "circle-opacity": brush.opacity,
            "circle-stroke-color": [
                *("case", hover, brush.color("selected"), brush.color("halo")),
            ],
            "circle-stroke-opacity": brush.opacity,
            "circle-stroke-width": ["case", hover, 2, 1],
        },
    )


def _ground(brush: Brush) -> list[Spec]:
    """The land of the place, and the edge of responsibility with a soft glow outwards."""
    return [
        brush.spec("land", "fill", "base", paint={"fill-color": brush.color("land")}),
        brush.spec(
            "glow",
            "line",
            "base",
            paint={
                "line-color": brush.color("outline"),
                "line-width": 14,
                "line-blur": 14,
                "line-opacity": 0.35 * brush.opacity,
            },
        ),
        brush.spec(
            "line",
            "line",
            "borders",
            paint={
                "line-color": brush.color("outline"),
                "line-width": 1.6,
                "line-opacity": brush.opacity,
            },
        ),
    ]


def _kept(layer: Layer, filters: dict[str, Filter]) -> list[Any] | None:
    """The reader's filters as an expression on the features' own properties."""
    tests: list[Any] = []
    for queryable in layer.queryables:
        value = filters.get(queryable.name)
        if value is None:
            continue
        if isinstance(queryable, Category):
            assert isinstance(value, frozenset)
            text = ["to-string", ["get", queryable.name]]
            tests.append(["in", text, ["literal", sorted(value)]])
        else:
            assert isinstance(value, tuple)
            number = ["to-number", ["get", queryable.name]]
            low, high = (max(min(v, 1e300), -1e300) for v in value)
            tests += [[">=", number, low], ["<=", number, high]]
    return ["all", *tests] if tests else None


def _also(spec: Spec, chosen: list[Any] | None) -> Spec:
    if chosen is None:
        return spec
    return {**spec, "filter": ["all", spec["filter"], chosen] if "filter" in spec else chosen}
