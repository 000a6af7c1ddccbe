"""Moments by the column: the same as one by one, on every clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.iso import FEW, iso, one_by_one
from geodata.intake.moments import in_utc, moments

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC"]
ZONES += ["America/Sao_Paulo", "Asia/Kathmandu"]
EPOCH = dt.datetime(1970, 1, 1)
TWO = st.integers(0, 99).map("{:02d}".format)
TEXTS = st.builds(
    "".join,
    st.tuples(
        st.integers(1895, 2205).map(str),
        *(st.just("-"), TWO, st.just("-"), TWO),
        st.sampled_from(["", "T", " ", "t"]),
        st.one_of(st.just(""), st.builds("{}:{}".format, TWO, TWO)),
        st.one_of(st.just(""), TWO.map(":{}".format)),
        st.sampled_from(["", ".5", ",25", ".123456789", ".", ".1234567890"]),
        st.sampled_from(["", "Z", "+08", "+08:00", "-0530", "+99:00", "z"]),
    ),
)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_a_column_of_texts_says_what_each_of_them_says(texts):
    few = one_by_one(pa.array(texts))
    many = iso(pa.array(texts * (FEW + 1)))
    for one, all_of_them in zip(few.parts(), many.parts(), strict=True):
        assert np.tile(one, FEW + 1).tolist() == all_of_them.tolist()


@given(
    st.lists(st.datetimes(dt.datetime(1902, 1, 1), dt.datetime(2037, 12, 31)), min_size=1),
    st.sampled_from(ZONES),
)
def test_a_clock_is_read_as_the_zone_says(walls, zone):
    told = in_utc(np.array(walls, "datetime64[us]").astype(np.int64), ZoneInfo(zone))
    for wall, utc in zip(walls, told.tolist(), strict=True):
        moment = EPOCH + dt.timedelta(microseconds=utc)
        back = moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        skipped = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
        exists = skipped.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
        assert back == wall if exists else back > wall
        assert not exists or moment == skipped.replace(tzinfo=None)


@pytest.mark.parametrize(
    "text",
    [
        *("1900-01-01", "1900-01-01T08:05:43", "1970-01-01", "1970-01-01T00:00:00Z"),
        *("1970-01-01T08:00:00", "9999-12-31", "9999-12-31T23:59:59", "1970-01-01 00:00:00.000"),
    ],
)
def test_what_systems_write_for_no_date_is_no_time(text):
    found = moments(pa.array([text]), (), SHANGHAI)
    assert (found.values.to_pylist(), found.wrong.any(), found.sentinel.all()) == (
        *([None], False, True),
    )


@pytest.mark.parametrize("text", ["1900-01-02", "1970-01-01T00:00:01", "1999-12-31", "2000-01-01"])
def test_other_moments_are_meant(text):
    found = moments(pa.array([text]), (), SHANGHAI)
    assert not found.sentinel.any()
    assert found.values.null_count == 0
