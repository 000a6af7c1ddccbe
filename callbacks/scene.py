"""The scene: everything the map needs to draw one answer, as plain JSON for the component."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np

from callbacks import choropleth, paint
from callbacks.breaks import diverging_breaks, quantile_breaks
from callbacks.shown import layers_shown
from callbacks.style import styled
from callbacks.words import words_of
from geodata.areas.hierarchy import hierarchy
from geodata.space import crs
from geodata.tickets.places import peak
from layers._layer import Field, Quantiles, Text
from layers._metrics import BY_ID, shown_areas, values

if TYPE_CHECKING:
    from callbacks.pages import Page
    from callbacks.selection import Selection
    from callbacks.theme import Theme
    from geodata.tickets.numbers import Numbers
    from layers._answers import Question
    from layers._layer import Layer, Metric
    from layers._view import Shown as ShownLayer

    Json = dict[str, Any]

SELECTED_ZOOM = 17.0
STATE = Field(name="state", title=Text("此刻", "Now"))


def scene(question: Question, counted: Numbers, page: Page, chosen: Selection | None) -> Json:
    """Sources, style layers, values, targets of clicks and where to look, for one address."""
    shown = layers_shown(question, page)
    painted = classes(question, counted, shown, page)
    specs, targets = [], []
    for item in shown:
        layer = question.catalog[item.id]
        brush = paint.Brush(layer, page.theme, item.opacity / 100, question.view.lang)
        specs += _specs(brush, question, counted, painted)
        targets += _targets(brush.layer, question)
    used = {spec["source"] for spec in specs}
    return {
        "sources": {name: _source(name, question) for name in sorted(used)},
        "layers": specs,
        "targets": targets,
        "values": _values(question, counted, painted),
        "states": _states(question, shown),
        "selection": chosen.point if chosen else None,
        "focus": _focus(question, chosen),
        "ground": page.theme.color("ground"),
        "version": question.reader.version,
    }


class Painted:
    """The classes of the choropleth: which layer paints, by which metric, with which bounds."""

    def __init__(self, layer: Layer, metric: Metric, numbers: Any, page: Page) -> None:
        self.layer, self.metric = layer, metric
        symbology = layer.symbology
        wanted = symbology.classes.classes if isinstance(symbology.classes, Quantiles) else 6  # type: ignore[union-attr]
        self.bounds = (
            diverging_breaks(numbers, wanted)
            if metric.ramp == "change"
            else quantile_breaks(numbers, wanted, metric.decimals)
        )
        self.colors = (
            page.theme.ramp(metric.ramp, len(self.bounds) + 1)
            if self.bounds
            else (_quiet(page.theme, metric.ramp),)
        )


def _quiet(theme: Theme, ramp: str) -> str:
    """A tint that says which ground is meant, where there is nothing to compare on it."""
    return theme.color("raised") if ramp == "change" else theme.ramp(ramp, 6)[1]


def classes(
    question: Question, counted: Numbers, shown: list[ShownLayer], page: Page
) -> Painted | None:
    """The choropleth of an address: the finest shown layer of areas paints, by the metric."""
    layer = _painter(question, shown)
    if layer is None:
        return None
    metric = BY_ID[question.view.metric]
    tree = hierarchy(question.reader)
    kept = shown_areas(
        tree,
        question.query.area,
        grids=_holds_grids(layer),
        place_depth=question.reader.place.grid_depth,
    )
    return Painted(layer, metric, values(metric, counted, tree)[kept], page)


def _painter(question: Question, shown: list[ShownLayer]) -> Layer | None:
    metric_layers = [question.catalog[s.id] for s in shown if question.catalog[s.id].metrics]
    return min(metric_layers, key=lambda layer: layer.order, default=None)


def _holds_grids(layer: Layer) -> bool:
    return layer.id == "grids"


def _specs(
    brush: paint.Brush, question: Question, counted: Numbers, painted: Painted | None
) -> list[Json]:
    layer = brush.layer
    if layer.metrics:
        assert painted
        return choropleth.choropleth(
            brush, _shown(layer, question, painted), painted.bounds, painted.colors
        )
    specs = styled(brush, question.view.filters_of(layer))
    if layer.heat:
        latitude = float(hierarchy(question.reader).label[0, 1])
        peaks = [
            (bandwidth, peak(counted, layer.heat.measure, bandwidth))
            for _, bandwidth in paint.bandwidths(layer.heat, latitude)
        ]
        specs = [*paint.heat_layers(brush, peaks, latitude), *specs]
    return specs


def _shown(layer: Layer, question: Question, painted: Painted) -> choropleth.Shown:
    tree, area = hierarchy(question.reader), question.query.area
    level = int(tree.level[area])
    depth = question.reader.place.grid_depth
    children_are_grids = depth is not None and level + 1 == depth
    return choropleth.Shown(
        area=area,
        level=level,
        acts=children_are_grids == _holds_grids(layer) and not bool(tree.is_leaf[area]),
        is_leaf=bool(tree.is_leaf[area]),
        paints=painted.layer.id == layer.id,
        finest=_holds_grids(layer),
    )


def _targets(layer: Layer, question: Question) -> list[Json]:
    """What hover names and a click opens, by style layer."""
    if not layer.is_clickable:
        return []
    lang = question.view.lang
    told = [field for field in layer.fields if field.hover and field.name != "name"]
    rows = [
        {
            "name": field.name,
            "title": field.title(lang),
            "unit": field.unit(lang),
            "words": words_of(question, layer, field.name),
        }
        for field in [*told, *([STATE] if layer.state else [])]
    ]
    if layer.metrics:
        return [{"layers": [f"{layer.id}-hit"], "go": {"area": "code"}, "rows": []}]
    parts = ["fill", "mark", "dot", "point"]
    go = {"selected": f"{layer.id}:", "from": "id"} if not layer.is_base else None
    return [{"layers": [f"{layer.id}-{part}" for part in parts], "go": go, "rows": rows}]


def _source(name: str, question: Question) -> Json:
    """Where a source's features come from; the address names the data's version."""
    layer = question.catalog[name.removesuffix("-labels")]
    place = question.reader.place
    shifted = "&crs=GCJ-02" if place.basemap.crs == "GCJ-02" and place.basemap.tiles else ""
    tail = f"v={question.stamp_of(layer)}{shifted}"
    if layer.tiles:
        search, _, moment = question.key_of(layer).removeprefix("?").partition("#")
        version = f"v={question.stamp_of(layer)}{quote(moment)}{shifted}"
        tail = "&".join(filter(None, [search, version]))
        return {
            "type": "vector",
            "tiles": [f"/tiles/{layer.id}/{{z}}/{{x}}/{{y}}.mvt?{tail}"],
            "minzoom": layer.tiles.from_zoom,
            "maxzoom": 15,
        }
    labels = "&with=labels" if name.endswith("-labels") else ""
    return {"type": "geojson", "data": f"/geo/{layer.id}.geojson?{tail}{labels}", "tolerance": 0.2}


def _values(question: Question, counted: Numbers, painted: Painted | None) -> Json | None:
    """The metric of every area in the shown one, in number order from its own number on."""
    if painted is None:
        return None
    tree, area = hierarchy(question.reader), question.query.area
    numbers = values(painted.metric, counted, tree)[area : tree.last[area] + 1]
    lang, metric = question.view.lang, painted.metric
    whole = metric.decimals == 0
    listed = [
        None if np.isnan(v) else int(v) if whole else round(float(v), metric.decimals)
        for v in numbers
    ]
    return {
        "sources": ["areas", "grids", "areas-labels", "grids-labels"],
        "first": area,
        "list": listed,
        "title": metric.title(lang),
        "unit": metric.unit(lang),
    }


def _states(question: Question, shown: list[ShownLayer]) -> list[Json]:
    """States at the moment of the view, in the order of the layer's features."""
    told = []
    for item in shown:
        layer = question.catalog[item.id]
        if layer.state:
            by_id = layer.state.at(question.reader, question.query.at)
            told.append({"sources": [layer.id, f"{layer.id}-labels"], "list": list(by_id.values())})
    return told


def _focus(question: Question, chosen: Selection | None) -> Json:
    """Where the map should look: the chosen thing, else the shown area."""
    tree, area = hierarchy(question.reader), question.query.area
    place = question.reader.place
    if chosen and chosen.point:
        return {
            "key": f"{tree.codes[area]}|{chosen.key}",
            "center": chosen.point,
            "zoom": SELECTED_ZOOM,
        }
    west, south, east, north = tree.bounds[area]
    display = place.basemap.crs if place.basemap.tiles else "WGS84"
    lon, lat = crs.for_display(np.array([west, east]), np.array([south, north]), display)
    return {"key": tree.codes[area], "bounds": [lon[0], lat[0], lon[1], lat[1]]}
