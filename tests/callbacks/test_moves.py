"""Widgets and address: what is set is shown, and no value of any widget breaks the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from cachelib import SimpleCache
from hypothesis import given
from hypothesis import strategies as st

import layers
from callbacks.moves import revised, shown
from callbacks.pages import PAGES
from geodata.store.reader import Store
from layers._answers import Answers
from layers._layer import Category
from layers._metrics import METRICS
from layers._view import from_search, to_search
from tests import town
from tests.layers.conftest import ROOMS

PLAN = PAGES["/plan"]


@pytest.fixture(scope="module")
def ask(town_folder):
    """Questions to the town with the layers of ``tests/layers/added``, which have a range."""
    wide = Answers(Store(town_folder), layers.catalog(ROOMS), SimpleCache())
    return lambda search="": wide.question(search, town.NOW)


def moved(ask, key: str, value, search: str = "") -> str:
    """The address after a widget was moved."""
    return to_search(revised(ask(search), key, value, PLAN))


def told(ask, key: str, search: str = ""):
    return shown(ask(search), key, PLAN)


@pytest.mark.parametrize(
    ("key", "value", "search", "after"),
    [
        ("metric", "smoke", "", "?metric=smoke"),
        ("metric", "total", "?metric=smoke", ""),
        ("layers", ["grids"], "", "?layers=grids"),
        ("layers", [], "", "?layers="),
        # What was on keeps its place and opacity; what is added lies where it is declared to lie.
        ("layers", ["areas", "grids"], "?layers=areas:40", "?layers=grids,areas:40"),
        ("layers", ["markets"], "?layers=markets:10,grids", "?layers=markets:10"),
        ("layers", ["grids", "markets"], "?layers=markets,grids", "?layers=markets,grids"),
        ("opacity.grids", 30, "?layers=grids,areas", "?layers=grids:30,areas"),
        ("opacity.grids", 100, "?layers=grids:30", "?layers=grids"),
        ("datetime.start", "2020-11-01", "", "?datetime=2020-11-01/2020-11-23"),
        ("datetime.end", "2020-11-10", "", "?datetime=2020-10-24/2020-11-11"),
        ("datetime.start", "", "?datetime=2020-11-01/2020-11-05", "?datetime=../2020-11-05"),
        ("datetime.end", None, "?datetime=../2020-11-05", ""),
        # An end that would lie before its start leaves the other one open.
        ("datetime.start", "2020-12-01", "", "?datetime=2020-12-01/.."),
        ("datetime.end", "2020-01-01", "", "?datetime=../2020-01-02"),
        (
            "datetime.end",
            "2020-11-25",
            "?datetime=2020-11-21T00:00Z/2020-11-23T00:00Z",  # eight hours behind the town
            "?datetime=2020-11-21T08:00:00/2020-11-26",
        ),
        ("compare.start", "2020-10-01", "", "?compare=2020-10-01/.."),
        ("compare.end", "2020-10-05", "?compare=2020-10-01/..", "?compare=2020-10-01/2020-10-06"),
        ("compare.start", "", "?compare=2020-10-01/..", ""),
        ("hours.from", 17, "", "?hours=17/24"),
        ("hours.to", 6, "?hours=22/24", "?hours=22/6"),
        ("hours.to", 0, "?hours=17/23", "?hours=17/24"),
        ("hours.from", "", "?hours=17/23", ""),
        ("hours.from", 0, "?hours=17/24", ""),
        ("brush", [18567, 18570], "", "?datetime=2020-11-01/2020-11-04"),
        ("brush", [18570, 18567], "", "?datetime=2020-11-01/2020-11-04"),
        ("brush", [18567, 18567], "", "?datetime=2020-11-01/2020-11-02"),
        ("tickets.smoke", ["yes"], "", "?tickets.smoke=yes"),
        ("tickets.smoke", [], "?tickets.smoke=yes", ""),
        ("tickets.smoke", None, "?tickets.smoke=yes", ""),
        ("tickets.smoke", ["yes", "no", "maybe"], "", "?tickets.smoke=no,yes"),
        ("benches.metres", [2, 4], "", "?benches.metres=2/4"),
        ("benches.metres", [0, 4], "", "?benches.metres=../4"),
        ("benches.metres", [0, 10], "?benches.metres=2/4", ""),
    ],
)
def test_a_moved_widget_makes_this_address(ask, key, value, search, after):
    assert moved(ask, key, value, search) == after


@pytest.mark.parametrize(
    ("key", "value", "search"),
    [
        ("metric", "happiness", "?metric=smoke"),
        ("layers", {"grids": 1}, "?layers=areas"),
        ("opacity.grids", 101, "?layers=grids:30"),
        ("opacity.grids", "half", "?layers=grids:30"),
        ("datetime.start", "0002-11-01", ""),  # a year half typed
        ("datetime.end", "2200-12-31", ""),
        ("datetime.start", "soon", ""),
        ("datetime.middle", "2020-11-01", ""),
        ("datetime", "2020-11-01", "?datetime=2020-11-01/2020-11-05"),
        ("hours.from", 23, "?hours=17/23"),
        ("hours.from", 24, ""),
        ("hours.from", 25, "?hours=17/23"),
        ("hours.from", "late", "?hours=17/23"),
        ("brush", [1, 2, 3], ""),
        ("brush", [0, 99_999], ""),
        ("tickets.smoke", 5, "?tickets.smoke=yes"),
        ("tickets.colour", ["red"], ""),
        ("subway.line", ["2"], ""),
        ("benches.metres", [4, 2], "?benches.metres=2/4"),
        ("benches.metres", ["a", "b"], "?benches.metres=2/4"),
        ("benches.metres", 3, ""),
        ("", 3, ""),
    ],
)
def test_what_makes_no_sense_changes_nothing(ask, key, value, search):
    assert moved(ask, key, value, search) == to_search(ask(search).view)


@pytest.mark.parametrize(
    ("key", "search", "value"),
    [
        ("metric", "", "total"),
        ("metric", "?metric=change", "change"),
        ("layers", "", ["grids", "areas", "smoke", "markets"]),
        ("layers", "?layers=roads,markets:10,grids", ["markets", "grids"]),
        ("opacity.markets", "?layers=markets:10", 10),
        ("opacity.grids", "?layers=markets:10", 100),
        ("datetime.start", "", "2020-10-24"),
        ("datetime.end", "", "2020-11-22"),
        ("datetime.end", "?datetime=2020-11-01/2020-11-05", "2020-11-04"),
        ("datetime.start", "?datetime=../2020-11-05", ""),
        ("datetime.start", "?datetime=2020-11-20T20:00Z/..", "2020-11-21"),  # four in the morning
        ("datetime.end", "?datetime=../2020-11-20T00:00", "2020-11-19"),
        ("datetime.end", "?datetime=../2020-11-20T09:00", "2020-11-20"),
        ("compare.start", "", ""),
        ("compare.end", "?compare=2020-10-01/2020-10-05", "2020-10-04"),
        ("hours.from", "", ""),
        ("hours.to", "?hours=22/6", 6),
        ("brush", "", [18559, 18589]),
        ("brush", "?datetime=2020-11-01", [18567, 18568]),
        ("tickets.smoke", "", []),
        ("tickets.smoke", "?tickets.smoke=yes,no", ["no", "yes"]),
        ("benches.metres", "", [0, 10]),
        ("benches.metres", "?benches.metres=2.5/..", [2.5, 10]),
        ("benches.metres", "?benches.metres=-5/99", [0, 10]),
        ("subway.line", "", None),
        ("datetime.middle", "?datetime=2020-11-01", None),
        ("", "", None),
    ],
)
def test_an_address_sets_the_widget_to_this(ask, key, search, value):
    assert told(ask, key, search) == value


# ---- laws ----

KEYS = [
    *("layers", "opacity.grids", "opacity.subway", "metric", "brush", "tickets.smoke"),
    *("datetime.start", "datetime.end", "compare.start", "compare.end", "hours.from", "hours.to"),
    *("tickets.category", "benches.kind", "benches.metres", "subway.x", "datetime", "hours", "x.y"),
]
ADDRESSES = [
    *("", "?hours=17/23", "?layers=grids:30,roads", "?benches.metres=2/4&tickets.smoke=yes"),
    *("?datetime=../..", "?datetime=2020-11-21T00:00Z/2020-11-23T00:00%2B08:00"),
    *("?compare=2199-12-31/2200-12-31", "?datetime=2020-11-20T22:00/2020-11-20T23:00"),
]
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
DAY = st.dates(dt.date(1, 1, 1)).map(str)
WORDS = st.sampled_from(
    ["yes", "no", "grids", "roads", "smoke", "total", "市容环境", "wood", "", ".."]
)
JUNK = st.recursive(
    PLAIN | DAY | WORDS | st.integers(0, 30_000),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(
    key=st.sampled_from(KEYS) | st.text(max_size=12), value=JUNK, search=st.sampled_from(ADDRESSES)
)
def test_whatever_a_widget_says_the_address_reads_back(ask, key, value, search):
    question = ask(search)
    view = revised(question, key, value, PLAN)
    assert from_search(to_search(view), question.catalog) == (view, ())
    shown(replace(question, view=view), key, PLAN)


def set_and_shown(ask, key: str, value, search: str):
    return told(ask, key, moved(ask, key, value, search))


DAYS = st.dates(dt.date(1900, 1, 2), dt.date(2200, 12, 30)).map(str)
SWITCHABLE = sorted(i for i, layer in layers.catalog(ROOMS).items() if not layer.is_base)


@given(
    key=st.sampled_from(["datetime.start", "datetime.end", "compare.start", "compare.end"]),
    value=DAYS,
    search=st.sampled_from(ADDRESSES),
)
def test_a_day_that_is_set_is_shown(ask, key, value, search):
    assert set_and_shown(ask, key, value, search) == value


@given(value=st.lists(st.sampled_from(SWITCHABLE), unique=True), search=st.sampled_from(ADDRESSES))
def test_layers_that_are_switched_on_are_shown_on(ask, value, search):
    assert sorted(set_and_shown(ask, "layers", value, search)) == sorted(value)


@given(metric=st.sampled_from([m.id for m in METRICS]), search=st.sampled_from(ADDRESSES))
def test_a_metric_that_is_chosen_is_shown(ask, metric, search):
    assert set_and_shown(ask, "metric", metric, search) == metric


@given(percent=st.integers(0, 100), layer=st.sampled_from(["grids", "areas", "smoke"]))
def test_an_opacity_that_is_set_is_shown(ask, percent, layer):
    assert set_and_shown(ask, f"opacity.{layer}", percent, "") == percent


@given(first=st.integers(0, 83_000), days=st.integers(1, 900))
def test_a_stretch_that_is_brushed_is_shown(ask, first, days):
    assert set_and_shown(ask, "brush", [first, first + days], "") == [first, first + days]


@given(low=st.integers(0, 23), high=st.integers(1, 24))
def test_hours_that_are_set_are_shown(ask, low, high):
    after = moved(ask, "hours.to", high, moved(ask, "hours.from", low))
    if low != high and (low, high) != (0, 24):
        assert (told(ask, "hours.from", after), told(ask, "hours.to", after)) == (low, high)


@given(data=st.data(), search=st.sampled_from(ADDRESSES))
def test_values_that_are_chosen_are_shown(ask, data, search):
    catalog = ask().catalog
    owner, declared = data.draw(
        st.sampled_from(
            [(i, q) for i, v in catalog.items() for q in v.queryables if isinstance(q, Category)]
        )
    )
    chosen = data.draw(st.lists(st.sampled_from(declared.values), unique=True))
    assert set_and_shown(ask, f"{owner}.{declared.name}", chosen, search) == sorted(chosen)


@given(bounds=st.lists(st.floats(0, 10), min_size=2, max_size=2).map(sorted))
def test_a_range_that_is_set_is_shown(ask, bounds):
    assert set_and_shown(ask, "benches.metres", bounds, "") == bounds
