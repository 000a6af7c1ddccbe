from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.forms import Forms
from geodata.addresses.text import normalised

NAMES = [["柳泉路", "Liuquan Road"], ["世纪花园", "世纪"], ["世纪花园东区"], ["KTV𠀀城"], []]


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms(NAMES)


def held(forms, part: str) -> list[int]:
    return forms.holding(part).nonzero()[0].tolist()


@pytest.mark.parametrize(
    ("part", "owners"),
    [
        ("路", [0]),
        ("花园", [1, 2]),
        ("园东", [2]),
        ("QUANROAD", [0]),
        ("QUANLU", [0]),  # from a syllable on
        ("UANLU", []),
        ("SJ", [1, 2]),
        ("𠀀", [3]),
        ("柳泉路世", []),  # one name does not go on in the next
    ],
)
def test_a_part_is_found_within_a_name_and_not_beyond(forms, part, owners):
    assert held(forms, part) == owners


def test_a_text_is_compared_with_whole_names(forms):
    walk = forms.walk("世纪花园")
    assert sorted(set(walk.begins.tolist())) == [1, 2]
    assert set(walk.exact.tolist()) == {1}
    assert [(said, owners.tolist()) for said, owners in walk.passed] == [("花园", [1])]


def test_what_is_typed_behind_a_name_is_told(forms):
    walk = forms.walk("KTV𠀀城3号楼")
    assert [(said, owners.tolist()) for said, owners in walk.passed] == [("3号楼", [3])]
    assert walk.begins.tolist() == []


@given(st.lists(st.text(max_size=8), max_size=6), st.text(min_size=1, max_size=4))
def test_what_a_name_holds_is_found(names, part):
    part = normalised(part)
    if not part:
        return
    found = Forms([[name] for name in names])
    holds = found.holding(part)
    for owner, name in enumerate(names):
        if part in normalised(name):
            assert holds[owner]
        if normalised(name) == part:
            assert owner in found.walk(part).exact


def test_no_names_hold_nothing():
    nothing = Forms([])
    assert nothing.holding("路").tolist() == []
    assert nothing.walk("路").begins.tolist() == []
