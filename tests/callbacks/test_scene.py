from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from cachelib import SimpleCache
from hypothesis import given, settings
from hypothesis import strategies as st

import layers
from callbacks import paint
from callbacks.pages import PAGES
from geodata.areas.hierarchy import hierarchy
from geodata.store.reader import Store
from layers._answers import Answers
from layers._metrics import BY_ID, METRICS
from tests import town
from tests.callbacks.conftest import Screens
from tests.geodata.tickets.test_numbers import TOWN

COMPONENT = Path(__file__).parents[2] / "components"
PLACES = [
    "",
    "?area=11",
    "?area=111",
    "?area=111001",
    "?area=112001&datetime=2020-01-01",
    "?layers=",
    "?layers=areas",
    "?layers=addresses,tickets:30,markets,smoke,grids,areas,roads,landmarks,outline:0",
    "?markets.kind=夜市&tickets.category=市容环境/餐饮油烟",
    "?selected=tickets:T05&metric=change",
]


@pytest.mark.parametrize("path", PAGES)
def test_maplibre_has_nothing_against_the_style(maplibre, here, flat, path):
    drawn = [here.scene(f"{search or '?'}&lang=en", path) for search in PLACES]
    drawn += [here.scene(search, path) for search in PLACES]
    drawn += [flat.scene(search, path) for search in ("", "?area=2&lang=en")]
    assert maplibre.faults(*drawn) == []


@pytest.mark.parametrize("metric", [metric.id for metric in METRICS])
def test_maplibre_has_nothing_against_any_metric(maplibre, here, metric):
    drawn = [here.scene(f"?metric={metric}&datetime={t}") for t in ("../..", "2020-11-20")]
    assert maplibre.faults(*drawn) == []


@pytest.mark.parametrize("search", PLACES)
def test_sources_are_named_after_their_layers_and_all_are_used(here, catalog, search):
    drawn = here.scene(search)
    ids = [spec["id"] for spec in drawn["layers"]]
    assert len(ids) == len(set(ids))
    assert set(drawn["sources"]) == {spec["source"] for spec in drawn["layers"]}
    for name in drawn["sources"]:
        assert name.removesuffix("-labels") in catalog
    for spec in drawn["layers"]:
        assert spec["id"].startswith(spec["metadata"]["layer"] + "-")
        assert spec["source"].removesuffix("-labels") == spec["metadata"]["layer"]


# ---- the component and the server speak of the same things ----


def in_the_component(pattern: str) -> str:
    code = "\n".join(file.read_text("utf-8") for file in sorted(COMPONENT.glob("*.js")))
    return re.search(pattern, code)[1]


def test_slots_rise_from_the_ground_to_the_names():
    order = ("base", "areas", "heat", "roads", "borders", "points", "labels")
    assert order == paint.SLOTS
    assert tuple(re.findall(r'"(\w+)"', in_the_component(r"SLOTS = \[(.*?)\]"))) == order


def test_both_sides_mean_the_same_by_no_value():
    assert float(in_the_component(r"EMPTY = (\S+);")) == paint.EMPTY


def test_whatever_has_a_size_on_the_screen_is_scaled_with_the_type(here):
    """A size the component does not scale would be too small on a wall."""
    scaled = re.findall(r'"([a-z-]+)"', in_the_component(r"SCALED = \[([^\]]*)\]"))
    sizes = re.compile(r"(width|radius|size|blur|padding)$")
    for search in PLACES:
        for spec in here.scene(search)["layers"]:
            for name in {**spec.get("paint", {}), **spec.get("layout", {})}:
                if sizes.search(name) and spec["type"] != "heatmap" and name != "text-max-width":
                    assert name in scaled, (spec["id"], name)


def test_streets_are_above_the_heat_and_names_above_everything(here):
    drawn = here.scene("?layers=grids,areas,smoke,markets,tickets")["layers"]
    slot = {spec["id"]: paint.SLOTS.index(spec["metadata"]["slot"]) for spec in drawn}
    rising = (
        "outline-land",
        "grids-fill",
        "smoke-heat",
        "roads-line",
        "areas-line",
        "tickets-point",
    )
    assert sorted(rising, key=slot.__getitem__) == list(rising)
    assert len({slot[ident] for ident in rising}) == len(rising)
    assert {i for i, s in slot.items() if s == 6} == {
        s["id"] for s in drawn if s["type"] == "symbol"
    }


# ---- values travel often, geometry once ----


@pytest.mark.parametrize("search", ["", "?area=11", "?area=12", "?area=111", "?area=121002"])
def test_values_are_listed_by_the_numbers_of_the_areas(here, search):
    tree = hierarchy(here.answers.reader())
    values = here.scene(search)["values"]
    codes = tree.codes[values["first"] : values["first"] + len(values["list"])]
    assert dict(zip(codes, values["list"], strict=True)) == {c: TOWN[c][0] for c in codes}
    assert codes[0] == search.removeprefix("?area=") or codes[0] == "1"
    assert all(tree.parent[tree.number(code)] >= values["first"] for code in codes[1:])


@pytest.mark.parametrize(
    ("metric", "first", "unit"),
    [
        ("total", [8, 7, 6, 4], "件"),
        ("overdue", [2, 2, 2, 1], "件"),
        ("per_10k", [None, 20.0, 20.0, 40.0], "件/万人"),
        ("change", [300.0, 600.0, 500.0, 300.0], "%"),
        ("closed_rate", [50.0, 42.9, 33.3, 50.0], "%"),
    ],
)
def test_a_rate_is_sent_as_it_is_told(here, metric, first, unit):
    values = here.scene(f"?metric={metric}")["values"]
    assert values["list"][:4] == first
    assert (values["title"], values["unit"]) == (BY_ID[metric].title.zh, unit)
    assert here.scene(f"?metric={metric}&lang=en")["values"]["title"] == BY_ID[metric].title.en


def geometry(drawn: dict) -> dict[str, str]:
    return {name: s["data"] for name, s in drawn["sources"].items() if s["type"] == "geojson"}


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "tickets.smoke": st.sampled_from(["yes", "no", ""]),
        "tickets.status": st.sampled_from(["open", "overdue,closed"]),
        "hours": st.sampled_from(["17/23", "22/6"]),
        "datetime": st.sampled_from(["2020-11-20", "../..", "2020-11-01/2020-11-20"]),
        "metric": st.sampled_from([metric.id for metric in METRICS]),
        "compare": st.just("2020-10-01/2020-10-20"),
        "markets.kind": st.sampled_from(["夜市", ""]),
        "area": st.sampled_from(["11", "111", "111001"]),
        "lang": st.just("en"),
    },
)


@settings(max_examples=20)
@given(one=FILTERS, other=FILTERS)
def test_no_change_of_the_view_makes_geometry_travel_again(here, one, other):
    found = [
        geometry(
            here.scene("?" + "&".join(f"{k}={v}" for k, v in {**part, "layers": SHOWN}.items()))
        )
        for part in (one, other)
    ]
    assert found[0] == found[1]


SHOWN = "grids,areas,markets,roads,landmarks,outline"


def test_a_filter_changes_the_values_and_the_tiles_it_governs_and_no_other(here):
    search = "?layers=grids,smoke,tickets,addresses"
    plain, chosen = here.scene(search), here.scene(f"{search}&tickets.status=open&hours=18/24")
    assert plain["values"]["list"] != chosen["values"]["list"]
    told = {
        n: (plain["sources"][n], chosen["sources"][n]) for n in ("smoke", "tickets", "addresses")
    }
    assert told["smoke"][0] != told["smoke"][1]
    assert told["tickets"][0] != told["tickets"][1]
    assert told["addresses"][0] == told["addresses"][1]


def test_a_filter_sends_only_numbers(here):
    plain, chosen = here.scene("?layers=grids,areas"), here.scene("?layers=grids,areas&hours=18/24")
    same = {key for key in plain if plain[key] == chosen[key]}
    assert same >= {"sources", "targets", "states", "focus", "selection"}
    assert len(plain["values"]["list"]) == len(TOWN)


@pytest.mark.parametrize("search", PLACES)
def test_every_source_is_served(here, client, search):
    for source in here.scene(search)["sources"].values():
        for url in source.get("tiles") or [source["data"]]:
            answer = client.get(re.sub(r"\{z\}/\{x\}/\{y\}", "0/0/0", url))
            assert answer.status_code == 200, url
            assert "immutable" in answer.headers["Cache-Control"]


def test_an_address_of_a_source_names_the_data_and_the_code(town_folder, here):
    version = here.answers.reader().version
    answers = Answers(Store(town_folder), layers.catalog(), SimpleCache(), "abc")
    other = Screens(answers, town.NOW)
    for place, build in ((here, ""), (other, "abc")):
        for source in place.scene("?layers=grids,tickets")["sources"].values():
            (url,) = source.get("tiles") or [source["data"]]
            assert f"v={version}-{build}" in url


def test_while_the_data_runs_ahead_of_the_clock_tiles_follow_the_minute(here):
    noon, later = town.moment("11-22 12:00"), town.moment("11-22 12:01")
    (one,), (two,), (after,), (long_after,) = (
        here.at(now).scene("?layers=tickets")["sources"]["tickets"]["tiles"]
        for now in (noon, later, town.NOW, town.moment("11-29 12:00"))
    )
    assert one != two != after
    assert after == long_after


def test_the_ground_is_that_of_the_page(here):
    grounds = {path: here.scene("", path)["ground"] for path in PAGES}
    assert grounds == {path: page.theme.color("ground") for path, page in PAGES.items()}
    assert len(set(grounds.values())) == 2


def test_every_pair_of_pages_draws_the_same_things(here):
    for one, other in itertools.pairwise(here.scene("?area=11", path) for path in PAGES):
        assert [spec["id"] for spec in one["layers"]] == [spec["id"] for spec in other["layers"]]
        assert one["values"] == other["values"]
        assert one["sources"] == other["sources"]
