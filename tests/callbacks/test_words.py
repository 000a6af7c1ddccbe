from __future__ import annotations

import pytest

from callbacks.words import ROLES, STATES, STATUSES, name_of, word, word_for, words_of
from geodata.tickets.story import STEPS
from tests.callbacks.reading import CJK


def asked(here, lang: str):
    return here.answers.question(f"?lang={lang}", here.now)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("handling", "处置", "Handling"),
        ("overdue", "超期", "Overdue"),
        ("yes", "是", "Yes"),
        ("quarter", "小区", "Compound"),
        ("别的", "别的", "别的"),
    ],
)
def test_a_word_we_know_is_told_in_the_language(value, zh, en):
    assert (word(value, "zh"), word(value, "en")) == (zh, en)


def test_every_step_of_an_appeal_has_a_word():
    assert {step for step, _ in STEPS} <= set(STATES)
    for text in [*STATES.values(), *STATUSES.values(), *ROLES]:
        assert CJK.search(text.zh)
        assert text.en.isascii()
    assert len(ROLES) == 8


@pytest.mark.parametrize(
    ("subject", "value", "zh", "en"),
    [
        ("channel", "电话", "电话", "Phone"),
        ("channel", "微信", "微信", "微信"),
        ("category", "市容环境/餐饮油烟", "市容环境/餐饮油烟", "市容环境/餐饮油烟"),
        ("", "closed", "办结", "Closed"),
        ("channel", "", "", ""),
    ],
)
def test_a_value_of_the_data_is_told_in_english_where_it_has_a_word(here, subject, value, zh, en):
    assert word_for(asked(here, "zh"), subject, value) == zh
    assert word_for(asked(here, "en"), subject, value) == en


def test_a_path_is_told_element_by_element(tiny):
    told = word_for(asked(tiny, "en"), "category", "市容环境/餐饮油烟/夜市摊点油烟")
    assert told.startswith("City appearance/Cooking smoke/")
    assert not CJK.search(told)


def test_the_values_of_a_field_have_the_words_of_its_classes_or_of_its_filter(here, catalog):
    english = asked(here, "en")
    assert words_of(english, catalog["roads"], "grade")["主干道"] == "Arterial"
    assert words_of(english, catalog["markets"], "kind") == {"夜市": "夜市", "早市": "早市"}
    assert words_of(english, catalog["addresses"], "level")["room"] == "Room"
    assert words_of(english, catalog["landmarks"], "kind") == {}


@pytest.mark.parametrize(
    ("row", "lang", "told"),
    [
        ({"name": "公园", "name_en": "Park"}, "zh", "公园"),
        ({"name": "公园", "name_en": "Park"}, "en", "Park"),
        ({"name": "公园", "name_en": None}, "en", "公园"),
        ({"name": "公园"}, "en", "公园"),
        ({"name": ""}, "zh", "P1"),
        ({}, "zh", "P1"),
    ],
)
def test_a_feature_is_called_by_its_name_else_by_its_id(row, lang, told):
    assert name_of(row, lang, "P1") == told
