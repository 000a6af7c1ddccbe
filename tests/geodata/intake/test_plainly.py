"""The short way of a plain ticket leads where the way of all rows leads."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake import live
from geodata.intake.items import misfit
from geodata.intake.live import Batch, Usage, checked
from geodata.intake.mapping import SHIPPED, read_mapping
from geodata.intake.plainly import Plainly
from geodata.space.crs import GCJ, STORED
from geodata.store.journal import Entry
from geodata.store.schema import TABLES

KNOWN = ["Noise/Loud", "市容环境/餐饮油烟", "噪声"]
T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "噪声"}
ZONES = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]
WHEN = st.sampled_from(
    [
        *("2020-11-22", "2020-11-22T10:00Z", "2020-11-22 10:00:00.123456789+08:00", " ", "x"),
        *("2020-11-01T01:30", "2020-03-08T02:30", "2020-03-08T12:00", "2020-10-04T02:10:00"),
        *("1900-01-01", "9999-12-31T10:00", "1970-01-01", "1970-01-01T08:00+08:00", "2190-01-01"),
        *("1970-01-01T08:00", "1899-12-31", "1900-01-01T02:00+08", "2020-02-30", "2020-11-22T10"),
        *("2019-12-31T23:59:60Z", " 2020-11-22T10:00 ", "2199-12-31T23:00-09:00"),
    ]
)
DEGREES = st.sampled_from([118, 118.0, 36.8, 0, -0.0, 1e-7, -180, 180.0001, 90.5, 1e300, 10**30])
WORDS = st.sampled_from(["油烟", " 烧烤烟大 ", "", " ", "x", "closed", "İ"])
ITEM = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", " b ", 5, "", None]), "created_at": WHEN},
    optional={
        "category": st.sampled_from([*KNOWN, "NOISE/loud", "Noise", "Noise/", "new", "", " 噪声 "]),
        "lon": DEGREES | st.none(),
        "lat": DEGREES | st.none(),
        "crs": st.sampled_from([STORED, GCJ, "EPSG:4490", None]),
        **dict.fromkeys(("closed_at", "due_at", "visited_at"), WHEN | st.none()),
        **dict.fromkeys(("text", "state", "address", "area", "result"), WORDS | st.none()),
    },
)


def plainly(zone: str = ZONES[0]) -> Plainly:
    mapping = read_mapping(SHIPPED / "canonical_tickets.toml")
    return Plainly(mapping, ZoneInfo(zone), Usage(zone, KNOWN).knows)


@given(st.lists(ITEM, min_size=1, max_size=5), st.sampled_from(ZONES))
def test_it_leads_where_the_way_of_all_rows_leads(items, zone):
    batches = [Batch([{"category": "噪声", **item}]) for item in items]
    short = checked(batches, Usage(zone, KNOWN))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "_take_plain", lambda *_: None)
        assert short == checked(batches, Usage(zone, KNOWN))


@given(ITEM)
def test_what_it_takes_is_never_refused(item):
    item = {"category": "噪声", **item}
    if misfit(0, item) is None and plainly().row(item, STORED):
        ((one,),) = checked([Batch([item])], Usage(ZONES[0], KNOWN))
        assert isinstance(one, Entry)


def test_a_row_has_every_column_in_its_order():
    row = plainly().row({**T, "lon": 118, "lat": 36.8, "area": 370303}, STORED)
    assert row is not None
    assert list(row) == TABLES["tickets"].names
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        **{"id": "L1", "created_at": 1_606_010_400_000_000, "category": "噪声", "smoke": False},
        **{"state": "accepted", "lon": 118.0, "lat": 36.8, "area": "370303", "is_demo": False},
    }


@pytest.mark.parametrize(
    "more",
    [
        {"created_at": "22.11.2020"},
        {"created_at": "1970-01-01"},
        {"closed_at": "1900-01-01"},
        {"created_at": "2199-01-01"},
        {"category": "NOISE/Loud"},
        {"category": None},
        {"id": " "},
        {"lon": 118.0},
        {"lon": 0, "lat": 0},
        {"lon": 36.8, "lat": 118.0},
        {"distance": 5},
    ],
)
def test_anything_unusual_is_left_to_the_way_of_all_rows(more):
    assert plainly().row({**T, **more}, STORED) is None


def test_coordinates_of_another_system_are_left_to_it_too():
    assert plainly().row(T, GCJ) is None


def test_a_day_on_which_the_clock_is_moved_is_left_to_it_too():
    assert plainly("America/New_York").row({**T, "created_at": "2020-11-01T12:00"}, STORED) is None
