"""Colours and type of the two themes, in one place: the map, the charts and the CSS all read this.

The dark theme is a night map: load rises from the ground towards light. The light theme is the
same map by day: load rises towards ink. Every ramp is monotonous in lightness, so that it can be
read without seeing hue; the lamps always stand beside a word or a shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FONT = "Noto Sans CJK SC"
FONTS = f'"{FONT}", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
FIGURES = f"Figures, {FONTS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Named colours; ``ramps`` rise from the lowest class to the highest."""

    id: str
    colors: Mapping[str, str]
    ramps: Mapping[str, tuple[str, ...]]

    def color(self, token: str) -> str:
        """A colour by its token, or a literal ``#rrggbb`` itself."""
        return token if token.startswith("#") else self.colors[token]

    def widgets(self) -> dict[str, Any]:
        """The theme as the widgets' library reads it: its type, and the accent as every shade."""
        return {
            "fontFamily": FONTS,
            "colors": {"accent": [self.colors["accent"]] * 10},
            "primaryColor": "accent",
            "autoContrast": True,
        }

    def ramp(self, name: str, classes: int) -> tuple[str, ...]:
        """As many steps of a ramp as there are classes, always reaching its upper end."""
        steps = self.ramps[name]
        if classes == 1:
            return (steps[-2],)
        last = len(steps) - 1
        return tuple(steps[round(i * last / (classes - 1))] for i in range(classes))


DARK = Theme(
    id="dark",
    colors=MappingProxyType(
        {
            "ground": "#090d13",
            "land": "#10171f",
            "dimmed": "#0e141b",
            "panel": "#0b1017",
            "raised": "#141c26",
            "line": "#1f2b38",
            "text": "#eaf0f6",
            "muted": "#9fb0c1",
            "faint": "#74869a",
            "accent": "#8ecbff",
            "halo": "#0a0f15",
            "road": "#3a4b5e",
            "road-name": "#8696a8",
            "outline": "#5f7890",
            "border": "#7d95ad",
            "grid-line": "#0a0f15",
            "address": "#7fb6d9",
            "landmark": "#b7c4d1",
            "selected": "#ffffff",
            "lamp-red": "#ff6b63",
            "lamp-yellow": "#ffcf5a",
            "lamp-green": "#45d09a",
            "lamp-grey": "#8797a8",
            "bad": "#ff8a80",
            "good": "#5fd8a8",
        }
    ),
    ramps=MappingProxyType(
        {
            "load": ("#131d28", "#172c3d", "#1b3f56", "#225771", "#30738d", "#5198ab"),
            "smoke": ("#1d1a1c", "#38211d", "#5c2b20", "#874023", "#b8642d", "#e39b4e"),
            "heat": ("#6e2413", "#a1381a", "#d25a22", "#f08f3a", "#ffc469", "#ffe6ae"),
            "density": ("#2b2150", "#463382", "#6a4cb0", "#9270d6", "#bd9ff0", "#e9dcff"),
            "alarm": ("#1d191d", "#381f26", "#58272f", "#812f37", "#b54444", "#ea7d74"),
            "good": ("#161d22", "#1a2f2d", "#1e463c", "#266150", "#388468", "#62ad8a"),
            "change": ("#3d9c8c", "#286058", "#1f3a39", "#3a3029", "#7d5231", "#d28f4b"),
        }
    ),
)

LIGHT = Theme(
    id="light",
    colors=MappingProxyType(
        {
            "ground": "#e9ecee",
            "land": "#f7f7f4",
            "dimmed": "#eff0ee",
            "panel": "#fbfbfa",
            "raised": "#ffffff",
            "line": "#d5dade",
            "text": "#17212b",
            "muted": "#4d5b68",
            "faint": "#5c6974",
            "accent": "#0b62a8",
            "halo": "#fbfbf8",
            "road": "#b3b9bd",
            "road-name": "#626d77",
            "outline": "#5c6b78",
            "border": "#5b6c7b",
            "grid-line": "#f7f7f4",
            "address": "#2f79a8",
            "landmark": "#44525e",
            "selected": "#101820",
            "lamp-red": "#c62f2b",
            "lamp-yellow": "#8f5a00",
            "lamp-green": "#147a52",
            "lamp-grey": "#66727d",
            "bad": "#b32622",
            "good": "#11704a",
        }
    ),
    ramps=MappingProxyType(
        {
            "load": ("#e6eef0", "#c6dde3", "#98c3cf", "#62a2b6", "#34799a", "#17506f"),
            "smoke": ("#f6ece2", "#f3d3b2", "#ecab73", "#d97b3d", "#b04f20", "#76300f"),
            "heat": ("#f2c394", "#eaa163", "#d97b3d", "#bb5624", "#8e3913", "#5c220a"),
            "density": ("#d8caee", "#bda3e2", "#9b78cf", "#7850b2", "#553190", "#371969"),
            "alarm": ("#f5eae7", "#efcdc6", "#e5a096", "#d06c64", "#ac3d3a", "#74211f"),
            "good": ("#e8f0ea", "#cbe3d3", "#9ecfb3", "#66b08b", "#348564", "#175a40"),
            "change": ("#1f7d70", "#77b3a9", "#d5e2de", "#efdfcf", "#dca46b", "#a8601d"),
        }
    ),
)

THEMES = MappingProxyType({theme.id: theme for theme in (DARK, LIGHT)})


def stylesheet() -> str:
    """The themes as CSS custom properties, one block a theme."""
    blocks = []
    for theme in THEMES.values():
        lines = [f"--{name}: {value};" for name, value in theme.colors.items()]
        lines += [
            f"--{name}-{i}: {value};"
            for name, ramp in theme.ramps.items()
            for i, value in enumerate(ramp)
        ]
        blocks.append(f'[data-theme="{theme.id}"] {{ {" ".join(lines)} }}')
    fonts = f":root {{ --fonts: {FONTS}; --figures: {FIGURES}; }}"
    return "\n".join([fonts, *blocks])
