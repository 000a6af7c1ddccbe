from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.breaks import diverging_breaks, quantile_breaks

NAN = float("nan")


def quantiles(values, classes: int = 6, decimals: int = 0):
    return quantile_breaks(np.array(values, float), classes, decimals)


def diverging(values, classes: int = 6):
    return diverging_breaks(np.array(values, float), classes)


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        (range(1, 61), (10, 20, 30, 40, 50)),
        (range(100, 161), (110, 120, 130, 140, 150)),  # the shares, not zero, set the step
        (range(7, 6007, 10), (1000, 2000, 3000, 4000, 5000)),
        ([1, 2, 3, 4, 5, 6], (2, 3, 4, 5)),
        ([1, 2, 4, 8, 16, 32], (2, 3, 6, 10, 18)),
        ([0] * 900 + [1] * 300 + [2] * 60 + [3] * 30, (1, 2)),  # most grids of a short period
    ],
)
def test_equal_shares_end_at_figures_that_can_be_remembered(values, bounds):
    assert quantiles(values) == bounds


def test_areas_without_appeals_do_not_move_the_bounds():
    some = list(range(1, 61))
    assert quantiles([0] * 500 + some + [NAN] * 9) == quantiles(some)


def test_a_rate_is_parted_at_its_own_decimals():
    assert quantiles([0.11, 0.23, 0.34, 0.46, 0.57, 0.69], decimals=1) == (0.2, 0.3, 0.4, 0.5, 0.6)
    assert quantiles([0.11, 0.23, 0.34, 0.46, 0.57, 0.69], decimals=0) == (1,)


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([], ()),
        ([7], ()),  # one area alone has nothing to be compared with
        ([0, 0, 0], ()),
        ([NAN, NAN], ()),
        ([7, 7, 7], (6,)),
        ([0, 0, 7], (6,)),  # the one with appeals is not painted like those without
        ([7, NAN, NAN], (6,)),
        ([1, 100], (20,)),  # two values make two classes
        ([1] * 50 + [13] * 50 + [100] * 50, (10, 40)),  # each cluster has a class of its own
        ([1] * 5 + [113] * 3, (80,)),
    ],
)
def test_few_or_equal_values_make_few_classes(values, bounds):
    assert quantiles(values) == bounds


COUNTS = st.lists(st.integers(0, 5_000).map(float) | st.just(NAN), max_size=40)
RATES = st.lists(st.floats(0, 1e6) | st.sampled_from([0.0, NAN]), max_size=40)
CLASSES = st.integers(2, 6)


@given(values=COUNTS | RATES, classes=CLASSES, decimals=st.integers(0, 1))
def test_bounds_rise_and_are_written_out_in_full(values, classes, decimals):
    bounds = quantiles(values, classes, decimals)
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) < classes
    for bound in bounds:
        assert bound > 0
        assert bound == round(bound, decimals)


@given(values=COUNTS | RATES, classes=CLASSES, decimals=st.integers(0, 1))
def test_no_class_is_empty_but_the_one_beside_the_only_bound(values, classes, decimals):
    bounds = quantiles(values, classes, decimals)
    known = [v for v in values if not np.isnan(v)]
    filled = set(np.digitize(known, bounds).tolist())
    assert filled == set(range(len(bounds) + 1)) or len(bounds) < 2


@given(values=COUNTS.filter(lambda vs: len(vs) > 1), classes=CLASSES)
def test_where_some_have_appeals_and_some_have_none_their_classes_differ(values, classes):
    bounds = quantiles(values, classes)
    if any(v > 0 for v in values):
        assert bounds
        assert max(v for v in values if v > 0) >= bounds[-1]
        assert bounds[0] > 0


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([], ()),
        ([50], ()),
        ([0, 0], ()),
        ([NAN, NAN], ()),
        ([300, 0, NAN], (-300, 0, 300)),
        ([-50, 50], (-40, 0, 40)),
        ([-33, -21, -9, 8, 19, 35, 120], (-30, -15, 0, 15, 30)),
    ],
)
def test_changes_are_parted_alike_on_both_sides_of_none(values, bounds):
    assert diverging(values) == bounds


CHANGES = st.lists(st.floats(-1e4, 1e4) | st.sampled_from([0.0, NAN]), max_size=40)


@given(values=CHANGES, classes=st.sampled_from([4, 6]))
def test_changes_have_mirrored_rising_bounds_with_none_in_the_middle(values, classes):
    bounds = diverging(values, classes)
    assert list(bounds) == sorted(set(bounds))
    assert [-b for b in reversed(bounds)] == list(bounds)
    assert len(bounds) < classes
    assert not bounds or 0 in bounds
    upper = [b for b in bounds if b > 0]
    sizes = [abs(v) for v in values if not np.isnan(v) and v]
    filled = set(np.digitize([*sizes, 0.0], upper).tolist())
    assert filled == set(range(len(upper) + 1)) or len(upper) == 1
