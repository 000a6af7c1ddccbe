from __future__ import annotations

import pytest
from cachelib import SimpleCache

import layers
from callbacks.selection import selection, shown_people
from geodata.areas.hierarchy import NOWHERE, hierarchy
from geodata.store.reader import Store
from layers._answers import Answers
from tests.layers.conftest import ROOMS


def picked(place, selected: str, more: str = ""):
    question = place.answers.question(f"?selected={selected}{more}", place.now)
    assert question.notices == ()
    return selection(question)


def found(place, selected: str, more: str = ""):
    chosen, notices = picked(place, selected, more)
    assert notices == ()
    return chosen


@pytest.mark.parametrize(
    ("selected", "area", "point"),
    [
        ("tickets:T02", "111001", [118.002, 36.812]),
        ("smoke:T03", "111002", [118.015, 36.818]),
        ("tickets:T05", "111001", [118.005, 36.815]),  # where its door is
        ("tickets:T09", "112", None),  # known to its community alone
        ("tickets:T08", None, None),
        ("addresses:A4", "111001", [118.005, 36.815]),
        ("markets:M1", "111001", [118.005, 36.8111]),
        ("grids:111001", "111001", None),
        ("areas:11", "11", None),
        ("areas:1", "1", None),
        ("landmarks:P1", None, [118.01, 36.805]),
        ("roads:R1", None, [118.0, 36.8155]),  # a corner of the line
        ("outline:1", None, [118.015, 36.81]),
    ],
)
def test_every_kind_of_thing_can_be_picked(here, selected, area, point):
    chosen = found(here, selected)
    tree = hierarchy(here.answers.reader())
    assert chosen.area == (NOWHERE if area is None else tree.number(area))
    assert chosen.point == (None if point is None else pytest.approx(point, abs=1e-6))
    assert chosen.id == selected.partition(":")[2]


@pytest.mark.parametrize("layer", layers.catalog())
@pytest.mark.parametrize(
    "ident", ["nope", "111999", "'; DROP TABLE tickets; --", "\x00", "号" * 300]
)
def test_what_is_not_there_is_named_and_nothing_breaks(here, layer, ident):
    chosen, (notice,) = picked(here, f"{layer}:{ident}".replace(";", "%3B").replace("\x00", "%00"))
    assert chosen is None
    assert (notice.key, notice.value) == ("selected", f"{layer}:{ident}")
    assert notice("zh").endswith(f"没有编号为 {ident} 的记录。")
    assert notice("en").endswith(f"there is no record {ident}.")


def test_with_nothing_picked_there_is_nothing_to_name(here):
    question = here.answers.question("?area=11", here.now)
    assert selection(question) == (None, ())


def test_smoke_on_the_map_is_an_appeal(here):
    assert found(here, "smoke:T02").key == "tickets:T02"


def test_an_appeal_brings_its_door_and_the_people_of_its_grid(here):
    chosen = found(here, "tickets:T05")
    assert [row["id"] for row in chosen.addresses] == ["A1", "A2", "A3", "A4"]
    assert len(chosen.people) == 8
    assert found(here, "tickets:T02").addresses == []
    assert found(here, "tickets:T04").people == []


def test_an_address_brings_what_it_is_part_of_and_the_appeals_from_it_and_below(here):
    chosen = found(here, "addresses:A2")
    assert [row["id"] for row in chosen.addresses] == ["A1", "A2"]
    assert [row["id"] for row in chosen.tickets] == ["T05", "T06"]


def test_the_view_does_not_hide_what_is_picked(here):
    for selected in ("tickets:T02", "addresses:A4", "markets:M1", "roads:R1", "landmarks:P1"):
        assert found(here, selected, "&area=12&tickets.smoke=no&markets.kind=早市&hours=1/2")


def test_any_layer_with_ids_can_be_picked_from(town_folder, here):
    wide = Answers(Store(town_folder), layers.catalog(ROOMS), SimpleCache())
    chosen, _ = selection(wide.question("?selected=benches:b2", here.now))
    assert (chosen.row["name"], chosen.point) == ("长椅乙", [118.025, 36.803])


@pytest.mark.parametrize(("area", "people"), [("111001", 8), ("112001", 0), ("111", 0), ("", 0)])
def test_the_people_of_a_shown_grid_are_known_without_picking_it(here, area, people):
    question = here.answers.question(f"?area={area}", here.now)
    assert len(shown_people(question)) == people
