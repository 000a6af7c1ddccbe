"""What a colour means is said where the colour is, and nothing else is said."""

from __future__ import annotations

import re

import pytest

from callbacks import paint
from callbacks.pages import PAGES
from layers._metrics import METRICS
from tests.callbacks.conftest import value
from tests.callbacks.reading import having, props, text, texts
from tests.callbacks.test_choropleth import fills


def block(place, layer: str, search: str = "", path: str = "/"):
    found = having(place.panel("legend", search, path), data__legend=layer)
    assert len(found) <= 1
    return found[0] if found else None


def rows(node) -> dict[str, str]:
    """Text -> colour of the rows of a block, as they stand."""
    return {
        text(row): props(having(row, class_="swatch")[0])["style"]["--c"]
        for row in having(node, class_="legend-row")
    }


def number(told: str) -> float:
    """``2.0万`` -> 20000."""
    scale = {"万": 1e4, "亿": 1e8}.get(told[-1], 1)
    return float(told.rstrip("万亿").replace(",", "").replace("−", "-")) * scale


def holds(told: str, amount: float) -> bool:
    """Whether the text of a row covers a number."""
    if told.startswith("<"):
        return amount < number(told[2:])
    if told.startswith("≥"):
        return amount >= number(told[2:])
    low, high = told.split("–")
    return number(low) <= amount < number(high)


@pytest.mark.parametrize("path", ["/", "/plan"])
@pytest.mark.parametrize("metric", [metric.id for metric in METRICS])
@pytest.mark.parametrize("where", ["", "&area=11", "&layers=areas"])
def test_every_area_has_the_colour_of_the_row_that_holds_its_number(
    maplibre, here, path, metric, where
):
    search = f"?metric={metric}{where}"
    layer = "areas" if "layers" in where else "grids"
    drawn = here.scene(search, path)["values"]
    node = block(here, layer, search, path)
    theme = PAGES[path].theme
    painted = set(fills(maplibre, here, search, path, layer).values())
    painted -= {theme.color("land"), theme.color("dimmed")}
    if node is None:
        assert len(painted) <= 1  # nothing to compare
        return
    told = rows(node)
    assert painted <= set(told.values())
    assert len(set(told.values())) == len(told)
    for amount in {amount for amount in drawn["list"] if amount is not None}:
        assert sum(holds(row, amount) for row in told) == 1


@pytest.mark.parametrize("metric", [metric.id for metric in METRICS])
def test_on_the_map_stands_what_the_legend_says(maplibre, tiny, metric):
    """In the district: each grid's colour is that of the one row that holds its number."""
    search = f"?metric={metric}&datetime=2023-09-01/2024-07-01"
    drawn = tiny.scene(search)
    told = rows(block(tiny, "grids", search))
    (fill,) = [spec for spec in drawn["layers"] if spec["id"] == "grids-fill"]
    amounts = sorted({amount for amount in drawn["values"]["list"] if amount is not None})
    asked = [value(fill, "fill-color", state={"v": amount}) for amount in amounts]
    for amount, color in zip(amounts, maplibre.told(*asked), strict=True):
        assert [told[row] for row in told if holds(row, amount)] == [color], amount
    assert len(told) >= 2


def test_a_choropleth_is_told_by_metric_unit_and_classes_the_highest_first(here):
    found = block(here, "grids")
    assert texts(having(found, class_="legend-title")) == ["诉求", "件"]
    assert list(rows(found)) == ["≥ 3", "2–3", "1–2", "< 1"]
    assert texts(having(found, class_="legend-rows"))[0] == "≥ 3"
    assert text(found).endswith("网格 · 分位数分级")
    english = block(here, "grids", "?metric=per_10k&lang=en")
    assert texts(having(english, class_="legend-title")) == ["Per 10,000 residents", "per 10,000"]
    assert text(english).endswith("Grids · quantile classes")


def test_a_change_is_told_on_both_sides_of_none(tiny):
    told = list(rows(block(tiny, "grids", "?metric=change&area=370303001")))
    edges = [row for row in told if row.startswith(("<", "≥"))]
    assert len(edges) == 2
    assert number(edges[0][2:]) == -number(edges[1][2:])


def test_the_layer_that_paints_is_named(here):
    assert block(here, "grids", "?layers=areas") is None
    assert "区域 · 分位数分级" in text(block(here, "areas", "?layers=areas"))
    assert block(here, "areas") is None


def test_where_nothing_is_painted_there_is_nothing_to_explain(here):
    empty = "?datetime=2020-01-01"
    assert block(here, "grids", empty) is None
    assert block(here, "smoke", empty) is None
    assert block(here, "markets", empty) is not None


def test_a_faint_backdrop_needs_no_explaining(here):
    assert block(here, "grids", "?layers=grids:25") is None
    assert block(here, "grids", "?layers=grids:40") is not None


def test_the_base_is_not_explained_and_what_lies_above_comes_first(here):
    panel = here.panel("legend", "?layers=grids,smoke,markets")
    told = [props(node).get("data-legend") for node in having(panel, class_="legend-block")]
    assert told == ["markets", "smoke", "grids"]


# ---- density ----


@pytest.mark.parametrize("path", ["/", "/plan"])
@pytest.mark.parametrize("layer", ["smoke", "tickets"])
def test_the_gradient_has_the_colours_of_the_heat(maplibre, here, path, layer):
    search = f"?layers={layer}"
    (heat,) = [s for s in here.scene(search, path)["layers"] if s["id"] == f"{layer}-heat"]
    (gradient,) = having(block(here, layer, search, path), class_="legend-gradient")
    css = props(gradient)["style"]["background"]
    stops = [(color, int(share) / 100) for color, share in re.findall(r"(#\w{6}) (\d+)%", css)]
    assert [share for _, share in stops] == list(paint.HEAT_STOPS)
    asked = [value(heat, "heatmap-color", density=share) for _, share in stops]
    for (color, _), told in zip(stops, maplibre.told(*asked), strict=True):
        drawn = [int(part) for part in re.findall(r"\d+", told)[:3]]
        assert drawn == pytest.approx([int(color[i : i + 2], 16) for i in (1, 3, 5)], abs=3)


def test_density_is_told_in_appeals_per_square_kilometre_with_its_bandwidth(here):
    found = block(here, "smoke")
    # Two appeals at one spot: 2 / (2π · 0.15²) = 14.1 per km².
    assert texts(having(found, class_="legend-scale")) == ["0", "7", "14"]
    assert "烧烤油烟|件/平方公里" in text(found)
    assert "核密度,带宽 |150| 米" in text(found)
    english = text(block(here, "smoke", "?lang=en"))
    assert "Cooking smoke|appeals per km²" in english
    assert "Kernel density, bandwidth |150| m" in english


def test_the_browser_is_told_how_the_bandwidth_follows_the_zoom(here, catalog):
    found = block(here, "smoke")
    (metres,) = having(found, data__heat__radius=f"{catalog['smoke'].heat.radius_m:g}")
    assert float(props(metres)["data-least-px"]) == paint.LEAST_PX


def test_a_scale_follows_the_filter(here):
    whole = texts(having(block(here, "smoke"), class_="legend-scale"))
    # T01 alone has half the density of T01 and T02.
    assert texts(having(block(here, "smoke", "?hours=18/19"), class_="legend-scale")) == [
        *("0", "3.5", "7.1")
    ]
    assert whole == ["0", "7", "14"]


def test_from_close_the_single_appeals_are_explained_instead(here, catalog):
    found = block(here, "smoke")
    until = f"{catalog['smoke'].heat.until_zoom:g}"
    (far,), (close,) = (
        having(found, data__until__zoom=until),
        having(found, data__from__zoom=until),
    )
    assert rows(far) == {}
    theme = PAGES["/"].theme
    assert rows(close) == {
        "超期": theme.color("lamp-red"),
        "在办": theme.color("lamp-yellow"),
        "办结": theme.color("lamp-green"),
    }
    assert props(close)["hidden"] is True


# ---- declared classes ----


def test_a_state_is_told_by_word_shape_and_colour(here, catalog):
    found = block(here, "markets")
    assert list(rows(found)) == ["开市", "半小时内收市", "未开市"]
    shapes = [props(node)["className"].split()[-1] for node in having(found, class_="swatch")]
    assert shapes == ["swatch--open", "swatch--closing", "swatch--closed"]
    assert list(rows(block(here, "markets", "?lang=en"))) == ["Open", "Closing soon", "Closed"]


def test_a_size_on_the_map_is_a_size_in_the_legend(here):
    found = having(block(here, "smoke"), class_="swatch")
    sizes = [float(props(node)["style"]["--size"]) for node in found]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_a_layer_of_one_colour_has_one_row_and_no_title(here):
    found = block(here, "addresses", "?layers=addresses")
    assert rows(found) == {"标准地址": PAGES["/"].theme.color("address")}
    assert having(found, class_="legend-title") == []


def test_without_markets_they_are_not_explained(flat):
    assert block(flat, "markets", "?layers=areas,markets") is None
