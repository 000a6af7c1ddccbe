"""Layer -> MapLibre paint and legend, from one place, so that the two cannot disagree.

Every function gives plain MapLibre style layers. ``slot`` in their metadata says how high they lie
(``SLOTS``); text sizes and line widths are for a screen whose root type is 16 px, and the map
scales them with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from callbacks.figures import figure
from layers._layer import Categorized, Class, Graduated, Single, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callbacks.theme import Theme
    from layers._layer import Heat, Layer

    Spec = dict[str, Any]

SLOTS = ("base", "areas", "heat", "roads", "borders", "points", "labels")
# Feature states that are no value: outside the shown area, and inside it but without a value.
OUTSIDE, EMPTY = -1e18, -1e15
MANY = 1e300  # above every bound
METRES_PER_PX = 40_075_016.686 / 512  # at zoom 0 on the equator
LEAST_PX = 14.0  # a smaller kernel would show the squares it is made of
KERNEL = 0.3989422804014327  # what MapLibre multiplies each point's kernel with
# Where the colours of a heat map stand between nothing and its peak.
HEAT_STOPS = (0.06, 0.13, 0.25, 0.45, 0.7, 1.0)


@dataclass(frozen=True, slots=True)
class Brush:
    """What a layer is painted with: its declaration, the theme, its opacity 0–1, the language."""

    layer: Layer
    theme: Theme
    opacity: float = 1.0
    lang: str = "zh"

    def spec(self, part: str, kind: str, slot: str, **more: Any) -> Spec:
        """One style layer of a part of the layer."""
        spec = {
            "id": f"{self.layer.id}-{part}",
            "type": kind,
            "source": self.layer.id,
            "metadata": {"slot": slot, "layer": self.layer.id},
            **more,
        }
        if self.layer.tiles and spec["source"] == self.layer.id:
            spec["source-layer"] = self.layer.id
        return spec

    def color(self, token: str) -> str:
        """A colour of the theme."""
        return self.theme.color(token)


def symbol_color(brush: Brush) -> Any:
    """The colour expression of a layer whose features carry their own values."""
    symbology = brush.layer.symbology
    if isinstance(symbology, Single):
        return brush.color(symbology.color)
    assert isinstance(symbology.classes, tuple)
    colors = [brush.color(c.color) for c in symbology.classes]
    if isinstance(symbology, Categorized):
        return matched(value_of(symbology.by), symbology.classes, colors)
    return binned(symbology.by, symbology.classes, colors)


def value_of(by: str) -> list[Any]:
    """Where a class is read from: the state that was told, or the feature's own property."""
    if by == "state":
        return ["coalesce", ["feature-state", "v"], ""]
    return ["coalesce", ["get", by], ""]


def matched(value: Any, classes: Sequence[Class], results: Sequence[Any]) -> Any:
    """A match expression by class; what is in no class is drawn as the last."""
    pairs = [part for c, r in zip(classes, results, strict=True) for part in (c.value, r)]
    return ["match", value, *pairs[:-2], results[-1]] if len(classes) > 1 else results[0]


def binned(by: str, classes: Sequence[Class], results: Sequence[Any]) -> Any:
    """A case expression by the inclusive upper bounds of classes; no value is drawn as the last."""
    value = ["to-number", ["coalesce", ["get", by], MANY], MANY]
    cases = [
        part
        for c, r in zip(classes[:-1], results[:-1], strict=True)
        for part in (["<=", value, c.value], r)
    ]
    return ["case", *cases, results[-1]] if cases else results[0]


def weighted(layer: Layer, base: float) -> Any:
    """A size by the weight of each class."""
    symbology = layer.symbology
    if not isinstance(symbology, Categorized):
        return base
    sizes = [base * c.weight for c in symbology.classes]
    return matched(value_of(symbology.by), symbology.classes, sizes)


def name_text(lang: str, field: str = "name") -> list[Any]:
    """The text of a label in a language."""
    own = ["coalesce", ["get", field], ["get", "name"]]
    return ["coalesce", ["get", "name_en"], own] if lang == "en" else own


def class_color(value: Any, bounds: Sequence[float], colors: Sequence[str], theme: Theme) -> Any:
    """Choropleth colour of a number: dimmed outside, land where there is no value, else a class."""
    steps = [part for pair in zip(bounds, colors[1:], strict=True) for part in pair]
    return [
        *("step", value, theme.color("dimmed")),
        *((OUTSIDE + EMPTY) / 2, theme.color("land")),
        *(EMPTY / 2, colors[0]),
        *steps,
    ]


def heat_layers(brush: Brush, peaks: Sequence[tuple[float, float]], latitude: float) -> list[Spec]:
    """A density surface whose colours mean appeals per square kilometre, at every zoom.

    Parameters
    ----------
    peaks : pairs of bandwidth in metres and density per square kilometre
        The highest density that a kernel of that bandwidth reaches, from ``bandwidths``.
    latitude : float
        Where the place lies; metres per pixel follow from it.
    """
    heat = brush.layer.heat
    assert heat
    zooms = [zoom for zoom, _ in bandwidths(heat, latitude)]
    gain = [_gain(bandwidth, peak) for bandwidth, peak in peaks]
    stops = [part for pair in zip(zooms, gain, strict=True) for part in pair]
    fade = ["interpolate", ["linear"], ["zoom"], heat.until_zoom - 0.6, 0.9 * brush.opacity]
    return [
        brush.spec(
            "heat",
            "heatmap",
            "heat",
            maxzoom=heat.until_zoom + 0.4,
            paint={
                "heatmap-weight": ["coalesce", ["get", "n"], 1],
                "heatmap-radius": _radius(heat, latitude),
                "heatmap-intensity": ["interpolate", ["exponential", 4], ["zoom"], *stops],
                "heatmap-color": _heat_color(brush, heat),
                "heatmap-opacity": [*fade, heat.until_zoom + 0.4, 0],
            },
        )
    ]


def bandwidths(heat: Heat, latitude: float) -> list[tuple[float, float]]:
    """Zoom and bandwidth in metres, from far away to where the declared radius is wide enough.

    Closer than the last zoom the bandwidth is the declared one; farther away it widens, so that
    the kernel keeps a size on the screen.
    """
    near = math.log2(LEAST_PX * _metres(latitude) / heat.radius_m)
    zooms = [z for z in (8.0, 9.0, 10.0, 11.0, 12.0) if z < near - 0.2] + [near]
    return [(z, LEAST_PX * _metres(latitude) / 2**z / 3) for z in zooms]


def _gain(bandwidth_m: float, peak: float) -> float:
    """The intensity at which the peak density is drawn as 1."""
    spread = 2 * math.pi * (bandwidth_m / 1000) ** 2
    return 1 / (KERNEL * spread * peak) if peak > 0 else 0.0


def _radius(heat: Heat, latitude: float) -> list[Any]:
    near = math.log2(LEAST_PX * _metres(latitude) / heat.radius_m)
    return [
        *("interpolate", ["exponential", 2], ["zoom"], near, LEAST_PX),
        *(22, heat.radius_m * 2**22 / _metres(latitude)),
    ]


def _heat_color(brush: Brush, heat: Heat) -> list[Any]:
    ramp = brush.theme.ramp(heat.ramp, len(HEAT_STOPS))
    stops = [part for pair in zip(HEAT_STOPS, _veiled(ramp), strict=True) for part in pair]
    return ["interpolate", ["linear"], ["heatmap-density"], 0, _alpha(ramp[0], 0), *stops]


def _veiled(ramp: Sequence[str]) -> list[str]:
    """The lower steps let the streets through."""
    veil = (0.22, 0.42, 0.6, 0.74, 0.85, 0.92)
    return [_alpha(color, alpha) for color, alpha in zip(ramp, veil, strict=True)]


def _alpha(color: str, alpha: float) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def _metres(latitude: float) -> float:
    return METRES_PER_PX * math.cos(math.radians(latitude))


def legend_classes(layer: Layer) -> tuple[Class, ...]:
    """The legend rows of a layer whose classes are declared."""
    symbology = layer.symbology
    if isinstance(symbology, Single):
        return (Class(value="", title=layer.title, color=symbology.color),)
    if isinstance(symbology, Graduated) and not isinstance(symbology.classes, tuple):
        return ()
    assert isinstance(symbology.classes, tuple)
    return symbology.classes


def ranged(bounds: Sequence[float], unit: Text, lang: str) -> list[str]:
    """The legend text of each class between rising bounds."""

    def told(value: float) -> str:
        return figure(value, 0 if float(value).is_integer() else 1, lang)

    if not bounds:
        return [unit(lang)]
    middle = [f"{told(a)}–{told(b)}" for a, b in pairwise(bounds)]
    return [f"< {told(bounds[0])}", *middle, f"≥ {told(bounds[-1])}"]
