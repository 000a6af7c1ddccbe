"""The style layers of every declared layer: a new layer file is tested here by being there.

What is painted by metric is tested in ``test_choropleth.py``.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

import layers
from callbacks import paint
from callbacks.style import styled
from callbacks.theme import DARK, THEMES
from layers._layer import Categorized, Single
from tests.callbacks.conftest import value
from tests.layers.conftest import ROOMS

ZOOMS = (10, 13, 16, 19)
FEATURE = {"geometry": "Point", "properties": {}}


PLAIN = [layer for layer in layers.catalog(ROOMS).values() if not layer.metrics]


@pytest.fixture(params=PLAIN, ids=lambda layer: layer.id)
def layer(request: pytest.FixtureRequest, reader):
    return request.param.bound(reader)


@pytest.fixture(params=THEMES.values(), ids=lambda theme: theme.id)
def theme(request: pytest.FixtureRequest):
    return request.param


def named(layer_id: str, reader):
    return layers.catalog(ROOMS)[layer_id].bound(reader)


def specs_of(layer, theme=DARK, opacity: float = 1.0, filters=None, lang: str = "zh") -> dict:
    """Style layers by id."""
    found = styled(paint.Brush(layer, theme, opacity, lang), filters or {})
    return {spec["id"]: spec for spec in found}


def test_its_style_layers_are_named_after_it_and_read_its_sources(layer):
    for ident, spec in specs_of(layer).items():
        assert ident.startswith(f"{layer.id}-")
        assert spec["source"] in {layer.id, f"{layer.id}-labels"}
        assert spec["metadata"]["layer"] == layer.id
        assert spec["metadata"]["slot"] in paint.SLOTS
        assert spec.get("source-layer") == (layer.id if layer.tiles else None)


def test_its_names_lie_above_everything_and_its_land_below(layer):
    for spec in specs_of(layer).values():
        slot = spec["metadata"]["slot"]
        assert (slot == "labels") == (spec["type"] == "symbol")
        assert (slot == "heat") == (spec["type"] == "heatmap")
        if spec["type"] == "circle":
            assert slot == "points"


def colors_in(maplibre, layer, theme) -> set[str]:
    """What the features of each class of a layer are painted with, wherever that is a colour."""
    symbology = layer.symbology
    values = [None] if isinstance(symbology, Single) else [c.value for c in symbology.classes]
    by = getattr(symbology, "by", "none")
    found = set()
    for spec in specs_of(layer, theme).values():
        if spec["type"] == "symbol" or spec["metadata"]["slot"] == "base":
            continue
        for name in ("fill-color", "line-color", "circle-color"):
            if name in spec["paint"]:
                asked = [
                    value(spec, name, properties={by: v}, state={"v": v} if by == "state" else {})
                    for v in values
                ]
                found |= set(maplibre.told(*asked))
    return found


def test_its_legend_has_the_colours_of_its_paint_and_no_other(maplibre, layer, theme):
    legend = {theme.color(c.color) for c in paint.legend_classes(layer)}
    assert colors_in(maplibre, layer, theme) == legend


def shares(maplibre, layer, opacity: float) -> list[float]:
    """Every opacity of a layer, for a feature of each class, at several zooms."""
    symbology = layer.symbology
    by = getattr(symbology, "by", "none")
    classes = getattr(symbology, "classes", ())
    values = [c.value for c in classes] if isinstance(classes, tuple) else []
    asked = [
        value(spec, name, zoom, properties={by: v, "n": 9}, state={"v": v} if by == "state" else {})
        for spec in specs_of(layer, opacity=opacity).values()
        for name in spec["paint"]
        if name.endswith("-opacity")
        for zoom in ZOOMS
        for v in values or [None]
    ]
    return maplibre.told(*asked)


def test_its_opacity_fades_all_of_it_alike(maplibre, layer):
    whole, half, none = (shares(maplibre, layer, opacity) for opacity in (1.0, 0.5, 0.0))
    assert whole
    assert max(none) == 0
    assert half == pytest.approx([full / 2 for full in whole])


def test_whatever_is_drawn_of_it_can_fade(layer):
    for spec in specs_of(layer).values():
        if spec["metadata"]["slot"] != "base":
            wanted = {"symbol": "text-opacity"}.get(spec["type"], f"{spec['type']}-opacity")
            assert wanted in spec["paint"], spec["id"]
            if "circle-stroke-width" in spec["paint"]:
                assert "circle-stroke-opacity" in spec["paint"]


def kept(maplibre, layer, filters: dict, **properties) -> list[bool]:
    """Whether each style layer of a layer still shows a feature with these properties."""
    shapes = {"Polygon": "Polygon", "Line": "LineString", "Point": "Point"}
    given = {"zoom": 19, "properties": properties, "geometry": shapes[layer.geometry]}
    specs = specs_of(layer, filters=filters).values()
    return maplibre.kept(*[{"filter": s["filter"], **given} for s in specs if "filter" in s])


def test_a_filter_by_name_keeps_the_chosen_ones(maplibre, reader):
    benches = named("benches", reader)
    wood = {"kind": frozenset({"wood", "stone"})}
    assert kept(maplibre, benches, wood, kind="wood") == [True] * len(specs_of(benches))
    assert not any(kept(maplibre, benches, wood, kind="iron"))
    assert not any(kept(maplibre, benches, {"kind": frozenset()}, kind="wood"))


@pytest.mark.parametrize(
    ("bounds", "metres", "stays"),
    [
        ((2.0, 4.0), 2.0, True),
        ((2.0, 4.0), 4.0, True),
        ((2.0, 4.0), 4.1, False),
        ((float("-inf"), 4.0), -1e9, True),
        ((float("-inf"), 4.0), 5, False),
        ((2.0, float("inf")), 1e9, True),
        ((2.0, float("inf")), 1, False),
    ],
)
def test_a_filter_by_number_keeps_both_its_ends(maplibre, reader, bounds, metres, stays):
    benches = named("benches", reader)
    told = kept(maplibre, benches, {"metres": bounds}, metres=metres)
    assert told == [stays] * len(specs_of(benches))


def test_filters_are_kept_together(maplibre, reader):
    benches = named("benches", reader)
    both = {"kind": frozenset({"wood"}), "metres": (0.0, 5.0)}
    assert all(kept(maplibre, benches, both, kind="wood", metres=3))
    assert not any(kept(maplibre, benches, both, kind="wood", metres=6))
    assert not any(kept(maplibre, benches, both, kind="iron", metres=3))


def test_a_filter_does_not_undo_what_a_style_layer_keeps_by_itself(maplibre, reader):
    markets = named("markets", reader)
    fill = specs_of(markets, filters={"kind": frozenset({"夜市"})})["markets-fill"]
    asked = [
        {"filter": fill["filter"], "geometry": shape, "properties": {"kind": kind}}
        for shape in ("Polygon", "Point")
        for kind in ("夜市", "早市")
    ]
    assert maplibre.kept(*asked) == [True, False, False, False]


def test_what_travels_as_tiles_is_filtered_by_the_server(reader):
    tickets = named("tickets", reader)
    assert specs_of(tickets, filters={"smoke": frozenset({"yes"})}) == specs_of(tickets)


def test_a_market_is_told_by_its_shape_as_well_as_by_its_colour(maplibre, reader):
    mark = specs_of(named("markets", reader))["markets-mark"]
    names = ("circle-radius", "circle-opacity", "circle-stroke-width")
    shapes = {
        state: tuple(maplibre.told(*[value(mark, name, state={"v": state}) for name in names]))
        for state in ("open", "closing", "closed")
    }
    assert len(set(shapes.values())) == 3
    assert shapes["open"][1] == 1
    assert shapes["closing"][1] < 0.2  # a ring
    assert shapes["closed"][0] < shapes["open"][0]


@pytest.mark.parametrize("states", [1, 2, 4, 6])
def test_sites_may_have_any_number_of_states(maplibre, reader, states):
    markets = named("markets", reader)
    one, *_ = markets.symbology.classes
    classes = tuple(replace(one, value=f"state{i}") for i in range(states))
    mark = specs_of(replace(markets, symbology=Categorized(by="state", classes=classes)))
    asked = [value(mark["markets-mark"], "circle-radius", state={"v": c.value}) for c in classes]
    assert maplibre.told(*asked) == ([5.5, 5] + [3] * states)[:states]


def test_the_worse_an_appeal_stands_the_larger_its_point(maplibre, reader):
    point = specs_of(named("tickets", reader))["tickets-point"]
    asked = [
        value(point, "circle-radius", 18, properties={"status": status})
        for status in ("overdue", "open", "closed")
    ]
    overdue, is_open, closed = maplibre.told(*asked)
    assert overdue > is_open > closed > 0


def test_addresses_are_counts_from_afar_and_points_when_close(reader):
    addresses = named("addresses", reader)
    specs = specs_of(addresses)
    split = addresses.tiles.split_zoom
    assert specs["addresses-count"]["maxzoom"] == specs["addresses-point"]["minzoom"] == split


def test_more_addresses_make_a_larger_and_stronger_dot(maplibre, reader):
    spot = specs_of(named("addresses", reader))["addresses-count"]
    for name in ("circle-radius", "circle-opacity"):
        told = maplibre.told(*[value(spot, name, properties={"n": n}) for n in (1, 9, 100, 1e6)])
        assert told == sorted(told)
        assert told[0] < told[-1] < 5


def test_what_lies_under_the_pointer_lights_up(maplibre, reader):
    point = specs_of(named("tickets", reader))["tickets-point"]
    asked = [value(point, "circle-stroke-color", state={"hover": lit}) for lit in (False, True)]
    assert maplibre.told(*asked) == [DARK.color("halo"), DARK.color("selected")]


def test_main_roads_are_wider_and_named_from_further_away(maplibre, reader):
    roads = named("roads", reader)
    specs = specs_of(roads)
    grades = [c.value for c in roads.symbology.classes]
    asked = [value(specs["roads-line"], "line-width", 14, properties={"grade": g}) for g in grades]
    widths = maplibre.told(*asked)
    assert widths == sorted(widths, reverse=True)
    label = specs["roads-label"]
    far, near = label["minzoom"] + 0.1, label["minzoom"] + 2
    asked = [
        {"filter": label["filter"], "zoom": zoom, "properties": {"grade": grade}}
        for zoom in (far, near)
        for grade in ("主干道", "街巷")
    ]
    assert maplibre.kept(*asked) == [True, False, True, True]


def test_the_land_lies_at_the_bottom_and_the_edge_of_the_place_among_the_borders(reader):
    slots = {i: s["metadata"]["slot"] for i, s in specs_of(named("outline", reader)).items()}
    assert slots == {"outline-land": "base", "outline-glow": "base", "outline-line": "borders"}


def test_polygons_of_a_plain_layer_are_filled_below_the_roads(reader):
    plain = replace(
        named("markets", reader),
        state=None,
        label=None,
        symbology=Categorized(by="kind", classes=named("markets", reader).symbology.classes),
    )
    slots = {i: s["metadata"]["slot"] for i, s in specs_of(plain).items()}
    assert slots == {"markets-fill": "areas", "markets-line": "borders"}
