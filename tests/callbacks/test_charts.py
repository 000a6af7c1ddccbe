from __future__ import annotations

import pytest

from callbacks.charts import graph, layout
from callbacks.theme import THEMES
from tests.callbacks.reading import figure, nodes, props, sent

both = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.id)


@both
def test_a_chart_has_the_colours_and_type_of_its_theme_and_no_ground_of_its_own(theme):
    told = layout(theme)
    assert told["font"]["color"] == theme.color("muted")
    assert told["hoverlabel"]["bgcolor"] == theme.color("raised")
    assert told["paper_bgcolor"] == told["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert told["showlegend"] is False


@both
def test_an_axis_keeps_what_it_shares_and_takes_what_it_is_given(theme):
    told = layout(theme, xaxis={"tickvals": [1], "showgrid": True}, bargap=0.1)
    assert told["xaxis"]["tickvals"] == [1]
    assert told["xaxis"]["showgrid"] is True
    assert told["xaxis"]["fixedrange"] is True
    assert told["yaxis"]["showgrid"] is False
    assert told["bargap"] == 0.1


def test_a_chart_is_an_image_with_a_name_and_cannot_be_dragged_apart():
    found = sent(graph("trend", {"data": [], "layout": {}}, "每日件数"))
    assert (props(found)["role"], props(found)["aria-label"]) == ("img", "每日件数")
    assert figure(found) == {"data": [], "layout": {}}
    (chart,) = [props(n) for n in nodes(found) if n["type"] == "Graph"]
    assert chart["id"] == "trend-chart"
    assert chart["config"]["displayModeBar"] is False
