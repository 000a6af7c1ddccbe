"""The address is the only view state: what is written is read, and nothing read breaks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import catalog
from layers._layer import Category, Range, Text
from layers._metrics import METRICS
from layers._view import (
    Shown,
    Stretch,
    UnreadableError,
    View,
    from_search,
    queryable,
    to_search,
    with_filter,
)
from tests.layers.conftest import ROOMS

ODD = ("a,b", "50%", "%2C", "a/b", "..", "=", "&", "+", " ", "噪声,扰民", "#", "%25%2C")
LAYERS = dict(catalog(ROOMS))
LAYERS["tickets"] = replace(
    LAYERS["tickets"],
    queryables=(
        Category(name="category", title=Text("类别", "Category"), values=ODD),
        Category(name="smoke", title=Text("油烟", "Smoke"), values=("yes", "no")),
        Range(name="age", title=Text("天数", "Days"), minimum=0, maximum=100),
    ),
)
LAYERS = {
    ident: replace(
        layer,
        queryables=tuple(q for q in layer.queryables if not callable(getattr(q, "values", None))),
    )
    for ident, layer in LAYERS.items()
}

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
NAIVE = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 12, 31))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m)))
AWARE = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 12, 31), timezones=ZONES)


def as_time(moment):
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, dt.time())
    return moment


@st.composite
def stretches(draw):
    ends = [draw(st.none() | draw(st.sampled_from([DATES, NAIVE]))) for _ in range(2)]
    if draw(st.booleans()):
        ends = [draw(st.none() | AWARE) for _ in range(2)]
    if None not in ends:
        ends.sort(key=as_time)
        if as_time(ends[0]) == as_time(ends[1]):
            ends[1] = None
    return Stretch(*ends)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
RANGES = st.tuples(FINITE | st.just(float("-inf")), FINITE | st.just(float("inf"))).filter(
    lambda bounds: bounds[0] <= bounds[1]
)
SHOWN = st.lists(
    st.builds(Shown, st.sampled_from(sorted(LAYERS)), st.integers(0, 100)),
    unique_by=lambda shown: shown.id,
).map(tuple)
HOURS = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda h: h[0] != h[1])


@st.composite
def views(draw):
    view = View(
        area=draw(TEXT),
        layers=draw(st.none() | SHOWN),
        period=draw(st.none() | stretches()),
        compare=draw(st.none() | stretches()),
        hours=draw(st.none() | HOURS),
        at=draw(st.none() | NAIVE | AWARE),
        metric=draw(st.sampled_from([metric.id for metric in METRICS])),
        selected=draw(st.none() | st.tuples(st.sampled_from(sorted(LAYERS)), TEXT.filter(bool))),
        lang=draw(st.sampled_from(["zh", "en"])),
    )
    for owner, layer in LAYERS.items():
        for declared in layer.queryables:
            if isinstance(declared, Category):
                value = draw(st.none() | st.frozensets(st.sampled_from(declared.values)))
            else:
                value = draw(st.none() | RANGES)
            view = with_filter(view, owner, declared.name, value)
    return view


@given(views())
def test_an_address_gives_back_its_view(view):
    assert from_search(to_search(view), LAYERS) == (view, ())


@given(st.text())
def test_no_text_breaks_the_map(search):
    from_search(search, LAYERS)


KEYS = st.sampled_from(
    ["area", "layers", "datetime", "compare", "hours", "at", "metric", "selected", "lang",
     "tickets.category", "tickets.smoke", "tickets.age", "benches.metres", "x.y", "", "."]
)  # fmt: skip
ENDS = st.dates().map(str) | st.datetimes(timezones=ZONES).map(str) | st.just("..")
NUMBERS = st.floats().map(str) | st.integers().map(str) | st.just("..")
SOME_LAYERS = st.sampled_from(["grids", "areas:50", "smoke:0", "foo", "tickets:101"])
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=15),
    st.dates().map(str),
    st.datetimes().map(dt.datetime.isoformat),
    st.lists(ENDS, min_size=2, max_size=3).map("/".join),
    st.lists(NUMBERS, max_size=3).map("/".join),
    st.lists(SOME_LAYERS, max_size=4).map(",".join),
    st.sampled_from(["tickets:T01", "yes,no", "total", "en", "17/23", "22/6", "inf/inf", "nan/1"]),
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=6))
def test_what_is_read_of_any_link_is_written_and_read_the_same(pairs):
    from urllib.parse import urlencode

    view, notices = from_search("?" + urlencode(pairs), LAYERS)
    assert from_search(to_search(view), LAYERS) == (view, ())
    assert {notice.key for notice in notices} <= {key for key, _ in pairs}
    for notice in notices:
        assert notice("zh").startswith("链接中的 ")
        assert notice("en").startswith("The link's ")


@pytest.mark.parametrize(
    ("search", "key", "why"),
    [
        ("?layers=subway", "layers", "no layer is called subway"),
        ("?layers=grids,grids:50", "layers", "a layer stands there twice"),
        ("?layers=grids:101", "layers", "opacity is a number from 0 to 100"),
        ("?layers=grids:half", "layers", "opacity is a number from 0 to 100"),
        ("?datetime=yesterday", "datetime", "a time reads 2026-11-01 or 2026-11-01T08:00"),
        ("?datetime=2026-02-30/..", "datetime", "a time reads"),
        ("?datetime=2026-11-02/2026-11-01", "datetime", "2026-11-02 is not before 2026-11-01"),
        ("?datetime=2026-11-01/2026-11-01", "datetime", "is not before"),
        ("?datetime=2026-11-01T08:00", "datetime", "a stretch of time reads start/end"),
        (
            "?datetime=2026-11-01T08:00Z/2026-11-02",
            "datetime",
            "give both ends an offset, or neither",
        ),
        ("?datetime=0001-01-01/..", "datetime", "a time reads"),
        ("?compare=9999-12-31", "compare", "a time reads"),
        ("?hours=17", "hours", "hours read 17/23"),
        ("?hours=17/25", "hours", "hours go from 0 to 24 and differ"),
        ("?hours=24/3", "hours", "hours go from 0 to 24 and differ"),
        ("?hours=8/8", "hours", "hours go from 0 to 24 and differ"),
        ("?hours=-1/8", "hours", "hours read 17/23"),
        ("?at=now", "at", "a time reads"),
        ("?metric=happiness", "metric", "no metric is called happiness"),
        ("?selected=T01", "selected", "it should read layer:id"),
        ("?selected=subway:1", "selected", "it should read layer:id"),
        ("?selected=tickets:", "selected", "it should read layer:id"),
        ("?lang=fr", "lang", "the languages are zh and en"),
        ("?colour=red", "colour", "there is no such part"),
        ("?tickets.colour=red", "tickets.colour", "no layer has a filter tickets.colour"),
        ("?subway.line=2", "subway.line", "no layer has a filter subway.line"),
        ("?tickets.smoke=maybe,yes", "tickets.smoke", "maybe is not one of its values"),
        ("?tickets.age=90/20", "tickets.age", "a range reads low/high"),
        ("?tickets.age=20", "tickets.age", "a range reads low/high"),
        ("?tickets.age=a/b", "tickets.age", "a range reads low/high"),
        ("?tickets.age=nan/1", "tickets.age", "a range reads low/high"),
        ("?tickets.age=inf/inf", "tickets.age", "a range reads low/high"),
    ],
)
def test_what_a_link_gets_wrong_is_left_out_and_named(search, key, why):
    view, notices = from_search(search, LAYERS)
    assert view == View()
    (notice,) = notices
    assert notice.key == key
    assert why in notice("en")
    assert key in notice("zh")


def test_the_rest_of_a_wrong_link_is_honoured():
    view, notices = from_search("?area=11&hours=99&lang=en", LAYERS)
    assert (view.area, view.lang, len(notices)) == ("11", "en", 1)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", View()),
        ("?", View()),
        ("?area=", View()),
        ("?layers=", View(layers=())),
        ("?layers=grids:50,areas", View(layers=(Shown("grids", 50), Shown("areas")))),
        ("?hours=17/23", View(hours=(17, 23))),
        ("?hours=22/6", View(hours=(22, 6))),
        ("?hours=17/0", View(hours=(17, 24))),  # midnight as the end of a day
        ("?datetime=2026-11-01", View(period=Stretch(dt.date(2026, 11, 1), dt.date(2026, 11, 2)))),
        ("?datetime=../..", View(period=Stretch(None, None))),
        ("?at=2026-11-01", View(at=dt.datetime(2026, 11, 1))),
        ("?selected=tickets:a:b", View(selected=("tickets", "a:b"))),
        ("?tickets.smoke=", View(filters=(("tickets", "smoke", frozenset()),))),
        ("?tickets.age=../20", View(filters=(("tickets", "age", (float("-inf"), 20.0)),))),
    ],
)
def test_the_parts_of_an_address(search, expected):
    assert from_search(search, LAYERS) == (expected, ())


def test_the_opening_view_has_no_address():
    assert to_search(View()) == ""


def test_an_address_is_always_written_in_the_same_order():
    view = View(lang="en", metric="smoke", hours=(17, 23), area="11", layers=(Shown("grids"),))
    view = with_filter(
        with_filter(view, "tickets", "smoke", frozenset({"yes"})),
        "benches",
        "kind",
        frozenset({"wood"}),
    )
    assert to_search(view) == (
        "?area=11&layers=grids&hours=17/23&metric=smoke&benches.kind=wood&tickets.smoke=yes&lang=en"
    )


def test_a_filter_is_set_replaced_and_cleared():
    view = with_filter(View(), "tickets", "smoke", frozenset({"yes"}))
    view = with_filter(view, "tickets", "smoke", frozenset({"no"}))
    assert view.filters == (("tickets", "smoke", frozenset({"no"})),)
    assert with_filter(view, "tickets", "smoke", None) == View()


def test_filters_govern_the_layers_they_belong_to():
    view = with_filter(View(), "tickets", "smoke", frozenset({"yes"}))
    smoke = {"smoke": frozenset({"yes"})}
    assert [LAYERS[i].id for i in LAYERS if view.filters_of(LAYERS[i]) == smoke] == [
        i for i in LAYERS if LAYERS[i].owner == "tickets"
    ]
    assert {i for i in LAYERS if LAYERS[i].owner == "tickets"} == {
        *("tickets", "smoke", "grids", "areas")
    }


def test_a_filter_that_is_not_declared_cannot_be_read():
    with pytest.raises(UnreadableError, match=r"no layer has a filter grids\.colour"):
        queryable("grids", "colour", LAYERS)
