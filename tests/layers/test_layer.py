from __future__ import annotations

from dataclasses import replace

import pytest

from layers import catalog
from layers._layer import (
    Class,
    Field,
    Graduated,
    Heat,
    Label,
    LayerError,
    Range,
    Single,
    Text,
)

LAYER = catalog()["landmarks"]
ONE = Text("一", "one")


def graduated(*bounds: float) -> Graduated:
    return Graduated(
        by="lon", classes=tuple(Class(value=b, title=ONE, color="road") for b in bounds)
    )


def test_a_text_is_told_in_the_language_of_the_reader():
    assert (ONE("zh"), ONE("en"), ONE("fr")) == ("一", "one", "一")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"symbology": Graduated(by="height", classes=())}, r"symbology\.by is 'height', which is"),
        ({"label": Label(field="title")}, r"label\.field is 'title'.*Add Field\(name='title'"),
        ({"symbology": graduated(2, 1)}, r"class breaks \[2\.0, 1\.0\]; they must rise"),
        ({"symbology": graduated(1, 1)}, "they must rise"),
        (
            {"heat": Heat(measure="total", radius_m=100, until_zoom=15)},
            "has a heat map, which needs Tiles",
        ),
        ({"geometry": "Polygon", "tiles": catalog()["tickets"].tiles}, "which are made of points"),
        ({"geometry": "Pentagon"}, "geometry is 'Pentagon'; it must be Point, Line or Polygon"),
        ({"id": "land.marks"}, "'land.marks' cannot stand in an address"),
        ({"id": "地标"}, "cannot stand in an address"),
        (
            {"queryables": (Range(name="Höhe", title=ONE, minimum=0, maximum=1),)},
            "'Höhe' cannot stand in an address",
        ),
    ],
)
def test_a_declaration_that_cannot_be_shown_names_its_file_and_the_cure(changes, fault):
    with pytest.raises(LayerError, match=fault) as raised:
        replace(LAYER, **changes)
    assert str(raised.value).startswith("layers/")


@pytest.mark.parametrize("by", ["metric", "state"])
def test_a_layer_may_be_coloured_by_what_is_no_field(by):
    layer = replace(LAYER, symbology=replace(catalog()["roads"].symbology, by=by))
    assert layer.symbology.by == by


def test_a_layer_is_filtered_by_itself_unless_it_says_otherwise():
    assert LAYER.owner == "landmarks"
    assert replace(LAYER, filtered_by="tickets").owner == "tickets"


def test_filters_learn_their_values_when_they_meet_the_data(reader):
    declared = catalog()["markets"]
    assert callable(declared.queryables[0].values)
    assert declared.bound(reader).queryables[0].values == ("夜市", "早市")


def test_a_declaration_cannot_be_changed():
    with pytest.raises(AttributeError):
        LAYER.title = ONE
    with pytest.raises(AttributeError):
        Field(name="x", title=ONE).unit = ONE
    assert Single(color="road") == Single(color="road")
