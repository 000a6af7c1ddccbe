from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.store.terms import Terms, branches, terms

TREE = ("市容/油烟/烧烤", "市容/油烟", "市容/油烟味", "市容", "噪声")
CATEGORIES = Terms(TREE, {"市容": "City", "油烟": "Smoke"})


@pytest.mark.parametrize(
    ("chosen", "codes"),
    [
        (["市容/油烟"], [0, 1]),  # and what lies below it, but not 油烟味
        (["市容"], [0, 1, 2, 3]),
        (["市容/油烟/烧烤"], [0]),
        (["噪声", "市容/油烟味"], [2, 4]),
        ([], []),
        (["没有"], []),
    ],
)
def test_a_path_chooses_everything_below_it(chosen, codes):
    assert CATEGORIES.codes(chosen) == codes


def test_a_path_is_told_in_english_step_by_step():
    assert CATEGORIES.titled("市容/油烟/烧烤", "en") == "City/Smoke/烧烤"
    assert CATEGORIES.titled("市容/油烟/烧烤", "zh") == "市容/油烟/烧烤"


def test_no_code_has_no_value():
    assert CATEGORIES.value(None) is None
    assert CATEGORIES.value(4) == "噪声"


def test_the_branches_of_a_tree_are_all_its_nodes():
    assert branches(["a/b/c", "a/d"]) == ("a", "a/b", "a/b/c", "a/d")


STEP = st.text("ab", min_size=1, max_size=2)
PATHS = st.lists(st.lists(STEP, min_size=1, max_size=4).map("/".join), unique=True)


@given(PATHS)
def test_parents_stand_before_their_children(paths):
    nodes = branches(paths)
    assert set(paths) <= set(nodes)
    for node in nodes:
        parent = node.rpartition("/")[0]
        assert not parent or nodes.index(parent) < nodes.index(node)


def test_the_town_knows_its_terms_and_their_english(reader):
    assert terms(reader, "channel").titled("电话", "en") == "Phone"
    assert set(terms(reader, "channel").values) == {"电话", "微信"}
    assert terms(reader, "satisfaction").values == ()
