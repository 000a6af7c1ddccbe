"""The grammar our own texts are drawn from: rules, numbers and elements in brackets."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from geodata.addresses.crf.grammar import Grammar, digit_by_digit, in_chinese, read, together
from geodata.addresses.crf.written import pieces_of, rules
from geodata.errors import DataError


def grammar(tmp_path, text: str, seed: int = 1) -> Grammar:
    file = tmp_path / "rules.txt"
    file.write_text(text, encoding="utf-8")
    return Grammar(read(file), random.Random(seed))


def test_a_rule_is_expanded_with_the_rules_it_names(tmp_path):
    told = grammar(tmp_path, "# a street\nroad = {head}{end}\nhead = 柳泉\nend = 路\n")
    assert told.said("road") == "柳泉路"


def test_an_alternative_is_drawn_as_often_as_it_weighs(tmp_path):
    told = grammar(tmp_path, "end = 路*3 _\nend = 街\n")
    drawn = Counter(told.said("end") for _ in range(5000))
    assert drawn["路"] / 5000 == pytest.approx(3 / 5, abs=0.03)
    assert set(drawn) == {"路", "", "街"}


def test_numbers_lie_in_their_range_in_digits_or_chinese(tmp_path):
    told = grammar(tmp_path, "door = {5-12}\nhouse = {zh1-12}\n")
    assert {told.said("door") for _ in range(500)} == {str(n) for n in range(5, 13)}
    assert {told.said("house") for _ in range(900)} == {in_chinese(n) for n in range(1, 13)}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "零"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (300, "三百"),
    ],
)
def test_a_number_is_written_as_one_says_it(value, told):
    assert in_chinese(value) == told


def test_a_room_is_said_digit_by_digit():
    assert digit_by_digit("502") == "五零二"


def test_rules_of_several_parts_are_joined():
    assert together([{"a": ["1"]}, {"a": ["2"], "b": ["3"]}]) == {"a": ["1", "2"], "b": ["3"]}


def test_a_rule_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match="no rule nowhere"):
        grammar(tmp_path, "text = {nowhere}\n").said("text")


def test_elements_in_brackets_are_told_from_prose():
    assert pieces_of("住[poi:世纪花园]的[building:3号楼]") == [
        ("住", ""),
        ("世纪花园", "poi"),
        ("的", ""),
        ("3号楼", "building"),
    ]


def test_every_rule_that_is_named_is_there_and_every_rule_is_named():
    known = rules()
    named = {
        name
        for alternatives in known.values()
        for told in alternatives
        for name in re.findall(r"\{([^}]+)\}", told)
    }
    missing = {name for name in named - set(known) if not re.fullmatch(r"(zh)?\d+-\d+", name)}
    assert not missing
    assert set(known) - named == {"text"}


def test_no_label_stands_inside_another():
    known = Grammar(rules(), random.Random(2))
    for _ in range(3000):
        assert not re.search(r"\[[^\]]*\[|\{|\}", known.said("text"))
