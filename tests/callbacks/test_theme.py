"""What stands in ``domain.md`` §5.3 and WCAG 2.2 about colours, computed."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from callbacks.theme import DARK, LIGHT, THEMES, stylesheet

ASSETS = Path(__file__).parents[2] / "assets"
AA = 4.5  # WCAG 2.2, 1.4.3, for text below 24 px
PANELS = ("panel", "raised")
MAP = ("halo", "land")
# What each token that is written with stands on. The wall and the cockpit, which are dark, have
# panels without a ground of their own; in the light theme every panel has one.
WRITTEN = {
    "text": ("ground", *PANELS, *MAP),
    "muted": ("ground", *PANELS, *MAP),
    "faint": ("ground", *PANELS, *MAP),
    "accent": ("ground", *PANELS),
    "landmark": MAP,
    "road-name": MAP,
    "bad": PANELS,
    "good": PANELS,
    "lamp-red": PANELS,
    "lamp-yellow": ("ground", *PANELS),
    "lamp-green": PANELS,
    "lamp-grey": PANELS,
    "raised": ("accent",),  # a pressed button
}
# Machado, Oliveira and Fernandes (2009): how a deuteranope sees linear RGB.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
both = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.id)
RAMPS = sorted(set(DARK.ramps) - {"change"})


def linear(color: str) -> np.ndarray:
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    return float(XYZ[1] @ linear(color))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB."""
    parts = XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(parts > 216 / 24389, np.cbrt(parts), parts * 841 / 108 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def lightness(color: str) -> float:
    return float(lab(linear(color))[0])


def apart(one: str, other: str, seen: np.ndarray = DEUTERANOPIA) -> float:
    """CIE 1976 difference of two colours as a deuteranope sees them; 2.3 is just noticeable."""
    return float(np.linalg.norm(lab(seen @ linear(one)) - lab(seen @ linear(other))))


def test_the_measures_are_right_about_black_and_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lightness("#777777") == pytest.approx(50, abs=0.5)
    assert apart("#c08000", "#80a000") < 0.5 * apart("#c08000", "#80a000", np.eye(3))


@both
@pytest.mark.parametrize("token", WRITTEN)
def test_text_can_be_read_on_its_ground(theme, token):
    for ground in WRITTEN[token]:
        assert contrast(theme.color(token), theme.color(ground)) >= AA, ground


@pytest.mark.parametrize("token", WRITTEN)
def test_in_the_dark_everything_can_be_read_on_the_bare_ground(token):
    if token != "raised":
        assert contrast(DARK.color(token), DARK.color("ground")) >= AA


def test_whatever_the_stylesheets_write_with_is_measured_here():
    styles = "".join(file.read_text("utf-8") for file in ASSETS.glob("*.css"))
    written = set(re.findall(r"[{;\s]color:\s*var\(--([a-z-]+)\)", styles))
    # The ground is written with only upon text and accent: their contrast, turned round.
    assert {"text", "muted"} <= written <= {*WRITTEN, "ground"}


def test_whatever_the_map_writes_with_is_measured_here(here):
    for lang in ("zh", "en"):
        for search in ("", "?area=11", "?area=111001", "?layers=areas,markets,tickets"):
            specs = here.scene(f"{search or '?'}&lang={lang}")["layers"]
            labels = {s["paint"]["text-color"] for s in specs if s["type"] == "symbol"}
            assert labels <= {DARK.color(token) for token in WRITTEN}


def test_both_themes_name_the_same_colours():
    assert set(DARK.colors) == set(LIGHT.colors)
    assert set(DARK.ramps) == set(LIGHT.ramps)
    every = [c for t in THEMES.values() for c in t.colors.values()]
    every += [c for t in THEMES.values() for ramp in t.ramps.values() for c in ramp]
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in every)


@both
@pytest.mark.parametrize("name", RAMPS)
def test_a_ramp_can_be_read_by_lightness_alone(theme, name):
    steps = np.diff([lightness(color) for color in theme.ramps[name]])
    assert (steps > 4).all() or (steps < -4).all()


@both
@pytest.mark.parametrize("name", RAMPS)
def test_load_rises_away_from_the_ground(theme, name):
    ground = theme.color("land")
    first, *_, last = (abs(lightness(c) - lightness(ground)) for c in theme.ramps[name])
    assert first < last


@both
def test_a_change_stands_out_the_more_the_larger_it_is(theme):
    steps = [lightness(color) for color in theme.ramps["change"]]
    away = np.abs(np.array(steps) - lightness(theme.color("land")))
    assert (np.diff(away[:3]) < 0).all()
    assert (np.diff(away[3:]) > 0).all()


@both
@pytest.mark.parametrize("name", DARK.ramps)
def test_a_deuteranope_tells_all_classes_of_a_ramp_apart(theme, name):
    for one, other in itertools.combinations(theme.ramps[name], 2):
        assert apart(one, other) > 6, (one, other)


@both
def test_a_deuteranope_tells_less_from_more(theme):
    less, more = theme.ramps["change"][:3], theme.ramps["change"][3:]
    for one, other in zip(less, reversed(more), strict=True):
        assert apart(one, other) > 10


@both
@pytest.mark.parametrize("name", DARK.ramps)
def test_a_ramp_of_few_classes_has_as_many_colours_and_both_ends(theme, name):
    for classes in range(2, 7):
        ramp = theme.ramp(name, classes)
        assert len(set(ramp)) == len(ramp) == classes
        assert (ramp[0], ramp[-1]) == (theme.ramps[name][0], theme.ramps[name][-1])


def test_a_colour_may_be_given_literally():
    assert DARK.color("#123456") == "#123456"
    assert DARK.color("text") == "#eaf0f6"


@both
def test_the_stylesheet_has_every_colour_under_its_theme(theme):
    (block,) = re.findall(rf'\[data-theme="{theme.id}"\] {{(.*?)}}', stylesheet())
    for name, color in theme.colors.items():
        assert f"--{name}: {color};" in block
    for name, ramp in theme.ramps.items():
        assert all(f"--{name}-{i}: {color};" in block for i, color in enumerate(ramp))
