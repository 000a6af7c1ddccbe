"""Which layers a page shows."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

import layers
from callbacks.pages import PAGES
from callbacks.shown import faded, layers_shown, switched
from geodata.place import write_place
from layers._layer import LayerError
from layers._view import Shown
from tests import town
from tests.callbacks.conftest import screens

BASE = ["outline", "roads", "landmarks"]
OPENING = ["outline", "grids", "areas", "roads", "smoke", "markets", "landmarks"]


def shown(place, search: str = "", path: str = "/") -> list[str]:
    question = place.answers.question(search, place.now)
    return [
        item.id if item.opacity == 100 else f"{item.id}:{item.opacity}"
        for item in layers_shown(question, PAGES[path])
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_with_the_layers_declared_for_it_in_drawing_order(here, path):
    assert shown(here, "", path) == OPENING


def test_an_address_says_which_layers_and_in_which_order(here):
    assert shown(here, "?layers=markets:40,grids") == [*BASE, "markets:40", "grids"]
    assert shown(here, "?layers=") == BASE


def test_the_base_may_be_named_to_fade_it(here):
    assert shown(here, "?layers=roads:30,grids") == ["outline", "landmarks", "roads:30", "grids"]


def test_in_a_grid_its_addresses_are_shown(here):
    assert shown(here, "?area=111001") == [*OPENING, "addresses"]
    assert shown(here, "?area=111001&layers=addresses:20") == [*BASE, "addresses:20"]
    assert shown(here, "?area=111") == OPENING


def test_where_grids_lie_below_they_are_shown_with_the_areas(here):
    assert shown(here, "?area=111&layers=areas:40") == [*BASE, "grids:40", "areas:40"]
    assert shown(here, "?area=111&layers=areas,grids:20") == [*BASE, "areas", "grids:20"]
    assert shown(here, "?area=111&layers=markets") == [*BASE, "markets"]
    assert shown(here, "?area=11&layers=areas") == [*BASE, "areas"]


def test_a_place_without_grids_shows_none_even_when_asked(flat):
    assert "grids" not in shown(flat)
    assert shown(flat, "?layers=grids,areas") == [*BASE, "areas"]


def test_a_place_without_addresses_shows_the_appeals_of_its_finest_areas(flat):
    assert shown(flat, "?area=2")[-1] == "tickets"
    assert "tickets" not in shown(flat)


def test_a_place_may_open_with_layers_of_its_own(town_folder, tmp_path):
    folder = shutil.copytree(town_folder, tmp_path / "own")
    write_place(folder, replace(town.PLACE, layers=("tickets", "areas")))
    own = screens(folder)
    assert shown(own) == ["outline", "areas", "roads", "tickets", "landmarks"]
    assert shown(own, "?layers=grids") == [*BASE, "grids"]


def test_a_place_cannot_open_with_a_layer_that_is_not_there():
    with pytest.raises(LayerError, match="opens with a layer 'subway' that is not there"):
        layers.check_opening(layers.catalog(), replace(town.PLACE, layers=("areas", "subway")))


def test_the_base_cannot_be_switched(here):
    question = here.answers.question("?layers=roads,grids", here.now)
    assert [item.id for item in switched(question, PAGES["/"])] == ["grids"]


def test_one_layer_fades_and_the_others_stay():
    before = (Shown("grids"), Shown("areas", 50))
    assert faded(before, "grids", 30) == (Shown("grids", 30), Shown("areas", 50))
    assert faded(before, "subway", 30) == before
