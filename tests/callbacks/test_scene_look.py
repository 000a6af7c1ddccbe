"""Where the map looks, what a click opens, what hover tells, over whatever base map."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from geodata.place import Basemap, write_place
from tests import town
from tests.callbacks.conftest import screens

# ---- a base map that is shifted ----


@pytest.fixture(scope="module")
def shifted(town_folder, tmp_path_factory):
    folder = shutil.copytree(town_folder, tmp_path_factory.mktemp("shifted") / "town")
    tiles = Basemap(tiles="https://map.example/{z}/{x}/{y}.png", crs="GCJ-02")
    write_place(folder, replace(town.PLACE, basemap=tiles))
    return screens(folder)


def test_over_a_shifted_base_map_everything_is_shifted_alike(here, shifted):
    search = "?layers=grids,tickets&selected=tickets:T02"
    plain, moved = here.scene(search), shifted.scene(search)
    for name in ("grids", "tickets"):
        (before,), (url,) = (
            drawn["sources"][name].get("tiles") or [drawn["sources"][name]["data"]]
            for drawn in (plain, moved)
        )
        assert "crs" not in before
        assert url.endswith("&crs=GCJ-02")
    east = moved["selection"][0] - plain["selection"][0]
    assert 0.003 < east < 0.008  # some five hundred metres in Shandong
    assert moved["focus"]["center"] == moved["selection"]
    box, before = shifted.scene()["focus"]["bounds"], here.scene()["focus"]["bounds"]
    assert 0.003 < box[0] - before[0] < 0.008


def test_a_shifted_map_stays_shifted_while_the_data_runs_ahead(shifted):
    (url,) = shifted.at(town.moment("11-22 12:00")).scene("?layers=tickets")["sources"]["tickets"][
        "tiles"
    ]
    assert url.endswith("&crs=GCJ-02")
    assert " " not in url


# ---- where to look, what a click opens, what hover tells ----


def test_the_map_looks_at_the_shown_area_or_at_what_is_picked(here):
    assert here.scene()["focus"] == {"key": "1", "bounds": [118.0, 36.8, 118.03, 36.82]}
    assert here.scene("?area=12")["focus"]["bounds"] == [118.02, 36.8, 118.03, 36.82]
    picked = here.scene("?area=12&selected=tickets:T02")
    assert picked["selection"] == picked["focus"]["center"] == [118.002, 36.812]
    assert picked["focus"]["zoom"] >= 16


def test_the_map_stays_where_it_is_when_only_a_filter_changes(here):
    one, other = here.scene("?area=12"), here.scene("?area=12&hours=3/9&metric=smoke&layers=areas")
    assert one["focus"] == other["focus"]


def test_what_has_no_place_is_not_looked_for(here):
    drawn = here.scene("?selected=tickets:T08")
    assert drawn["selection"] is None
    assert drawn["focus"]["key"] == "1"


@pytest.mark.parametrize("search", ["", "?layers=markets,tickets,smoke,addresses,grids,areas"])
def test_a_click_leads_to_an_address_that_is_there(here, catalog, search):
    for target in here.scene(search)["targets"]:
        (layer,) = {ident.rpartition("-")[0] for ident in target["layers"]}
        go = target["go"]
        if layer in {"grids", "areas"}:
            assert go == {"area": "code"}
        elif catalog[layer].is_base:
            assert go is None
        else:
            assert go == {"selected": f"{layer}:", "from": "id"}


def hovers(place, layer: str, search: str = "?layers=markets,tickets") -> dict[str, dict]:
    (target,) = [t for t in place.scene(search)["targets"] if f"{layer}-point" in t["layers"]]
    return {row["name"]: row for row in target["rows"]}


def test_hover_tells_the_declared_fields_in_words(here):
    told = hovers(here, "tickets")
    assert list(told) == ["status"]
    assert told["status"]["title"] == "办理"
    assert told["status"]["words"] == {"overdue": "超期", "open": "在办", "closed": "办结"}
    english = hovers(here, "tickets", "?layers=markets,tickets&lang=en")
    assert english["status"]["words"] == {"overdue": "Overdue", "open": "Open", "closed": "Closed"}


def test_hover_tells_whether_a_market_is_open(here):
    told = hovers(here, "markets")
    assert set(told) == {"kind", "stalls", "state"}
    assert told["stalls"]["unit"] == "个"
    assert told["state"]["words"]["open"] == "开市"
    assert hovers(here, "markets", "?lang=en")["state"]["words"]["closed"] == "Closed"


@pytest.mark.parametrize(
    ("at", "states"),
    [
        ("2020-11-20T06:00", ["closed", "open"]),  # M1 trades from 17:00, M2 on weekday mornings
        ("2020-11-20T07:45", ["closed", "closing"]),
        ("2020-11-21T06:00", ["closed", "closed"]),
        ("2020-11-21T18:00", ["open", "closed"]),
    ],
)
def test_markets_are_as_they_are_at_the_moment_of_the_view(here, at, states):
    (told,) = here.scene(f"?at={at}")["states"]
    assert told == {"sources": ["markets", "markets-labels"], "list": states}
