"""The legend: what every colour on the map means, with units, from the same values as the paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from callbacks import paint
from callbacks.figures import figure
from geodata.tickets.places import peak
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.answer import Answer
    from layers._layer import Layer

FAINT = 30  # percent; below this a layer is a backdrop and needs no explaining
BANDWIDTH = Text("核密度,带宽 ", "Kernel density, bandwidth ")
METRES = Text(" 米", " m")
DENSITY = Text("件/平方公里", "appeals per km²")
QUANTILES = Text("分位数分级", "quantile classes")


def panel(answer: Answer) -> Any:
    """One block a shown layer that has something to explain."""
    blocks = []
    for item in reversed(answer.shown):
        layer = answer.question.catalog[item.id]
        block = _block(answer, layer) if item.opacity > FAINT else None
        if block is not None:
            blocks.append(html.Div(block, className="legend-block", **{"data-legend": layer.id}))
    return html.Div(blocks, className="legend")


def _block(answer: Answer, layer: Layer) -> Any:
    if answer.painted and layer.id == answer.painted.layer.id:
        return _choropleth(answer) if answer.painted.bounds else None
    if layer.is_base or not _has_some(answer, layer):
        return None
    if layer.heat:
        zoom = f"{layer.heat.until_zoom:g}"
        return [
            html.Div(_heat(answer, layer), **{"data-until-zoom": zoom}),
            html.Div(_classes(answer, layer), hidden=True, **{"data-from-zoom": zoom}),
        ]
    return _classes(answer, layer) or None


def _has_some(answer: Answer, layer: Layer) -> bool:
    """Whether a layer of states or of density has anything to show in this place and period."""
    if layer.state:
        return bool(layer.state.at(answer.reader, answer.question.query.at))
    return not layer.heat or peak(answer.counted, layer.heat.measure, layer.heat.radius_m / 3) > 0


def _classes(answer: Answer, layer: Layer) -> list[Any]:
    """The declared classes of a layer, under its title where there are several."""
    rows = _rows(answer, layer)
    return [_title(answer.say(layer.title)), *rows] if len(rows) > 1 else rows


def _rows(answer: Answer, layer: Layer) -> list[Any]:
    """A row for each declared class of a layer."""
    return [
        _row(
            answer.page.theme.color(c.color),
            answer.say(c.title),
            "dot",
            str(c.value) if layer.state else "",
            size=min(c.weight, 1.6),
        )
        for c in paint.legend_classes(layer)
    ]


def _choropleth(answer: Answer) -> Any:
    painted = answer.painted
    assert painted
    metric = painted.metric
    texts = paint.ranged(painted.bounds, metric.unit, answer.lang)
    rows = [_row(c, t, "box") for c, t in zip(painted.colors, texts, strict=True)]
    unit = answer.say(metric.unit)
    note = f"{answer.say(painted.layer.title)} · {answer.say(QUANTILES)}"
    return [
        _title(f"{answer.say(metric.title)}", unit),
        html.Div(list(reversed(rows)), className="legend-rows"),
        html.Small(note),
    ]


def _heat(answer: Answer, layer: Layer) -> Any:
    """A gradient with densities, and the bandwidth in metres at the present zoom."""
    heat = layer.heat
    assert heat
    top = peak(answer.counted, heat.measure, heat.radius_m / 3)
    colors = answer.page.theme.ramp(heat.ramp, len(paint.HEAT_STOPS))
    stops = ", ".join(f"{c} {s * 100:.0f}%" for c, s in zip(colors, paint.HEAT_STOPS, strict=True))
    bandwidth = html.Span(
        f"{heat.radius_m / 3:.0f}",
        **{"data-heat-radius": f"{heat.radius_m:g}", "data-least-px": f"{paint.LEAST_PX:g}"},
    )
    scale = [
        html.Span("0"),
        html.Span(figure(top / 2, 0 if top > 10 else 1, answer.lang)),
        html.Span(figure(top, 0 if top > 10 else 1, answer.lang)),
    ]
    return [
        _title(answer.say(layer.title), answer.say(DENSITY)),
        html.Div(
            className="legend-gradient", style={"background": f"linear-gradient(90deg, {stops})"}
        ),
        html.Div(scale, className="legend-scale"),
        html.Small([answer.say(BANDWIDTH), bandwidth, answer.say(METRES)]),
    ]


def _title(text: str, unit: str = "") -> Any:
    return html.Div(
        [html.Span(text), html.Span(unit, className="legend-unit")], className="legend-title"
    )


def _row(color: str, text: str, shape: str, value: str = "", size: float = 1) -> Any:
    swatch = html.I(
        className=f"swatch swatch--{shape} swatch--{value or 'plain'}",
        style={"--c": color, "--size": f"{size:g}"},
    )
    return html.Div([swatch, html.Span(text)], className="legend-row")
