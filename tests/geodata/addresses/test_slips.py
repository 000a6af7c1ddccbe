from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.alike import are_confusable, pairs, sound, sounds
from geodata.addresses.slips import Slips

NAMES = ("人民路", "世纪花园", "明珠苑东区", "中国银行张店支行", "世纪花城")
CHARS = "人民仁名路录世纪济花华园圆远城明珠朱苑院东冬区中钟国果银行张章店点支行城诚 0A"


def confusable(one: str, other: str) -> bool:
    return one != other and are_confusable(ord(one), ord(other), sounds(), *pairs())


def every_slip(text: str) -> list[tuple[int, str]]:
    """The answer by trying each name at each place: slow, and plainly what is meant."""
    return sorted(
        (start, name)
        for name in NAMES
        for start in range(len(text) - len(name) + 1)
        for wrong in [[a != b for a, b in zip(text[start:], name, strict=False)]]
        if sum(wrong) == 1 and confusable(text[start + wrong.index(True)], name[wrong.index(True)])
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [("世纪花圆", "世纪花园"), ("仁民路", "人民路"), ("明珠院东区", "明珠苑东区"),
     ("中国银行张店支航", "中国银行张店支行")],
)  # fmt: skip
def test_a_character_that_sounds_or_looks_alike_is_read_as_the_right_one(written, name):
    assert Slips(NAMES).find(f"在{written}") == [(1, name)]


def test_a_name_as_it_should_be_is_no_slip():
    assert Slips(NAMES).find("世纪花园人民路") == []


@given(
    st.text(CHARS, max_size=20), st.sampled_from(NAMES), st.integers(0, 7), st.sampled_from(CHARS)
)
def test_every_slip_is_found_and_nothing_else(around, name, at, char):
    text = around + name[:at] + char + name[at + 1 :] + around
    assert Slips(NAMES).find(text) == every_slip(text)


@pytest.mark.parametrize("text", ["", "世", "世纪", "𠮷𠮷𠮷𠮷"])
def test_texts_too_short_for_a_name_have_none(text):
    assert Slips(NAMES).find(text) == []
    assert Slips(()).find(text) == []


@given(st.text(CHARS, min_size=2, max_size=2))
def test_being_taken_for_one_another_goes_both_ways(pair):
    one, other = pair
    assert confusable(one, other) == confusable(other, one)
    if one != other and sound(one) == sound(other) != "":
        assert confusable(one, other)
