from __future__ import annotations

import numpy as np
import pytest

from geodata.areas.hierarchy import UnknownAreaError, hierarchy


@pytest.fixture(scope="module")
def tree(reader):
    return hierarchy(reader)


def test_areas_stand_depth_first_by_code(tree):
    assert tree.codes == (
        *("1", "11", "111", "111001", "111002", "112", "112001"),
        *("12", "121", "121001", "121002"),
    )
    assert tree.level.tolist() == [0, 1, 2, 3, 3, 2, 3, 1, 2, 3, 3]


def test_an_area_is_found_by_its_code_and_the_root_by_none(tree):
    assert tree.number("112") == 5
    assert tree.number("") == tree.number("1") == 0


def test_a_code_that_is_not_there_is_named(tree):
    with pytest.raises(UnknownAreaError, match="no area has the code 999"):
        tree.number("999")


def test_children_and_path_lead_down_and_up(tree):
    street = tree.number("11")
    assert [tree.codes[n] for n in tree.children(street)] == ["111", "112"]
    assert [tree.codes[n] for n in tree.path(tree.number("111002"))] == ["1", "11", "111", "111002"]
    assert tree.children(tree.number("112001")).tolist() == []


def test_grids_are_the_leaves(tree):
    leaves = [tree.codes[n] for n in np.flatnonzero(tree.is_leaf)]
    assert leaves == ["111001", "111002", "112001", "121001", "121002"]


def test_what_is_counted_below_counts_above(tree):
    own = np.zeros((len(tree), 2), int)
    own[tree.number("111001")] = [3, 1]
    own[tree.number("112")] = [1, 0]
    own[tree.number("121002")] = [10, 10]
    told = {code: row.tolist() for code, row in zip(tree.codes, tree.rolled_up(own), strict=True)}
    assert told["1"] == [14, 11]
    assert told["11"] == [4, 1]
    assert told["111"] == [3, 1]
    assert told["112"] == [1, 0]
    assert told["112001"] == [0, 0]
    assert told["12"] == [10, 10]


def test_unknown_residents_are_not_a_number(tree):
    assert tree.population[tree.number("111")] == 3000
    assert np.isnan(tree.population[tree.number("121")])


def test_an_area_knows_its_box_its_middle_and_its_size(tree):
    grid = tree.number("111001")
    assert tree.bounds[grid].tolist() == [118.0, 36.81, 118.01, 36.82]
    lon, lat = tree.label[grid]
    assert 118.0 < lon < 118.01
    assert 36.81 < lat < 36.82
    # 0.01° by 0.01° at 36.8° north is 0.892 km by 1.110 km.
    assert tree.km2[grid] == pytest.approx(0.990, abs=0.002)


def test_a_name_is_told_in_english_where_there_is_one(tree):
    assert tree.name(0, "zh") == "小城"
    assert tree.name(0, "en") == "小城"
