from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.space.numbering import numbering


@st.composite
def trees(draw):
    """Codes and parents of a random tree, in random order."""
    count = draw(st.integers(1, 30))
    parents = [None, *(draw(st.integers(0, i - 1)) for i in range(1, count))]
    codes = draw(st.permutations([f"c{i}" for i in range(count)]))
    rows = [(codes[i], None if p is None else codes[p]) for i, p in enumerate(parents)]
    return tuple(zip(*draw(st.permutations(rows)), strict=True))


@given(trees())
def test_a_subtree_is_one_range_of_numbers(tree):
    codes, parents = tree
    told = numbering(codes, parents)
    ancestors = {code: _ancestors(code, dict(zip(codes, parents, strict=True))) for code in codes}
    order = [codes[row] for row in told.order]
    for n, code in enumerate(order):
        inside = set(order[n : told.last[n] + 1])
        assert inside == {c for c in codes if code in ancestors[c]}
        assert told.level[n] == len(ancestors[code]) - 1


@given(trees())
def test_siblings_stand_in_the_order_of_their_codes(tree):
    codes, parents = tree
    told = numbering(codes, parents)
    for n in range(len(codes)):
        children = [codes[told.order[m]] for m in range(len(codes)) if told.parent[m] == n]
        assert children == sorted(children)


def _ancestors(code: str, parent: dict) -> set[str]:
    found = set()
    while code is not None:
        found.add(code)
        code = parent[code]
    return found


@pytest.mark.parametrize(
    ("codes", "parents", "fault"),
    [
        (["1", "2"], [None, None], "one root area; these have no parent: 1, 2"),
        (["1", "2"], ["2", "1"], "these have no parent: none"),
        (["1", "2"], [None, "9"], "Area 2 names the parent 9, which is not there"),
        (["1", "2", "2"], [None, "1", "1"], "The area codes 2 stand twice"),
        (["1", "2", "3"], [None, "3", "2"], "The areas 2, 3 are their own ancestors"),
        (["1", "2"], [None, "2"], "The areas 2 are their own ancestors"),
    ],
)
def test_what_is_not_one_tree_is_refused_by_name(codes, parents, fault):
    with pytest.raises(DataError, match=fault):
        numbering(codes, parents)
