from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.figures import NO_VALUE, day, figure, moment, of_metric, signed
from layers._metrics import BY_ID


@pytest.mark.parametrize(
    ("value", "decimals", "zh", "en"),
    [
        (None, 0, "—", "—"),
        (0, 0, "0", "0"),
        (1466, 0, "1,466", "1,466"),
        (9999, 0, "9,999", "9,999"),
        (9999.4, 0, "9,999", "9,999"),
        (9999.5, 0, "1.0万", "10,000"),
        (10_000, 0, "1.0万", "10,000"),
        (12_345, 0, "1.2万", "12,345"),
        (12_500, 0, "1.3万", "12,500"),  # half up, where Python's own rounding goes to even
        (2_345_678, 0, "234.6万", "2,345,678"),
        (99_994_999, 0, "9999.5万", "99,994,999"),
        (99_999_999, 0, "1.00亿", "99,999,999"),  # not 10000.0万
        (100_000_000, 0, "1.00亿", "100,000,000"),
        (103_456_789, 0, "1.03亿", "103,456,789"),
        (96.25, 1, "96.3", "96.3"),
        (0.05, 1, "0.1", "0.1"),
        (2.675, 2, "2.68", "2.68"),
        (3.0, 1, "3.0", "3.0"),
        (-12_345, 0, "−1.2万", "−12,345"),
        (-0.04, 1, "0.0", "0.0"),
    ],
)
def test_a_number_reads_as_officials_read_it(value, decimals, zh, en):
    assert figure(value, decimals, "zh") == zh
    assert figure(value, decimals, "en") == en


NUMBERS = st.floats(-1e12, 1e12)
GROUPED = r"−?\d{1,3}(,\d{3})*(\.\d+)?"
READ = {"zh": rf"{GROUPED}|−?\d{{1,4}}\.\d万|−?\d+\.\d\d亿", "en": GROUPED}


@given(value=NUMBERS | st.integers(-(10**12), 10**12), decimals=st.integers(0, 2))
def test_no_number_is_told_in_thousands_or_millions(value, decimals):
    for lang, pattern in READ.items():
        assert re.fullmatch(pattern, figure(value, decimals, lang))


@given(value=st.integers(0, 9_999))
def test_below_ten_thousand_nothing_is_lost(value):
    assert int(figure(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "—"),
        (5.1, "+5.1"),
        (-3.0, "−3.0"),
        (0, "0.0"),
        (0.04, "0.0"),
        (-0.04, "0.0"),
        (-0.05, "−0.1"),
        (12345.67, "+12,345.7"),
    ],
)
def test_a_change_has_its_sign_and_a_true_minus(value, told):
    assert signed(value) == told


@given(value=NUMBERS)
def test_a_change_and_its_opposite_differ_in_the_sign_alone(value):
    there, back = signed(value), signed(-value)
    assert there.lstrip("+−") == back.lstrip("+−")
    assert {there[0], back[0]} == {"+", "−"} or there == back == "0.0"


@pytest.mark.parametrize(
    ("metric", "value", "told"),
    [
        ("total", 1466, "1,466"),
        ("per_10k", 12.34, "12.3"),
        ("change", 5.14, "+5.1"),
        ("change", -5.15, "−5.2"),
        ("closed_rate", 100.0, "100.0"),
        ("closed_rate", None, NO_VALUE),
        ("change", None, NO_VALUE),
    ],
)
def test_a_metric_is_told_without_its_unit(metric, value, told):
    assert of_metric(BY_ID[metric], value, "zh") == told


WHEN = dt.datetime(2023, 1, 4, 8, 5)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (moment(WHEN), "1月4日 08:05"),
        (moment(WHEN, year=True), "2023年1月4日 08:05"),
        (moment(WHEN, "en"), "04 Jan 08:05"),
        (moment(WHEN, "en", year=True), "2023-01-04 08:05"),
        (day(WHEN.date()), "1月4日"),
        (day(WHEN.date(), year=True), "2023年1月4日"),
        (day(WHEN.date(), "en"), "04 Jan"),
        (day(WHEN.date(), "en", year=True), "04 Jan 2023"),
    ],
)
def test_dates_and_hours_are_told_in_the_words_of_the_language(told, expected):
    assert told == expected
