from __future__ import annotations

import pytest
from cachelib import SimpleCache

import layers
from callbacks.controls import panel
from callbacks.moves import shown
from callbacks.pages import PAGES
from geodata.store.reader import Store
from layers._answers import Answers
from layers._layer import Range
from layers._metrics import METRICS
from tests import town
from tests.callbacks.reading import CJK, having, nodes, props, sent, strings, text
from tests.layers.conftest import ROOMS


@pytest.fixture(scope="module")
def wide(town_folder) -> Answers:
    return Answers(Store(town_folder), layers.catalog(ROOMS), SimpleCache())


def controls(wide, lang: str = "zh"):
    return sent(panel(wide.reader(), wide.catalog(), lang))


def widgets(node) -> dict[str, dict]:
    """The widgets by the part of the address they stand for."""
    found = {}
    for part in nodes(node):
        ident = props(part).get("id")
        if isinstance(ident, dict) and ident["type"] == "control":
            found[ident["key"]] = part
    return found


def test_every_filter_of_every_layer_has_a_widget_of_its_kind(wide):
    found = widgets(controls(wide))
    for owner, layer in wide.catalog().items():
        for declared in layer.queryables:
            kind = "RangeSlider" if isinstance(declared, Range) else "MultiSelect"
            assert found[f"{owner}.{declared.name}"]["type"] == kind


def test_every_layer_but_the_base_has_a_switch_and_an_opacity(wide):
    found = controls(wide)
    switchable = {i for i, layer in wide.catalog().items() if not layer.is_base}
    boxes = {props(n)["value"] for n in nodes(found) if n["type"] == "Checkbox"}
    assert boxes == switchable
    assert {k.partition(".")[2] for k in widgets(found) if k.startswith("opacity.")} == switchable


def test_no_two_widgets_stand_for_the_same(wide):
    idents = [str(props(n)["id"]) for n in nodes(controls(wide)) if "id" in props(n)]
    assert len(idents) == len(set(idents))


def test_every_widget_knows_what_to_show(wide):
    question = wide.question("?compare=2020-10-01/2020-10-05&hours=1/2", town.NOW)
    for key in widgets(controls(wide)):
        assert shown(question, key, PAGES["/plan"]) is not None, key


def test_filters_that_govern_the_numbers_come_first(wide):
    keys = [key for key in widgets(controls(wide)) if key.count(".") == 1]
    owners = [key.partition(".")[0] for key in keys if key.partition(".")[0] in wide.catalog()]
    assert owners == sorted(owners, key=lambda owner: owner != "tickets")
    assert owners[0] == "tickets"


def test_layers_stand_in_their_groups_with_the_upper_ones_first(wide):
    rows = [props(n) for n in nodes(controls(wide)) if "data-layer" in props(n)]
    told = [row["data-layer"] for row in rows]
    order = {i: layer.order for i, layer in wide.catalog().items()}
    for group in {layer.group.zh for layer in wide.catalog().values()}:
        mine = [order[i] for i in told if wide.catalog()[i].group.zh == group]
        assert mine == sorted(mine, reverse=True)
    assert all(row["title"] == wide.catalog()[row["data-layer"]].description.zh for row in rows)


def test_a_map_can_be_painted_by_every_metric(wide):
    data = props(widgets(controls(wide))["metric"])["data"]
    assert [option["value"] for option in data] == [metric.id for metric in METRICS]
    assert data[4]["label"] == "万人诉求比 · 件/万人"


def options(wide, key: str, lang: str = "zh") -> list:
    return props(widgets(controls(wide, lang))[key])["data"]


def test_the_branches_of_a_tree_are_grouped_and_every_one_can_be_chosen(wide):
    (category,) = [q for q in wide.catalog()["tickets"].queryables if q.name == "category"]
    groups = options(wide, "tickets.category")
    assert [group["group"] for group in groups] == ["市容环境", "社会秩序"]
    values = [item["value"] for group in groups for item in group["items"]]
    assert sorted(values) == sorted(category.values)
    labels = [item["label"] for item in groups[0]["items"]]
    assert labels == ["市容环境", "市容环境 › 餐饮油烟", "餐饮油烟 › 烧烤油烟"]


def test_values_are_told_in_the_language_where_there_are_words(wide):
    assert options(wide, "tickets.smoke") == [
        {"value": "yes", "label": "是"},
        {"value": "no", "label": "否"},
    ]
    assert [o["label"] for o in options(wide, "tickets.smoke", "en")] == ["Yes", "No"]
    assert {"value": "电话", "label": "Phone"} in options(wide, "tickets.channel", "en")
    assert {"value": "电话", "label": "电话"} in options(wide, "tickets.channel")


def test_a_range_goes_from_end_to_end_and_names_its_layer(wide):
    found = controls(wide)
    slider = props(widgets(found)["benches.metres"])
    assert (slider["min"], slider["max"]) == (0, 10)
    assert "长椅 · 长度" in [text(n) for n in nodes(found) if n["type"] == "Label"]


def test_whatever_has_no_word_beside_it_is_named_for_those_who_cannot_see(wide):
    for key, widget in widgets(controls(wide)).items():
        told = props(widget)
        is_slider_of_a_label = widget["type"] == "RangeSlider"
        assert (
            told.get("label") or told.get("aria-label") or is_slider_of_a_label or key == "layers"
        )


def test_the_desk_is_wholly_in_the_language(wide, foreign):
    answers = foreign.answers
    told = [*strings(sent(panel(answers.reader(), answers.catalog(), "en")))]
    assert not [word for word in told if CJK.search(word)]
    heads = [text(n) for n in nodes(controls(wide)) if n["type"] == "H2"]
    assert heads == ["时段", "着色指标", "筛选", "图层", "带走所见"]


def test_what_is_shown_can_be_taken_away_from_here(wide):
    assert len(having(controls(wide), id={"type": "panel", "name": "exports"})) == 1
