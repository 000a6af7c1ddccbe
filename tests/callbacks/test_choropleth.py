from __future__ import annotations

import pytest

from callbacks import paint
from callbacks.pages import PAGES
from geodata.areas.hierarchy import hierarchy
from layers._metrics import BY_ID, METRICS
from tests.callbacks.conftest import value

ROOT, STREET, COMMUNITY, GRID = "", "?area=11", "?area=111", "?area=111001"
EVERYWHERE = (ROOT, STREET, COMMUNITY, GRID)


def specs(screens, search: str = "", path: str = "/") -> dict[str, dict]:
    """The style layers of areas and grids, by id."""
    found = screens.scene(search, path)["layers"]
    return {s["id"]: s for s in found if s["metadata"]["layer"] in {"areas", "grids"}}


def features(screens, layer: str) -> dict[str, dict]:
    """The areas that a layer's source holds, as MapLibre knows them, by code."""
    tree = hierarchy(screens.answers.reader())
    deepest = int(tree.level.max()) if screens.answers.reader().place.grid_depth else 99
    return {
        code: {
            "id": n,
            "properties": {"parent": int(tree.parent[n]), "level": int(tree.level[n])},
            "geometry": "Polygon",
        }
        for n, code in enumerate(tree.codes)
        if n and (tree.level[n] == deepest) == (layer == "grids")
    }


def shown(maplibre, screens, spec: dict, zoom: float = 12) -> set[str]:
    """Codes of the areas that a style layer draws."""
    known = features(screens, spec["metadata"]["layer"])
    asked = [{"filter": spec.get("filter"), "zoom": zoom, **f} for f in known.values()]
    return {code for code, kept in zip(known, maplibre.kept(*asked), strict=True) if kept}


def fills(maplibre, screens, search: str, path: str = "/", layer: str = "grids") -> dict[str, str]:
    """The colour of every area that the choropleth draws, by code, from the values sent."""
    drawn = screens.scene(search, path)
    spec = next(s for s in drawn["layers"] if s["id"] == f"{layer}-fill")
    told, known = drawn["values"], features(screens, layer)
    assert layer in told["sources"]
    codes = sorted(shown(maplibre, screens, spec))
    numbers = dict(enumerate(told["list"], told["first"]))
    states = [
        {"v": paint.EMPTY if numbers[n] is None else numbers[n]} if n in numbers else {}
        for n in (known[code]["id"] for code in codes)
    ]
    asked = [value(spec, "fill-color", state=state) for state in states]
    return dict(zip(codes, maplibre.told(*asked), strict=True))


def test_all_grids_are_painted_and_the_more_appeals_the_stronger(maplibre, here):
    theme = PAGES["/"].theme
    colors = fills(maplibre, here, ROOT)
    # 111001 has four appeals, 111002 two, 121001 one, the others none.
    one, two, three, four = theme.ramp("load", 4)
    assert colors == {
        **{"111001": four, "111002": three, "121001": two, "112001": one, "121002": one}
    }


@pytest.mark.parametrize("path", ["/", "/plan"])
def test_outside_of_the_shown_area_everything_is_dimmed(maplibre, here, path):
    theme = PAGES[path].theme
    colors = fills(maplibre, here, STREET, path)
    assert {code for code, c in colors.items() if c == theme.color("dimmed")} == {
        "121001",
        "121002",
    }
    assert theme.color("dimmed") not in {colors[code] for code in ("111001", "111002", "112001")}


def test_an_area_without_a_denominator_is_bare_land(maplibre, here):
    land = PAGES["/"].theme.color("land")
    colors = fills(maplibre, here, "?metric=per_10k")  # nobody knows how many live in 121002
    assert {code for code, color in colors.items() if color == land} == {"121002"}


@pytest.mark.parametrize("path", ["/", "/plan"])
@pytest.mark.parametrize("metric", [metric.id for metric in METRICS])
def test_without_appeals_nothing_stands_out(maplibre, here, metric, path):
    theme = PAGES[path].theme
    colors = fills(maplibre, here, f"?datetime=2020-01-01&metric={metric}", path)
    tints = set(colors.values()) - {theme.color("land")}
    assert len(tints) <= 1
    assert not tints & {*theme.ramps["change"], *theme.ramps[BY_ID[metric].ramp][2:]}


@pytest.mark.parametrize("path", ["/", "/plan"])
def test_one_area_alone_is_neither_less_nor_more(maplibre, here, path):
    theme = PAGES[path].theme
    colors = fills(maplibre, here, "?area=111001&metric=change", path)  # four after one
    assert colors["111001"] not in {*theme.ramps["change"], theme.color("dimmed")}


def test_one_grid_with_appeals_is_not_painted_like_those_without(maplibre, here):
    colors = fills(maplibre, here, "?datetime=2020-11-20")  # T01 alone
    assert colors["111001"] not in {color for code, color in colors.items() if code != "111001"}


@pytest.mark.parametrize(
    ("search", "layer", "children"),
    [
        (ROOT, "areas", {"11", "12"}),
        (STREET, "areas", {"111", "112"}),
        (COMMUNITY, "grids", {"111001", "111002"}),
    ],
)
def test_hover_and_click_act_on_the_areas_directly_below(maplibre, here, search, layer, children):
    found = specs(here, search)
    for part in ("hit", "child", "ring"):
        assert shown(maplibre, here, found[f"{layer}-{part}"]) == children
    other = {"areas": "grids", "grids": "areas"}[layer]
    assert f"{other}-hit" not in found


def test_in_a_grid_there_is_nothing_below_to_click(here):
    assert not {ident for ident in specs(here, GRID) if ident.endswith("-hit")}


def test_only_what_lies_under_the_pointer_lights_up(maplibre, here):
    found = specs(here)
    asked = [
        value(found[ident], name, state=state)
        for ident, name in (("areas-hit", "fill-opacity"), ("areas-ring", "line-opacity"))
        for state in ({}, {"hover": True})
    ]
    dark, lit, no_ring, ring = maplibre.told(*asked)
    assert dark == no_ring == 0
    assert 0 < lit < 0.2 < ring


@pytest.mark.parametrize("search", EVERYWHERE)
def test_no_area_is_named_twice(maplibre, here, search):
    labels = [spec for spec in specs(here, search).values() if spec["type"] == "symbol"]
    for zoom in (10, 12.5, 13.5, 15.5, 18):
        named: list[str] = []
        for spec in labels:
            if spec.get("minzoom", 0) <= zoom < spec.get("maxzoom", 24):
                named += sorted(shown(maplibre, here, spec, zoom))
        assert len(named) == len(set(named))


@pytest.mark.parametrize("code", ["11", "111", "111001"])
def test_the_shown_area_is_named_by_the_way_to_it_and_not_again(maplibre, here, code):
    found = specs(here, f"?area={code}")
    labels = [s for s in found.values() if s["id"].startswith("areas") and s["type"] == "symbol"]
    assert code not in {c for spec in labels for c in shown(maplibre, here, spec)}


@pytest.mark.parametrize(
    ("search", "named"),
    [(ROOT, {"11", "12"}), (STREET, {"111", "112"}), (COMMUNITY, {"111001", "111002"})],
)
def test_the_areas_directly_below_are_named_first(maplibre, here, search, named):
    labels = [s for s in specs(here, search).values() if s["type"] == "symbol"]
    below = [s for s in labels if shown(maplibre, here, s) == named]
    assert len(below) == 1
    grids = below[0]["metadata"]["layer"] == "grids"
    assert below[0]["minzoom"] == (13 if grids else 0)
    if not grids:
        assert below[0]["metadata"]["rank"] == max(s["metadata"]["rank"] for s in labels)


def test_borders_are_heavier_the_higher_the_level(maplibre, here):
    found = specs(here)
    asked = [value(found[f"areas-{part}"], "line-width", 13) for part in ("line", "child", "upper")]
    widths = maplibre.told(*asked)
    assert widths == sorted(widths)
    assert shown(maplibre, here, found["areas-upper"]) == {"11", "12"}


def test_opacity_fades_paint_borders_and_names(maplibre, here):
    whole, faded = (specs(here, f"?layers=grids{o},areas{o}") for o in ("", ":50"))
    for ident in ("grids-fill", "grids-line", "areas-line", "areas-child", "areas-child-label"):
        kind = {"fill": "fill", "line": "line", "symbol": "text"}[whole[ident]["type"]]
        name = f"{kind}-opacity"
        full, half = maplibre.told(value(whole[ident], name), value(faded[ident], name))
        assert half == pytest.approx(full / 2)


# ---- areas paint where there are no grids, and where the reader asks for them alone ----


def test_a_place_without_grids_is_painted_by_its_areas(maplibre, flat):
    found = specs(flat)
    assert set(found) & {"grids-fill", "grids-line"} == set()
    colors = fills(maplibre, flat, ROOT, layer="areas")
    assert len(set(colors.values())) == 2  # seven appeals lie in 2, one in 3
    assert shown(maplibre, flat, found["areas-hit"]) == {"2", "3"}


def test_the_finest_area_of_a_place_without_grids_is_drawn(maplibre, flat):
    dimmed = PAGES["/"].theme.color("dimmed")
    colors = fills(maplibre, flat, "?area=2", layer="areas")
    assert set(colors) == {"2"}
    assert colors["2"] != dimmed


@pytest.mark.parametrize(
    ("search", "painted"),
    [("?layers=areas", {"11", "12"}), ("?area=11&layers=areas", {"111", "112"})],
)
def test_areas_alone_are_painted_by_the_metric(maplibre, here, search, painted):
    assert "grids-fill" not in specs(here, search)
    colors = fills(maplibre, here, search, layer="areas")
    assert set(colors) == painted
    assert len(set(colors.values())) == 2


def test_a_reader_of_areas_alone_can_go_down_to_the_grids(maplibre, here):
    search = "?area=111&layers=areas"
    assert shown(maplibre, here, specs(here, search)["grids-hit"]) == {"111001", "111002"}
    theme = PAGES["/"].theme
    painted = {fills(maplibre, here, search)[code] for code in ("111001", "111002")}
    assert len(painted - {theme.color("land"), theme.color("dimmed")}) == 2


def test_beneath_areas_it_is_the_grids_that_are_painted(here):
    assert "areas-fill" not in specs(here, "?layers=areas,grids")
    assert "grids-fill" in specs(here, "?layers=areas,grids")
