"""What the values of columns tell: formats of dates, reference systems, pairs of columns."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.proposal import propose
from geodata.intake.proposal.moments import candidates, dates
from geodata.intake.proposal.position import guess
from tests.geodata.intake.test_proposal import doubts, proposed, sources


@pytest.mark.parametrize(
    ("texts", "formats"),
    [
        (["2024-05-01T08:30:00.000", "2024-05-01 08:30", "2024-05-01"], ()),
        (["2024-05-01T08:30:00+08:00", "2024-05-01T08:30Z"], ()),
        (["2024年5月1日 8时30分", "2024年12月31日 23时5分"], ("%Y年%m月%d日 %H时%M分",)),
        (["2024年5月1日8时30分10秒"], ("%Y年%m月%d日%H时%M分%S秒",)),
        (["2024年5月1日"], ("%Y年%m月%d日",)),
        (["2024/5/1 8:30", "2024/5/1 18:30"], ("%Y/%m/%d %H:%M",)),
        (["2024-5-1"], ("%Y-%m-%d",)),
        (["2024.5.1 8:30"], ("%Y.%m.%d %H:%M",)),
        (["20240501"], ("%Y%m%d",)),
        (["20240501083000"], ("%Y%m%d%H%M%S",)),
        (["202405010830"], ("%Y%m%d%H%M",)),
        (["05/13/2024 08:30:00 AM", "05/01/2024 12:00:00 PM"], ("%m/%d/%Y %I:%M:%S %p",)),
        (["13/05/2024 08:30", "01/02/2024 08:30"], ("%d/%m/%Y %H:%M",)),
        (["5/13/24"], ("%m/%d/%y",)),
        (["13.5.2024"], ("%d.%m.%Y",)),
        (["01-May-2024"], ("%d-%b-%Y",)),
        (["2024/5/1 8:30", "2024/5/2 9:30", "2024年5月1日"], ("%Y/%m/%d %H:%M", "%Y年%m月%d日")),
    ],
)
def test_the_formats_of_a_column_are_found(texts, formats):
    found = dates(texts)
    assert (found.formats, found.share, found.doubt) == (formats, 1.0, "")


def test_month_or_day_first_that_no_value_decides_is_doubted():
    samples = {"受理时间": ["05/01/2024 08:30:00 AM", "06/12/2024 08:30:00 AM"]}
    proposal = proposed("tickets", samples)
    assert proposal.formats == {"created_at": ("%m/%d/%Y %I:%M:%S %p",)}
    assert doubts(proposal, "could as well be %d/%m/%Y %I:%M:%S %p: no value decides it")


def test_both_orders_in_one_column_are_doubted():
    assert "month first in some rows" in dates(["05/13/2024", "13/05/2024"]).doubt


def test_texts_that_are_no_dates_have_no_share():
    for texts in (["a", "b"], ["1", "2"], ["118.05", "36.81"], [""], ["99/99/2024"]):
        assert dates(texts).share == 0


def test_how_much_is_in_no_known_format_is_said():
    proposal = proposed("tickets", {"受理时间": ["2024/5/1"] * 9 + ["昨天"]})
    assert doubts(proposal, '10% of "受理时间" is in no format that is known')


@given(
    st.datetimes(min_value=dt.datetime(1950, 1, 1), max_value=dt.datetime(2068, 1, 1)),
    st.sampled_from(
        ["%Y/%m/%d %H:%M", "%Y年%m月%d日 %H时%M分", "%m/%d/%Y %I:%M:%S %p", "%d.%m.%Y"]
    ),
)
def test_what_a_format_wrote_it_is_a_candidate_for(moment, form):
    assert form in candidates(moment.strftime(form))


def test_a_date_and_a_time_in_two_columns_are_put_together():
    samples = {
        "受理日期": ["2024/5/1", "2024/5/2"],
        "受理时刻": ["8:30", "18:05"],
        "编号": ["1", "2"],
    }
    proposal = proposed("tickets", samples)
    assert proposal.values["columns"]["created_at"] == {"date": "受理日期", "time": "受理时刻"}
    assert proposal.formats == {"created_at": ("%Y/%m/%d %H:%M",)}


def test_a_date_in_four_columns_is_put_together_and_said():
    samples = {"year": ["2013"] * 2, "month": ["3"] * 2, "day": ["1"] * 2, "hour": ["0", "1"]}
    proposal = proposed("tickets", samples)
    assert proposal.values["columns"]["created_at"] == ["year", "month", "day", "hour"]
    assert proposal.formats == {"created_at": ("%Y/%m/%d/%H",)}
    assert doubts(proposal, "put together")


@pytest.mark.parametrize(
    ("x", "y", "crs", "swapped"),
    [
        ([118.05, 118.06, 0], [36.81, 36.79, 0], "EPSG:4326", False),
        ([36.81, 36.79], [118.05, 118.06], "EPSG:4326", True),
        ([-73.9], [40.7], "EPSG:4326", False),
        ([13_141_000, 13_142_000], [4_412_000, 4_413_000], "EPSG:3857", False),
        ([39_594_000, 39_595_000], [4_075_000, 4_076_000], "EPSG:4527", False),
        ([4_075_000, 4_076_000], [39_594_000, 39_595_000], "EPSG:4527", True),
        ([20_594_000], [4_075_000], "EPSG:4498", False),
        ([594_000], [4_075_000], "", False),
        ([997_115, 1_002_287], [231_827, 216_460], "EPSG:2263", False),
        ([5.0e8], [1.0e9], "", False),
        ([], [], "EPSG:4326", False),
    ],
)
def test_the_reference_system_is_guessed_by_size(x, y, crs, swapped):
    found = guess(x, y)
    assert (found.crs, found.swapped) == (crs, swapped)
    assert bool(found.doubt) == (crs != "EPSG:4326" or swapped)


def test_columns_whose_values_fit_only_the_other_are_swapped_and_it_is_said():
    samples = {"经度": ["36.81", "36.79"], "纬度": ["118.05", "118.06"]}
    proposal = proposed("tickets", samples)
    assert sources(proposal) == {"lon": "纬度", "lat": "经度"}
    assert doubts(proposal, "The columns are swapped")


def test_chinese_x_that_points_north_is_a_latitude():
    samples = {"X坐标": ["4075000", "4076000"], "Y坐标": ["39594000", "39595000"]}
    proposal = proposed("tickets", samples)
    assert sources(proposal) == {"lon": "Y坐标", "lat": "X坐标"}
    assert proposal.crs == "EPSG:4527"


def test_gcj_02_is_never_guessed_from_values():
    samples = {"经度": ["118.0560706"], "纬度": ["36.8105120"]}
    assert proposed("tickets", samples).crs == "EPSG:4326"


def test_a_shifted_system_that_the_names_say_is_taken_and_doubted():
    proposal = proposed("places", {"lon_gcj02": ["118.05"], "lat_gcj02": ["36.81"]})
    assert proposal.crs == proposal.values["crs"] == "GCJ-02"
    assert doubts(proposal, "say GCJ-02")


def test_the_halves_of_a_position_belong_together_and_wgs84_goes_first():
    head = ["lat_gcj02", "lat_wgs84", "lon_gcj02", "lon_wgs84"]
    degrees = {name: ["118.05" if "lon" in name else "36.81"] * 4 for name in head}
    found = sources(propose("places", head, degrees, has_geometry=False))
    assert (found["lon"], found["lat"]) == ("lon_wgs84", "lat_wgs84")


def test_half_a_position_is_not_taken():
    proposal = proposed("tickets", {"经度": ["118.05", "118.06"]})
    assert proposal.values["columns"] == {}
    assert doubts(proposal, "half a position is not taken")


def test_feet_beside_a_file_s_own_shapes_are_left_alone():
    samples = {"x": ["997115", "1002287"], "y": ["231827", "216460"]}
    assert proposed("places", samples, has_geometry=True).values["columns"] == {}


def test_degrees_known_by_values_alone_are_a_pair():
    values = {"F1": ["36.8123", "36.7912", "36.8011", "36.8222"]}
    values |= {"F2": ["118.0523", "118.0412", "118.0511", "118.0622"]}
    assert sources(proposed("tickets", values)) == {"lon": "F2", "lat": "F1"}
